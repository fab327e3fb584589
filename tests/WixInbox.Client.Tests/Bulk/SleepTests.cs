using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WixInbox.Json;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A computer that sleeps, or whose clock is set, while a message is on its way: the message is found by when it left,
/// and not written twice.
/// </summary>
public sealed class SleepTests
{
    private readonly DatedClock _clock = new();
    private readonly ConcurrentQueue<string> _stored = new();
    private TimeSpan _serverIsAhead = TimeSpan.FromHours(2);
    private HttpResponseMessage? _first;
    private int _posts;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_was_stored_before_the_computer_slept_is_found(bool clockIsKnown)
    {
        // What counts time does not do so in its sleep, as on Linux and macOS. The date goes on.
        using var client = Client(stores: true, () => _clock.Set(TimeSpan.FromHours(5)));

        var outcome = await SendAsync(client, clockIsKnown);

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value!.Delivery);
        Assert.Equal(clockIsKnown ? 2 : 1, _posts);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_message_that_was_stored_before_the_clock_was_set_is_found(double hours)
    {
        using var client = Client(stores: true, () => SetClock(hours));

        var outcome = await SendAsync(client, clockIsKnown: true);

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value!.Delivery);
        Assert.Equal(2, _posts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task What_said_the_same_before_is_another_though_the_clock_was_set(double hours)
    {
        Store(JsonNode.Parse(
            JsonSerializer.SerializeToUtf8Bytes(Sample.Text("lost"), WixJson.Wire.SendMessageRequest))!["message"]!);
        _clock.Advance(TimeSpan.FromSeconds(20));
        using var client = Client(stores: false, () => SetClock(hours));

        var outcome = await SendAsync(client, clockIsKnown: true);

        Assert.Equal(MessageDelivery.Sent, outcome.Value!.Delivery);
        Assert.Equal(3, _posts);
    }

    [Fact]
    public async Task What_the_clock_of_a_proxy_shows_is_not_the_servers()
    {
        var proxysDate = (ServerNow() + TimeSpan.FromHours(3)).ToString("R", CultureInfo.InvariantCulture);
        _first = Answer.Text(404, "<html/>", "text/html", ("Date", proxysDate));
        using var client = Client(stores: true, () => { });

        var outcome = await SendAsync(client, clockIsKnown: true);

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value!.Delivery);
    }

    private static async Task<Outcome<Message>> SendAsync(WixInboxClient client, bool clockIsKnown)
    {
        var sender = BulkRuns.Open(client, new BulkRunOptions { ReconcileWait = TimeSpan.Zero });
        var recipient = new Recipient(RecipientKind.Conversation, Sample.ConversationId);
        if (clockIsKnown)
        {
            await sender.SendAsync(recipient, Sample.Text("first"));
        }

        return await sender.SendAsync(recipient, Sample.Text("lost"));
    }

    // The first request for the message that is lost has no answer.
    private WixInboxClient Client(bool stores, Action meanwhile)
    {
        var isLost = false;
        return TestClient.Over(
            new StubHandler(request =>
            {
                if (request.Method == HttpMethod.Get)
                {
                    return Dated("{\"messages\":[" + string.Join(",", _stored.Reverse())
                        + "],\"pagingMetadata\":{\"count\":1}}");
                }

                _posts++;
                if (Interlocked.Exchange(ref _first, null) is { } first)
                {
                    return first;
                }

                var losesIt = !isLost && request.Body.Contains("lost", StringComparison.Ordinal);
                if (!losesIt || stores)
                {
                    Store(JsonNode.Parse(request.Body)!["message"]!);
                }

                if (losesIt)
                {
                    isLost = true;
                    meanwhile();
                    throw new HttpRequestException("The connection was reset.");
                }

                return Dated($$"""{"message":{{_stored.Last()}}}""");
            }),
            _clock);
    }

    private void SetClock(double hours)
    {
        _clock.Set(TimeSpan.FromHours(hours));
        _serverIsAhead -= TimeSpan.FromHours(hours);
    }

    private void Store(JsonNode message)
    {
        message["id"] = $"{_stored.Count + 1}";
        message["createdDate"] = ServerNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _stored.Enqueue(message.ToJsonString());
    }

    private DateTimeOffset ServerNow() => _clock.GetUtcNow() + _serverIsAhead;

    private HttpResponseMessage Dated(string body) =>
        Answer.Json(200, body, ("Date", ServerNow().ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>A clock whose date can be set, which does not change what it has counted.</summary>
    private sealed class DatedClock : FakeTimeProvider
    {
        private TimeSpan _set;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _set;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;

        public void Set(TimeSpan by) => _set += by;
    }
}
