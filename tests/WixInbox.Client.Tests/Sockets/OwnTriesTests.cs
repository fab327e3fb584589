using System.Globalization;
using System.Text;

namespace WixInbox.Tests.Sockets;

/// <summary>
/// .NET's handler makes some requests again by itself. None does so past the pace: what the server has got is what the
/// client has counted.
/// </summary>
public sealed class OwnTriesTests
{
    private int _received;

    [Theory(Skip = NotOnDesktop.OwnTries)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_when_it_is_used_again_hides_no_request(bool isRead)
    {
        // Each connection answers once, and hangs up at the next request that comes over it.
        await using var server = new SocketServer(async (_, stream, token) =>
        {
            Interlocked.Increment(ref _received);
            var body = """{"messages":[],"message":{"id":"1"},"conversation":{"id":"c1"}}""";
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + $"{body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}"),
                token);
            if (await stream.ReadAsync(new byte[8192], token) > 0)
            {
                Interlocked.Increment(ref _received);
            }
        });
        using var client = SocketServer.ClientFor(server.Port);

        // Two connections at most are in the pool by then: fewer than there are tries.
        await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => client.GetConversationAsync(Sample.ConversationId, TestClient.Cancellation)));
        var kind = isRead
            ? (await client.ListMessagesAsync(
                new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation)).Kind
            : (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind;

        Assert.Equal(isRead ? OutcomeKind.Succeeded : OutcomeKind.Ambiguous, kind);
        Assert.Equal(client.RequestCount, _received);
    }
}
