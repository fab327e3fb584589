using System.Runtime.CompilerServices;

namespace WixInbox.NetFramework;

/// <summary>
/// An awaitable that continues on a thread of the pool. A task of the pool may have ended before it is awaited, and its
/// caller would continue on its own thread then.
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
