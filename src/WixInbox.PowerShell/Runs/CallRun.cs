using System.Diagnostics;
using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Runs;

/// <summary>
/// Makes a cmdlet's calls one at a time. The pipeline thread waits for each, and shows what holds it up where that takes longer than a second; what
/// runs elsewhere gives back an outcome and never touches the cmdlet.
/// </summary>
/// <param name="cmdlet">The cmdlet, whose thread alone may make calls.</param>
internal sealed class CallRun(PSCmdlet cmdlet) : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    // How long the way out waits for a request that has been told to end, so that it is not left in flight.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    // Not disposed of: the thread that stops the pipeline may still be cancelling it, and it holds nothing that needs to be let go.
    private readonly CancellationTokenSource _stop = new();
    private Task _call = Task.CompletedTask;

    /// <summary>Makes a call and waits for what becomes of it.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="connection">What the call is made over.</param>
    /// <param name="call">Starts it, and takes the token that ends it.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public Outcome<T> Await<T>(WixInboxConnection connection, Func<WixInboxClient, CancellationToken, Task<Outcome<T>>> call)
        where T : class
    {
        var since = Stopwatch.StartNew();
        var isShown = false;
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            var task = call(connection.Client, _stop.Token);
            _call = task;
            while (!PipelineWait.Wait(task, [connection], s_interval, _stop.Token))
            {
                cmdlet.AnswerTokens([connection]);
                if (since.Elapsed >= s_silence)
                {
                    Show(connection.Client);
                    isShown = true;
                }
            }

            return task.Result;
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or AggregateException)
        {
            // Whichever came first, the end of the wait or that of the task: it is the user's doing and no error.
            throw new PipelineStoppedException();
        }
        finally
        {
            if (isShown && !_stop.IsCancellationRequested)
            {
                cmdlet.WriteProgress(new ProgressRecord(0, cmdlet.MyInvocation.MyCommand.Name, " ") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    /// <summary>Ends the call that is on its way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the call that is on its way.</summary>
    public void Dispose()
    {
        _stop.Cancel();

        // Observes how it ended, which is of no more interest.
        _call.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(s_patience);
    }

    private void Show(WixInboxClient client) =>
        cmdlet.WriteProgress(new ProgressRecord(0, cmdlet.MyInvocation.MyCommand.Name, Delay.Describe(client) ?? "Waiting for Wix"));
}
