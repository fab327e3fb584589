using System.Security;

namespace WixInbox.Tests.Signing;

/// <summary>A 401 is worth one more token, where there is somebody to ask for one.</summary>
public sealed class TokenRefreshTests
{
    [Fact]
    public async Task A_token_is_fetched_when_it_is_first_needed_and_used_for_all_that_follows()
    {
        var tokens = new TokenSource();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, authentication: tokens.Authentication);
        Assert.Equal(0, tokens.Calls);

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(1, tokens.Calls);
        Assert.Equal(["token-1", "token-1"], handler.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_refused_token_is_fetched_anew_once_and_the_request_made_again()
    {
        var tokens = new TokenSource();
        var handler = new StubHandler(
            request => request.Authorization == "token-1" ? Answer.Status(401) : Answer.Sent());
        using var client = TestClient.Over(handler, authentication: tokens.Authentication);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(2, outcome.Attempts);
        Assert.Equal(2, tokens.Calls);
        Assert.Equal(["token-1", "token-2"], handler.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_second_refusal_is_the_answer()
    {
        var tokens = new TokenSource();
        var handler = new StubHandler(_ => Answer.Status(401, ("x-wix-request-id", "r1")));
        using var client = TestClient.Over(handler, authentication: tokens.Authentication);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(401, outcome.Failure!.StatusCode);
        Assert.Equal(FailureCause.Status, outcome.Failure.Cause);
        Assert.Equal("r1", outcome.RequestId);
        Assert.Equal(2, outcome.Attempts);
        Assert.Equal(2, handler.Requests.Count);
        Assert.Equal(2, tokens.Calls);
    }

    [Fact]
    public async Task A_refusal_after_a_wait_is_worth_one_token_too()
    {
        var tokens = new TokenSource();
        var clock = new SkippingClock();
        var handler = StubHandler.InTurn(Answer.Status(429), Answer.Status(401), Answer.Status(429), Answer.Sent());
        using var client = TestClient.Over(handler, clock, tokens.Authentication);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(4, outcome.Attempts);
        Assert.Equal(
            ["token-1", "token-1", "token-2", "token-2"], handler.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task All_who_wait_for_a_token_end_when_the_connection_is_closed()
    {
        var tokens = new TaskCompletionSource<SecureString>();
        using var asked = new SemaphoreSlim(0);
        var authentication = Authentication.TokenProvider(_ =>
        {
            asked.Release();
            return tokens.Task;
        });
        var client = TestClient.Over(new StubHandler(_ => Answer.Sent()), authentication: authentication);
        var first = client.SendMessageAsync(Sample.Text("1"), TestClient.Cancellation);
        await asked.WaitAsync(TestClient.Cancellation);
        Task<Outcome<Message>>[] calls =
        [
            first,
            client.SendMessageAsync(Sample.Text("2"), TestClient.Cancellation),
            client.SendMessageAsync(Sample.Text("3"), TestClient.Cancellation),
        ];

        client.Dispose();
        authentication.Dispose();
        tokens.SetResult(Secret.Of("token-1"));

        var all = Task.WhenAll(calls);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Task.WhenAny(all, Task.Delay(Timeout.Infinite, limit.Token));
        Assert.True(all.IsCompleted);
        Assert.All(await all, outcome => Assert.Equal(FailureCause.Closed, outcome.Failure!.Cause));
    }

    [Fact]
    public async Task One_that_waits_while_another_is_refused_is_not_made_with_the_refused_token()
    {
        var tokens = new TokenSource();
        var clock = new WatchedClock();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, clock, tokens.Authentication, requestsPerMinute: 1);
        using var other = TestClient.Over(
            new StubHandler(request => request.Authorization == "token-1" ? Answer.Status(401) : Answer.Sent()),
            clock,
            tokens.Authentication);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        // It has its token, and no place in the pace.
        var waiting = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await other.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await clock.AdvanceAfterAWaitAsync(TimeSpan.FromMinutes(1));
        await waiting;

        Assert.Equal(["token-1", "token-2"], handler.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_request_that_waits_for_hours_is_worth_five_tokens_and_no_more()
    {
        var tokens = new TokenSource();
        var asked = 0;
        var handler = new StubHandler(
            _ => asked++ % 2 == 0 ? Answer.Status(401) : Answer.Status(429, ("Retry-After", "1800")));
        using var client = TestClient.Over(
            handler, authentication: tokens.Authentication, maxWait: TimeSpan.FromDays(1));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Rejected, 401), (outcome.Kind, outcome.Failure?.StatusCode));
        Assert.Equal((6, 11), (tokens.Calls, outcome.Attempts));
    }

    [Fact]
    public async Task Many_refusals_at_once_cause_one_refresh()
    {
        const int count = 25;
        var tokens = new TokenSource();
        var waiting = 0;
        var allWait = new TaskCompletionSource();
        var handler = new StubHandler(async (request, _) =>
        {
            if (request.Authorization != "token-1")
            {
                return Answer.Sent();
            }

            if (Interlocked.Increment(ref waiting) == count)
            {
                allWait.SetResult();
            }

            await allWait.Task;
            return Answer.Status(401);
        });
        using var client = TestClient.Over(handler, authentication: tokens.Authentication);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(
            () => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation), TestClient.Cancellation)));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(2, tokens.Calls);
        Assert.Equal(2 * count, handler.Requests.Count);
    }

    [Fact]
    public async Task One_caller_at_a_time_fetches_a_token()
    {
        var release = new TaskCompletionSource();
        var inside = 0;
        var most = 0;
        var calls = 0;
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, authentication: Authentication.TokenProvider(async _ =>
        {
            calls++;
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await release.Task;
            Interlocked.Decrement(ref inside);
            return Secret.Of(Secret.Canary);
        }));

        var sending = Enumerable.Range(0, 10)
            .Select(_ => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation))
            .ToArray();
        release.SetResult();
        await Task.WhenAll(sending);

        Assert.Equal((1, 1), (calls, most));
    }

    [Fact]
    public async Task A_token_or_a_key_that_is_refused_has_no_other()
    {
        var handler = new StubHandler(_ => Answer.Status(401));
        foreach (var authentication in new[]
        {
            Authentication.AccessToken(Secret.Of(Secret.Canary)),
            Authentication.ApiKey(Secret.Of(Secret.Canary), Sample.ContactId),
        })
        {
            using var client = TestClient.Over(handler, authentication: authentication);

            var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
            Assert.Equal(1, outcome.Attempts);
        }

        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_callback_that_fails_means_that_nothing_was_sent()
    {
        var thrown = new InvalidOperationException("The vault is locked.");
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, authentication: Authentication.TokenProvider(_ => throw thrown));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Token, outcome.Failure!.Cause);
        Assert.Equal(Operation.SendMessage, outcome.Failure.Operation);
        Assert.Equal("The vault is locked.", outcome.Failure.Message);
        Assert.Same(thrown, outcome.Failure.Exception);
        Assert.Equal(0, outcome.Attempts);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_callback_that_fails_is_asked_again_by_the_next_request()
    {
        var calls = 0;
        using var client = TestClient.Over(
            new StubHandler(_ => Answer.Sent()),
            authentication: Authentication.TokenProvider(_ => calls++ == 0
                ? throw new InvalidOperationException("Not yet.")
                : Task.FromResult(Secret.Of(Secret.Canary))));

        Assert.Equal(OutcomeKind.NotSent, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Equal(
            OutcomeKind.Succeeded, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Who_waits_for_a_callback_that_fails_fails_with_it_and_does_not_ask_again()
    {
        var release = new TaskCompletionSource();
        var calls = 0;
        using var client = TestClient.Over(
            new StubHandler(_ => Answer.Sent()),
            authentication: Authentication.TokenProvider(async _ =>
            {
                calls++;
                await release.Task;
                throw new InvalidOperationException("The vault is locked.");
            }));

        var sending = Enumerable.Range(0, 10)
            .Select(_ => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation))
            .ToArray();
        release.SetResult();
        var outcomes = await Task.WhenAll(sending);

        Assert.All(outcomes, outcome => Assert.Equal("The vault is locked.", outcome.Failure!.Message));
        Assert.All(outcomes, outcome => Assert.True(outcome.Failure!.ConcernsAll));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_callback_that_fails_after_a_refusal_means_that_nothing_was_sent()
    {
        var calls = 0;
        var handler = new StubHandler(_ => Answer.Status(401));
        using var client = TestClient.Over(
            handler,
            authentication: Authentication.TokenProvider(_ => calls++ > 0
                ? throw new InvalidOperationException("Gone.")
                : Task.FromResult(Secret.Of(Secret.Canary))));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Token, outcome.Failure!.Cause);
        Assert.Equal(1, outcome.Attempts);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_callback_that_brings_nothing_or_gives_up_means_that_nothing_was_sent()
    {
        Func<CancellationToken, Task<SecureString>>[] callbacks =
        [
            _ => Task.FromResult<SecureString>(null!),
            _ => Task.FromResult(new SecureString()),
            _ => null!,
            _ => throw new OperationCanceledException("The user closed the window."),
            _ => Task.FromCanceled<SecureString>(new CancellationToken(canceled: true)),
        ];
        foreach (var callback in callbacks)
        {
            var handler = new StubHandler(_ => Answer.Sent());
            using var client = TestClient.Over(handler, authentication: Authentication.TokenProvider(callback));

            var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
            Assert.Equal(FailureCause.Token, outcome.Failure!.Cause);
            Assert.Empty(handler.Requests);
        }
    }

    [Fact]
    public async Task A_caller_that_cancels_a_fetch_leaves_it_to_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        var calls = 0;
        using var client = TestClient.Over(
            new StubHandler(_ => Answer.Sent()),
            authentication: Authentication.TokenProvider(async token =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    await Task.Delay(Timeout.Infinite, token);
                }

                return Secret.Of(Secret.Canary);
            }));

        var first = client.SendMessageAsync(Sample.Text(), cancellation.Token);
        var second = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(OutcomeKind.Succeeded, (await second).Kind);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_callback_that_fails_because_the_caller_cancels_is_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        using var client = TestClient.Over(
            new StubHandler(_ => Answer.Sent()),
            authentication: Authentication.TokenProvider(_ =>
            {
                cancellation.Cancel();
                throw new InvalidOperationException("The pipeline has been stopped.");
            }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendMessageAsync(Sample.Text(), cancellation.Token));
    }
}
