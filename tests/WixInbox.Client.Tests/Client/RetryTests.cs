namespace WixInbox.Tests.Client;

/// <summary>What cannot have been done, or does no harm twice, is tried again by itself; what may have been done never is.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task What_never_left_is_tried_four_times_with_growing_waits()
    {
        var clock = new SkippingClock();
        var handler = new RawHandler((_, _) => throw new HttpRequestException("refused"));
        using var client = TestClient.Over(handler, clock, random: () => 1);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.Equal(4, outcome.Attempts);
        Assert.Equal(4, handler.Count);
        Assert.Equal([100, 200, 400], clock.Waits.Select(wait => wait.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromMilliseconds(700), outcome.Elapsed);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    public async Task What_the_server_did_not_take_up_is_tried_with_longer_waits(int status)
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(StubHandler.InTurn(Answer.Status(status), Answer.Status(status), Answer.Status(status), Answer.Sent()), clock, random: () => 0.5);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Null(outcome.Failure);
        Assert.Equal(4, outcome.Attempts);
        Assert.Equal([500, 1000, 2000], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Theory]
    [InlineData("30", 0, 30_000)]
    [InlineData("30", 1, 30_000)]
    [InlineData("0", 1, 1_000)]
    public async Task A_server_that_says_when_to_come_again_is_waited_for(string retryAfter, double random, int milliseconds)
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(StubHandler.InTurn(Answer.Status(503, ("Retry-After", retryAfter)), Answer.Sent()), clock, random: () => random);

        Assert.Equal(OutcomeKind.Succeeded, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Equal([milliseconds], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Theory]
    [InlineData(59, 2)]
    [InlineData(60, 2)]
    [InlineData(61, 1)]
    public async Task A_server_that_says_to_come_again_too_late_is_not_waited_for(int retryAfter, int attempts)
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Answer.Status(503, ("Retry-After", $"{retryAfter}")));
        using var client = TestClient.Over(handler, clock, maxWait: TimeSpan.FromSeconds(60));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(503, outcome.Failure!.StatusCode);
        Assert.Equal(attempts, outcome.Attempts);
        Assert.Equal(attempts, handler.Requests.Count);
        Assert.Equal(attempts - 1, clock.Waits.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_message_that_may_have_left_is_never_sent_again(int status)
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => status == 0 ? throw new IOException("reset") : Answer.Status(status));
        using var client = TestClient.Over(handler, clock);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(1, outcome.Attempts);
        Assert.Single(handler.Requests);
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_look_up_and_a_reading_are_made_again_also_where_they_may_have_been_done(int status)
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => status == 0 ? throw new IOException("reset") : Answer.Status(status));
        using var client = TestClient.Over(handler, clock, random: () => 1);

        var found = await client.GetOrCreateConversationAsync(new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);
        var read = await client.ListMessagesAsync(new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Ambiguous, found.Kind);
        Assert.Equal(4, found.Attempts);
        Assert.Equal(4, read.Attempts);
        Assert.Equal(8, handler.Requests.Count);
        Assert.Equal([100, 200, 400, 100, 200, 400], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_look_up_that_is_made_again_can_succeed()
    {
        using var client = TestClient.Over(StubHandler.InTurn(Answer.Status(500), Answer.Status(502), Answer.Conversation(Sample.ConversationId)));

        var found = await client.GetOrCreateConversationAsync(new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, found.Kind);
        Assert.Equal(3, found.Attempts);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task What_is_refused_is_not_asked_again(int status)
    {
        var handler = new StubHandler(_ => Answer.Status(status));
        using var client = TestClient.Over(handler);

        await client.GetOrCreateConversationAsync(new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);
        await client.ListMessagesAsync(new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task To_be_put_off_by_a_429_is_not_to_fail()
    {
        // However often the pace was too fast, what fails then has its four tries.
        var clock = new SkippingClock();
        HttpResponseMessage[] answers =
        [
            .. Enumerable.Range(0, 5).Select(_ => Answer.Status(429, ("Retry-After", "1"))),
            Answer.Status(408), Answer.Status(408), Answer.Status(408), Answer.Sent(),
        ];
        using var client = TestClient.Over(StubHandler.InTurn(answers), clock, random: () => 1);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(9, outcome.Attempts);
        Assert.Equal([1, 1, 1, 1, 1, 1, 2, 4], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Where_nearly_everything_fails_the_budget_of_all_requests_is_soon_spent()
    {
        // A server that answers is no outage: nothing stops but the repeating.
        var handler = new StubHandler(_ => Answer.Status(408));
        using var client = TestClient.Over(handler, requestsPerMinute: 0);
        var attempts = new List<int>();
        for (var request = 0; request < 50; request++)
        {
            attempts.Add((await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Attempts);
        }

        // 500 pay for a hundred repetitions of 5 each: 33 requests with three, and one more.
        Assert.Equal([.. Enumerable.Repeat(4, 33), 2, .. Enumerable.Repeat(1, 16)], attempts);
    }

    [Fact]
    public async Task What_succeeds_or_is_refused_pays_back()
    {
        var status = 408;
        using var client = TestClient.Over(new StubHandler(_ => status == 200 ? Answer.Sent() : Answer.Status(status)), requestsPerMinute: 0);
        await SendAsync(50);
        foreach (var paying in new[] { 200, 403 })
        {
            status = paying;
            await SendAsync(5);
            status = 408;
            Assert.Equal(2, await SendAsync(1));
            Assert.Equal(1, await SendAsync(1));
        }

        // What may have been done pays nothing.
        status = 500;
        await SendAsync(5);
        status = 408;
        Assert.Equal(1, await SendAsync(1));

        async Task<int> SendAsync(int times)
        {
            var attempts = 0;
            for (var request = 0; request < times; request++)
            {
                attempts = (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Attempts;
            }

            return attempts;
        }
    }

    [Fact]
    public async Task A_wait_before_the_next_try_ends_when_the_caller_cancels()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = StubHandler.InTurn(Answer.Status(503, ("Retry-After", "60")));
        using var client = TestClient.Over(handler, new WatchedClock());

        var sending = client.SendMessageAsync(Sample.Text(), cancellation.Token);
        Assert.False(sending.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(handler.Requests);
    }
}
