using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxConversation and Resolve-WixInboxConversation.</summary>
public sealed class ConversationTests
{
    private const string Guid3 = "2d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

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
    [InlineData("ContactId", "contactId")]
    [InlineData("contact_id", "contactId")]
    [InlineData("Contact Id", "contactId")]
    [InlineData("MemberId", "memberId")]
    [InlineData("member_id", "memberId")]
    [InlineData("AnonymousVisitorId", "anonymousVisitorId")]
    [InlineData("VisitorId", "anonymousVisitorId")]
    public void The_conversation_of_a_participant_is_found(string column, string field)
    {
        var handler = new StubHandler();

        var result = Run(handler, $"[pscustomobject]@{{ '{column}' = \" $c \" }} | Resolve-WixInboxConversation");

        Assert.Empty(result.Errors);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid1)], result.OutputOf("ConversationId"));
        var asked = Assert.Single(Asked(handler));
        Assert.Equal("POST", asked.Method);
        Assert.Equal($$$"""{"participantId":{"{{{field}}}":"{{{Engine.Guid1}}}"}}""", asked.Body);
    }

    [Theory]
    [InlineData("@{ Email = 'ada@example.com' } | Resolve-WixInboxConversation")]
    [InlineData("@{ 'E-Mail-Adresse' = ' <ada@example.com> '; ConversationId = $c } | Resolve-WixInboxConversation")]
    [InlineData("'ada@example.com' | Resolve-WixInboxConversation")]
    [InlineData("@{ Mail1 = 'ada@example.com' } | Resolve-WixInboxConversation -Email { $_.Mail1 }")]
    [InlineData("@{ MemberId = $c } | Resolve-WixInboxConversation -Email ada@example.com")]
    public void The_conversation_of_an_address_is_found(string script)
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/contacts/v5/contacts/query"
                ? StubHandler.Json(
                    200, $$$"""{"contacts":[{"id":"{{{Engine.Guid2}}}","email":{"email":"ada@example.com"}}]}""")
                : StubHandler.Stored(request)));

        var result = Run(handler, script);

        Assert.Empty(result.Errors);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("Id"));
        Assert.Equal(["contact ada@example.com"], result.OutputOf("Recipient"));
    }

    [Fact]
    public void An_address_that_is_none_is_an_error_of_its_own_and_costs_nothing()
    {
        var handler = new StubHandler();

        var result = Run(handler, """
            @{ Email = 'a@b.example; c@d.example' }, @{ Email = 'n/a' }, @{ Kontakt = 'ada@example.com' } |
                Resolve-WixInboxConversation
            """);

        Assert.Equal(["EmailInvalid", "EmailInvalid", "RecipientMissing"], result.ErrorIds);
        Assert.Contains("but 2:", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-Email { $_.'Kontakt' }", result.Errors[2].ToString(), StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_row_that_names_a_conversation_alone_gets_that_one()
    {
        var handler = Conversations();

        var result = Run(handler, "@{ ConversationId = $c } | Resolve-WixInboxConversation");

        Assert.Equal([Engine.Guid1], result.OutputOf("Id"));
        Assert.Equal(["Ada"], result.OutputOf("ParticipantName"));
        Assert.Equal(["1"], result.OutputOf("Row"));
        Assert.Equal("GET", Assert.Single(handler.Requests).Method);
    }

    [Fact]
    public void Several_that_are_typed_are_found_in_their_order()
    {
        var handler = new StubHandler();

        var result = Run(handler, "Resolve-WixInboxConversation -MemberId $c, '', $d");

        Assert.Equal(["RecipientMissing"], result.ErrorIds);
        string[] expected = [Engine.Guid1, Engine.Guid2];
        Assert.Equal(expected.Select(StubHandler.ConversationOf), result.OutputOf("Id"));
    }

    [Theory]
    [InlineData("$c", "$d", "'" + Guid3 + "'", "memberId")]
    [InlineData("$c", "''", "'" + Guid3 + "'", "contactId")]
    [InlineData("' '", "$null", "'" + Guid3 + "'", "anonymousVisitorId")]
    public void A_members_id_goes_before_the_others_and_an_empty_column_is_not_given(
        string contact, string member, string visitor, string field)
    {
        var handler = new StubHandler();

        Run(
            handler,
            $"[pscustomobject]@{{ ContactId = {contact}; MemberId = {member}; AnonymousVisitorId = {visitor} }} | "
                + "Resolve-WixInboxConversation");

        Assert.Equal(field, Assert.Single(Assert.Single(Asked(handler)).Json["participantId"]!.AsObject()).Key);
    }

    [Fact]
    public void A_conversation_says_whether_it_was_just_created()
    {
        using var engine = new Engine();

        var result = engine.Run($$"""
            Connect-WixInbox -Sandbox
            $found = 1..2 | ForEach-Object { Resolve-WixInboxConversation -MemberId {{Engine.Guid1}} }
            $found
            """);

        Assert.Equal(["True", "False"], result.OutputOf("Created"));
        Assert.Single(result.OutputOf("Id").Distinct());
        Assert.IsType<bool>(result.Output[0].Properties["Created"].Value);
        Assert.Matches(
            @"(?s)\nCreated +: True\b.*\nCreated +: False\b",
            engine.Run("$found | Format-List | Out-String").Output[0].ToString());
        Assert.Equal(["True", "False"], engine.Run("$found | ConvertTo-Csv | ConvertFrom-Csv").OutputOf("Created"));
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-Confirm:$false -WhatIf")]
    public void A_rehearsal_makes_no_request_and_needs_no_connection(string parameters)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        var result = engine.Run(
            $"[pscustomobject]@{{ ContactId = '{Engine.Guid1}' }}, [pscustomobject]@{{ ContactId = 'bad' }} | "
                + $"Resolve-WixInboxConversation {parameters}; "
                + $"Resolve-WixInboxConversation -MemberId {Engine.Guid1} {parameters}");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        Assert.Equal(["ContactIdInvalid"], result.ErrorIds);
        Assert.Equal(
            [
                $"What if: Row 1: Find the conversation of contact {Engine.Guid1}, or create it",
                $"What if: Find the conversation of member {Engine.Guid1}, or create it",
            ],
            host.Lines);
    }

    [Theory]
    [InlineData("$WhatIfPreference = $true;", "")]
    [InlineData("", "-WhatIf")]
    public void A_rehearsal_with_a_connection_makes_no_request_either(string before, string parameter)
    {
        var handler = new StubHandler();

        Assert.Empty(Run(handler, $"{before} Resolve-WixInboxConversation -ContactId $c {parameter}").Output);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_no_asks_nothing_of_Wix()
    {
        var handler = new StubHandler();
        var host = new RecordingHost { Answers = new Queue<int>([2, 0]) };
        using var engine = Engine.ConnectedTo(handler, host);

        var result = engine.Run(
            $"Resolve-WixInboxConversation -ContactId {Engine.Guid1} -Confirm; "
                + $"Resolve-WixInboxConversation -ContactId {Engine.Guid2} -Confirm");

        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("Id"));
        Assert.Single(Asked(handler));
        Assert.Equal(2, host.Questions.Count);
    }

    [Theory]
    [InlineData(
        "[pscustomobject]@{ ContactId = '123' }", "ContactIdInvalid", "Row 1: column ContactId: '123' is not a GUID")]
    [InlineData(
        "[pscustomobject]@{ Member_Id = '123' }", "MemberIdInvalid", "Row 1: column Member_Id: '123' is not a GUID")]
    [InlineData(
        "[pscustomobject]@{ ContactId = ''; MemberId = ' ' }",
        "RecipientMissing",
        "Row 1: there is no recipient: columns MemberId and ContactId are empty.")]
    [InlineData("[pscustomobject]@{ Kontakt = 'q' }", "RecipientMissing", "The row's columns are Kontakt.")]
    [InlineData("@{ Contact = 'q' }", "RecipientMissing", "The row's columns are Contact.")]
    public void A_row_without_a_good_id_is_an_error_of_its_own_and_costs_nothing(string row, string id, string words)
    {
        var handler = new StubHandler();

        var result = Run(
            handler,
            $"$row = {row}; $row, [pscustomobject]@{{ ContactId = $d }} | Resolve-WixInboxConversation "
                + "-ErrorVariable failed; [object]::ReferenceEquals($failed[0].TargetObject, $row)");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(StubHandler.ConversationOf(Engine.Guid2), result.OutputOf("Id")[0]);
        Assert.Equal("True", result.Output[1].ToString());
        Assert.Single(Asked(handler));
    }

    [Fact]
    public void A_contact_who_is_a_member_is_found_by_the_member_id_as_Send_does()
    {
        const string Member = "\"memberInfo\":{\"memberId\":\"" + Guid3 + "\"}";
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/contacts/v5/contacts/query"
                ? StubHandler.Json(200, $$$"""{"contacts":[{"id":"{{{Engine.Guid1}}}",{{{Member}}}}]}""")
                : StubHandler.Stored(request)));

        var result = Run(handler, "Resolve-WixInboxConversation -ContactId $c; Send-WixInboxMessage -ContactId $c x");

        Assert.Empty(result.Errors);
        var expected = $$$"""{"participantId":{"memberId":"{{{Guid3}}}"}}""";
        Assert.Equal([expected, expected], Asked(handler).Select(request => request.Body));
    }

    [Fact]
    public void Contacts_are_looked_up_together_and_keep_their_order_among_the_others()
    {
        // Others may come until all have.
        var handler = new StubHandler();
        var clock = new SkippingClock { Endless = TimeSpan.FromMilliseconds(100) };
        using var engine = ClockedConnection.Default(handler, clock: clock);
        engine.Set("clock", clock);

        var result = engine.Run($$"""
            '{{Engine.Guid1}}', '', '{{Guid3}}', '{{Engine.Guid1}}' | ForEach-Object {
                if ($_) { @{ ContactId = $_ } } else { @{ MemberId = '{{Engine.Guid2}}' } }
            } -End { $clock.EndWaits() } | Resolve-WixInboxConversation
            """);

        string[] expected = [Engine.Guid1, Engine.Guid2, Guid3, Engine.Guid1];
        Assert.Empty(result.Errors);
        Assert.Equal(expected.Select(StubHandler.ConversationOf), result.OutputOf("Id"));
        Assert.Equal(4, Asked(handler).Length);
        Assert.Single(handler.Requests, request => request.Path.StartsWith("/contacts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Resolve-WixInboxConversation")]
    [InlineData("Get-WixInboxMessage -First 1")]
    public void A_slow_source_does_not_hold_back_what_was_looked_up(string command)
    {
        // Each row comes when the threads of the pool have had their turn. What is looked up costs them a few.
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 1, 1) : Found(request)));
        using var engine = ClockedConnection.Default(handler);
        var source = new Source();
        engine.Set("source", source);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run($$"""
            1..10000 | ForEach-Object { $source.Read(); $source.LetOthersRun(); @{ ContactId = $c } } |
                {{command}} | Select-Object -First 1
            """);

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        Assert.InRange(source.Rows, 1, 49);
        Assert.Single(handler.Requests, request => request.Path == "/contacts/v5/contacts/query");
    }

    [Fact]
    public void Fifty_are_looked_up_together_before_the_first_comes_out()
    {
        // The time in which others may come never ends here.
        var handler = new StubHandler();
        var rows = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid().ToString()).ToArray();
        using var engine = new Engine();
        ClockedConnection.Use(engine, handler, new SkippingClock { Endless = TimeSpan.FromMilliseconds(100) });
        engine.Set("rows", rows);

        var result = engine.Run("""
            $rows | ForEach-Object { @{ ContactId = $_ } } | Resolve-WixInboxConversation -Connection $connection
            """);

        Assert.Equal(rows.Select(StubHandler.ConversationOf), result.OutputOf("Id"));
        Assert.Equal(
            rows,
            handler.Requests[0].Json["query"]!["filter"]!["id"]!["$in"]!.AsArray()
                .Select(id => id!.GetValue<string>()));
    }

    [Fact]
    public void Errors_come_in_the_order_of_the_rows_also_behind_one_that_is_looked_up()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/inbox/v2/conversations"
                ? StubHandler.Error(404, "NOT_FOUND")
                : StubHandler.Stored(request)));

        var result = Run(
            handler, "@{ ContactId = $c }, @{ ContactId = 'bad' }, @{ Name = 'x' } | Resolve-WixInboxConversation");

        Assert.Equal(["ParticipantNotFound", "ContactIdInvalid", "RecipientMissing"], result.ErrorIds);
    }

    [Fact]
    public void Contacts_that_may_not_be_looked_up_are_asked_for_as_they_are_named_and_that_is_said()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.StartsWith("/contacts", StringComparison.Ordinal)
                ? StubHandler.Error(403, "PERMISSION_DENIED")
                : StubHandler.Stored(request)));

        var result = Run(handler, "@{ ContactId = $c }, @{ ContactId = $d } | Resolve-WixInboxConversation");

        Assert.Empty(result.Errors);
        var asked = Asked(handler).Select(request => request["participantId.contactId"]);
        Assert.Equal([Engine.Guid1, Engine.Guid2], asked);
        Assert.Contains("who is a member", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_participant_that_the_site_does_not_know_is_named_so_and_the_row_given_back()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal) ? StubHandler.Error(403)
                : request.Body.Contains(Engine.Guid1, StringComparison.Ordinal)
                    ? StubHandler.Error(404, "NOT_FOUND")
                    : StubHandler.Stored(request)));

        var result = Run(
            handler,
            "[pscustomobject]@{ ContactId = $c; Name = 'Ada' }, [pscustomobject]@{ ContactId = $d } | "
                + "Resolve-WixInboxConversation");

        var error = Assert.Single(result.Errors);
        Assert.Equal("ParticipantNotFound", error.Id());
        Assert.StartsWith(
            $"Row 1: the conversation of contact {Engine.Guid1} could not be found or created. "
                + "The server answered 404 NOT_FOUND",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("Ada", ((PSObject)error.TargetObject).Properties["Name"].Value);
        Assert.Single(result.Output);
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

    // The conversations that were asked for: contacts are looked up before.
    private static RecordedRequest[] Asked(StubHandler handler) =>
        [.. handler.Requests.Where(request => request.Path == "/inbox/v2/conversations")];

    private static HttpResponseMessage Found(RecordedRequest request) =>
        request.Path == "/inbox/v2/conversations" ? Answer(Engine.Guid2) : StubHandler.Stored(request);

    private static StubHandler Conversations(
        string? failing = null, Func<HttpResponseMessage>? failure = null, string name = "Ada") => new((request, _) =>
    {
        var id = request.Path.Split('/')[^1];
        return Task.FromResult(id == failing ? failure!() : Answer(id, name));
    });

    private static HttpResponseMessage Answer(string id, string name = "Ada") => StubHandler.Json(
        200,
        $$$$"""{"conversation":{"id":"{{{{id}}}}","participant":{"memberId":"{{{{Guid3}}}}","contactId":"{{{{Engine.Guid2}}}}"},"participantDisplayData":{"name":"{{{{name}}}}"}}}""");

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

    private static string? PropertyOf(ErrorRecord error, string property) =>
        new PSObject(error.Exception).Properties[property].Value?.ToString();
}
