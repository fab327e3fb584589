using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>What cannot be read with Get-WixInboxMessage: the errors of a row, and those that end the run.</summary>
public sealed class ReadMessagesErrorTests
{
    [Theory]
    [InlineData(
        "[pscustomobject]@{ ConversationId = '123' }",
        "ConversationIdInvalid",
        "Row 1: column ConversationId: '123' is not a GUID")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = ' ' }",
        "RecipientMissing",
        "Row 1: there is no recipient: column ConversationId is empty.")]
    [InlineData("[pscustomobject]@{ Id = 1 }", "RecipientMissing", "The row's columns are Id.")]
    [InlineData("@{ Conversation = 'q' }", "RecipientMissing", "The row's columns are Conversation.")]
    [InlineData("'123'", "ConversationIdInvalid", "Row 1: -ConversationId: '123' is not a GUID")]
    public void A_row_without_a_good_id_is_an_error_of_its_own_and_costs_nothing(string row, string id, string words)
    {
        var handler = ReadableConversation.Of(1);

        var result = Run(
            handler,
            $"$row = {row}; $row, $c | Get-WixInboxMessage -ErrorVariable failed; "
                + "[object]::ReferenceEquals($failed[0].TargetObject, $row) -or $failed[0].TargetObject -eq $row");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", result.OutputOf("Id")[0]);
        Assert.Equal("True", result.Output[1].ToString());
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_call_without_a_conversation_asks_nothing_and_says_what_is_missing()
    {
        var result = Run(ReadableConversation.Of(1), "Get-WixInboxMessage; Get-WixInboxMessage bad");

        Assert.Equal(["RecipientMissing", "ConversationIdInvalid"], result.ErrorIds);
        Assert.StartsWith(
            "There is no recipient. Give -ConversationId, -ContactId, -MemberId",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith("-ConversationId: 'bad'", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        404,
        "CONVERSATION_NOT_FOUND",
        "ConversationNotFound",
        ErrorCategory.ObjectNotFound,
        "Resolve-WixInboxConversation")]
    [InlineData(
        401,
        "NOT_JOINED_CHATROOM",
        "PermissionDenied",
        ErrorCategory.PermissionDenied,
        "Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)")]
    [InlineData(400, null, "RequestRefused", ErrorCategory.InvalidData, "")]
    [InlineData(404, null, "NotFound", ErrorCategory.ObjectNotFound, "")]
    [InlineData(302, null, "Redirected", ErrorCategory.ProtocolError, "address of the API")]
    public void A_conversation_that_cannot_be_read_is_an_error_and_the_next_one_is_read(
        int status, string? code, string id, ErrorCategory category, string words)
    {
        var handler = new StubHandler((request, _) => Task.FromResult(request.Query("conversationId") == Engine.Guid1
            ? StubHandler.Error(status, code)
            : ReadableConversation.Page(request, 1, 30)));

        var result = Run(
            handler,
            "[pscustomobject]@{ ConversationId = $c; N = 1 }, [pscustomobject]@{ ConversationId = $d; N = 2 } | "
                + "Get-WixInboxMessage");

        Assert.Null(result.Thrown);
        Assert.Equal([Engine.Guid2], result.OutputOf("ConversationId"));
        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.StartsWith(
            $"Row 1: the messages of conversation {Engine.Guid1} could not be read. The server answered {status}",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"request-{status}", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("No further row", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", ((PSObject)error.TargetObject).Properties["N"].Value.ToString());
    }

    [Theory]
    [InlineData(401, null, "Unauthorized", ErrorCategory.AuthenticationError)]
    [InlineData(401, "NO_INBOX_INSTANCE", "InboxNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData(403, null, "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData(403, "PERMISSION_DENIED", "PermissionDenied", ErrorCategory.PermissionDenied)]
    public void A_missing_permission_ends_the_run_and_is_named(
        int status, string? code, string id, ErrorCategory category)
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(status, code)));

        var error = End(handler, "$c, $d | Get-WixInboxMessage");

        Assert.Equal(id, error.Id());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(
            "the permission Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("No further row was tried", error.ToString(), StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_site_without_an_inbox_ends_the_run()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(404, "INBOX_INSTANCE_NOT_FOUND")));

        Assert.Equal("InboxNotFound", End(handler, "$c, $d | Get-WixInboxMessage").Id());
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_wait_longer_than_is_wanted_ends_the_run_and_says_when_to_go_on()
    {
        var handler = new StubHandler((_, _) =>
        {
            var answer = StubHandler.Error(429);
            answer.Headers.TryAddWithoutValidation("Retry-After", "1000");
            return Task.FromResult(answer);
        });

        var error = End(handler, "$c, $d | Get-WixInboxMessage");

        Assert.Equal("RateLimited", error.Id());
        Assert.Contains("1,000 s", error.ToString(), StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData(500, "ServiceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData(408, "ServiceUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData(501, "RequestRefused", ErrorCategory.InvalidOperation)]
    [InlineData(204, "ResponseUnreadable", ErrorCategory.InvalidResult)]
    [InlineData(0, "ConnectionFailed", ErrorCategory.ConnectionError)]
    public void A_server_that_fails_is_not_called_a_message_that_may_have_been_sent(
        int status, string id, ErrorCategory category)
    {
        var handler = new StubHandler((_, _) => status == 0
            ? throw new HttpRequestException("The wire was cut.")
            : Task.FromResult(StubHandler.Json(status, string.Empty)));

        using var engine = ClockedConnection.Default(handler);
        engine.Set("c", Engine.Guid1);

        var error = Assert.Single(engine.Run("Get-WixInboxMessage $c").Errors);

        Assert.Equal(id, error.Id());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.DoesNotContain("sent", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("is not a message", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_before_a_page_failed_is_given_and_the_error_says_how_much_it_is()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(request.Query("paging.cursor") is null
            ? ReadableConversation.Page(request, 65, 30)
            : StubHandler.Error(400)));

        var result = Run(handler, "Get-WixInboxMessage $c");

        Assert.Equal(30, result.Output.Count);
        Assert.StartsWith(
            $"The older messages of conversation {Engine.Guid1} could not be read, after 30 that were.",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_or_with_a_closed_one_nothing_is_read()
    {
        using var engine = new Engine();

        Assert.Equal(["NotConnected"], engine.Run("Get-WixInboxMessage x").ErrorIds);
        Assert.Equal(
            ["ConnectionClosed"],
            engine.Run(
                "$mine = Connect-WixInbox -Sandbox -PassThru; Disconnect-WixInbox $mine; "
                    + "Get-WixInboxMessage x -Connection $mine").ErrorIds);
    }
}
