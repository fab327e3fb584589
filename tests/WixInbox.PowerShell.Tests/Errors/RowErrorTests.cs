using System.Management.Automation;
using System.Text.RegularExpressions;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>The error of a row that was not sent: why, and which row.</summary>
public sealed class RowErrorTests
{
    private const string Rows = ConnectedScript.Rows;

    [Theory]
    [InlineData("\"abc$([char]0xD83D)\"", "-Text")]
    [InlineData("-Template -TextLine \"abc$([char]0xD83D)\"", "-TextLine")]
    [InlineData("-Content @{ Basic = @{ Items = @{ Text = \"abc$([char]0xD83D)\" } } }", "-Content")]
    public void A_preview_that_was_made_of_a_text_has_no_fault_of_its_own(string parameters, string source)
    {
        var error = Assert.Single(
            Run(new StubHandler(), "Send-WixInboxMessage -ConversationId $c " + parameters).Errors).ToString();

        Assert.StartsWith($"{source}: The text has half of a character", error, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(error, "half of"));
        Assert.DoesNotContain("PreviewText", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Text = 'x' }", "RecipientMissing", "Row 1: there is no recipient.")]
    [InlineData(
        "[pscustomobject]@{ ConversationID = ''; Text = 'x' }", "RecipientMissing", "column ConversationID is empty")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = ''; ContactId = ' '; Text = 'x' }",
        "RecipientMissing",
        "Row 1: there is no recipient: columns ConversationId and ContactId are empty.")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = ''; ContactId = ' '; Email = '' }",
        "RecipientMissing",
        "columns ConversationId, ContactId and Email are empty.")]
    [InlineData(
        "[pscustomobject]@{ Kontakt = 'q'; Text = 'x' }", "RecipientMissing", "The row's columns are Kontakt, Text.")]
    [InlineData(
        "[pscustomobject]@{ 'Address ' = 'q'; Text = 'x' }",
        "RecipientMissing",
        "The row's columns are 'Address ', Text.")]
    [InlineData(
        "[pscustomobject]@{ 'Email;Text' = 'q;x' }",
        "RecipientMissing",
        "The row has one column, 'Email;Text': the file has another separator, perhaps ';'. "
            + "Import-WixInboxCsv finds out the right one. If it has read the file, name it, -Delimiter ';', and if "
            + "each line stands in quotation marks as a whole, take these away.")]
    [InlineData(
        "[pscustomobject]@{ \"Email`tText\" = 'q' }",
        "RecipientMissing",
        "perhaps \"`t\". Import-WixInboxCsv finds out the right one. If it has read the file, name it, -Delimiter "
            + "\"`t\", and")]
    [InlineData(
        "[pscustomobject]@{ 'sep=;' = 'Email;Text' }",
        "RecipientMissing",
        "names its separator, and not its columns. Import-WixInboxCsv handles such a line.")]
    [InlineData(
        "[pscustomobject]@{ \"E`0m`0a`0i`0l\" = 'q' }",
        "RecipientMissing",
        "the file was read in another encoding than it has. Import-WixInboxCsv finds out the right one. If it has "
            + "read the file, name it: -Encoding.")]
    [InlineData("@{ Conversation = 'q' }", "RecipientMissing", "The row's columns are Conversation.")]
    [InlineData("[pscustomobject]@{ ConversationId = $c }", "ContentMissing", "Row 1: there is nothing to send.")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Text = '' }", "ContentMissing", "column Text is empty")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = $c; Text = '' }",
        "ContentMissing",
        "Row 1: there is nothing to send: column Text is empty.")]
    [InlineData(
        "[pscustomobject]@{ 'Conversation Id' = '123'; Text = 'x' }",
        "ConversationIdInvalid",
        "Row 1: column Conversation Id: '123' is not a GUID")]
    [InlineData(
        "[pscustomobject]@{ ContactId = '123'; Text = 'x' }",
        "ContactIdInvalid",
        "column ContactId: '123' is not a GUID")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = $c; Text = ('x' * 16385) }",
        "TextTooLong",
        "column Text: 16,385 characters, and the limit is 16,384.")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = $c; Text = 'x'; PreviewText = ('p' * 257) }",
        "PreviewTextTooLong",
        "column PreviewText: 257 characters, and the limit is 256.")]
    public void A_row_that_cannot_be_sent_says_why_and_spends_no_request(string row, string id, string words)
    {
        var handler = new StubHandler();
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run($"$row = {row}; $row | Send-WixInboxMessage");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Same(
            engine.Runspace.SessionStateProxy.GetVariable("row") is PSObject wrapped
                ? wrapped.BaseObject
                : engine.Runspace.SessionStateProxy.GetVariable("row"),
            ((PSObject)error.TargetObject).BaseObject);
        Assert.Equal("Rejected", PropertyOf(error, "Outcome"));
        Assert.Equal("1", PropertyOf(error, "Row"));
        Assert.Empty(handler.Requests);
        Assert.Null(result.Thrown);
    }

    [Fact]
    public void A_block_that_gives_no_text_is_told_which_columns_there_are()
    {
        var error = Assert.Single(Run(
            new StubHandler(),
            "[pscustomobject]@{ ConversationId = $c; Nota = 'x' } | "
                + "Send-WixInboxMessage -Text { $_.Nota * 0 }").Errors);

        Assert.Equal("ContentMissing", error.Id());
        Assert.Equal(
            "Row 1: there is nothing to send: -Text is empty. The row's columns are ConversationId, Nota.",
            error.ToString());
    }

    [Fact]
    public void All_rules_that_a_row_breaks_are_named_at_once()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());

        var result = engine.Run(
            "[pscustomobject]@{ ConversationId = 'bad'; Text = ('x' * 16385); PreviewText = ('p' * 257) } | "
                + "Send-WixInboxMessage -Badge @{ Text = 'b'; IconUrl = 'nowhere' }");

        var error = Assert.Single(result.Errors);
        Assert.All(
            ["column ConversationId", "column Text", "column PreviewText", "-Badge"],
            name => Assert.Contains(name, error.ToString(), StringComparison.OrdinalIgnoreCase));
        var violations = ((IEnumerable<object>)new PSObject(error.Exception).Properties["Violations"].Value).Select(
            violation => (string)new PSObject(violation).Properties["Rule"].Value);
        Assert.Equal(["ConversationIdInvalid", "PreviewTextTooLong", "TextTooLong", "IconUrlInvalid"], violations);
    }

    [Fact]
    public void A_field_that_the_server_finds_wrong_is_named_by_its_column()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Json(
            400,
            """{"message":"","details":{"validationError":{"fieldViolations":[{"field":"message.content.basic.items[0].text","description":"is not nice","violatedRule":"CUSTOM","ruleName":"NICE"},{"field":"message.visibility","description":"is odd","violatedRule":"FORMAT"},{"field":"elsewhere","description":"is wrong","violatedRule":"FORMAT"}]}}}""")));

        var error = Assert.Single(
            Run(handler, "[pscustomobject]@{ ConversationId = $c; Text = 'x' } | Send-WixInboxMessage").Errors);

        Assert.Equal("RequestRefused", error.Id());
        Assert.Contains(
            "column Text: is not nice. -Visibility: is odd. elsewhere: is wrong.",
            error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_rows_names_its_parameters_and_no_row()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());

        var errors = engine.Run(
            $"Send-WixInboxMessage -Text x; Send-WixInboxMessage -ConversationId {Engine.Guid1}; "
                + "Send-WixInboxMessage -ConversationId 1 x").Errors;

        Assert.Equal(
            ["RecipientMissing", "ContentMissing", "ConversationIdInvalid"], errors.Select(error => error.Id()));
        Assert.DoesNotContain(errors, error => error.ToString().Contains("Row", StringComparison.Ordinal));
        Assert.StartsWith("-ConversationId: '1'", errors[2].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Template", "A card needs -Title, -TextLine, -ImageUrl or -Button.")]
    [InlineData("-Template -Title { '' } -TextLine { ' ' }", "A card needs -Title, -TextLine, -ImageUrl or -Button.")]
    [InlineData("-Minimal -Url https://e.example/", "-Minimal needs -Text.")]
    [InlineData("-Form", "A form needs -Field.")]
    [InlineData("", "another kind of content with -Template")]
    public void A_message_with_nothing_on_it_is_not_sent(string parameters, string words)
    {
        var handler = new StubHandler();

        var result = Run(handler, $"Send-WixInboxMessage -ConversationId $c {parameters}");

        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_text_that_is_piped_in_is_told_how_it_is_sent()
    {
        var result = Run(new StubHandler(), "'Hello' | Send-WixInboxMessage -ConversationId $c");

        Assert.Contains("-Text { $_ } sends it", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_has_one_picture()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());

        var result = engine.Run(
            $"Send-WixInboxMessage -ConversationId {Engine.Guid1} "
                + "-Template -Title t -ImageUrl https://e.example/1, https://e.example/2");

        Assert.Equal(["TooManyImages"], result.ErrorIds);
    }

    [Theory]
    [InlineData(400, "INVALID_MEDIA_URL", "MediaUrlInvalid", ErrorCategory.InvalidData, "Rejected")]
    [InlineData(400, null, "RequestRefused", ErrorCategory.InvalidData, "Rejected")]
    [InlineData(403, "IDENTITY_DOES_NOT_MATCH", "IdentityDoesNotMatch", ErrorCategory.PermissionDenied, "Rejected")]
    [InlineData(404, "CONVERSATION_NOT_FOUND", "ConversationNotFound", ErrorCategory.ObjectNotFound, "Rejected")]
    [InlineData(404, null, "NotFound", ErrorCategory.ObjectNotFound, "Rejected")]
    [InlineData(409, "ABORTED", "RequestRefused", ErrorCategory.InvalidOperation, "Rejected")]
    [InlineData(307, null, "Redirected", ErrorCategory.ProtocolError, "Rejected")]
    [InlineData(500, null, "OutcomeUnknown", ErrorCategory.InvalidResult, "Ambiguous")]
    [InlineData(502, null, "OutcomeUnknown", ErrorCategory.InvalidResult, "Ambiguous")]
    [InlineData(504, null, "OutcomeUnknown", ErrorCategory.InvalidResult, "Ambiguous")]
    public void An_answer_that_is_the_rows_own_is_its_error_and_the_others_go_on(
        int status, string? code, string id, ErrorCategory category, string outcome)
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request["conversationId"] == Engine.Guid1 ? StubHandler.Error(status, code) : StubHandler.Stored(request)));
        var result = Run(handler, $"{Rows} | Send-WixInboxMessage -OnAmbiguous Skip");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("x 1", ((PSObject)error.TargetObject).Properties["Text"].Value);
        Assert.Equal(
            status.ToString(System.Globalization.CultureInfo.InvariantCulture), PropertyOf(error, "StatusCode"));
        Assert.Equal(code, PropertyOf(error, "Code"));
        Assert.Equal(outcome, PropertyOf(error, "Outcome"));
        Assert.Equal($"request-{status}", PropertyOf(error, "RequestId"));
        Assert.Contains("Row 1:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"request-{status}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["2"], result.OutputOf("Id"));
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void A_participant_that_the_site_does_not_know_is_named_so()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(StubHandler.Error(
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal) ? 403 : 404)));

        var result = Run(handler, "[pscustomobject]@{ ContactId = $c; Text = 'x' } | Send-WixInboxMessage");

        var error = Assert.Single(result.Errors);
        Assert.Equal("ParticipantNotFound", error.Id());
        Assert.Contains($"contact {Engine.Guid1}", error.ToString(), StringComparison.Ordinal);
        Assert.Single(handler.Requests, request => request.Path.StartsWith("/inbox", StringComparison.Ordinal));
    }

    [Fact]
    public void The_failed_rows_can_be_taken_from_the_errors_and_sent_again()
    {
        var failing = true;
        var handler = new StubHandler(
            (request, _) => Task.FromResult(failing ? StubHandler.Error(500) : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);
        engine.Set("d", Engine.Guid2);
        engine.Run(
            $"{Rows} | Send-WixInboxMessage -OnAmbiguous Skip -ErrorVariable failed -ErrorAction SilentlyContinue");

        failing = false;
        var result = engine.Run("$failed.TargetObject | Send-WixInboxMessage");

        Assert.Equal(["1", "2"], result.OutputOf("Id"));
    }

    [Fact]
    public void An_error_that_is_to_stop_is_caught_by_its_type_with_its_row()
    {
        var result = Run(new StubHandler(), """
            try { [pscustomobject]@{ ConversationId = 'bad'; N = 7 } | Send-WixInboxMessage x -ErrorAction Stop }
            catch [WixInbox.WixInboxException] { $_.TargetObject.N; $_.Exception.Row; $_.FullyQualifiedErrorId }
            """);

        Assert.Equal(
            ["7", "1", "ConversationIdInvalid,WixInbox.Commands.SendWixInboxMessageCommand"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_script_block_that_fails_is_the_rows_error_and_the_others_go_on()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());
        engine.Set("c", Engine.Guid1);

        var result = engine.Run(
            "1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; N = $_ } } | "
                + "Send-WixInboxMessage -Text { if ($_.N -eq 2) { throw 'no' }; \"x $($_.N)\" }");

        var error = Assert.Single(result.Errors);
        Assert.Equal("2", ((PSObject)error.TargetObject).Properties["N"].Value.ToString());
        Assert.Equal(["1", "3"], result.OutputOf("Id"));
    }
}
