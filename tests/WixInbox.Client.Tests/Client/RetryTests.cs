namespace WixInbox.Tests.Client;

/// <summary>
/// What cannot have been done, or does no harm twice, is tried again by itself; what may have been done never is.
/// </summary>
public sealed class RetryTests
{
    [Fact]
    public async Task What_never_left_is_tried_six_times_with_growing_waits()
    {
        var clock = new SkippingClock();
        var handler = new RawHandler((_, _) => throw new HttpRequestException("refused"));
        using var client = TestClient.Over(handler, clock, random: () => 1);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.Equal(6, outcome.Attempts);
        Assert.Equal(6, handler.Count);
        Assert.Equal([0.25, 1, 4, 16, 20], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(41.25), outcome.Elapsed);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    public async Task What_the_server_did_not_take_up_is_tried_again(int status)
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Answer.Status(status), Answer.Status(status), Answer.Status(status), Answer.Sent()),
            clock,
            random: () => 0.5);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Null(outcome.Failure);
        Assert.Equal(4, outcome.Attempts);
        Assert.Equal([219, 875, 3_500], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Theory]
    [InlineData("30", 0, 30_000)]
    [InlineData("30", 1, 30_000)]
    [InlineData("0", 1, 250)]
    public async Task A_server_that_says_when_to_come_again_is_waited_for(
        string retryAfter, double random, int milliseconds)
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Answer.Status(503, ("Retry-After", retryAfter)), Answer.Sent()),
            clock,
            random: () => random);

        Assert.Equal(
            OutcomeKind.Succeeded, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
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

        var found = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);
        var read = await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Ambiguous, found.Kind);
        Assert.Equal(6, found.Attempts);
        Assert.Equal(6, read.Attempts);
        Assert.Equal(12, handler.Requests.Count);
        Assert.Equal([0.25, 1, 4, 16, 20, 0.25, 1, 4, 16, 20], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_look_up_that_is_made_again_can_succeed()
    {
        using var client = TestClient.Over(
            StubHandler.InTurn(Answer.Status(500), Answer.Status(502), Answer.Conversation(Sample.ConversationId)));

        var found = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

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

        await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);
        await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task To_be_put_off_by_a_429_is_not_to_fail()
    {
        // However often the pace was too fast, what fails then has its six tries.
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
        Assert.Equal([1, 1, 1, 1, 1, 0.25, 1, 4], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task However_much_fails_each_request_has_all_its_tries()
    {
        // A server that answers is no outage.
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(408)), requestsPerMinute: 0);

        for (var request = 0; request < 50; request++)
        {
            Assert.Equal(6, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Attempts);
        }
    }

    [Theory]
    [InlineData(403, 6, new double[] { 1, 4, 16, 60, 60 })]
    [InlineData(404, 1, new double[0])]
    public async Task A_403_without_a_code_in_the_middle_is_held_and_tried_again(
        int status, int attempts, double[] waits)
    {
        var clock = new SkippingClock();
        var isRefused = false;
        using var client = TestClient.Over(
            new StubHandler(_ => isRefused ? Answer.Status(status) : Answer.Sent()), clock);
        Assert.Equal(1, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Attempts);
        isRefused = true;

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(
            (OutcomeKind.Rejected, attempts, 1), (outcome.Kind, outcome.Attempts, outcome.Failure!.SucceededBefore));
        Assert.Equal(waits, clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task One_that_has_a_code_is_not()
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(
                Answer.Sent(),
                Answer.Json(403, """{"details":{"applicationError":{"code":"PERMISSION_DENIED"}}}""")),
            clock);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Rejected, 1), (outcome.Kind, outcome.Attempts));
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_403_without_a_code_that_says_when_to_come_again_is_held_for_that_long()
    {
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(
                Answer.Sent(),
                Answer.Status(403, ("Retry-After", "30")),
                Answer.Status(403, ("Retry-After", "2")),
                Answer.Sent()),
            clock);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Succeeded, 3), (outcome.Kind, outcome.Attempts));
        Assert.Equal([30, 4], clock.Waits.Select(wait => wait.TotalSeconds));
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
