using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.Tests.Sockets;

/// <summary>
/// A server that hangs up once it has a message, over real connections: it sees one POST, and what it has decides.
/// </summary>
public sealed class LostAnswerTests
{
    private readonly ConcurrentQueue<string> _posts = new();
    private readonly ConcurrentQueue<string> _stored = new();
    private int _gets;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_new_connection(bool isStored)
    {
        await using var server = new SocketServer((request, stream, token) =>
            IsPost(request)
                ? TakeAsync(request, stream, isStored, hangsUp: _posts.IsEmpty, token)
                : ListAsync(stream, token));

        var outcome = await SendAsync(server.Port, "lost");

        Expect(outcome[0], isStored);
        Assert.Equal(isStored ? 1 : 2, _posts.Count);
        Assert.Single(_stored);
        // Before it is sent again, both lists are read.
        Assert.Equal(isStored ? 1 : 2, _gets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_connection_that_was_used_before(bool isStored)
    {
        await using var server = new SocketServer(async (request, stream, token) =>
        {
            if (!IsPost(request))
            {
                await ListAsync(stream, token);
                return;
            }

            await TakeAsync(request, stream, isStored: true, hangsUp: false, token);
            if (await NextAsync(stream, token) is { } next)
            {
                await TakeAsync(next, stream, isStored, hangsUp: true, token);
            }
        });

        var outcomes = await SendAsync(server.Port, "first", "lost");

        Expect(outcomes[0], isFound: false, attempts: 1);
        Expect(outcomes[1], isStored);
        Assert.Equal(isStored ? 2 : 3, _posts.Count);
        Assert.Equal(2, _stored.Count);
        // Before it is sent again, both lists are read.
        Assert.Equal(isStored ? 1 : 2, _gets);
    }

    private static bool IsPost(string request) =>
        request.StartsWith("POST /inbox/v2/messages ", StringComparison.Ordinal);

    private static void Expect(Outcome<Message> outcome, bool isFound, int? attempts = null)
    {
        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(isFound ? MessageDelivery.Reconciled : MessageDelivery.Sent, outcome.Value!.Delivery);
        Assert.Equal(attempts ?? (isFound ? 1 : 2), outcome.Attempts);
    }

    private static async Task<Outcome<Message>[]> SendAsync(int port, params string[] texts)
    {
        using var client = SocketServer.ClientFor(port);
        var sender = BulkRuns.Open(client, new BulkRunOptions { ReconcileWait = TimeSpan.Zero });
        return await Task.WhenAll(texts.Select(text =>
            sender.SendAsync(new Recipient(RecipientKind.Conversation, Sample.ConversationId), Sample.Text(text))));
    }

    // A request of this client comes in one piece, or in two.
    private static async Task<string?> NextAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (!received.ToString().EndsWith("}}", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return received.ToString();
    }

    private static Task AnswerAsync(NetworkStream stream, string body, bool closes, CancellationToken cancellationToken)
    {
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        return stream.WriteAsync(
            Encoding.UTF8.GetBytes(
                $"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Type: "
                    + $"application/json\r\n{(closes ? "Connection: close\r\n" : "")}Content-Length: "
                    + $"{body.Length}\r\n\r\n{body}"),
            cancellationToken).AsTask();
    }

    private async Task TakeAsync(
        string request, NetworkStream stream, bool isStored, bool hangsUp, CancellationToken cancellationToken)
    {
        _posts.Enqueue(request);
        var message = JsonNode.Parse(request.Split("\r\n\r\n")[1])!["message"]!;
        message["id"] = $"{_posts.Count}";
        message["createdDate"] = DateTimeOffset.UtcNow.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (isStored || !hangsUp)
        {
            _stored.Enqueue(message.ToJsonString());
        }

        if (!hangsUp)
        {
            await AnswerAsync(stream, $$"""{"message":{{message.ToJsonString()}}}""", closes: false, cancellationToken);
        }
    }

    private Task ListAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _gets);
        var list = "{\"messages\":[" + string.Join(",", _stored.Reverse()) + "],\"pagingMetadata\":{\"count\":1}}";
        return AnswerAsync(stream, list, closes: true, cancellationToken);
    }
}
