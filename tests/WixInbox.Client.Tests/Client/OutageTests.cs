using System.Collections.Concurrent;
using WixInbox.Simulation;

namespace WixInbox.Tests.Client;

/// <summary>
/// No network: it ends soon, after few requests, and says so; and where the network comes back, nothing is lost and
/// nothing sent twice.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class OutageTests
{
    private readonly SimulatedTime _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_lanes_with_a_thousand_rows_ask_a_dead_network_fewer_than_sixty_times(bool hangs)
    {
        var handler = new RawHandler(async (_, token) =>
        {
            await Task.Delay(hangs ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(1), _time, token);
            throw new HttpRequestException("refused");
        });
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0, random: () => 1);

        var outcomes = FromFiveLanes(BulkRuns.Open(client), 1_000);

        Assert.InRange(handler.Count, 20, 59);
        Assert.Equal(1_000, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.NotSent, outcome.Kind));
        Assert.InRange(outcomes.Count(outcome => outcome.Failure!.Cause == FailureCause.Outage), 970, 1_000);
        Assert.True(client.IsOutage);

        // Three tries after 15 seconds each, and what connections take that hang.
        Assert.InRange(_time.Now, TimeSpan.FromSeconds(45), hangs ? TimeSpan.FromMinutes(6) : TimeSpan.FromSeconds(52));
    }

    [Fact]
    public void An_outage_tells_what_the_last_attempt_failed_of()
    {
        var thrown = new HttpRequestException("refused");
        var handler = new RawHandler((_, _) => throw thrown);
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0);

        var outcomes = FromFiveLanes(BulkRuns.Open(client), 100);

        Assert.Contains(outcomes, outcome =>
            outcome.Failure!.Cause == FailureCause.Outage
            && outcome.Failure.Message == "refused"
            && outcome.Failure.Exception == thrown
            && outcome.Failure.Operation == Operation.SendMessage);
    }

    [Fact]
    public void Each_that_waits_when_it_is_given_up_tells_what_its_own_last_attempt_failed_of()
    {
        var handler = new RawHandler((_, _) => throw new HttpRequestException("refused"));
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0, random: () => 1);

        var outcomes = VirtualTime.Run(_time, () => Task.WhenAll(Enumerable.Range(0, 30).Select(_ =>
            client.GetOrCreateConversationAsync(
                new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation))));

        Assert.All(outcomes, outcome =>
        {
            Assert.Equal(
                (OutcomeKind.NotSent, FailureCause.Outage, Operation.GetOrCreateConversation),
                (outcome.Kind, outcome.Failure!.Cause, outcome.Failure.Operation));
            Assert.Equal(
                (outcome.Attempts == 0 ? "" : "refused", null), (outcome.Failure.Message, outcome.Failure.StatusCode));
            Assert.InRange(outcome.Elapsed, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
        });
    }

    [Fact]
    public async Task What_had_not_left_yet_fails_with_no_attempt()
    {
        var handler = new RawHandler((_, _) => throw new HttpRequestException("refused"));
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0);

        var sender = BulkRuns.Open(client);
        FromFiveLanes(sender, 100);
        var requests = handler.Count;
        var outcome = await SendAsync(sender);

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Outage, 0), (outcome.Kind, outcome.Failure!.Cause, outcome.Attempts));
        Assert.Equal(requests, handler.Count);

        // Another run on the same connection tries, once.
        var another = await SendAsync(BulkRuns.Open(client));
        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Outage, 1), (another.Kind, another.Failure!.Cause, another.Attempts));
    }

    [Fact]
    public async Task A_message_that_may_have_been_sent_stays_open_though_it_was_the_last_try()
    {
        // Messages get through to where they are lost: 20 of them open it, three are tries, and each one after that is
        // the last.
        var handler = new StubHandler(_ => throw new IOException("reset"));
        using var client = TestClient.Over(handler, requestsPerMinute: 0);

        for (var request = 0; request < 24; request++)
        {
            var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
            Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
            Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        }

        Assert.Equal(24, handler.Requests.Count);
    }

    [Fact]
    public void A_page_that_stands_before_the_site_is_one_too()
    {
        // A proxy that blocks a site, and the sign-in of a network, answer everything with a success.
        var handler = new StubHandler(
            _ => Answer.Text(200, "\uFEFF\r\n<!DOCTYPE html><title>Blocked</title>", "text/html"));
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0);

        var outcomes = FromFiveLanes(BulkRuns.Open(client), 200);

        Assert.True(client.IsOutage);
        Assert.InRange(handler.Requests.Count, 20, 100);
        Assert.All(outcomes, outcome => Assert.NotEqual(OutcomeKind.Succeeded, outcome.Kind));

        // What may have been sent stays open, and nothing else leaves.
        Assert.InRange(outcomes.Count(outcome => outcome.Failure!.Cause == FailureCause.Outage), 150, 199);
    }

    [Fact]
    public void No_further_message_is_brought_in_doubt_once_it_is_given_up()
    {
        var handler = new StubHandler(_ => throw new IOException("reset"));
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0);

        var outcomes = FromFiveLanes(
            BulkRuns.Open(client, new() { OnAmbiguous = AmbiguousAction.Skip }), 200);

        var inDoubt = outcomes.Count(outcome => outcome.Kind == OutcomeKind.Ambiguous);
        Assert.Equal(handler.Requests.Count, inDoubt);
        Assert.InRange(inDoubt, 20, 35);
        Assert.Equal(200 - inDoubt, outcomes.Count(outcome => outcome.Failure!.Cause == FailureCause.Outage));
    }

    [Fact]
    public async Task A_look_up_that_was_the_last_try_is_called_an_outage()
    {
        var handler = new StubHandler(_ => Answer.Status(500));
        using var client = TestClient.Over(handler, requestsPerMinute: 0);
        var outcomes = new List<Outcome<GetOrCreateConversationResponse>>();

        for (var request = 0; request < 10; request++)
        {
            outcomes.Add(await client.GetOrCreateConversationAsync(
                new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation));
        }

        // 18 attempts of three look-ups, two of the fourth with which it opens, three probes of that, and one attempt
        // of each that comes after the end.
        Assert.Equal([6, 6, 6, 5, 1, 1, 1, 1, 1, 1], outcomes.Select(outcome => outcome.Attempts));
        Assert.All(outcomes.Skip(3), outcome =>
        {
            Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
            Assert.Equal(FailureCause.Outage, outcome.Failure!.Cause);
        });
        Assert.Equal(500, outcomes[3].Failure!.StatusCode);
    }

    [Fact]
    public async Task A_refusal_that_breaks_off_stays_a_refusal_though_it_was_the_last_try()
    {
        var handler = new StubHandler(_ => new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden)
        {
            Content = new StreamContent(new BodyStream([], _ => throw new IOException("reset"))),
        });
        using var client = TestClient.Over(handler, requestsPerMinute: 0);

        for (var request = 0; request < 24; request++)
        {
            Assert.Equal(
                OutcomeKind.Rejected, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        }
    }

    [Theory]

    // At the first, the second and the third try.
    [InlineData(10, 40)]
    [InlineData(25, 41)]
    [InlineData(40, 42)]
    public void A_network_that_comes_back_in_time_takes_everything_once(int seconds, int requests)
    {
        var sent = new ConcurrentQueue<string>();
        var handler = new RawHandler(async (request, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _time, token);
            if (_time.Now < TimeSpan.FromSeconds(seconds))
            {
                throw new HttpRequestException("refused");
            }

            sent.Enqueue(await request.Content!.ReadAsStringAsync(token));
            return Answer.Sent();
        });
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0, random: () => 1);

        // Enough are under way when the network goes for it to be seen before any of them has had its four tries.
        var outcomes = VirtualTime.Run(_time, () => Task.WhenAll(Enumerable.Range(0, 20)
            .Select(number => client.SendMessageAsync(Sample.Text($"{number}"), TestClient.Cancellation))));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(20, sent.Count);
        Assert.Equal(20, sent.Distinct().Count());
        Assert.Equal(requests, handler.Count);
        Assert.False(client.IsOutage);
    }

    private static Task<Outcome<Message>> SendAsync(BulkRun run) =>
        run.SendAsync(Recipient.Conversation(Guid.NewGuid().ToString()), Sample.Text());

    private IReadOnlyList<Outcome<Message>> FromFiveLanes(BulkRun sender, int rows)
    {
        var next = 0;
        var outcomes = new ConcurrentQueue<Outcome<Message>>();
        return VirtualTime.Run<IReadOnlyList<Outcome<Message>>>(_time, async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
            {
                while (Interlocked.Increment(ref next) <= rows)
                {
                    outcomes.Enqueue(await SendAsync(sender));
                }
            }));
            return [.. outcomes];
        });
    }
}
