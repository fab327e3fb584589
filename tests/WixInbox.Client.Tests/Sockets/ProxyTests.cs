using System.Net;
using System.Net.Sockets;

namespace WixInbox.Tests.Sockets;

/// <summary>What goes through a proxy, and what becomes of a message that it does not let through.</summary>
public sealed class ProxyTests
{
    private const string Password = "pr0xy-c4n4ry";
    private const string Body = """{"message":{"id":"1640849952353627"}}""";

    private static readonly string s_sent =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        + $"{Body.Length}\r\n\r\n{Body}";

    [Fact(Skip = NotOnDesktop.LoopbackProxy)]
    public async Task Plain_http_to_this_machine_goes_through_the_proxy_that_is_named_and_signs_in_there_alone()
    {
        await using var server = new SocketServer(s_sent);
        await using var proxy = new ForwardProxy("ada", Password);

        var outcome = await SendAsync($"http://127.0.0.1:{server.Port}/", proxy, Password);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.All(
            proxy.Lines, line => Assert.Equal($"POST http://127.0.0.1:{server.Port}/inbox/v2/messages HTTP/1.1", line));
        var request = Assert.Single(server.Requests);
        Assert.Contains("Authorization: " + Secret.Canary, request, StringComparison.Ordinal);
        Assert.DoesNotContain("Proxy-", request, StringComparison.Ordinal);
    }

    [Theory(Skip = NotOnDesktop.LoopbackProxy)]
    [InlineData("http", null)]
    [InlineData("http", "wrong")]
    [InlineData("https", null)]
    [InlineData("https", "wrong")]
    public async Task A_proxy_that_asks_to_sign_in_has_passed_nothing_on_and_is_not_asked_again(
        string scheme, string? password)
    {
        await using var server = new SocketServer(s_sent);
        await using var proxy = new ForwardProxy("ada", Password);

        var outcome = await SendAsync($"{scheme}://127.0.0.1:{server.Port}/", proxy, password);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Proxy, outcome.Failure!.Cause);
        Assert.Equal(407, outcome.Failure.StatusCode);
        Assert.True(outcome.Failure.ConcernsAll);
        Assert.Equal(1, outcome.Attempts);
        Assert.Equal(0, server.Connections);

        // With a password, the handler itself tries once without it and once with it.
        Assert.Equal(password is null ? 1 : 2, proxy.Heads.Count);
    }

    [Fact(Skip = NotOnDesktop.LoopbackProxy)]
    public async Task Https_goes_through_a_tunnel_in_which_the_proxy_sees_neither_the_key_nor_the_message()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        await using var proxy = new ForwardProxy("ada", Password);
        var port = ((IPEndPoint)target.LocalEndpoint).Port;

        var sending = SendAsync($"https://127.0.0.1:{port}/", proxy, Password);
        using var connection = await target.AcceptTcpClientAsync(TestClient.Cancellation);
        var first = new byte[1];
        await connection.GetStream().ReadExactlyAsync(first, TestClient.Cancellation);

        // The handshake of TLS.
        Assert.Equal(0x16, first[0]);
        target.Stop();
        connection.Dispose();
        Assert.Equal(OutcomeKind.NotSent, (await sending).Kind);
        Assert.All(proxy.Heads, head =>
        {
            Assert.StartsWith($"CONNECT 127.0.0.1:{port} ", head, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret.Canary, head, StringComparison.Ordinal);
        });
    }

    [Theory(Skip = NotOnDesktop.ProxyRefusals)]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(502)]
    public async Task What_a_proxy_refuses_is_told_without_its_address_which_may_have_a_password_in_it(int status)
    {
        await using var proxy = new SocketServer($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n");
        using var client = new WixInboxClient(
            new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
            {
                Proxy = new WebProxy($"http://ada:{Password}@127.0.0.1:{proxy.Port}"),
                Timeout = TestClient.AttemptTime,
                TimeProvider = new SkippingClock(),
            });

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(status == 407 ? FailureCause.Proxy : FailureCause.Connection, outcome.Failure!.Cause);
        Assert.Equal(
            status == 407 ? string.Empty : $"The proxy did not connect to the server: it answered {status}.",
            outcome.Failure.Message);
        Assert.DoesNotContain(
            Password, outcome.Failure.Exception?.ToString() ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://inbox.invalid/")]
    [InlineData("http://127.0.0.1:9/", Skip = NotOnDesktop.LoopbackProxy)]
    public async Task A_proxy_that_cannot_be_reached_is_named_without_the_password_in_its_address(string address)
    {
        // A port that was free a moment ago: nobody listens there.
        using var gone = new TcpListener(IPAddress.Loopback, 0);
        gone.Start();
        var port = ((IPEndPoint)gone.LocalEndpoint).Port;
        gone.Stop();
        var token = Authentication.AccessToken(Secret.Of(Secret.Canary));
        using var client = new WixInboxClient(new WixInboxClientOptions(token)
        {
            BaseAddress = new Uri(address),
            Proxy = new WebProxy($"http://ada:{Password}@127.0.0.1:{port}"),
            Timeout = TestClient.AttemptTime,
            TimeProvider = new SkippingClock(),
        });

        var request = new ListMessagesRequest { ConversationId = Sample.ConversationId };
        var outcome = await client.ListMessagesAsync(request, TestClient.Cancellation);

        Assert.Equal((OutcomeKind.NotSent, FailureCause.Connection), (outcome.Kind, outcome.Failure!.Cause));
        var words = $"The proxy http://127.0.0.1:{port} cannot be reached: ";
        Assert.StartsWith(words, outcome.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, outcome.Failure.Exception!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_proxy_none_is_used_even_where_one_is_named()
    {
        await using var server = new SocketServer(s_sent);
        await using var proxy = new ForwardProxy();

        var outcome = await SendAsync($"http://127.0.0.1:{server.Port}/", proxy, null, useProxy: false);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Empty(proxy.Heads);
    }

    private static async Task<Outcome<Message>> SendAsync(
        string address, ForwardProxy proxy, string? password, bool useProxy = true)
    {
        using var client = new WixInboxClient(
            new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
            {
                BaseAddress = new Uri(address),
                Proxy = new WebProxy(proxy.Address)
                {
                    Credentials = password is null ? null : new NetworkCredential("ada", password),
                },
                UseProxy = useProxy,
                Timeout = TestClient.AttemptTime,
                TimeProvider = new SkippingClock(),
            });
        return await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
    }
}
