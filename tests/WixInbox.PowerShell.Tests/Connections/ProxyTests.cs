using System.Net;
using System.Net.Sockets;
using System.Text;
using WixInbox.Tests.Sockets;

namespace WixInbox.PowerShell.Tests;

/// <summary>Every cmdlet's requests go through the proxy that Connect-WixInbox names, or through none.</summary>
public sealed class ProxyTests : IAsyncDisposable
{
    private const string Password = "pr0xy-canary";

    private readonly ForwardProxy _proxy = new("ada", Password);
    private readonly Engine _engine = new();

    public ProxyTests()
    {
        _engine.Set("proxy", _proxy.Address);
        _engine.Set("token", Secrets.Secure("t"));
        _engine.Set("password", Secrets.Secure(Password));
        _engine.Set("wrong", Secrets.Secure("wrong-canary"));
    }

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId " + Engine.Guid1 + " x")]
    [InlineData("Send-WixInboxMessage -Email ada@example.com x")]
    [InlineData("Get-WixInboxMessage " + Engine.Guid1)]
    [InlineData("Get-WixInboxConversation " + Engine.Guid1)]
    [InlineData("Get-WixInboxContact")]
    [InlineData("Resolve-WixInboxConversation -ContactId " + Engine.Guid1)]
    public void A_proxy_that_asks_to_sign_in_ends_the_command_and_has_passed_nothing_on(string script)
    {
        _engine.Run("Connect-WixInbox -AccessToken $token -BaseUri https://inbox.invalid/ -Proxy $proxy");

        var result = _engine.Run($"{script}; {script}");

        Assert.Equal(["ProxySignInNeeded", "ProxySignInNeeded"], result.ErrorIds);
        Assert.All(
            result.Errors, error => Assert.Contains("-ProxyCredential", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(["CONNECT inbox.invalid:443 HTTP/1.1", "CONNECT inbox.invalid:443 HTTP/1.1"], _proxy.Lines);
    }

    [Theory]
    [InlineData("https://inbox.invalid/")]
    [InlineData("http://127.0.0.1:9/")]
    public void So_does_one_that_does_not_take_the_password_which_is_in_no_stream(string address)
    {
        var result = _engine.Run($$"""
            $VerbosePreference = $DebugPreference = 'Continue'
            $c = Connect-WixInbox -AccessToken $token -BaseUri {{address}} -Proxy $proxy -ProxyCredential ([pscredential]::new('ada', $wrong)) -PassThru
            $c; "$c"; $c.psobject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
            [System.Management.Automation.PSSerializer]::Serialize($c, 4)
            1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' } } | Send-WixInboxMessage -ThrottleLimit 1
            (Test-WixInboxConnection).Checks[0].Description
            $Error | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 2); $_.Exception.ToString() }
            """);

        Assert.Equal(["ProxySignInNeeded", "ProxySignInNeeded"], result.ErrorIds);
        Assert.Equal("NotSent", ((dynamic)result.Errors[0].Exception).Outcome.ToString());
        Assert.Contains(result.Output, line => line.ToString()!.Contains(
            "cannot be reached. The server answered 407. A proxy asks for a sign-in", StringComparison.Ordinal));
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("-canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_right_one_the_message_goes_through_also_to_this_machine()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = AnswerAsync(server);

        var result = _engine.Run($"""
            $c = Connect-WixInbox -AccessToken $token -BaseUri http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port} -Proxy $proxy -ProxyCredential ([pscredential]::new('ada', $password)) -PassThru
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x
            $c.Proxy
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("7", result.Output[0].Properties["Id"].Value);
        Assert.Equal(_proxy.Address, result.Output[1].BaseObject);
        Assert.DoesNotContain("Proxy-", await serving, StringComparison.OrdinalIgnoreCase);
        Assert.All(_proxy.Lines, line => Assert.StartsWith("POST http://127.0.0.1:", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_proxy_none_is_asked()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = AnswerAsync(server);

        var result = _engine.Run(
            $"Connect-WixInbox -AccessToken $token -BaseUri http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port} "
                + $"-NoProxy; Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Empty(result.Errors);
        await serving;
    }

    [Theory]
    [InlineData("-Proxy http://ada:pr0xy-canary@localhost:8080")]
    [InlineData("-Proxy ada:pr0xy-canary@localhost:8080")]
    [InlineData("-Proxy //ada:pr0xy-canary@localhost:8080")]
    [InlineData("-Proxy http:/ada:pr0xy-canary@localhost:8080")]
    [InlineData("-BaseUri ada:pr0xy-canary@localhost")]
    [InlineData("-BaseUri //ada:pr0xy-canary@localhost")]
    [InlineData("-Proxy $proxy -NoProxy")]
    [InlineData("-Proxy $proxy -MessageHandler ([System.Net.Http.SocketsHttpHandler]::new())")]
    [InlineData("-NoProxy -MessageHandler ([System.Net.Http.SocketsHttpHandler]::new())")]
    [InlineData("-NoProxy -ProxyCredential ([pscredential]::new('ada', $password))")]
    public void What_contradicts_itself_or_would_be_shown_is_refused(string parameters)
    {
        var result = _engine.Run($"Connect-WixInbox -AccessToken $token {parameters}; Get-WixInboxConnection");

        Assert.Equal(["ConnectionInvalid"], result.ErrorIds);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("canary", result.Errors[0].Exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Proxy http://ada:pr0xy/canary@localhost:8080")]
    [InlineData("-Proxy http://ada:canary@localhost:8080:90")]
    [InlineData("-BaseUri https://ada:canary@localhost:80:90")]
    public void What_is_no_address_is_not_repeated_either(string parameters)
    {
        var result = _engine.Run($"Connect-WixInbox -AccessToken $token {parameters}");

        Assert.Equal(["ParameterArgumentTransformationError"], result.ErrorIds);
        Assert.Contains("-ProxyCredential", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Errors[0].Exception.ToString(), StringComparison.Ordinal);
    }

    // Answers one request that stores a message, and gives back what came.
    private static async Task<string> AnswerAsync(TcpListener server)
    {
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var buffer = new byte[16_384];
        var received = string.Empty;
        while (!received.EndsWith('}'))
        {
            received += Encoding.ASCII.GetString(
                buffer, 0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        }

        const string Body = """{"message":{"id":"7"}}""";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + $"{Body.Length}\r\n\r\n{Body}"),
            TestContext.Current.CancellationToken);
        return received;
    }
}
