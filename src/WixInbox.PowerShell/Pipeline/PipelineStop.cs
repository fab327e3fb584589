using System.Diagnostics.CodeAnalysis;

namespace WixInbox.Pipeline;

/// <summary>The end of what a cmdlet does on its own thread, such as the reading of a file: Ctrl+C.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Another thread may still be cancelling it; it holds nothing.")]
internal sealed class PipelineStop
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Gets the token that is cancelled when the pipeline stops.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ends what goes on with the token. The engine calls it on a thread of its own.</summary>
    public void Stop() => _source.Cancel();
}
