using Microsoft.Extensions.Time.Testing;
using WixInbox.Pace;

namespace WixInbox.Tests.Pace;

/// <summary>The waits: in order, ended by a cancellation, and shared by all that a client does.</summary>
public sealed class RequestPaceTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_asks_first_leaves_first_and_who_gives_up_holds_up_nobody()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(1, clock, TimeSpan.FromMinutes(15));
        var entry = await pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        using var giveUp = new CancellationTokenSource();
        var first = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        var second = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, giveUp.Token);
        var third = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);

        await giveUp.CancelAsync();
        pace.Release(entry, failed: false, mayArrive: false);
        await clock.AdvanceAfterAWaitAsync(s_minute);
        entry = await first;
        Assert.Equal(s_minute, entry.Left);
        pace.Release(entry, failed: false, mayArrive: false);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(59));
        Assert.False(third.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(120), (await third).Left);
    }

    [Fact]
    public async Task Of_several_runs_the_one_with_the_earliest_row_leaves_first()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(1, clock, TimeSpan.FromMinutes(15));
        var entry = await pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        var (earlier, later) = (pace.NextOrder(), pace.NextOrder());
        var second = AcquireAsync(later);
        var first = AcquireAsync(earlier);

        pace.Release(entry, failed: false, mayArrive: false);
        await clock.AdvanceAfterAWaitAsync(s_minute);

        Assert.Same(first, await Task.WhenAny(first, second));
        Assert.Equal(s_minute, (await first).Left);

        Task<Lease> AcquireAsync(long order) =>
            pace.AcquireAsync(new QueuePlace(new SlotPool(1), order), 0, s_minute, TestClient.Cancellation);
    }

    [Fact]
    public async Task Who_waits_at_the_head_can_give_up_too()
    {
        var pace = new RequestPace(1, new WatchedClock(), TimeSpan.FromMinutes(15));
        await pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        using var giveUp = new CancellationTokenSource();
        var waiting = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_gave_up_its_last_wait_or_was_refused_is_let_go(bool isClosed)
    {
        var pace = new RequestPace(1, new WatchedClock(), TimeSpan.FromMinutes(15));
        await pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        using var giveUp = new CancellationTokenSource();
        var waiting = pace.AcquireAsync(new QueuePlace(new SlotPool(1), pace.NextOrder()), 0, s_minute, giveUp.Token);
        Assert.Equal(1, pace.Runs);

        if (isClosed)
        {
            pace.Close();
            Assert.Equal(LeaseRefusal.Closed, (await waiting).Refusal);
        }
        else
        {
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal(0, pace.Runs);
    }

    [Fact]
    public async Task How_long_the_one_at_the_head_waits_is_told_while_it_waits_and_not_after()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(1, clock, TimeSpan.FromMinutes(15));
        var entry = await pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        pace.Release(entry, failed: false, mayArrive: false);
        Assert.Equal(TimeSpan.Zero, pace.Wait);
        using var giveUp = new CancellationTokenSource();
        var waiting = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, giveUp.Token);

        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(TimeSpan.FromSeconds(45), pace.Wait);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Equal(TimeSpan.Zero, pace.Wait);
    }

    [Fact]
    public async Task Requests_of_an_earlier_run_take_places_until_they_no_longer_count()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(2, clock, TimeSpan.FromMinutes(15));
        var start = clock.GetUtcNow();
        EarlierRequest[] requests =
        [
            new(start - TimeSpan.FromSeconds(30), MayArrive: true, "run"),
            new(start - TimeSpan.FromSeconds(50), MayArrive: false, "run"),
        ];

        Assert.Equal(2, pace.Recall(requests));
        var first = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);
        var second = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);

        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(10), (await first).Left);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(40), (await second).Left);
    }

    [Fact]
    public async Task Requests_of_an_earlier_run_count_as_of_just_now_where_the_clock_was_set_back_since()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(1, clock, TimeSpan.FromMinutes(15));
        Assert.Equal(1, pace.Recall([new(clock.GetUtcNow() + s_minute, MayArrive: false, "run")]));

        var next = pace.AcquireAsync(pace.NextPlace(), 0, s_minute, TestClient.Cancellation);

        Assert.Equal(s_minute, pace.Wait);
        await clock.AdvanceAfterAWaitAsync(s_minute);
        Assert.Equal(s_minute, (await next).Left);
    }

    [Fact]
    public void Requests_that_were_recalled_before_or_are_its_own_do_not_count_again()
    {
        var clock = new WatchedClock();
        var pace = new RequestPace(2, clock, TimeSpan.FromMinutes(15));
        var start = clock.GetUtcNow();

        // A request whose answer came late stands before one that was made after it.
        EarlierRequest[] requests =
        [
            new(start - TimeSpan.FromSeconds(30), MayArrive: false, "run"),
            new(start - TimeSpan.FromSeconds(50), MayArrive: false, "run"),
        ];

        Assert.Equal(2, pace.Recall(requests));
        Assert.Equal(0, pace.Recall(requests));
        pace.AddOwnRun("own");
        Assert.Equal(
            0,
            pace.Recall(
                [new(start, MayArrive: false, "own"), new(start + TimeSpan.FromSeconds(1), MayArrive: true, "own")]));
        Assert.Equal(1, pace.Recall([.. requests, new(start - TimeSpan.FromSeconds(10), MayArrive: false, "run")]));
    }

    [Fact]
    public async Task Look_ups_and_sends_share_one_budget()
    {
        var clock = new WatchedClock();
        var handler = new StubHandler(request => request.Path.EndsWith("conversations", StringComparison.Ordinal)
            ? Answer.Conversation(Sample.ConversationId)
            : Answer.Sent());
        using var client = Over(handler, clock, requestsPerMinute: 2);

        await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ConversationId }, TestClient.Cancellation);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        var third = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(2, handler.Requests.Count);
        Assert.False(third.IsCompleted);
        await clock.AdvanceAfterAWaitAsync(s_minute);
        Assert.Equal(OutcomeKind.Succeeded, (await third).Kind);
        Assert.Equal(3, client.RequestCount);
    }

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 70)]
    public async Task A_request_without_an_answer_counts_for_ten_seconds_more(bool breaks, int seconds)
    {
        var clock = new WatchedClock();
        var broken = breaks;
        var handler = new StubHandler(
            _ => broken ? throw new HttpRequestException("The connection was reset.") : Answer.Sent());
        using var client = Over(handler, clock, requestsPerMinute: 1);

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        broken = false;
        var next = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(seconds - 1));
        Assert.Single(handler.Requests);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OutcomeKind.Succeeded, (await next).Kind);
    }

    [Fact]
    public async Task A_request_that_is_cancelled_on_its_way_counts_for_ten_seconds_more_too()
    {
        var clock = new WatchedClock();
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new StubHandler((_, token) => held.Task.WaitAsync(token));
        using var client = Over(handler, clock, requestsPerMinute: 1);
        using var giveUp = new CancellationTokenSource();
        var cancelled = client.SendMessageAsync(Sample.Text(), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        held.SetResult(Answer.Sent());
        var next = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(69));
        Assert.Single(handler.Requests);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OutcomeKind.Succeeded, (await next).Kind);
    }

    [Fact]
    public async Task A_429_of_one_request_stops_all_of_them()
    {
        var clock = new WatchedClock();
        var limited = true;
        var handler = new StubHandler(_ =>
        {
            if (!limited)
            {
                return Answer.Sent();
            }

            limited = false;
            var answer = Answer.Json(429, "{}");
            answer.Headers.TryAddWithoutValidation("Retry-After", "30");
            return answer;
        });
        using var client = Over(handler, clock, requestsPerMinute: 0);

        var refused = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        var other = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(29));
        Assert.Single(handler.Requests);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(refused, other);
        Assert.Equal(3, handler.Requests.Count);
        Assert.Equal(2, (await refused).Attempts);
        Assert.Equal(1, (await other).Attempts);
    }

    [Fact]
    public async Task Where_the_server_asks_to_wait_too_long_those_that_wait_give_up_too_and_nobody_else_asks()
    {
        var clock = new WatchedClock();
        var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new StubHandler((_, _) => held.Task);
        using var client = TestClient.Over(handler, clock, maxWait: s_minute, requestsPerMinute: 1);

        var first = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        var second = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        held.SetResult(Answer.Status(429, ("Retry-After", "1000")));
        var outcomes = await Task.WhenAll(first, second);
        var later = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Single(handler.Requests);
        Assert.Equal([1, 0, 0], outcomes.Append(later).Select(outcome => outcome.Attempts));
        Assert.All(outcomes.Append(later), outcome =>
        {
            Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
            Assert.Equal(429, outcome.Failure!.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1000), outcome.Failure.RetryAfter);
        });
    }

    [Fact]
    public async Task Who_waits_for_an_answer_never_slips_through_before_a_429_stops_all()
    {
        for (var round = 0; round < 300; round++)
        {
            var held = new TaskCompletionSource<HttpResponseMessage>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            using var client = TestClient.Over(
                new StubHandler((_, _) => held.Task), new WatchedClock(), maxWait: s_minute, requestsPerMinute: 1);
            var first = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
            var second = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            held.SetResult(Answer.Status(429, ("Retry-After", "1000")));

            // One that had slipped through would wait for its place now, on a clock that stands still.
            var outcomes =
                await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30), TestClient.Cancellation);
            Assert.All(outcomes, outcome => Assert.Equal(429, outcome.Failure!.StatusCode));
        }
    }

    [Fact]
    public async Task A_timer_that_is_over_too_early_stops_nobody_for_good()
    {
        var clock = new HastyClock();
        using var client = Over(new StubHandler(_ => Answer.Sent()), clock, requestsPerMinute: 1);

        for (var request = 1; request <= 3; request++)
        {
            await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)
                .WaitAsync(TimeSpan.FromSeconds(30), TestClient.Cancellation);
        }

        Assert.InRange(clock.GetElapsedTime(0), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.1));
    }

    private static WixInboxClient Over(HttpMessageHandler handler, TimeProvider clock, int requestsPerMinute) =>
        TestClient.Over(handler, clock, requestsPerMinute: requestsPerMinute);

    /// <summary>
    /// A clock that skips each wait, and whose timers are over 2 ms too early, as those of Linux can be. The timers of
    /// attempts are left out.
    /// </summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != TestClient.AttemptTime && dueTime != Timeout.InfiniteTimeSpan)
            {
                var early = TimeSpan.FromMilliseconds(2);
                Interlocked.Add(ref _now, (dueTime > early ? dueTime - early : dueTime).Ticks);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return new FakeTimeProvider().CreateTimer(
                callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
