using System.Management.Automation;

namespace WixInbox.Pipeline;

/// <summary>
/// How a cmdlet's pipeline thread waits for what runs elsewhere. Meanwhile it does what that thread alone can: it runs
/// the script blocks that give tokens, and shows how far things are. What runs elsewhere gives back an outcome and
/// never touches the cmdlet.
/// </summary>
/// <param name="cmdlet">The cmdlet, on whose thread it is called.</param>
/// <param name="stop">Ends the tasks, and the wait for them: when the pipeline stops, and on every way out.</param>
/// <param name="underWay">Gives the tasks that are under way.</param>
internal sealed class PipelineWait(PSCmdlet cmdlet, PipelineStop stop, Func<IEnumerable<Task>> underWay) : IDisposable
{
    // How often the thread looks up from a wait.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    // How long the way out waits for requests that have been told to end, so that none is left in flight.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Waits for a task. With null, answers token requests and runs <paramref name="meanwhile"/> once.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="connections">The connections whose tokens the task may need.</param>
    /// <param name="meanwhile">The action to run before the wait, and several times a second during it.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Await(Task? task, IEnumerable<WixInboxConnection> connections, Action meanwhile)
    {
        try
        {
            do
            {
                foreach (var connection in connections)
                {
                    connection.TokenProvider?.Answer(cmdlet);
                }

                meanwhile();
            }
            while (task is not null && !HasEnded(task, connections));
        }
        catch (Exception exception) when (stop.Token.IsCancellationRequested
            && exception is OperationCanceledException or AggregateException)
        {
            // Whichever came first, the end of the wait or that of the task: it is the user's doing and no error.
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Ends the tasks that are under way, and gives them a moment to end. Their outcome no longer matters.
    /// </summary>
    public void Dispose()
    {
        stop.Stop();
        Task.WhenAll(underWay()).ContinueWith(
            ended => ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).Wait(s_patience);
    }

    // Waits until the task has ended, a token is asked for, or it is time to look up. The task's exception is thrown.
    private bool HasEnded(Task task, IEnumerable<WixInboxConnection> connections)
    {
        if (!task.IsCompleted)
        {
            Task.WaitAny(
                [task, .. connections.Select(connection => connection.TokenProvider?.Asked).OfType<Task>()],
                (int)s_interval.TotalMilliseconds,
                stop.Token);
        }

        return task.Wait(0, stop.Token);
    }
}
