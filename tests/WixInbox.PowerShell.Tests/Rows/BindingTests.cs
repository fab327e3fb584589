using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests;

/// <summary>How a row and parameters become a request.</summary>
public sealed class BindingTests : IDisposable
{
    [Fact]
    public void What_was_typed_equals_what_it_is_compared_with_in_the_filter_of_a_mock()
    {
        var result = _engine.Run("""
            [WixInbox.RowValue[string]]$email = 'ada@example.com'
            $email -eq 'Ada@example.com'; $email -eq 'bob@example.com'; $email -eq $null
            """);

        Assert.Equal(["True", "False", "False"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-Text x -ImagePath $picture", "ImagePath")]
    [InlineData("-Text x -FilePath ''", "FilePath")]
    [InlineData("-Text x -FileUrl @()", "FileUrl")]
    [InlineData("-Text x -ImageUrl ' '", "ImageUrl")]
    [InlineData("-Text x -ImageUrl '', $null", "ImageUrl")]
    [InlineData("-Text x -ImageUrl https://e.example/1.png, $second", "ImageUrl: value 2 of 2")]
    [InlineData("-Template -Title x -TextLine Ready, $hours, Bye", "TextLine: value 2 of 3")]
    [InlineData("-Form -Title x -Field @{ Name = 'a'; Value = 'b' }, @{ Name = 'c'; Value = $d }", "Field: Value")]
    [InlineData("-Text x -Badge @{ Text = 'Email'; IconUrl = $icon }", "Badge: IconUrl")]
    [InlineData("-Text x -File $file", "File")]
    [InlineData("-Text x -Image $image", "Image")]
    [InlineData("-Text x -Badge ''", "Badge")]
    [InlineData("-Text x -Badge $badge", "Badge")]
    [InlineData("-Text x -PreviewText $preview", "PreviewText")]
    [InlineData("-Text $text -ImageUrl https://e.example/1.png", "Text")]
    [InlineData("-Template -Title x -Button $button", "Button")]
    [InlineData("-Template -Title x -TextLine @()", "TextLine")]
    [InlineData("-Template -Title $title -TextLine x", "Title")]
    [InlineData("-Minimal -Text x -IconUrl $icon", "IconUrl")]
    [InlineData("-Minimal -Text x -Url ''", "Url")]
    [InlineData("-Form -Title x -Field @{ Name = 'x' } -Media $media", "Media")]
    [InlineData("-Form -Title x -Field $field", "Field")]
    [InlineData("-Form -Description '' -Field @{ Name = 'x' }", "Description")]
    [InlineData("-Content $content", "Content")]
    public void What_was_typed_and_turns_out_empty_sends_nothing(string parameters, string parameter)
    {
        var result = _engine.Run($"[pscustomobject]@{{ ConversationId = $c }} | Send-WixInboxMessage {parameters}");

        Assert.Equal(["ParameterValueInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"-{parameter} is empty: check the spelling of the variable",
            result.Errors[0].Exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(Inbox);
    }

    [Theory]
    [InlineData("-Text x -ImageUrl { $_.Nothing }")]
    [InlineData("-Text x -ImageUrl 'https://e.example/1.png', ''")]
    [InlineData("-Template -Title x -TextLine 'a', '', 'b'")]
    [InlineData("-Text x -Badge @{ Text = '' }")]
    [InlineData("-Text x -Badge { $_.Nothing }")]
    [InlineData("-Text 0")]
    public void What_is_empty_for_a_row_or_in_part_is_left_out(string parameters) =>
        Run($"[pscustomobject]@{{ ConversationId = $c; Nothing = '' }} | Send-WixInboxMessage {parameters}");

    [Theory]
    [InlineData("-File { @{ Url = $_.Nothing; Filename = 'invoice.pdf' } }", "-File")]
    [InlineData("-File { @{ Url = $_.Absent; Filename = 'invoice.pdf' } } -SkipCheck ColumnUnknown", "-File")]
    [InlineData("-File @{ Url = ' ' }", "-File")]
    [InlineData("-Image { @{ Url = $_.Nothing; Width = 8 } }", "-Image")]
    [InlineData("-Image { @{ Id = $_.Nothing } }", "-Image")]
    [InlineData("-Content { @{ Basic = @{ Items = @{ File = @{ Url = $_.Nothing } } } } }", "-Content")]
    [InlineData("-Form -Title x -Field @{ Name = 'x' } -Media { @{ Image = @{ Url = $_.Nothing } } }", "-Media")]
    public void A_file_without_an_address_is_the_rows_error(string parameters, string source)
    {
        var text = parameters.StartsWith("-Form", StringComparison.Ordinal)
            || parameters.StartsWith("-Content", StringComparison.Ordinal) ? "" : "-Text x ";
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Nothing = '' }} | Send-WixInboxMessage {text}{parameters}");

        Assert.Equal(["UrlMissing"], result.ErrorIds);
        Assert.StartsWith($"Row 1: {source}: ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Inbox);
    }

    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public BindingTests()
    {
        _engine = Engine.ConnectedTo(_handler);
        _engine.Set("c", Engine.Guid1);
        _engine.Set("p", Engine.Guid2);
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("ConversationId")]
    [InlineData("conversation_id")]
    [InlineData("Conversation Id")]
    [InlineData("CONVERSATIONID")]
    public void A_column_binds_by_the_spellings_found_in_CSV_files(string column)
    {
        var request = Send($"[pscustomobject]@{{ '{column}' = $c; Text = 'Hello' }} | Send-WixInboxMessage");

        Assert.Equal(Engine.Guid1, request["conversationId"]);
        Assert.Equal("Hello", request["message.content.basic.items.0.text"]);
    }

    [Theory]
    [InlineData("ContactId", "contactId")]
    [InlineData("contact_id", "contactId")]
    [InlineData("Contact Id", "contactId")]
    [InlineData("MemberId", "memberId")]
    [InlineData("Member Id", "memberId")]
    [InlineData("AnonymousVisitorId", "anonymousVisitorId")]
    [InlineData("VisitorId", "anonymousVisitorId")]
    public void A_participant_has_its_conversation_found_first(string column, string field)
    {
        Run($"[pscustomobject]@{{ '{column}' = $p }} | Send-WixInboxMessage -Text x");

        Assert.Equal(["/inbox/v2/conversations", "/inbox/v2/messages"], Inbox.Select(request => request.Path));
        Assert.Equal($$$"""{"participantId":{"{{{field}}}":"{{{Engine.Guid2}}}"}}""", Inbox[0].Body);
        Assert.Equal(StubHandler.ConversationOf(Engine.Guid2), Inbox[1]["conversationId"]);
    }

    [Fact]
    public void A_conversation_id_spares_looking_at_the_other_columns()
    {
        var request = Send(
            "[pscustomobject]@{ ConversationId = $c; ContactId = 'not even a GUID'; MemberId = $p } | "
                + "Send-WixInboxMessage -Text x");

        Assert.Equal(Engine.Guid1, request["conversationId"]);
    }

    [Fact]
    public void A_member_id_goes_before_a_contact_id()
    {
        Run("[pscustomobject]@{ ContactId = $c; MemberId = $p } | Send-WixInboxMessage -Text x");

        Assert.Equal(Engine.Guid2, Inbox[0]["participantId.memberId"]);
    }

    [Fact]
    public void An_empty_column_is_a_value_not_given()
    {
        Run(
            "[pscustomobject]@{ ConversationId = ''; ContactId = $p; Text = 'x'; ImageUrl = ''; PreviewText = ' '; "
                + "Badge = '' } | Send-WixInboxMessage");

        Assert.Equal(Engine.Guid2, Inbox[0]["participantId.contactId"]);
        var request = Inbox[1];
        Assert.Equal("""{"previewText":"x","basic":{"items":[{"text":"x"}]}}""", request["message.content"]);
        Assert.Null(request["message.badges"]);
    }

    [Fact]
    public void A_value_of_one_row_does_not_stay_for_the_next()
    {
        Run(
            "[pscustomobject]@{ ConversationId = $c; Text = 'first'; ImageUrl = 'https://e.example/1.png' "
                + "}, [pscustomobject]@{ ConversationId = $c; Text = 'second' } | Send-WixInboxMessage");

        Assert.Equal("""[{"text":"second"}]""", Inbox[1]["message.content.basic.items"]);
    }

    [Fact]
    public void A_column_whose_name_means_something_else_is_left_alone()
    {
        var request = Send(
            "[pscustomobject]@{ ConversationId = $c; Title = 'Mrs'; Url = 'x'; Description = 'y'; Visibility = 'z'; "
                + "Silent = 'true'; Field = 'q'; Image = 'me.png'; File = 'C:\\a'; Content = 'r' } | "
                + "Send-WixInboxMessage -Text x");

        Assert.Equal("""{"previewText":"x","basic":{"items":[{"text":"x"}]}}""", request["message.content"]);
        Assert.Null(request["silent"]);
    }

    [Fact]
    public void What_is_sent_without_further_words_is_what_the_API_needs_and_no_more()
    {
        var request = Send("Send-WixInboxMessage -ConversationId $c -Text Hello");

        Assert.Equal(
            $$$"""{"conversationId":"{{{Engine.Guid1}}}","message":{"content":{"previewText":"Hello","basic":{"items":[{"text":"Hello"}]}},"visibility":"BUSINESS_AND_PARTICIPANT","direction":"BUSINESS_TO_PARTICIPANT"}}""",
            request.Json.ToJsonString());
    }

    [Theory]
    [InlineData("-Silent", "silent", "true")]
    [InlineData("-Silent", "message.silent", "true")]
    [InlineData("-SendNotification", "sendNotifications", "true")]
    [InlineData("-SendAs Participant", "sendAs", "PARTICIPANT")]
    [InlineData("-SendAs Caller", "sendAs", "CALLER")]
    [InlineData("-Visibility Business", "message.visibility", "BUSINESS")]
    [InlineData("-Direction ParticipantToBusiness", "message.direction", "PARTICIPANT_TO_BUSINESS")]
    [InlineData("-TargetChannel Whatsapp", "message.targetChannels", """["WHATSAPP"]""")]
    [InlineData("-TargetChannel Chat", "message.targetChannelIds", null)]
    [InlineData("-TargetChannelId a, b", "message.targetChannelIds", """["a","b"]""")]
    [InlineData("-TargetChannelId a", "message.targetChannels", null)]
    [InlineData("-SourceChannel Email", "message.sourceChannel", "EMAIL")]
    [InlineData("-SourceChannelId q", "message.sourceChannelId", "q")]
    [InlineData("-TypingDelay 0", "typingDelay", "0")]
    [InlineData("-PreviewText p", "message.content.previewText", "p")]
    [InlineData("-Badge @{ Text = ' ' }", "message.badges", null)]
    [InlineData("-Badge VIP", "message.badges", """[{"text":"VIP"}]""")]
    [InlineData(
        "-Badge @{ Text = 'Email'; Visibility = 'Business'; IconUrl = 'https://e.example/i.png' }",
        "message.badges",
        """[{"text":"Email","iconUrl":"https://e.example/i.png","badgeVisibility":"BUSINESS"}]""")]
    [InlineData(
        "-ImageUrl https://e.example/1.png, https://e.example/2.png",
        "message.content.basic.items",
        """[{"text":"x"},{"image":{"url":"https://e.example/1.png"}},{"image":{"url":"https://e.example/2.png"}}]""")]
    [InlineData(
        "-FileUrl https://e.example/a.pdf",
        "message.content.basic.items",
        """[{"text":"x"},{"file":{"url":"https://e.example/a.pdf"}}]""")]
    [InlineData(
        "-Image @{ Id = 'i'; Width = 8; Height = 6.5; Filename = 'f' }",
        "message.content.basic.items.1",
        """{"image":{"id":"i","filename":"f","width":8,"height":6.5}}""")]
    [InlineData(
        "-File @{ Id = 'i'; Filename = 'f'; MimeType = 'm' }",
        "message.content.basic.items.1",
        """{"file":{"id":"i","filename":"f","mimeType":"m"}}""")]
    public void Each_parameter_sets_its_field(string parameters, string field, string? expected)
    {
        var request = Send($"Send-WixInboxMessage -ConversationId $c -Text x {parameters}");

        Assert.Equal(expected, request[field]);
    }

    [Theory]
    [InlineData(
        "-ImageUrl https://e.example/1.png", """{"basic":{"items":[{"image":{"url":"https://e.example/1.png"}}]}}""")]
    [InlineData(
        "-Template -Title T -TextLine a, b -ImageUrl https://e.example/p.png -Orientation Landscape -Button @{ "
            + "Label = 'Open'; LaunchUrl = 'https://e.example/' }, @{ Label = 'Yes'; "
            + "PostbackProperties = @{ InteractionId = 'yes' } }",
        """{"previewText":"T","template":{"title":"T","imageUrl":"https://e.example/p.png","textLines":["a","b"],"buttons":[{"label":"Open","launchUrl":"https://e.example/"},{"label":"Yes","postbackProperties":{"interactionId":"yes"}}],"orientation":"LANDSCAPE"}}""")]
    [InlineData(
        "-Minimal -Text t -IconUrl https://e.example/i.png -Url https://e.example/",
        """{"previewText":"t","minimal":{"text":"t","iconUrl":"https://e.example/i.png","url":"https://e.example/"}}""")]
    [InlineData(
        "-Form -Title T -Description D -Field @{ Name = 'a'; Value = 1 }, @{ Name = 'b'; "
            + "Value = 'x' } -Media @{ Image = @{ Url = 'https://e.example/i.png' } }",
        """{"previewText":"T","form":{"title":"T","description":"D","fields":[{"name":"a","value":"1"},{"name":"b","value":"x"}],"media":[{"image":{"url":"https://e.example/i.png"}}]}}""")]
    [InlineData(
        "-Content @{ PreviewText = 'mine'; Minimal = @{ Text = 'made' } }",
        """{"previewText":"mine","minimal":{"text":"made"}}""")]
    [InlineData("-Content @{ Minimal = @{ Text = 'made' } }", """{"previewText":"made","minimal":{"text":"made"}}""")]
    public void Each_kind_of_content_is_made(string parameters, string expected)
    {
        var request = Send($"Send-WixInboxMessage -ConversationId $c {parameters}");

        Assert.Equal(
            JsonNode.Parse(expected)!.ToJsonString(),
            Sorted(request["message.content"]!, expected));
    }

    [Theory]
    [InlineData("-Text { \"Hi $($_.N)\" }", "message.content.basic.items.0.text", "Hi Ana")]
    [InlineData(
        "-ImageUrl { \"https://e.example/$($_.N)\" }",
        "message.content.basic.items.0.image.url",
        "https://e.example/Ana")]
    [InlineData(
        "-FileUrl { 'https://e.example/1', \"https://e.example/$($_.N)\" }",
        "message.content.basic.items.1.file.url",
        "https://e.example/Ana")]
    [InlineData("-Image { @{ Id = $_.N } }", "message.content.basic.items.0.image.id", "Ana")]
    [InlineData("-File { @{ Id = $_.N } }", "message.content.basic.items.0.file.id", "Ana")]
    [InlineData("-Text x -PreviewText { $_.N }", "message.content.previewText", "Ana")]
    [InlineData("-Text x -Badge { @{ Text = $_.N } }", "message.badges.0.text", "Ana")]
    [InlineData("-Text x -Badge { if ($_.N -eq 'Bo') { @{ Text = 'VIP' } } }", "message.badges", null)]
    [InlineData("-Template -Title { $_.N }", "message.content.template.title", "Ana")]
    [InlineData("-Template -TextLine { 'a', $_.N }", "message.content.template.textLines", """["a","Ana"]""")]
    [InlineData(
        "-Template -Title x -ImageUrl { \"https://e.example/$($_.N)\" }",
        "message.content.template.imageUrl",
        "https://e.example/Ana")]
    [InlineData("-Template -Title x -Button { @{ Label = $_.N } }", "message.content.template.buttons.0.label", "Ana")]
    [InlineData("-Minimal -Text { $_.N }", "message.content.minimal.text", "Ana")]
    [InlineData(
        "-Minimal -Text x -IconUrl { \"https://e.example/$($_.N)\" }",
        "message.content.minimal.iconUrl",
        "https://e.example/Ana")]
    [InlineData(
        "-Minimal -Text x -Url { \"https://e.example/$($_.N)\" }",
        "message.content.minimal.url",
        "https://e.example/Ana")]
    [InlineData("-Form -Field @{ Name = 'a' } -Title { $_.N }", "message.content.form.title", "Ana")]
    [InlineData("-Form -Field @{ Name = 'a' } -Description { $_.N }", "message.content.form.description", "Ana")]
    [InlineData(
        "-Form -Field { @{ Name = 'n'; Value = $_.N }, @{ Name = 'm' } }",
        "message.content.form.fields.0.value",
        "Ana")]
    [InlineData(
        "-Form -Field @{ Name = 'a' } -Media { @{ File = @{ Id = $_.N } } }",
        "message.content.form.media.0.file.id",
        "Ana")]
    [InlineData("-Content { @{ Minimal = @{ Text = $_.N } } }", "message.content.minimal.text", "Ana")]
    public void A_script_block_is_run_for_each_row(string parameters, string field, string? expected)
    {
        var request = Send(
            $"[pscustomobject]@{{ ConversationId = $c; N = 'Ana' }} | Send-WixInboxMessage {parameters}");

        Assert.Equal(expected, request[field]);
    }

    [Theory]
    [InlineData("'https://e.example/1.png'", "-ImageUrl { $_ }", "image.url", "https://e.example/1.png")]
    [InlineData("10403", "-Text { $_ }", "text", "10403")]
    public void A_row_that_is_a_mere_value_is_what_a_block_makes_of_it(
        string row, string parameter, string field, string expected)
    {
        var request = Send($"{row} | Send-WixInboxMessage -ConversationId $c {parameter}");

        Assert.Equal(expected, request[$"message.content.basic.items.0.{field}"]);
    }

    [Fact]
    public void A_message_that_came_back_can_be_piped_on()
    {
        Run("Send-WixInboxMessage -ContactId $p -Text first | Send-WixInboxMessage -Text second");

        Assert.Equal(StubHandler.ConversationOf(Engine.Guid2), Inbox[2]["conversationId"]);
        Assert.Equal("second", Inbox[2]["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void The_preview_is_the_start_of_the_text_and_ends_between_letters_as_a_reader_sees_them()
    {
        // The 256th unit falls into the middle of a family of four.
        _engine.Set("text", new string('x', 250) + "👨‍👩‍👧‍👦 and more");
        var request = Send("Send-WixInboxMessage -ConversationId $c -Text $text");

        Assert.Equal(new string('x', 250), request["message.content.previewText"]);
    }

    [Fact]
    public void A_row_that_is_typed_is_a_row_like_one_that_is_piped_in_but_has_no_number()
    {
        var request = Send(
            "$row = [pscustomobject]@{ ConversationId = $c; Text = 'x' }; Send-WixInboxMessage -InputObject $row");

        Assert.Equal((Engine.Guid1, "x"), (request["conversationId"], request["message.content.basic.items.0.text"]));
        Assert.StartsWith(
            "-Text: The block ended",
            Assert.Single(_engine.Run("Send-WixInboxMessage -InputObject $row -Text { throw 'x' }").Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_alone_has_no_preview()
    {
        var request = Send("Send-WixInboxMessage -ConversationId $c -ImageUrl https://e.example/1.png");

        Assert.Null(request["message.content.previewText"]);
    }

    [Fact]
    public void The_request_is_signed_with_the_raw_token()
    {
        var request = Send("Send-WixInboxMessage -ConversationId $c -Text x");

        Assert.Equal("POST", request.Method);
        Assert.Equal("https://www.wixapis.com/inbox/v2/messages", request.Uri.ToString());
        Assert.Equal("token-of-the-tests", request.Headers["Authorization"]);
    }

    // Two objects that differ in the order of their keys alone are the same.
    private static string Sorted(string actual, string like)
    {
        return Order(JsonNode.Parse(actual)!, JsonNode.Parse(like)!).ToJsonString();

        static JsonNode Order(JsonNode actual, JsonNode like)
        {
            if (actual is JsonObject item && like is JsonObject model)
            {
                var keys = model.Select(pair => pair.Key).ToList();
                var sorted = new JsonObject();
                foreach (var (key, value) in item
                    .OrderBy(pair => keys.IndexOf(pair.Key) is var index && index < 0 ? int.MaxValue : index)
                    .ToArray())
                {
                    sorted[key] = value is null ? null
                        : model[key] is { } likeValue ? Order(value, likeValue).DeepClone()
                        : value.DeepClone();
                }

                return sorted;
            }

            return actual;
        }
    }

    // Without the look at whether a contact wants messages.
    private RecordedRequest[] Inbox =>
        [.. _handler.Requests.Where(request => request.Path.StartsWith("/inbox", StringComparison.Ordinal))];

    private RecordedRequest Send(string script)
    {
        Run(script);
        return Inbox[^1];
    }

    private void Run(string script)
    {
        var result = _engine.Run(script);
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.NotEmpty(_handler.Requests);
    }
}
