using System.Management.Automation;
using System.Text.RegularExpressions;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;
using static WixInbox.PowerShell.Tests.Support.ConversationSite;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxConversation: conversations by their ids, and how they are shown.</summary>
public sealed class GetConversationTests
{
    [Theory]
    [InlineData("Get-WixInboxConversation $c, $d")]
    [InlineData("Get-WixInboxConversation -ConversationId $c, $d")]
    [InlineData("$c, $d | Get-WixInboxConversation")]
    [InlineData("[guid]$c, [guid]$d | Get-WixInboxConversation")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = \" $c\" }, [pscustomobject]@{ 'Conversation Id' = [guid]$d } | "
            + "Get-WixInboxConversation")]
    [InlineData("Get-WixInboxConversation $c, $d | Get-WixInboxConversation | Get-WixInboxConversation")]
    [InlineData(
        "[pscustomobject]@{ Talk = $c }, [pscustomobject]@{ Talk = $d } | "
            + "Get-WixInboxConversation -ConversationId { $_.Talk }")]
    public void Conversations_come_in_the_order_of_their_ids(string script)
    {
        var handler = Conversations();

        var result = Run(handler, script);

        Assert.Empty(result.Errors);
        Assert.Equal([Engine.Guid1, Engine.Guid2], result.OutputOf("Id"));
        Assert.Equal([Engine.Guid1, Engine.Guid2], result.OutputOf("ConversationId"));
        Assert.Equal([null, null], result.OutputOf("Created"));
        Assert.Equal("WixInbox.Conversation", result.Output[0].BaseObject.GetType().FullName);
        Assert.All(handler.Requests, request => Assert.Matches(
            $"^GET /inbox/v2/conversations/[01]d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c $",
            $"{request.Method} {request.Uri.PathAndQuery} {request.Body}"));
    }

    [Theory]
    [InlineData("CONVERSATION_NOT_FOUND", "ConversationNotFound")]
    [InlineData("NOT_OWNED_BY_BUSINESS", "ConversationNotFound")]
    [InlineData(null, "NotFound")]
    public void A_conversation_that_is_not_there_is_an_error_whose_target_is_the_id(string? code, string id)
    {
        var result = Run(
            Conversations(Engine.Guid2, () => StubHandler.Error(404, code)),
            $"Get-WixInboxConversation $c, $d, {Guid3}");

        Assert.Equal([Engine.Guid1, Guid3], result.OutputOf("Id"));
        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(Engine.Guid2, error.TargetObject);
        Assert.StartsWith(
            $"Conversation {Engine.Guid2} could not be read. The server answered 404",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("404", PropertyOf(error, "StatusCode"));
        Assert.Equal(code, PropertyOf(error, "Code"));
        Assert.Equal("request-404", PropertyOf(error, "RequestId"));
    }

    [Fact]
    public void A_malformed_id_is_an_error_of_its_own_and_costs_nothing()
    {
        var handler = Conversations();

        var result = Run(
            handler,
            "Get-WixInboxConversation bad, $c, ''; 'worse', [pscustomobject]@{ "
                + "Conversation_Id = 'bad too' }, [pscustomobject]@{ Id = 1 }, $d | Get-WixInboxConversation");

        Assert.Equal([Engine.Guid1, Engine.Guid2], result.OutputOf("Id"));
        Assert.Equal(
            [
                "ConversationIdInvalid",
                "ConversationIdMissing",
                "ConversationIdInvalid",
                "ConversationIdInvalid",
                "ConversationIdMissing",
            ],
            result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category));
        Assert.StartsWith(
            "-ConversationId: 'bad' is not a GUID", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("bad", result.Errors[0].TargetObject);
        Assert.StartsWith(
            "Row 1: -ConversationId: 'worse' is not a GUID", result.Errors[2].ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "Row 2: column Conversation_Id: 'bad too' is not a GUID",
            result.Errors[3].ToString(),
            StringComparison.Ordinal);
        Assert.Contains("The row's columns are Id.", result.Errors[4].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void A_conversation_can_be_piped_on_to_send()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? Answer(Engine.Guid1) : StubHandler.Stored(request)));

        var result = Run(handler, "Get-WixInboxConversation $c | Send-WixInboxMessage -Text hi");

        Assert.Empty(result.Errors);
        Assert.Equal(Engine.Guid1, handler.Requests[1]["conversationId"]);
    }

    [Fact]
    public void The_table_fits_80_columns_and_a_name_says_nothing_to_the_terminal()
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(
            Conversations(
                name: "\\u001b[31mEve\\n\\u202Eadmin and a name that goes on and on beyond the last column 1234"),
            host);

        engine.Run(
            $"Set-StrictMode -Version Latest; Get-WixInboxConversation {Engine.Guid1}, {Engine.Guid2} | Out-Default; "
                + "[WixInbox.Conversation]@{ Id = '1' } | Out-Default");

        var lines = host.Lines.Select(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty)).ToArray();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines, line => Assert.DoesNotContain(
            line, character => char.IsControl(character) || character == '\u202E'));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^Id +Participant +ParticipantName"));
        Assert.Equal(
            $"{Engine.Guid1} member 2d4fc8ac…  [31mEve admin and a nam…",
            Assert.Single(lines, line => line.StartsWith(Engine.Guid1, StringComparison.Ordinal)));
    }
}
