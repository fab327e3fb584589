using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A script that runs in an engine of its own while a test looks on. Its source tells <c>$source</c> of each row that is read.</summary>
internal sealed class RunningPipeline : IDisposable
{
    private readonly Engine _engine;
    private readonly System.Management.Automation.PowerShell _shell;
    private readonly IAsyncResult _run;

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
        _run = _shell.BeginInvoke();
    }

    public Source Source { get; } = new();

    public PSInvocationState State => _shell.InvocationStateInfo.State;

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
