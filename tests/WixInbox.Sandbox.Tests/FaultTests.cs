using System.Net.Sockets;
using System.Text;

namespace WixInbox.Sandbox.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task RateLimited_is_a_429_with_the_header_it_was_given_or_none()
    {
        using var api = Api.InMemory();
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.RateLimited },
            new Fault { Kind = FaultKind.RateLimited, RetryAfter = "Fri, 31 Dec 2021 23:59:59 GMT" },
            new Fault { Kind = FaultKind.RateLimited, RetryAfter = "soon" },
        ]);

        var without = await api.SendAsync(Api.Basic("x"));
        var date = await api.SendAsync(Api.Basic("x"));
        var nonsense = await api.SendAsync(Api.Basic("x"));
        var free = await api.SendAsync(Api.Basic("x"));

        Assert.Equal([429, 429, 429, 200], [without.Status, date.Status, nonsense.Status, free.Status]);
        Assert.Equal("RESOURCE_EXHAUSTED", without.ErrorCode);
        Assert.Equal(
            [null, "Fri, 31 Dec 2021 23:59:59 GMT", "soon"],
            [without.RetryAfter, date.RetryAfter, nonsense.RetryAfter]);
        Assert.NotNull(without.RequestId);
        Assert.Single(api.Handler.Ledger);
    }

    [Theory]
    [InlineData(FaultKind.ServerErrorBefore, null, 500, 0)]
    [InlineData(FaultKind.ServerErrorBefore, 503, 503, 0)]
    [InlineData(FaultKind.ServerErrorAfter, null, 500, 1)]
    [InlineData(FaultKind.ServerErrorAfter, 504, 504, 1)]
    public async Task A_server_error_has_Wixs_empty_body_before_or_after_storing(
        FaultKind kind, int? status, int expected, int stored)
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = kind, Status = status, RetryAfter = "7" });

        var reply = await api.SendAsync(Api.Basic("x"));

        Assert.Equal(expected, reply.Status);
        Assert.Equal("""{"message":"","details":{}}""", reply.Text);
        Assert.Equal("7", reply.RetryAfter);
        Assert.Equal(stored, api.Handler.Ledger.Count);
    }

    [Theory]
    [InlineData(FaultKind.ResetBefore, 0)]
    [InlineData(FaultKind.ResetAfter, 1)]
    public async Task A_reset_throws_as_a_socket_does_and_counts_as_status_0(FaultKind kind, int stored)
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = kind });

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => api.SendAsync(Api.Basic("x")));

        IOException inner = Assert.IsType<IOException>(exception.InnerException);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(inner.InnerException).SocketErrorCode);
        Assert.Equal(stored, api.Handler.Ledger.Count);
        RequestCount count = Assert.Single(api.Handler.RequestCounts);
        Assert.Equal(("POST", Api.Messages, 0, 1), (count.Method, count.Path, count.Status, count.Count));
    }

    [Theory]
    [InlineData(FaultKind.Timeout, 0)]
    [InlineData(FaultKind.TimeoutAfter, 1)]
    public async Task A_timeout_never_answers_until_the_caller_gives_up(FaultKind kind, int stored)
    {
        using var api = Api.InMemory();
        using var giveUp = new CancellationTokenSource();
        api.Handler.AddFault(new Fault { Kind = kind });

        var waiting = api.PostAsync(Api.Messages, Api.Basic("x"), giveUp.Token);
        api.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(waiting.IsCompleted);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(stored, api.Handler.Ledger.Count);
        Assert.Equal(0, Assert.Single(api.Handler.RequestCounts).Status);
    }

    [Theory]
    [InlineData(null, 502)]
    [InlineData(200, 200)]
    public async Task An_html_body_is_a_proxys_and_stores_nothing(int? status, int expected)
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = FaultKind.HtmlBody, Status = status });

        using var response = await api.HeadersOnlyAsync(Api.Basic("x"));

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.False(response.Headers.Contains("x-wix-request-id"));
        Assert.StartsWith(
            "<html>",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Empty(api.Handler.Ledger);
    }

    [Fact]
    public async Task A_truncated_body_breaks_off_in_the_middle_after_storing()
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = FaultKind.TruncatedBody, Times = 2 });

        HttpRequestException buffered = await Assert.ThrowsAsync<HttpRequestException>(
            () => api.SendAsync(Api.Basic("x")));
        using var response = await api.HeadersOnlyAsync(Api.Basic("y"));
        using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        HttpIOException streamed = await Assert.ThrowsAsync<HttpIOException>(
            () => stream.CopyToAsync(received, TestContext.Current.CancellationToken));

        Assert.Equal(
            HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(buffered.InnerException).HttpRequestError);
        Assert.Equal(HttpRequestError.ResponseEnded, streamed.HttpRequestError);
        Assert.Equal(200, (int)response.StatusCode);
        string stored = "{\"message\":" + api.Handler.Ledger[1].Json + "}";
        Assert.Equal(Encoding.UTF8.GetByteCount(stored), response.Content.Headers.ContentLength);
        Assert.Equal(stored[..(stored.Length / 2)], Encoding.UTF8.GetString(received.ToArray()));
    }

    [Fact]
    public async Task A_redirect_names_another_host()
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = FaultKind.Redirect, Status = 307 });

        using var response = await api.HeadersOnlyAsync(Api.Basic("x"));

        Assert.Equal(307, (int)response.StatusCode);
        Assert.NotEqual("www.wixapis.com", response.Headers.Location!.Host);
        Assert.Empty(api.Handler.Ledger);
    }

    [Fact]
    public async Task Unauthorized_is_the_401_of_an_expired_token()
    {
        using var api = Api.InMemory();
        api.Handler.AddFault(new Fault { Kind = FaultKind.Unauthorized });

        var expired = await api.SendAsync(Api.Basic("x"));
        var renewed = await api.SendAsync(Api.Basic("x"));

        Assert.Equal((401, "UNAUTHENTICATED"), (expired.Status, expired.ErrorCode));
        Assert.Equal(200, renewed.Status);
    }

    [Fact]
    public async Task An_application_error_has_the_code_and_status_asked_for()
    {
        using var api = Api.InMemory();
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.ApplicationError, Code = "INBOX_INSTANCE_NOT_FOUND" },
            new Fault { Kind = FaultKind.ApplicationError, Code = "NO_INBOX_INSTANCE", Status = 401 },
        ]);

        var missing = await api.SendAsync(Api.Basic("x"));
        var none = await api.SendAsync(Api.Basic("x"));

        Assert.Equal((404, "INBOX_INSTANCE_NOT_FOUND"), (missing.Status, missing.ErrorCode));
        Assert.Equal((401, "NO_INBOX_INSTANCE"), (none.Status, none.ErrorCode));
        Assert.Empty(api.Handler.Ledger);
    }

    [Fact]
    public async Task A_403_may_be_empty_and_a_refusal_have_a_message_alone()
    {
        using var api = Api.InMemory();
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.EmptyForbidden, RetryAfter = "2" },
            new Fault { Kind = FaultKind.MessageAlone },
            new Fault { Kind = FaultKind.MessageAlone, Status = 422 },
        ]);

        var forbidden = await api.SendAsync(Api.Basic("x"));
        var alone = await api.SendAsync(Api.Basic("x"));
        var other = await api.SendAsync(Api.Basic("x"));

        Assert.Equal(
            (403, """{"message":"","details":{}}""", "2"), (forbidden.Status, forbidden.Text, forbidden.RetryAfter));
        Assert.Equal(400, alone.Status);
        Assert.Equal(["message"], alone.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(422, other.Status);
        Assert.Empty(api.Handler.Ledger);
    }

    [Fact]
    public async Task Latency_delays_the_answer_on_the_sandboxs_clock()
    {
        using var api = Api.InMemory(options => options.Latency = TimeSpan.FromSeconds(1));
        api.Handler.AddFault(new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(2) });
        DateTimeOffset arrival = api.Clock.GetUtcNow();

        var slow = api.SendAsync(Api.Basic("x"));
        api.Clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(slow.IsCompleted);
        api.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(200, (await slow).Status);
        Assert.Equal(arrival, Assert.Single(api.Handler.Ledger).ReceivedAt);
    }

    [Fact]
    public async Task A_request_cancelled_during_latency_stores_nothing()
    {
        using var api = Api.InMemory(options => options.Latency = TimeSpan.FromSeconds(1));
        using var cancel = new CancellationTokenSource();

        var slow = api.PostAsync(Api.Messages, Api.Basic("x"), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Empty(api.Handler.Ledger);
        Assert.Equal(0, Assert.Single(api.Handler.RequestCounts).Status);
    }

    [Fact]
    public async Task Each_request_takes_the_first_fault_that_matches_it()
    {
        using var api = Api.InMemory();
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.ServerErrorBefore, Status = 501, PathPrefix = "/inbox/v2/conv", Times = 2 },
            new Fault { Kind = FaultKind.ServerErrorBefore, Status = 502, Method = "get" },
            new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503 },
        ]);
        string conversation = $"{Api.Conversations}/{Api.SomeConversation}";

        int[] statuses =
        [
            (await api.SendAsync(Api.Basic("x"))).Status,
            (await api.SendAsync(Api.Basic("x"))).Status,
            (await api.GetAsync(conversation)).Status,
            (await api.GetAsync(conversation)).Status,
            (await api.GetAsync(conversation)).Status,
            (await api.GetAsync(conversation)).Status,
        ];

        Assert.Equal([503, 200, 501, 501, 502, 200], statuses);
    }

    [Fact]
    public async Task A_queued_fault_is_a_copy()
    {
        using var api = Api.InMemory();
        var fault = new Fault { Kind = FaultKind.ServerErrorBefore };
        api.Handler.AddFaults([fault, fault]);
        fault.Kind = FaultKind.RateLimited;

        Assert.Equal(500, (await api.SendAsync(Api.Basic("x"))).Status);
        Assert.Equal(500, (await api.SendAsync(Api.Basic("x"))).Status);
        Assert.Equal(1, fault.Times);
    }

    [Fact]
    public async Task A_fault_that_makes_no_sense_is_refused_with_all_its_list()
    {
        using var api = Api.InMemory();
        Fault[] bad =
        [
            new() { Kind = FaultKind.Latency },
            new() { Kind = FaultKind.ServerErrorBefore, Status = 404 },
            new() { Kind = FaultKind.ResetAfter, Status = 500 },
            new() { Kind = FaultKind.ApplicationError },
            new() { Kind = FaultKind.EmptyForbidden, Status = 403 },
            new() { Kind = FaultKind.MessageAlone, Status = 500 },
            new() { Kind = FaultKind.RateLimited, Times = 0 },
            new() { Kind = FaultKind.RateLimited, Delay = TimeSpan.FromSeconds(-1) },
            new() { Kind = FaultKind.RateLimited, Code = "X" },
            null!,
        ];

        Assert.All(bad, fault => Assert.Throws<ArgumentException>(
            () => api.Handler.AddFaults([new Fault { Kind = FaultKind.ResetBefore }, fault])));
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task What_stands_in_front_of_the_API_costs_nothing_of_the_rate_and_the_rest_does()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 2);
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.HtmlBody },
            new Fault { Kind = FaultKind.RateLimited },
            new Fault { Kind = FaultKind.ServerErrorBefore },
        ]);

        int[] statuses = new int[5];
        for (int i = 0; i < statuses.Length; i++)
        {
            statuses[i] = (await api.SendAsync(Api.Basic("x"))).Status;
        }

        Assert.Equal([502, 429, 500, 200, 429], statuses);
    }
}
