using System.Runtime.CompilerServices;

namespace WixInbox.NetFramework;

/// <summary>
/// What is awaited to go on on a thread of the pool. A task that the pool ends may have ended before it is awaited, and
/// then its caller goes on by itself.
/// </summary>
internal readonly struct PoolThread : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public PoolThread GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());

    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => continuation(), null);
}
