using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WixInbox.Tests.Sockets;

/// <summary>What the client's own handler does, which no stub can show.</summary>
public sealed class SocketTests
{
    private const string Ok =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-wix-request-id: r1\r\nConnection: close\r\n";
    private const string Body = """{"message":{"id":"1640849952353627"}}""";

    private static readonly string s_sent = $"{Ok}Content-Length: {Body.Length}\r\n\r\n{Body}";

    [Fact]
    public async Task A_message_is_one_post_with_its_length_and_no_more_than_it_needs()
    {
        await using var server = new SocketServer(s_sent);

        // The host may trace its own work, and that is no business of Wix.
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var outcome = await SendAsync(server.Port);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal("r1", outcome.RequestId);
        var parts = Assert.Single(server.Requests).Split("\r\n\r\n");
        var head = parts[0].Split("\r\n");
        Assert.Equal("POST /inbox/v2/messages HTTP/1.1", head[0]);

        // No Expect, which would have the body sent twice; no Transfer-Encoding; no cookie, trace or proxy header.
        Assert.Equal(
            ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"],
            head.Skip(1).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("Authorization: " + Secret.Canary, head);
        Assert.Contains($"Content-Length: {parts[1].Length}", head);
    }

    [Fact]
    public async Task A_connection_that_is_refused_means_that_nothing_was_sent()
    {
        using var closed = SocketServer.ClosedPort();
        var outcome = await SendAsync(((IPEndPoint)closed.LocalEndPoint!).Port);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.IsType<HttpRequestException>(outcome.Failure.Exception);
        Assert.NotEmpty(outcome.Failure.Message);
    }

    [Fact]
    public async Task A_server_that_hangs_up_when_it_has_the_request_may_have_done_it_and_is_not_asked_again()
    {
        await using var server = new SocketServer((_, _, _) => Task.CompletedTask);

        var outcome = await SendAsync(server.Port);

        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.Equal(1, outcome.Attempts);
        Assert.StartsWith("POST ", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_the_server_closes_after_the_second_request_is_not_asked_again()
    {
        // A handler may replay a request on a fresh connection when a kept one turns out closed: not one with a body
        // that has left.
        var served = 0;
        await using var server = new SocketServer(async (_, stream, token) =>
        {
            Interlocked.Increment(ref served);
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(s_sent.Replace("Connection: close\r\n", "", StringComparison.Ordinal)), token);
            var buffer = new byte[8192];
            if (await stream.ReadAsync(buffer, token) > 0)
            {
                Interlocked.Increment(ref served);
            }
        });
        using var client = SocketServer.ClientFor(server.Port);

        Assert.Equal(
            OutcomeKind.Succeeded, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);
        Assert.Equal(
            OutcomeKind.Ambiguous, (await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)).Kind);

        Assert.Equal(2, served);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var target = new SocketServer(s_sent);
        await using var server = new SocketServer(
            $"HTTP/1.1 {status} Moved\r\nLocation: "
                + $"http://127.0.0.1:{target.Port}/inbox/v2/messages?token=s3cret\r\nContent-Length: 0\r\n\r\n");

        var outcome = await SendAsync(server.Port);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(status, outcome.Failure!.StatusCode);
        Assert.Contains($"http://127.0.0.1:{target.Port}.", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(0, target.Connections);
    }

    [Fact]
    public async Task A_redirect_to_a_path_is_not_followed_either()
    {
        await using var server = new SocketServer(
            "HTTP/1.1 307 Moved\r\nLocation: /login?token=s3cret\r\nContent-Length: 0\r\n\r\n");

        var outcome = await SendAsync(server.Port);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Contains($"http://127.0.0.1:{server.Port}.", outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_cookie_is_not_kept()
    {
        await using var server = new SocketServer(s_sent.Replace(
            "x-wix-request-id", "Set-Cookie: XSRF-TOKEN=1; Path=/\r\nx-wix-request-id", StringComparison.Ordinal));
        using var client = SocketServer.ClientFor(server.Port);

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain(
            server.Requests, request => request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_leaves_it_open()
    {
        await using var server = new SocketServer($"{Ok}Content-Length: {Body.Length + 1}\r\n\r\n{Body}");

        var outcome = await SendAsync(server.Port);

        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(FailureCause.UnreadableResponse, outcome.Failure!.Cause);
        Assert.Equal("The answer broke off.", outcome.Failure.Message);
        Assert.Equal("r1", outcome.RequestId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_http_leaves_it_open()
    {
        await using var server = new SocketServer("220 mail.example ESMTP\r\n");

        Assert.Equal(OutcomeKind.Ambiguous, (await SendAsync(server.Port)).Kind);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_never_sees_the_message()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var seen = SpeakPlainlyAsync(listener);
        using var client = new WixInboxClient(
            new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
            {
                BaseAddress = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"),
                Proxy = new WebProxy(),
                MaxWait = TimeSpan.Zero,
            });

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Connection, outcome.Failure!.Cause);
        Assert.DoesNotContain(Secret.Canary, await seen, StringComparison.Ordinal);
    }

    [Fact(Skip = NotOnDesktop.ProxyRefusals)]
    public async Task A_proxy_that_refuses_the_tunnel_never_sees_the_message()
    {
        await using var proxy = new SocketServer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        using var client = new WixInboxClient(
            new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
            {
                Proxy = new WebProxy($"http://127.0.0.1:{proxy.Port}"),

                // Time for a second try, and for no third: they come after 0.19 s and 0.75 s at the earliest.
                MaxWait = TimeSpan.FromSeconds(0.9),
            });

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(2, proxy.Requests.Count);
        Assert.All(proxy.Requests, request =>
        {
            Assert.StartsWith("CONNECT www.wixapis.com:443 ", request, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret.Canary, request, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_cancelled_call_lets_go_of_its_connection()
    {
        using var cancellation = new CancellationTokenSource();
        var left = new TaskCompletionSource<int>();
        await using var server = new SocketServer(async (_, stream, token) =>
        {
            await cancellation.CancelAsync();
            try
            {
                left.SetResult(await stream.ReadAsync(new byte[1], token));
            }
            catch (IOException)
            {
                // Reset is as good as closed.
                left.SetResult(0);
            }
        });
        using var client = SocketServer.ClientFor(server.Port);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendMessageAsync(Sample.Text(), cancellation.Token));

        Assert.Equal(0, await left.Task.WaitAsync(TestClient.Cancellation));
    }

    // To each of the four attempts that a message which cannot have left is worth.
    private static async Task<string> SpeakPlainlyAsync(TcpListener listener)
    {
        // One connection, since the client has no time to wait for a second try.
        using var connection = await listener.AcceptTcpClientAsync(TestClient.Cancellation);
        var stream = connection.GetStream();
        var buffer = new byte[8192];
        var read = await stream.ReadAsync(buffer, TestClient.Cancellation);
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestClient.Cancellation);
        return Encoding.Latin1.GetString(buffer, 0, read);
    }

    private static async Task<Outcome<Message>> SendAsync(int port)
    {
        using var client = SocketServer.ClientFor(port);
        return await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
    }
}
