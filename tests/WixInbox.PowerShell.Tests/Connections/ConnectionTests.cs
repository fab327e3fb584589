using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.Secrets;

namespace WixInbox.PowerShell.Tests;

/// <summary>Whose connection is whose, how long it is open, and its pace.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void Nothing_is_said_of_the_connection_with_InformationAction_Ignore()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run("Connect-WixInbox -Sandbox -InformationAction Ignore");

        Assert.Empty(host.Lines);
    }

    [Fact]
    public void Without_a_connection_the_error_says_how_to_connect_and_how_to_try()
    {
        using var engine = new Engine();

        var result = engine.Run("try { Send-WixInboxMessage -ConversationId 1 x } catch { $_ }");

        var error = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("NotConnected", error.Id());
        Assert.Contains("Connect-WixInbox -ApiKey", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Connect-WixInbox -Sandbox", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_connection_is_the_runspaces_own()
    {
        using var one = new Engine();
        using var other = new Engine();

        one.Run("Connect-WixInbox -Sandbox");

        Assert.Single(one.Run("Get-WixInboxConnection").Output);
        Assert.Empty(other.Run("Get-WixInboxConnection").Output);
    }

    [Fact]
    public async Task One_connection_serves_several_runspaces_at_once()
    {
        var handler = new StubHandler(async (request, _) =>
        {
            await Task.Yield();
            return StubHandler.Stored(request);
        });
        using var owner = Engine.ConnectedTo(handler);
        var connection = owner.Run("Get-WixInboxConnection").Output[0].BaseObject;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var engine = new Engine();
            engine.Set("shared", connection);
            return engine.Run(
                "1..50 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = \"x $_\" } } | "
                    + "Send-WixInboxMessage -Connection $shared");
        })));

        Assert.All(results, result => Assert.Equal(
            Enumerable.Range(1, 50).Select(number => $"{number}"), result.OutputOf("Id")));
        Assert.Equal(200, handler.Requests.Count);
    }

    [Fact]
    public void A_closed_connection_is_said_to_be_closed()
    {
        using var engine = new Engine();

        var result = engine.Run("""
            $c = Connect-WixInbox -Sandbox -PassThru
            Disconnect-WixInbox
            $c.Closed
            @(Get-WixInboxConnection).Count
            try { Send-WixInboxMessage -Connection $c -ConversationId 1 x } catch { $_.FullyQualifiedErrorId }
            Disconnect-WixInbox
            Disconnect-WixInbox -Connection $c
            """);

        Assert.Equal(
            ["True", "0", "ConnectionClosed,WixInbox.Commands.SendWixInboxMessageCommand"],
            result.Output.Select(item => item.ToString()));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void What_a_connection_was_given_is_not_closed_with_it()
    {
        using var engine = NewEngine();
        var handler = new StubHandler();
        engine.Set("handler", handler);

        var result = engine.Run($"""
            $first = Connect-WixInbox -AccessToken $secret -MessageHandler $handler -PassThru
            Connect-WixInbox -AccessToken $secret -MessageHandler $handler
            Disconnect-WixInbox $first
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x | ForEach-Object Delivery
            $secret.Length
            """);

        Assert.Equal(["Sent", $"{Marker.Length}"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_connection_that_is_not_the_default_is_closed_alone()
    {
        using var engine = new Engine();

        var result = engine.Run(
            "$a = Connect-WixInbox -Sandbox -PassThru; $b = Connect-WixInbox -Sandbox -PassThru; $a | "
                + "Disconnect-WixInbox; $a.Closed; $b.Closed; (Get-WixInboxConnection) -eq $b");

        Assert.Equal(["True", "False", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void The_sandbox_takes_any_number_of_requests()
    {
        using var engine = new Engine();

        var result = engine.Run(
            "Connect-WixInbox -Sandbox; 1..250 | ForEach-Object { [pscustomobject]@{ "
                + "ConversationId = [guid]::NewGuid(); Text = 'x' } } | Send-WixInboxMessage");

        Assert.Equal(250, result.Output.Count);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("Connect-WixInbox -AccessToken $secret -PassThru", 200)]
    [InlineData("Connect-WixInbox -AccessToken $secret -RequestsPerMinute 50 -PassThru", 50)]
    [InlineData("Connect-WixInbox -AccessToken $secret -RequestsPerMinute 0 -PassThru", 0)]
    [InlineData("Connect-WixInbox -Sandbox -PassThru", 0)]
    [InlineData("Connect-WixInbox -Sandbox -RequestsPerMinute 7 -PassThru", 7)]
    public void The_pace_is_that_of_Wix_unless_another_is_asked_for(string script, int requestsPerMinute)
    {
        using var engine = NewEngine();

        Assert.Equal([$"{requestsPerMinute}"], engine.Run(script).OutputOf("RequestsPerMinute"));
    }

    [Theory]

    // The limit of the sandbox: the fourth request is refused, and put off for a minute.
    [InlineData("-SandboxRateLimit 3", "ConversationId", 3)]

    // The pace of the connection: the contact, its conversation and a send each, so that six requests are two messages.
    [InlineData("-RequestsPerMinute 6", "ContactId", 2)]
    public async Task A_limit_that_is_asked_for_holds_over_all_that_a_connection_does(
        string limit, string column, int messages)
    {
        using var run = new RunningPipeline($$"""
            Connect-WixInbox -Sandbox {{limit}}
            1..10 | ForEach-Object { [pscustomobject]@{ {{column}} = [guid]::NewGuid(); Text = 'x' } } | Send-WixInboxMessage -ThrottleLimit 1 | ForEach-Object { $source.Read() }
            """);

        run.Source.WaitForRows(messages);
        run.Source.WaitUntilReaderRests();
        await run.StopAsync();

        Assert.Equal(messages, run.Source.Rows);
    }
}
