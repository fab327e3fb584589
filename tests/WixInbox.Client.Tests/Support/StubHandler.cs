using System.Collections.Concurrent;

namespace WixInbox.Tests;

/// <summary>Records each request with its body and answers from a function.</summary>
internal sealed class StubHandler(Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    public StubHandler(Func<RecordedRequest, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public bool IsDisposed { get; private set; }

    /// <summary>Gets how many requests there may be: a client that tries for ever shall fail its test alone.</summary>
    public int Most { get; init; } = 1_000;

    /// <summary>
    /// Answers the first request with the first of these, and so on; one more than there are is a test's error.
    /// </summary>
    public static StubHandler InTurn(params HttpResponseMessage[] answers)
    {
        var next = -1;
        return new StubHandler(_ => answers[Interlocked.Increment(ref next)]);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var recorded = await RecordedRequest.ReadAsync(request, cancellationToken);
        _requests.Enqueue(recorded);
        Assert.True(_requests.Count <= Most, "The requests do not end.");
        return await answer(recorded, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
