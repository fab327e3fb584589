using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;
using static WixInbox.PowerShell.Tests.Support.ConversationSite;

namespace WixInbox.PowerShell.Tests;

/// <summary>Resolve-WixInboxConversation: the conversation of whom a row names.</summary>
public sealed class ResolveConversationTests
{
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
        Assert.Contains("-Email { $_.Kontakt }", result.Errors[2].ToString(), StringComparison.Ordinal);
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

    [Fact]
    public void An_address_is_said_to_who_is_asked_and_in_a_rehearsal_alone()
    {
        var host = new RecordingHost { Answers = new Queue<int>([2]) };
        using var engine = Engine.ConnectedTo(new StubHandler(), host);

        var result = engine.Run("""
            @{ Email = 'ada@example.com' } | Resolve-WixInboxConversation -Confirm -Verbose
            @{ Email = 'ada@example.com' } | Resolve-WixInboxConversation -WhatIf
            """);

        Assert.Empty(result.Errors);
        Assert.DoesNotContain(result.Verbose, line => line.Contains('@', StringComparison.Ordinal));
        Assert.Contains(
            "Row 1: Find the conversation of contact ada@example.com, or create it?",
            Assert.Single(host.Questions),
            StringComparison.Ordinal);
        Assert.Equal(
            "What if: Row 1: Find the conversation of contact ada@example.com, or create it", host.Lines[^1]);
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
}
