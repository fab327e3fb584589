namespace WixInbox.Tests;

/// <summary>Does with a request what a function says, and reads its body only if that does.</summary>
internal sealed class RawHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    private int _count;

    public int Count => _count;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return answer(request, cancellationToken);
    }
}
