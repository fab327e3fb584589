using System.Collections.Concurrent;
using System.Management.Automation;
using System.Threading.Channels;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A script that runs in an engine of its own while a test looks on. Its source tells <c>$source</c> of each row that
/// is read.
/// </summary>
internal sealed class RunningPipeline : IDisposable
{
    private readonly Engine _engine;
    private readonly System.Management.Automation.PowerShell _shell;
    private readonly IAsyncResult _run;
    private readonly ConcurrentQueue<string> _verbose = new();
    private readonly Channel<ProgressRecord> _progress = Channel.CreateUnbounded<ProgressRecord>();

    public RunningPipeline(HttpMessageHandler handler, string script)
        : this(Engine.ConnectedTo(handler), script)
    {
    }

    public RunningPipeline(string script)
        : this(new Engine(), script)
    {
    }

    /// <summary>Runs in an engine that goes with it.</summary>
    public RunningPipeline(Engine engine, string script, Source? source = null)
    {
        Source = source ?? new Source();
        _engine = engine;
        _engine.Set("source", Source);
        _shell = _engine.Create(script);
        _shell.Streams.Progress.DataAdded += (_, added) => _progress.Writer.TryWrite(
            _shell.Streams.Progress[added.Index]);
        _shell.Streams.Verbose.DataAdded += (_, added) => _verbose.Enqueue(_shell.Streams.Verbose[added.Index].Message);
        _run = _shell.BeginInvoke(new PSDataCollection<PSObject>(), Output);
    }

    /// <summary>Gets what has come out so far.</summary>
    public PSDataCollection<PSObject> Output { get; } = [];

    /// <summary>Waits for the verbose stream to say something, while the script runs.</summary>
    public string WaitForVerbose(string words)
    {
        Assert.True(
            SpinWait.SpinUntil(
                () => _verbose.Any(line => line.Contains(words, StringComparison.Ordinal)), TimeSpan.FromSeconds(30)),
            $"Nobody said '{words}'.");
        return _verbose.First(line => line.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Waits until the script has ended by itself.</summary>
    public Task EndAsync() => Task.Factory.FromAsync(_run, _shell.EndInvoke).WaitAsync(TimeSpan.FromSeconds(30));

    public Source Source { get; }

    public PSInvocationState State => _shell.InvocationStateInfo.State;

    /// <summary>Gets what the runspace's list of errors holds when the script has ended.</summary>
    public string?[] Errors => [.. _engine.Run("$Error").Output.Select(error => error.ToString())];

    /// <summary>Gets how often progress was shown.</summary>
    public int ProgressCount => _shell.Streams.Progress.Count;

    /// <summary>
    /// Waits for progress with these words: on a busy machine, the first may be shown before the run is that far.
    /// </summary>
    public async Task<ProgressRecord> ProgressAsync(string words)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _progress.Reader.ReadAllAsync(time.Token)
            .FirstAsync(record => record.StatusDescription.Contains(words, StringComparison.Ordinal), time.Token);
    }

    public async Task StopAsync()
    {
        try
        {
            await Task.Factory.FromAsync(_shell.BeginStop(null, null), _shell.EndStop)
                .WaitAsync(TimeSpan.FromSeconds(30));
            await EndAsync();
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
