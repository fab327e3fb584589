using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WixInbox.Tests.Signing;

namespace WixInbox.Tests.Outcomes;

/// <summary>
/// Where no answer comes, what matters is whether the body had begun to leave, whatever the exception is called.
/// </summary>
public sealed class BrokenConnectionTests
{
    private static readonly Dictionary<string, Exception> s_exceptions = new()
    {
#if NETFRAMEWORK
        ["refused"] = new HttpRequestException(
            "refused",
            new WebException(
                "Unable to connect.",
                new SocketException((int)SocketError.ConnectionRefused),
                WebExceptionStatus.ConnectFailure,
                null)),
        ["name"] = new HttpRequestException(
            "no such host", new WebException("no such host", WebExceptionStatus.NameResolutionFailure)),
        ["tls"] = new HttpRequestException(
            "no trust",
            new WebException(
                "No trust.",
                new AuthenticationException("The certificate is not trusted."),
                WebExceptionStatus.TrustFailure,
                null)),
#else
        ["refused"] = new HttpRequestException(
            HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused)),
        ["name"] = new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"),
        ["tls"] = new HttpRequestException(
            HttpRequestError.SecureConnectionError,
            "no trust",
            new AuthenticationException("The certificate is not trusted.")),
#endif
        ["reset"] = new HttpRequestException(
            "reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))),
        ["broken"] = new HttpRequestException(
            "An error occurred.", new IOException("See within.", new IOException("The pipe has burst."))),
        ["host"] = new HttpRequestException(
            "The pipe has burst. (www.wixapis.com:443)", new IOException("The pipe has burst.")),
        ["io"] = new IOException("broken"),
        ["disposed"] = new ObjectDisposedException("handler"),
        ["bug"] = new InvalidOperationException("a handler's own error"),
    };

    public static TheoryData<string> Exceptions => [.. s_exceptions.Keys];

    [Fact]
    public async Task A_failure_says_which_call_it_was()
    {
        using var client = TestClient.Over(new RawHandler((_, _) => throw s_exceptions["refused"]));

        var outcome = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

        Assert.Equal(
            (OutcomeKind.NotSent, Operation.GetOrCreateConversation), (outcome.Kind, outcome.Failure!.Operation));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Whatever_ends_an_attempt_before_its_body_is_read_means_that_nothing_was_sent(string name)
    {
        var handler = new RawHandler((_, _) => throw s_exceptions[name]);

        var outcome = await TestClient.SendAsync(handler);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Expect(outcome, s_exceptions[name], attempts: 6);
        Assert.Equal(6, handler.Count);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Whatever_ends_an_attempt_after_its_body_was_read_leaves_it_open(string name)
    {
        var handler = new RawHandler(async (request, token) =>
        {
            await request.Content!.ReadAsByteArrayAsync(token);
            throw s_exceptions[name];
        });

        var outcome = await TestClient.SendAsync(handler);

        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Expect(outcome, s_exceptions[name], attempts: 1);
        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task A_body_whose_first_byte_could_not_be_written_may_still_have_left()
    {
        // The write was asked for: what the network did with it nobody knows.
        var handler = new RawHandler(async (request, token) =>
        {
            using var broken = new BodyStream([], _ => Task.FromResult(0));
            await request.Content!.CopyToAsync(broken, token);
            return Answer.Sent();
        });

        Assert.Equal(OutcomeKind.Ambiguous, (await TestClient.SendAsync(handler)).Kind);
    }

    [Theory]
    [InlineData("tls", "The secure connection (TLS) could not be made: The certificate is not trusted.")]
    [InlineData("name", "no such host")]

    // The cause is told, by the outer exception where that repeats it and adds the host.
    [InlineData("broken", "The pipe has burst.")]
    [InlineData("host", "The pipe has burst. (www.wixapis.com:443)")]
    public async Task The_message_of_a_failed_connection_names_its_cause(string name, string message)
    {
        var outcome = await TestClient.SendAsync(new RawHandler((_, _) => throw s_exceptions[name]));

        Assert.Equal(message, outcome.Failure!.Message);
    }

    [Fact]
    public async Task A_client_that_was_disposed_of_sends_nothing()
    {
        var handler = new StubHandler(_ => Answer.Sent());
        var tokens = new TokenSource();
        var client = TestClient.Over(handler, authentication: tokens.Authentication);
        client.Dispose();

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.NotSent, FailureCause.Closed), (outcome.Kind, outcome.Failure!.Cause));
        Assert.Empty(handler.Requests);
        Assert.Equal(0, tokens.Calls);
    }

    [Fact]
    public async Task What_waits_or_is_under_way_when_the_client_is_disposed_of_ends()
    {
        var clock = new WatchedClock();
        using var arrived = new SemaphoreSlim(0);
        var handler = new RawHandler(async (_, token) =>
        {
            arrived.Release();
            return await ForEverAsync(token);
        });
        var client = TestClient.Over(handler, clock, requestsPerMinute: 1);
        var underWay = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await arrived.WaitAsync(TestClient.Cancellation);
        var waiting = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        client.Dispose();

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Closed, 0),
            ((await waiting).Kind, (await waiting).Failure!.Cause, (await waiting).Attempts));
        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Closed, 1),
            ((await underWay).Kind, (await underWay).Failure!.Cause, (await underWay).Attempts));
        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task An_attempt_whose_time_ends_before_its_body_is_read_was_not_sent()
    {
        var clock = new FakeTimeProvider();
        using var arrived = new SemaphoreSlim(0);
        var handler = new RawHandler(async (_, token) =>
        {
            arrived.Release();
            return await ForEverAsync(token);
        });
        using var client = TestClient.Over(handler, clock, maxWait: TimeSpan.Zero);

        var sending = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await arrived.WaitAsync(TestClient.Cancellation);
        clock.Advance(TestClient.AttemptTime - TimeSpan.FromMilliseconds(1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        var outcome = await sending;
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Timeout, outcome.Failure!.Cause);
        Assert.Equal(TestClient.AttemptTime, outcome.Elapsed);
        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task An_attempt_whose_time_ends_after_its_body_was_read_leaves_it_open()
    {
        var clock = new FakeTimeProvider();
        var handler = new StubHandler(async (_, token) => await ForEverAsync(token));
        using var client = TestClient.Over(handler, clock);

        var sending = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        clock.Advance(TestClient.AttemptTime);

        var outcome = await sending;
        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(FailureCause.Timeout, outcome.Failure!.Cause);
        Assert.Null(outcome.Failure.StatusCode);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task An_attempt_whose_time_ends_within_its_answer_leaves_it_open()
    {
        var clock = new FakeTimeProvider();
        var reading = new TaskCompletionSource();
        using var client = TestClient.Over(new StubHandler(_ => Unfinished(reading)), clock);

        var sending = client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await reading.Task;
        clock.Advance(TestClient.AttemptTime);

        var outcome = await sending;
        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(200, outcome.Failure!.StatusCode);
    }

    [Fact]
    public async Task Each_attempt_has_its_own_time()
    {
        // The wait between the two is longer than the time of either.
        var clock = new SkippingClock();
        using var client = TestClient.Over(
            StubHandler.InTurn(Answer.Status(429), Answer.Status(429), Answer.Sent()), clock);

        Assert.Equal(
            OutcomeKind.Succeeded, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetUtcNow() - clock.Start);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_cancellation_of_the_caller_is_no_outcome(bool bodyRead)
    {
        using var cancellation = new CancellationTokenSource();
        using var client = TestClient.Over(new RawHandler(async (request, token) =>
        {
            if (bodyRead)
            {
                await request.Content!.ReadAsByteArrayAsync(token);
            }

            return await ForEverAsync(token);
        }));

        var sending = client.SendMessageAsync(Sample.Text(), cancellation.Token);
        Assert.False(sending.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(200, OutcomeKind.Succeeded)]
    [InlineData(403, OutcomeKind.Rejected)]
    [InlineData(500, OutcomeKind.Ambiguous)]
    public async Task An_answer_that_came_whole_is_kept_though_the_caller_has_cancelled(int status, OutcomeKind kind)
    {
        // What has become of the message is known: it must not be forgotten.
        using var cancellation = new CancellationTokenSource();
        using var client = TestClient.Over(new StubHandler(_ =>
        {
            var answer = new BodyStream("""{"message":{"id":"1"}}"""u8.ToArray(), _ =>
            {
                cancellation.Cancel();
                return Task.FromResult(0);
            });
            return new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(answer) };
        }));

        Assert.Equal(kind, (await client.SendMessageAsync(Sample.Text(), cancellation.Token)).Kind);
    }

    [Fact]
    public async Task The_cancellation_of_the_caller_within_the_answer_is_no_outcome()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = new TaskCompletionSource();
        using var client = TestClient.Over(new StubHandler(_ => Unfinished(reading)));

        var sending = client.SendMessageAsync(Sample.Text(), cancellation.Token);
        await reading.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task A_handler_that_fails_in_its_own_way_when_it_is_cancelled_is_cancelled(string name)
    {
        using var cancellation = new CancellationTokenSource();
        using var client = TestClient.Over(new RawHandler((_, _) =>
        {
            cancellation.Cancel();
            throw s_exceptions[name];
        }));

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendMessageAsync(Sample.Text(), cancellation.Token));

        Assert.Equal(cancellation.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        var handler = new StubHandler((_, token) =>
        {
            token.ThrowIfCancellationRequested();
            return Task.FromResult(Answer.Sent());
        });
        using var client = TestClient.Over(handler);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendMessageAsync(Sample.Text(), new CancellationToken(canceled: true)));

        Assert.Empty(handler.Requests);
    }

    private static void Expect(Outcome<Message> outcome, Exception exception, int attempts)
    {
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.Same(exception, outcome.Failure.Exception);
        Assert.NotEmpty(outcome.Failure.Message);
        Assert.Null(outcome.Failure.StatusCode);
        Assert.Null(outcome.RequestId);
        Assert.Equal(attempts, outcome.Attempts);
    }

    private static async Task<HttpResponseMessage> ForEverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }

    private static HttpResponseMessage Unfinished(TaskCompletionSource reading) => new(HttpStatusCode.OK)
    {
        Content = new StreamContent(new BodyStream(Encoding.UTF8.GetBytes("""{"message":"""), async token =>
        {
            reading.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        })),
    };
}
