using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>Waits on a pipeline's thread for what runs elsewhere, and does meanwhile what that thread alone can: run the script blocks that give tokens.</summary>
internal static class PipelineWait
{
    /// <summary>Waits until a task has ended, a token is asked for, or the time is over.</summary>
    /// <param name="task">The task.</param>
    /// <param name="connections">The connections that the task, and others, may need a token of.</param>
    /// <param name="atMost">The time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the task has ended. What it ended with is thrown, as <see cref="Task.Wait()"/> does.</returns>
    public static bool Wait(Task task, IEnumerable<WixInboxConnection> connections, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task[] asked = [.. connections.Select(connection => connection.TokenProvider?.Asked).OfType<Task>()];
        if (asked.Length == 0)
        {
            return task.Wait((int)atMost.TotalMilliseconds, cancellationToken);
        }

        var ended = Task.WaitAny([task, .. asked], (int)atMost.TotalMilliseconds, cancellationToken);
        return ended == 0 && task.Wait(0, cancellationToken);
    }

    /// <summary>Runs the script blocks that are asked for a token.</summary>
    /// <param name="cmdlet">The cmdlet that waits.</param>
    /// <param name="connections">The connections that it uses.</param>
    public static void AnswerTokens(this PSCmdlet cmdlet, IEnumerable<WixInboxConnection> connections)
    {
        foreach (var connection in connections)
        {
            connection.TokenProvider?.Answer(cmdlet);
        }
    }
}
