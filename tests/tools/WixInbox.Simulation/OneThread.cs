namespace WixInbox.Simulation;

/// <summary>
/// Runs work on the pool, whose only thread does one thing after the other (see the project file), and moves the clock
/// on when that thread has nothing left to do. So a seed gives the same run each time, on any machine, however busy.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="work">The work.</param>
internal sealed class OneThread(SimulatedTime time, Func<Task> work) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource _done = new();
    private Task? _work;

    public static Task RunAsync(SimulatedTime time, Func<Task> work)
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        SimulationException.Unless(threads == 1, $"The pool has {threads} threads.");
        var run = new OneThread(time, work);
        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        return run._done.Task;
    }

    // While this runs, nothing else does. What is queued goes first.
    void IThreadPoolWorkItem.Execute()
    {
        _work ??= Task.Run(work);
        if (_work.IsCompleted)
        {
            _done.SetFromTask(_work);
            return;
        }

        if (ThreadPool.PendingWorkItemCount == 0)
        {
            time.MoveOn();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
