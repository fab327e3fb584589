using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace WixInbox.Pipeline;

/// <summary>The end of what a cmdlet does, at Ctrl+C for example.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Another thread may still be cancelling it; it holds nothing.")]
internal sealed class PipelineStop
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Gets the token that is cancelled when the pipeline stops, or the cmdlet ends.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Does something that ends where the cmdlet does.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">Does it.</param>
    /// <returns>What has come of it.</returns>
    /// <exception cref="PipelineStoppedException">The cmdlet has ended.</exception>
    public T Run<T>(Func<CancellationToken, T> work)
    {
        try
        {
            return work(Token);
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Does something that ends where the cmdlet does.</summary>
    /// <exception cref="PipelineStoppedException">The cmdlet has ended.</exception>
    public void Run(Action<CancellationToken> work) => Run<object?>(stopped =>
    {
        work(stopped);
        return null;
    });

    /// <summary>Ends what goes on with the token. The engine calls it on a thread of its own.</summary>
    public void Stop() => _source.Cancel();
}
