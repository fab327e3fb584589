using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>What Get-WixInboxConversation and Resolve-WixInboxConversation do alike.</summary>
public sealed class ConversationTests
{
    [Theory]
    [InlineData(401, null, "Unauthorized")]
    [InlineData(403, "PERMISSION_DENIED", "PermissionDenied")]
    public void A_missing_permission_ends_the_run_and_is_named(int status, string? code, string id)
    {
        foreach (var (script, permission) in new[]
        {
            ("$c, $d | Get-WixInboxConversation", "Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)"),
            (
                "@{ MemberId = $c }, @{ MemberId = $d } | Resolve-WixInboxConversation",
                "Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS)"),
        })
        {
            var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(status, code)));

            var error = End(handler, script);

            Assert.Equal(id, error.Id());
            Assert.Contains(permission, error.ToString(), StringComparison.Ordinal);
            Assert.Contains("No further row was tried", error.ToString(), StringComparison.Ordinal);
            Assert.Single(handler.Requests);
        }
    }

    [Theory]
    [InlineData("Get-WixInboxConversation '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'")]
    [InlineData("Resolve-WixInboxConversation -ContactId '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'")]
    public async Task Control_C_leaves_nothing_in_flight(string script)
    {
        var handler = StubHandler.Silent();
        using var run = new RunningPipeline(handler, script);
        await handler.WaitForAsync(1);

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Equal(0, handler.InFlight);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("Get-WixInboxConversation x")]
    [InlineData("Resolve-WixInboxConversation -ContactId x")]
    public void Without_a_connection_nothing_is_asked(string script)
    {
        using var engine = new Engine();

        Assert.Equal(["NotConnected"], engine.Run(script).ErrorIds);
    }

    [Theory]
    [InlineData("Get-WixInboxConversation", "WixInbox.Conversation")]
    [InlineData("Resolve-WixInboxConversation", "WixInbox.Conversation")]
    [InlineData("Get-WixInboxMessage", "WixInbox.Message")]
    public void The_cmdlets_say_what_they_give_and_take_one_row_by_value(string name, string type)
    {
        using var engine = new Engine();

        var command = (CommandInfo)engine.Run($"Get-Command {name}").Output[0].BaseObject;

        Assert.Equal(type, Assert.Single(command.OutputType).Name);
        Assert.Equal(
            "InputObject",
            Assert.Single(
                Assert.Single(command.ParameterSets).Parameters, parameter => parameter.ValueFromPipeline).Name);
    }
}
