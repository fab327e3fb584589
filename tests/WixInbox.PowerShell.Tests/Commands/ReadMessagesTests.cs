using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxMessage: what it gives, what that costs, and every way out.</summary>
public sealed class ReadMessagesTests
{
    private static readonly string[] s_contents =
    [
        """{"basic":{"items":[{"text":"hello"},{"image":{"url":"https://e.example/i.png"}},{"file":{"url":"https://e.example/f","filename":"f.pdf"}}]}}""",
        """{"template":{"title":"Card","textLines":["one","two"],"buttons":[{"label":"Go"}]}}""",
        """{"minimal":{"text":"Paid"}}""",
        """{"form":{"title":"Return","fields":[{"name":"Size","value":"L"}]}}""",
        """{"system":{"text":"joined"}}""",
    ];

    [Theory]
    [InlineData("Get-WixInboxMessage $c -First 5", 5, 1)]
    [InlineData("Get-WixInboxMessage $c | Select-Object -First 1", 1, 1)]
    [InlineData("Get-WixInboxMessage $c -First 64", 64, 1)]
    [InlineData("Get-WixInboxMessage $c", 65, 1)]
    public void In_the_sandbox_reading_costs_a_request_for_a_hundred_messages(string script, int messages, int requests)
    {
        using var engine = new Engine();
        engine.Set("c", Engine.Guid1);
        engine.Set("token", Secrets.Secure("token-of-the-tests"));

        var result = engine.Run($$"""
            Connect-WixInbox -Sandbox
            $sandbox = [WixInbox.Sandbox.SandboxHandler]::new($null)
            Connect-WixInbox -AccessToken $token -MessageHandler $sandbox -RequestsPerMinute 0
            $null = 1..65 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = "x $_" } } | Send-WixInboxMessage
            $read = @({{script}})
            $read.Count
            ($sandbox.RequestCounts | Where-Object Method -EQ 'GET').Count
            $read[0].Content.Basic.Items[0].Text
            """);

        Assert.Empty(result.Errors);
        Assert.Equal([$"{messages}", $"{requests}", "x 65"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-First 5", 5, 1)]
    [InlineData("-First 30", 30, 1)]
    [InlineData("-First 31", 31, 2)]
    [InlineData("| Select-Object -First 1", 1, 1)]
    [InlineData("", 65, 3)]
    public void Where_Wix_gives_no_more_than_thirty_a_page_the_same_messages_come_in_more_pages(
        string rest, int messages, int requests)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);

        var result = Run(handler, $"Get-WixInboxMessage $c {rest}");

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(0, messages).Select(index => $"{65 - index}"), result.OutputOf("Id"));
        Assert.All(result.OutputOf("ConversationId"), id => Assert.Equal(Engine.Guid1, id));
        Assert.Equal(requests, handler.Requests.Count);
    }

    [Theory]
    [InlineData("-First 5", "5")]
    [InlineData("-First 100", "100")]
    [InlineData("-First 150", "100,100")]
    [InlineData("", "100,100,100")]
    [InlineData("-First 5 -Before 2026-01-01T00:20Z", "100,100,100")]
    public void A_page_is_as_long_as_is_worth_a_request(string parameters, string limits)
    {
        var handler = ReadableConversation.Of(250);

        Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Equal(limits, string.Join(",", handler.Requests.Select(request => request.Query("paging.limit"))));
    }

    [Fact]
    public void The_next_page_is_asked_for_when_all_of_the_last_one_was_taken()
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);
        engine.Set("handler", handler);

        var result = engine.Run("Get-WixInboxMessage $c | ForEach-Object { $handler.Requests.Count }");

        Assert.Equal(
            [.. Enumerable.Repeat("1", 30), .. Enumerable.Repeat("2", 30), .. Enumerable.Repeat("3", 5)],
            result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-After 2026-01-01T01:00Z", "65,64,63,62,61", 1)]
    [InlineData("-After 2026-01-01T02:05+01:00", "", 1)]
    [InlineData("-After 2026-01-01T01:04:59.999Z", "65", 1)]
    [InlineData("-Before 2026-01-01T00:03Z", "2,1", 7)]
    [InlineData("-Before 2026-01-01T01:00Z -First 2", "59,58", 1)]
    [InlineData("-After 2026-01-01T00:49Z -Before 2026-01-01T00:52Z", "51,50", 2)]
    [InlineData("-Before 2026-01-01T00:01Z", "", 7)]
    public void Messages_are_chosen_by_their_date_and_reading_ends_with_the_first_that_is_older(
        string parameters, string ids, int requests)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 10);

        var result = Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Empty(result.Errors);
        Assert.Equal(ids, string.Join(",", result.OutputOf("Id")));
        Assert.Equal(requests, handler.Requests.Count);
    }

    [Theory]
    [InlineData("-After 2026-01-02 -Before 2026-01-01")]
    [InlineData("-After 2026-01-02 -Before 2026-01-02")]
    public void Times_that_leave_none_between_them_are_a_slip_that_costs_nothing(string parameters)
    {
        var handler = ReadableConversation.Of(1);

        Assert.Equal("TimeRangeEmpty", End(handler, $"Get-WixInboxMessage $c {parameters}").Id());
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_message_without_a_date_is_in_no_time_that_is_asked_for_and_ends_nothing()
    {
        var undated = ReadableConversation.Message(2);
        undated.Remove("createdDate");
        var handler = new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer(
            [ReadableConversation.Message(3), undated.DeepClone(), null, ReadableConversation.Message(1)], null)));

        Assert.Equal(["3", "2", "1"], Run(handler, "Get-WixInboxMessage $c").OutputOf("Id"));
        Assert.Equal(["3", "1"], Run(handler, "Get-WixInboxMessage $c -After 2026-01-01T00:00Z").OutputOf("Id"));
        Assert.Equal(["3", "1"], Run(handler, "Get-WixInboxMessage $c -Before 2026-01-02T00:00Z").OutputOf("Id"));
    }

    [Theory]
    [InlineData("", "BUSINESS")]
    [InlineData("-Visibility Business", "BUSINESS")]
    [InlineData("-Visibility BusinessAndParticipant", "BUSINESS_AND_PARTICIPANT")]
    public void The_visibility_is_that_of_every_page(string parameters, string visibility)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);

        Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Equal(
            [visibility, visibility, visibility], handler.Requests.Select(request => request.Query("visibility")));
        Assert.All(handler.Requests, request => Assert.Equal(
            $"GET /inbox/v2/messages {Engine.Guid1}",
            $"{request.Method} {request.Path} {request.Query("conversationId")}"));
    }

    [Fact]
    public void A_server_that_gives_the_same_page_again_and_again_is_not_followed_for_ever()
    {
        var handler = new StubHandler(
            (_, _) => Task.FromResult(ReadableConversation.Answer([ReadableConversation.Message(1)], "again")));

        var result = Run(handler, "Get-WixInboxMessage $c");

        Assert.Equal(2, handler.Requests.Count);
        Assert.Contains(result.AllStreams, line => line.Contains("again and again", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_page_is_not_the_end_while_there_is_a_next_one()
    {
        var pages = new Queue<HttpResponseMessage>(
            [
                ReadableConversation.Answer([], "a"),
                ReadableConversation.Answer([ReadableConversation.Message(1)], "b"),
                ReadableConversation.Answer([], null),
            ]);
        var handler = new StubHandler((_, _) => Task.FromResult(pages.Dequeue()));

        Assert.Equal(["1"], Run(handler, "Get-WixInboxMessage $c").OutputOf("Id"));
        Assert.Equal([null, "a", "b"], handler.Requests.Select(request => request.Query("paging.cursor")));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = $c }")]
    [InlineData("[pscustomobject]@{ ConversationId = [guid]$c }")]
    [InlineData("[pscustomobject]@{ conversation_id = \" $c \" }")]
    [InlineData("[pscustomobject]@{ 'Conversation Id' = $c }")]
    [InlineData("[WixInbox.Conversation]@{ Id = $c }")]
    [InlineData("[WixInbox.Message]@{ Id = '1'; ConversationId = $c }")]
    [InlineData("$c")]
    [InlineData("[guid]$c")]
    public void A_conversation_comes_down_the_pipeline_in_any_of_its_forms(string row)
    {
        var handler = ReadableConversation.Of(1);

        var result = Run(handler, $"{row} | Get-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal([Engine.Guid1], result.OutputOf("ConversationId"));
    }

    [Fact]
    public void A_count_is_that_of_each_conversation()
    {
        var result = Run(ReadableConversation.Of(9), "$c, $d | Get-WixInboxMessage -First 2");

        Assert.Equal(["9", "8", "9", "8"], result.OutputOf("Id"));
        Assert.Equal([Engine.Guid1, Engine.Guid1, Engine.Guid2, Engine.Guid2], result.OutputOf("ConversationId"));
    }

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Control_C_cancels_the_page_that_is_on_its_way(int page)
    {
        var handler = SilentFrom(page);
        using var run = new RunningPipeline(
            handler, $"'{Engine.Guid1}', '{Engine.Guid2}' | Get-WixInboxMessage | ForEach-Object {{ $source.Read() }}");
        await handler.WaitForAsync(page);

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Equal(0, handler.InFlight);
        Assert.Equal(page, handler.Requests.Count);
        Assert.Equal(page == 1 ? 0 : 30, run.Source.Rows);
    }

    [Fact]
    public async Task Control_C_also_ends_the_wait_that_a_429_asks_for()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(429)));
        using var run = new RunningPipeline(
            handler, $"1 | ForEach-Object {{ $source.Read(); '{Engine.Guid1}' }} | Get-WixInboxMessage");
        await handler.WaitForAsync(1);
        var shown = await run.ProgressAsync("next request");

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Single(handler.Requests);
        Assert.Equal("Get-WixInboxMessage", shown.Activity);
        Assert.Matches("^Wix's limit: next request in [0-9]+ s$", shown.StatusDescription);
    }

    [Fact]
    public void A_break_downstream_reads_no_further()
    {
        var handler = SilentFrom(2);

        var result = Run(
            handler, "foreach ($once in 1) { Get-WixInboxMessage $c | ForEach-Object { $_.Id; break } }; 'after'");

        Assert.Equal(["65", "after"], result.Output.Select(item => item.ToString()));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void The_verbose_stream_says_how_much_was_read_and_nothing_of_what_it_says()
    {
        var result = Run(ReadableConversation.Of(65, mostPerPage: 30), "Get-WixInboxMessage $c -Verbose");

        Assert.Equal(
            [30, 30, 5],
            result.Verbose.Select(line => int.Parse(
                Regex.Match(line, "Read ([0-9]+) messages").Groups[1].Value,
                System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("confidential", StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_that_were_read_are_shown_as_a_chat_of_80_columns_with_nothing_for_the_terminal_in_it()
    {
        var hostile = ReadableConversation.Message(
            3,
            "\u001b[2J\u001b]0;owned\u0007Line one\r\nline\ttwo \u202Etxt.exe\u202C \u2067\u2069\u009b31m \u2028 שלום "
                + "👩‍👩‍👧 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 \ud83d end");
        var ours = ReadableConversation.Message(2, string.Concat(Enumerable.Repeat("👍", 400)));
        ours["direction"] = "BUSINESS_TO_PARTICIPANT";
        ours["visibility"] = "BUSINESS";
        var odd = ReadableConversation.Message(1);
        odd["direction"] = "SIDEWAYS";
        odd.Remove("content");
        odd.Remove("createdDate");

        var shown = Show(
            new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer([hostile, ours, odd], null))),
            "Set-StrictMode -Version Latest; Get-WixInboxMessage $c | Out-Default");

        var lines = shown.Where(line => line.Length > 0).ToArray();
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.All(lines, line => Assert.DoesNotContain(line, character => char.IsControl(character)
            || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028'));
        Assert.Contains(lines, line => line.Contains($"ConversationId: {Engine.Guid1}", StringComparison.Ordinal));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^CreatedDate +Who +Text"));
        var local = ReadableConversation.Start.AddMinutes(3).LocalDateTime
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(lines, line => line.StartsWith($"{local} <   ", StringComparison.Ordinal)
            && line.Contains("[2J ]0;owned Line one line two txt.exe", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("שלום 👩‍👩‍👧", StringComparison.Ordinal));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^[0-9: -]{16} >\\*  👍"));
        var thumbs = lines.SkipWhile(line => !line.Contains('*', StringComparison.Ordinal)).ToArray();
        Assert.Equal(249, Regex.Count(string.Concat(thumbs), "👍"));
        Assert.Contains(thumbs, line => line.EndsWith('…'));
    }

    [Theory]
    [InlineData("@{ Email = 'Ada@Example.com' }", "contactId")]
    [InlineData("@{ 'E-mail 1 - Value' = 'mailto:ada@example.com' }", "contactId")]
    [InlineData("'ada@example.com'", "contactId")]
    [InlineData("@{ Email = 'ada@example.com'; MemberId = $d }", "memberId")]
    [InlineData("@{ 'Contact ID' = '0036A00000x'; Email = 'ada@example.com' }", "contactId")]
    [InlineData("@{ ContactId = $d }", "contactId")]
    [InlineData("@{ VisitorId = $d }", "anonymousVisitorId")]
    public void A_row_names_whom_it_is_about_as_one_that_is_sent(string row, string participant)
    {
        var handler = Chats();

        var result = Run(handler, $"{row} | Get-WixInboxMessage");

        Assert.Empty(result.Errors);
        var asked = Assert.Single(handler.Requests, request => request.Path == "/inbox/v2/conversations");
        Assert.Equal($$$"""{"participantId":{"{{{participant}}}":"{{{Engine.Guid2}}}"}}""", asked.Body);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("ConversationId"));
        Assert.Equal(["Ada Lovelace"], result.OutputOf("ParticipantName"));
    }

    [Theory]
    [InlineData("@{ ConversationId = $c; Email = 'ada@example.com' } | Get-WixInboxMessage")]
    [InlineData("@{ Email = 'ada@example.com'; MemberId = $d } | Get-WixInboxMessage -ConversationId $c")]
    public void A_conversation_that_is_named_does_not_have_to_be_found(string script)
    {
        var handler = Chats();

        var result = Run(handler, script);

        Assert.Equal([Engine.Guid1], result.OutputOf("ConversationId"));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_conversation_that_was_just_created_is_not_read()
    {
        var handler = new StubHandler();

        var result = Run(handler, "Get-WixInboxMessage -MemberId $c");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(["/inbox/v2/conversations"], handler.Requests.Select(request => request.Path));
    }

    [Fact]
    public void Several_that_are_typed_are_read_one_after_the_other()
    {
        var handler = Chats();

        var result = Run(handler, "Get-WixInboxMessage -Email ada@example.com, eve@example.com");

        Assert.Equal(["ContactNotFound"], result.ErrorIds);
        Assert.StartsWith(
            "The conversation of contact eve@example.com", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("ConversationId"));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("example.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-WixInboxMessage -MemberId $c | Out-Default")]
    [InlineData("Resolve-WixInboxConversation -MemberId $c | Get-WixInboxMessage | Out-Default")]
    public void A_chat_names_the_person(string script)
    {
        Assert.Contains(
            Show(Chats(), script),
            line => line.EndsWith(
                $"ConversationId: {StubHandler.ConversationOf(Engine.Guid1)} (Ada Lovelace)",
                StringComparison.Ordinal));
    }

    [Fact]
    public void A_chat_shows_what_every_kind_of_content_says()
    {
        JsonNode?[] messages = [.. s_contents.Select((content, index) =>
        {
            var message = ReadableConversation.Message(9 - index);
            message["content"] = JsonNode.Parse(content);
            return message;
        })];

        var shown = Show(
            new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer(messages, null))),
            "Get-WixInboxMessage $c | Out-Default");

        Assert.Equal(
            [
                "hello [image https://e.example/i.png] [file f.pdf]",
                "Card one two [Go]",
                "Paid",
                "Return Size: L",
                "joined",
            ],
            shown.Where(line => Regex.IsMatch(line, "^[0-9]{4}-")).Select(line => line[21..].TrimEnd()));
    }

    [Fact]
    public void A_message_that_was_sent_is_shown_as_before()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 1, 30) : StubHandler.Stored(request)));

        var shown = Show(handler, "Get-WixInboxMessage $c | Send-WixInboxMessage -Text 'Thank you' | Out-Default");

        Assert.Contains(shown, line => Regex.IsMatch(line, "^Id +ConversationId +Preview"));
        Assert.DoesNotContain(shown, line => line.Contains("Who", StringComparison.Ordinal));
    }

    [Fact]
    public void From_a_contact_to_the_answer_is_one_pipeline()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 9, 30) : StubHandler.Stored(request)));

        var result = Run(
            handler,
            "[pscustomobject]@{ ContactId = $c; Name = 'Ada' } | Resolve-WixInboxConversation | Get-WixInboxMessage "
                + "-First 1 | Send-WixInboxMessage -Text { \"Re: $($_.Content.Basic.Items[0].Text)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid1)], result.OutputOf("ConversationId"));
        Assert.Equal(
            [
                "POST /contacts/v5/contacts/query",
                "POST /inbox/v2/conversations",
                "GET /inbox/v2/messages",
                "POST /inbox/v2/messages",
            ],
            handler.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal("Re: confidential 9", handler.Requests[^1]["message.content.basic.items.0.text"]);
        Assert.Equal("BUSINESS_TO_PARTICIPANT", handler.Requests[^1]["message.direction"]);
    }

    private static string[] Show(HttpMessageHandler handler, string script)
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(handler, host);
        engine.Set("c", Engine.Guid1);
        engine.Run(script);
        return [.. host.Lines.Select(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty))];
    }

    // A site where everybody is called Ada Lovelace, and ada@example.com is the second contact.
    private static StubHandler Chats() => new((request, _) => Task.FromResult(request.Path switch
    {
        "/inbox/v2/conversations" => StubHandler.Json(
            200,
            StubHandler.Stored(request).Content.ReadAsStringAsync(CancellationToken.None).Result
                .Replace(
                    "\"},", "\",\"participantDisplayData\":{\"name\":\"Ada Lovelace\"}},", StringComparison.Ordinal)
                .Replace("true", "false", StringComparison.Ordinal)),
        "/contacts/v5/contacts/query" when request.Body.Contains("ada@example.com", StringComparison.Ordinal) =>
            StubHandler.Json(
                200,
                $$$"""{"contacts":[{"id":"{{{Engine.Guid2}}}","email":{"email":"ada@example.com"}}]}"""),
        "/contacts/v4/contacts/query" => StubHandler.Json(200, """{"contacts":[]}"""),
        "/contacts/v5/contacts/query" => StubHandler.Contacts(request),
        _ => ReadableConversation.Page(request, 1, 30),
    }));

    private static StubHandler SilentFrom(int page)
    {
        var count = 0;
        return new StubHandler(async (request, cancellationToken) =>
        {
            if (Interlocked.Increment(ref count) == page)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return ReadableConversation.Page(request, 65, 30);
        });
    }

    // The error that ends a run ends its statement, of which the shell tells nothing else.
    private static ErrorRecord End(HttpMessageHandler handler, string script) =>
        Assert.IsType<ErrorRecord>(
            Assert.Single(Run(handler, $"try {{ {script} }} catch {{ $_ }}; 'after'").Output.SkipLast(1)).BaseObject);

    private static Result Run(HttpMessageHandler handler, string script)
    {
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);
        engine.Set("d", Engine.Guid2);
        return engine.Run(script);
    }
}
