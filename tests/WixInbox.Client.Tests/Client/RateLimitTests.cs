using Microsoft.Extensions.Time.Testing;

namespace WixInbox.Tests.Client;

/// <summary>A 429 is waited for, as long as the server asks or a minute, however often.</summary>
public sealed class RateLimitTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("1", 1)]
    [InlineData("900", 900)]
    [InlineData(null, 60)]

    // At least a second, so that a server which counts in whole ones is not asked again within the same.
    [InlineData("0", 1)]
    [InlineData("-5", 60)]
    [InlineData("soon", 60)]
    [InlineData("1.5", 60)]
    [InlineData("", 60)]
    [InlineData("99999999999", 60)]
    public async Task A_request_is_made_again_after_the_time_that_the_server_asks_for(string? retryAfter, int seconds)
    {
        var clock = new SkippingClock();
        var handler = StubHandler.InTurn(Limited(retryAfter), Answer.Sent());
        using var client = TestClient.Over(handler, clock);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Null(outcome.Failure);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], clock.Waits);
        Assert.Equal(2, outcome.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(seconds), outcome.Elapsed);
        Assert.Equal(2, handler.Requests.Count);
        Assert.Equal(handler.Requests[0].Body, handler.Requests[1].Body);
    }

    [Theory]

    // Our clock is at 12:00:00; the server's, where it says so, is the one that counts.
    [InlineData("Sun, 22 Nov 2026 12:00:25 GMT", null, 25)]
    [InlineData("Sun, 22 Nov 2026 15:00:25 GMT", "Sun, 22 Nov 2026 15:00:05 GMT", 20)]
    [InlineData("Sun, 22 Nov 2026 09:00:25 GMT", "Sun, 22 Nov 2026 09:00:05 GMT", 20)]
    [InlineData("Sun, 22 Nov 2026 11:00:00 GMT", null, 1)]
    [InlineData("Sun, 22 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:00 GMT", 1)]
    [InlineData("Sun, 22 Nov 2026 12:00:25 GMT", "yesterday", 25)]
    [InlineData("Sun, 99 Nov 2026 12:00:25 GMT", null, 60)]
    public async Task A_date_is_held_against_the_clock_of_the_server(string retryAfter, string? date, int seconds)
    {
        var clock = new SkippingClock();
        var limited = Limited(retryAfter);
        if (date is not null)
        {
            limited.Headers.TryAddWithoutValidation("Date", date);
        }

        using var client = TestClient.Over(StubHandler.InTurn(limited, Answer.Sent()), clock);

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal([TimeSpan.FromSeconds(seconds)], clock.Waits);
    }

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 70)]
    public async Task One_that_was_given_up_and_may_still_arrive_counts_for_longer_than_one_that_was_answered(
        bool isGivenUp, int seconds)
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(request =>
            isGivenUp && request.Body.Contains("first", StringComparison.Ordinal)
                ? throw new IOException("reset")
                : Answer.Sent());
        using var client = TestClient.Over(handler, clock, requestsPerMinute: 1);

        await client.SendMessageAsync(Sample.Text("first"), TestClient.Cancellation);
        await client.SendMessageAsync(Sample.Text("second"), TestClient.Cancellation);

        Assert.Equal([TimeSpan.FromSeconds(seconds)], clock.Waits);
    }

    [Fact]
    public async Task A_request_waits_as_often_as_it_is_put_off()
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Limited("1"), Limited(null), Limited("2"), Answer.Sent()), clock);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal([1, 60, 2], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(4, outcome.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(63), outcome.Elapsed);
    }

    [Fact]
    public async Task A_wait_longer_than_the_longest_is_not_begun()
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Limited("901"));
        using var client = TestClient.Over(handler, clock);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Status, outcome.Failure!.Cause);
        Assert.Equal(429, outcome.Failure.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(901), outcome.Failure.RetryAfter);
        Assert.Equal(1, outcome.Attempts);
        Assert.Empty(clock.Waits);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task A_server_that_asks_for_years_is_asked_again_within_the_hour_over_the_same_connection(
        string retryAfter)
    {
        var clock = new SkippingClock();
        var handler = StubHandler.InTurn(Limited(retryAfter), Answer.Sent());
        using var client = TestClient.Over(handler, clock);

        var refused = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        var untried = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        clock.Advance(TimeSpan.FromMinutes(45));
        var sent = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(
            (OutcomeKind.NotSent, 429, TimeSpan.FromDays(1), 1),
            (refused.Kind, refused.Failure!.StatusCode, refused.Failure.RetryAfter, refused.Attempts));
        Assert.Equal(
            (OutcomeKind.NotSent, 429, TimeSpan.FromHours(1), 0),
            (untried.Kind, untried.Failure!.StatusCode, untried.Failure.RetryAfter, untried.Attempts));
        Assert.Equal(OutcomeKind.Succeeded, sent.Kind);
        Assert.Equal([TimeSpan.FromMinutes(15)], clock.Waits);
    }

    [Fact]
    public async Task Who_wants_to_wait_longer_than_an_hour_does()
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Limited("7200"), Answer.Sent()), clock, maxWait: TimeSpan.FromHours(3));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal([TimeSpan.FromHours(2)], clock.Waits);
    }

    [Fact]
    public async Task The_longest_wait_is_that_of_all_waits_together()
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Limited(null));
        using var client = TestClient.Over(handler, clock, maxWait: TimeSpan.FromSeconds(150));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal([60, 60], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Null(outcome.Failure!.RetryAfter);
        Assert.Equal(3, outcome.Attempts);
        Assert.Equal(3, handler.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    public async Task A_client_that_shall_not_wait_does_not(int maxWait)
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Limited(null)), clock, maxWait: TimeSpan.FromSeconds(maxWait));

        Assert.Equal(OutcomeKind.NotSent, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_wait_takes_its_time()
    {
        var clock = new FakeTimeProvider();
        var handler = StubHandler.InTurn(Limited("60"), Answer.Sent());
        using var client = TestClient.Over(handler, clock);

        var sending = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        clock.Advance(TimeSpan.FromSeconds(59.999));
        Assert.False(sending.IsCompleted);
        Assert.Single(handler.Requests);
        clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Equal(OutcomeKind.Succeeded, (await sending).Kind);
    }

    [Fact]
    public async Task A_wait_ends_when_the_caller_cancels()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = StubHandler.InTurn(Limited("60"));
        using var client = TestClient.Over(handler, new FakeTimeProvider());

        var sending = client.SendMessageAsync(Sample.Text(), cancellation.Token);
        Assert.False(sending.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_look_up_of_a_conversation_is_put_off_too()
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Limited("7"), Answer.Conversation(Sample.ConversationId)), clock);

        var outcome = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task No_answer_that_leaves_it_open_or_refuses_makes_the_client_try_again(int status)
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Answer.Status(status, ("Retry-After", "1")));
        using var client = TestClient.Over(handler, clock);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.NotEqual(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(1, outcome.Attempts);
        Assert.Single(handler.Requests);
        Assert.Empty(clock.Waits);
    }

    private static HttpResponseMessage Limited(string? retryAfter) =>
        retryAfter is null ? Answer.Status(429) : Answer.Status(429, ("Retry-After", retryAfter));
}
