using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A script that runs in an engine of its own while a test looks on. Its source tells <c>$source</c> of each row that is read.</summary>
internal sealed class RunningPipeline : IDisposable
{
    private readonly Engine _engine;
    private readonly System.Management.Automation.PowerShell _shell;
    private readonly IAsyncResult _run;
    private readonly TaskCompletionSource<ProgressRecord> _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningPipeline(HttpMessageHandler handler, string script)
        : this(Engine.ConnectedTo(handler), script)
    {
    }

    public RunningPipeline(string script)
        : this(new Engine(), script)
    {
    }

    private RunningPipeline(Engine engine, string script)
    {
        _engine = engine;
        _engine.Set("source", Source);
        _shell = _engine.Create(script);
        _shell.Streams.Progress.DataAdded += (_, added) => _progress.TrySetResult(_shell.Streams.Progress[added.Index]);
        _run = _shell.BeginInvoke();
    }

    public Source Source { get; } = new();

    public PSInvocationState State => _shell.InvocationStateInfo.State;

    /// <summary>Gets what the runspace's list of errors holds when the script has ended.</summary>
    public string?[] Errors => [.. _engine.Run("$Error").Output.Select(error => error.ToString())];

    /// <summary>Gets the first progress that is shown.</summary>
    public Task<ProgressRecord> FirstProgressAsync() => _progress.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async Task StopAsync()
    {
        _shell.Stop();
        try
        {
            await Task.Factory.FromAsync(_run, _shell.EndInvoke);
        }
        catch (PipelineStoppedException)
        {
            // What a stopped pipeline ends with.
        }
    }

    public void Dispose()
    {
        _shell.Dispose();
        _engine.Dispose();
    }
}
