using System.Diagnostics;
using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Runs;

/// <summary>Makes a cmdlet's calls one at a time, and shows what holds one up where it takes longer than a second.</summary>
internal sealed class CallRun : IDisposable
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    private readonly PSCmdlet _cmdlet;
    private readonly PipelineWait _wait;
    private Task _call = Task.CompletedTask;

    /// <summary>Initializes a new instance of the <see cref="CallRun"/> class.</summary>
    /// <param name="cmdlet">The cmdlet, whose thread alone may make calls.</param>
    public CallRun(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _wait = new PipelineWait(cmdlet, () => [_call]);
    }

    /// <summary>Makes a call and waits for what becomes of it.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="connection">What the call is made over.</param>
    /// <param name="call">Starts it, and takes the token that ends it.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public Outcome<T> Await<T>(WixInboxConnection connection, Func<WixInboxClient, CancellationToken, Task<Outcome<T>>> call)
        where T : class
    {
        if (_wait.Stopped.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        var since = Stopwatch.StartNew();
        var isShown = false;
        try
        {
            var task = call(connection.Client, _wait.Stopped);
            _call = task;
            _wait.Await(task, [connection], () => isShown |= Show(connection.Client, since.Elapsed));
            return task.Result;
        }
        finally
        {
            if (isShown && !_wait.Stopped.IsCancellationRequested)
            {
                _cmdlet.WriteProgress(new ProgressRecord(0, _cmdlet.MyInvocation.MyCommand.Name, " ") { RecordType = ProgressRecordType.Completed });
            }
        }
    }

    /// <summary>Ends the call that is on its way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _wait.Stop();

    /// <summary>Ends the call that is on its way.</summary>
    public void Dispose() => _wait.Dispose();

    private bool Show(WixInboxClient client, TimeSpan elapsed)
    {
        if (elapsed < s_silence)
        {
            return false;
        }

        _cmdlet.WriteProgress(new ProgressRecord(0, _cmdlet.MyInvocation.MyCommand.Name, Delay.Describe(client) ?? "Waiting for Wix"));
        return true;
    }
}
