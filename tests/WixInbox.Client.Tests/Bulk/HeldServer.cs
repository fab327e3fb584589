using System.Threading.Channels;

namespace WixInbox.Tests.Bulk;

/// <summary>A server that answers a request when the test says so.</summary>
internal sealed class HeldServer
{
    private readonly Channel<HeldRequest> _arrived = Channel.CreateUnbounded<HeldRequest>();

    public HeldServer()
    {
        Handler = new StubHandler((request, cancellationToken) =>
        {
            var held = new HeldRequest(request);
            Assert.True(_arrived.Writer.TryWrite(held));
            return held.AnswerAsync(cancellationToken);
        });
    }

    public StubHandler Handler { get; }

    public ValueTask<HeldRequest> NextAsync() => _arrived.Reader.ReadAsync(TestClient.Cancellation);
}
