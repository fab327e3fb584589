using WixInbox.Calls;

namespace WixInbox.Tests.Client;

/// <summary>What is done around the attempts of a call, and what happens when that fails.</summary>
public sealed class CallObserverTests
{
    [Fact]
    public async Task Before_each_attempt_leaves_there_is_something_to_do_and_after_one_that_is_repeated_something_to_tell()
    {
        var events = new List<string>();
        var answers = new Queue<HttpResponseMessage>([Answer.Status(408, ("x-wix-request-id", "r1")), Answer.Status(429, ("Retry-After", "2")), Answer.Sent()]);
        var handler = new StubHandler(_ =>
        {
            events.Add("request");
            return answers.Dequeue();
        });
        using var client = TestClient.Over(handler, random: () => 1);
        var observer = new CallObserver
        {
            Leaving = _ =>
            {
                events.Add("leaving");
                return Task.CompletedTask;
            },
            Repeating = (failure, requestId, attempts, wait) => events.Add($"{failure.StatusCode} {requestId} {attempts} {wait.TotalSeconds}"),
        };

        var outcome = await client.SendMessageAsync(Sample.Text(), observer, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(["leaving", "request", "408 r1 1 1", "leaving", "request", "429  2 2", "leaving", "request"], events);
    }

    [Fact]
    public async Task Nothing_leaves_before_that_is_done()
    {
        var written = new TaskCompletionSource();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler);

        var sending = client.SendMessageAsync(Sample.Text(), new CallObserver { Leaving = _ => written.Task }, TestClient.Cancellation);
        Assert.Empty(handler.Requests);
        written.SetResult();

        Assert.Equal(OutcomeKind.Succeeded, (await sending).Kind);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Where_the_journal_fails_nothing_leaves_and_the_place_is_given_back()
    {
        var clock = new WatchedClock();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, clock, requestsPerMinute: 1);
        var thrown = new JournalException(JournalProblem.Unwritable, "The disk is full.");

        var outcome = await client.SendMessageAsync(Sample.Text(), new CallObserver { Leaving = _ => throw thrown }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Journal, outcome.Failure!.Cause);
        Assert.Same(thrown, outcome.Failure.Exception);
        Assert.Equal(thrown.Message, outcome.Failure.Message);
        Assert.Equal(0, outcome.Attempts);
        Assert.Empty(handler.Requests);
        var next = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(OutcomeKind.Succeeded, (await next).Kind);
    }

    [Fact]
    public async Task A_journal_that_fails_before_a_later_attempt_keeps_what_the_earlier_one_came_to()
    {
        var attempts = 0;
        var handler = new StubHandler(_ => Answer.Status(408, ("x-wix-request-id", "r1")));
        using var client = TestClient.Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), new CallObserver { Leaving = _ => ++attempts > 1 ? throw new JournalException(JournalProblem.Unwritable, "The disk is full.") : Task.CompletedTask }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Journal, outcome.Failure!.Cause);
        Assert.Equal("r1", outcome.RequestId);
        Assert.Equal(1, outcome.Attempts);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task To_cancel_while_it_is_done_is_to_cancel_and_gives_the_place_back()
    {
        using var cancellation = new CancellationTokenSource();
        var clock = new WatchedClock();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, clock, requestsPerMinute: 1);

        var sending = client.SendMessageAsync(Sample.Text(), new CallObserver { Leaving = token => Task.Delay(Timeout.Infinite, token) }, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(handler.Requests);
        var next = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(OutcomeKind.Succeeded, (await next).Kind);
    }
}
