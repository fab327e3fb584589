namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Nobody who is known to have unsubscribed is written to, however that is known.</summary>
public sealed class ConsentTests : RowRuns
{
    [Fact]
    public void A_later_row_of_somebody_of_whom_it_is_unclear_is_mended_by_the_first()
    {
        var result = Engine.Run("""
            $rows = 'perhaps', 'no' | ForEach-Object { @{ ConversationId = $c; Unsubscribed = $_ } }
            $rows | Send-WixInboxMessage x
            """);

        Assert.Empty(result.Output);
        Assert.Contains(
            "Row 1 is for the same person, who may want no messages: its error says how that is mended.",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Email = 'ada@example.com; ada@home.example' }", "@{ Email = 'ada@home.example' }")]
    [InlineData("@{ 'Email 1' = 'a@x'; 'Email 2' = 'ada@example.com' }", "@{ Email = 'Ada@Example.com' }")]
    [InlineData("@{ ContactId = $c; Email = 'ada@example.com' }", "@{ Email = 'ada@example.com' }")]
    [InlineData("@{ Email = 'ada@example.com' }", "@{ ContactId = $c; Email = 'ada@example.com' }")]
    [InlineData("@{ MemberId = (New-Guid); ContactId = $c }", "@{ ContactId = $c }")]
    [InlineData("@{ MemberId = (New-Guid); ContactId = \"{$c}\" }", "@{ ContactId = $c }")]
    [InlineData("@{ ContactId = $c.Replace('-', '') }", "@{ ConversationId = (New-Guid); ContactId = \"{$c}\" }")]
    [InlineData("@{ ConversationId = (New-Guid); MemberId = \" $c\" }", "@{ MemberId = $c }")]
    public void Who_has_opted_out_by_one_address_or_id_is_not_written_to_by_another_of_the_same_row(
        string optedOut, string later)
    {
        var result = Engine.Run(
            $"$no = {optedOut}; $no.Unsubscribed = 'yes'; $no, {later} | Send-WixInboxMessage x -WarningAction Ignore");

        Assert.Empty(result.Output);
        Assert.Equal("ContactUnsubscribed", result.ErrorIds.Last());
        Assert.Contains(
            "Row 1 is for the same person, who wants no messages.",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Account Email")]
    [InlineData("Billing Email")]
    [InlineData("Contact Email")]
    [InlineData("Buyer Email")]
    [InlineData("Recipient Email")]
    [InlineData("User Email")]
    [InlineData("Login Email")]
    [InlineData("Customer Email")]
    public void Whoever_acts_for_several_people_makes_no_one_person_of_them(string role)
    {
        var result = Engine.Run($$"""
            $rows = @{ Email = 'ada@example.com'; '{{role}}' = 'boss@example.com'; Unsubscribed = 'yes' },
                @{ Email = 'bob@example.com'; '{{role}}' = 'boss@example.com' },
                @{ ConversationId = $c; Email = 'joe@example.com'; '{{role}}' = 'boss@example.com' },
                @{ Email = 'boss@example.com' },
                @{ Email = 'ADA@example.com'; '{{role}}' = 'boss@example.com' }
            $rows | Test-WixInboxMessage x
            """);

        Assert.Equal(["False", "True", "True", "True", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("MemberId = New-Guid; ContactId = $c")]
    [InlineData("ConversationId = New-Guid; MemberId = $c")]
    [InlineData("ConversationId = New-Guid; ContactId = $c; 'Contact Email' = 'boss@example.com'")]
    public void Nor_does_a_further_id_or_the_address_beside_it_that_all_rows_have(string columns)
    {
        var result = Engine.Run(
            $"@{{ {columns}; Unsubscribed = 'yes' }}, @{{ {columns} }} | Test-WixInboxMessage x");

        Assert.Equal(["False", "True"], result.OutputOf("Valid"));
    }

    [Fact]
    public void A_contact_is_not_left_out_whose_address_a_row_that_opts_out_has_as_that_of_a_buyer()
    {
        Engine.Run("Connect-WixInbox -Sandbox -InformationAction Ignore");

        var result = Engine.Run("""
            $ada, $boss = Get-WixInboxContact ada@example.com, boss@example.com
            @{ ContactId = $ada.Id; 'Buyer Email' = 'boss@example.com'; Unsubscribed = 'yes' },
                @{ ContactId = $boss.Id } | Send-WixInboxMessage x
            """);

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("'Contact Email' = 'ada@example.com'", "Email = 'ada@example.com'", "Contact Email", "Email")]
    [InlineData(
        "ContactId = $c; 'Contact Email' = 'ada@example.com'",
        "Email = 'ada@example.com'",
        "Contact Email",
        "Email")]
    [InlineData(
        "Email = 'bob@example.com'; 'Email 2' = 'ada@example.com'",
        "Email = 'joe@example.com'; 'Secondary Email' = 'ada@example.com'",
        "Email 2",
        "Secondary Email")]
    [InlineData(
        "Email = 'unknown'; 'Customer Email' = 'ada@example.com'",
        "Email = 'ada@example.com'",
        "Customer Email",
        "Email")]
    [InlineData(
        "ContactId = $c; 'Member Email' = 'ada@example.com'; 'Email 2' = 'home@example.com'",
        "Email = 'ada@example.com'",
        "Member Email",
        "Email")]
    [InlineData(
        "ContactId = $c; 'Customer Email' = 'ada@example.com'",
        "ConversationId = New-Guid; 'Customer Email' = 'ada@example.com'",
        "Customer Email",
        "Customer Email")]
    public void Why_two_rows_are_for_the_same_person_is_said(string optedOut, string later, string from, string to)
    {
        var result = Engine.Run($"@{{ {optedOut}; Unsubscribed = 'yes' }}, @{{ {later} }} | Send-WixInboxMessage x");

        Assert.Empty(result.Output);
        Assert.Contains(
            "Row 1 is for the same person, who wants no messages. "
                + (from == to
                    ? $"Both have 'ada@example.com' in column {from}. -Include"
                    : $"It has 'ada@example.com' in column {from}, and this row in column {to}. -Include"),
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Email { $_.'Work mail' }")]
    [InlineData("-MemberId { $_.Id }")]
    public void A_column_is_heard_too_where_a_block_says_whom_a_row_is_for(string who)
    {
        var result = Engine.Run($$"""
            'yes', 'no', '' | ForEach-Object {
                $id = if ($_ -eq 'no') { New-Guid } else { $c }
                [pscustomobject]@{ Id = $id; 'Work mail' = "$id@example.com"; Unsubscribed = $_ }
            } | Test-WixInboxMessage x {{who}}
            """);

        Assert.Equal(["False", "True", "False"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("Unsubscribed = 'no'; 'Email Opt Out' = 'yes'")]
    [InlineData("Unsubscribed = 'yes'; 'Email Opt Out' = 'no'")]
    [InlineData("Unsubscribed = ''; Status = 'Unsubscribed'")]
    [InlineData("Status = 'Active'; 'Opt In' = 'no'")]
    public void One_of_several_columns_that_says_no_is_enough(string columns)
    {
        var result = Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {columns} }} | Send-WixInboxMessage x");

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData("'Member ID'", "'none'")]
    [InlineData("'Contact ID'", "1042")]
    [InlineData("'Email 2'", "'n/a'")]
    [InlineData("'Email 2'", "$null")]
    public void Nobody_has_opted_out_by_what_stands_in_every_row_and_names_nobody(string column, string value)
    {
        var result = Engine.Run($$"""
            'yes', 'no' | ForEach-Object {
                [pscustomobject]@{ Email = "$_@example.com"; {{column}} = {{value}}; Unsubscribed = $_ }
            } | Test-WixInboxMessage x -WarningAction Ignore
            """);

        Assert.Equal(["False", "True"], result.OutputOf("Valid"));
    }

    [Fact]
    public void A_text_that_fails_does_not_hide_who_has_opted_out()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Unsubscribed = 'yes'; Name = '' }, @{ ConversationId = $c; Name = 'Ada' } |
                Send-WixInboxMessage { if ($_.Name) { "Hi $($_.Name)" } else { throw 'no name' } }
            """);

        Assert.Equal(["BlockFailed", "ContactUnsubscribed"], result.ErrorIds);
    }

    [Theory]
    [InlineData("Order = 1")]
    [InlineData("Order = ''")]
    public void A_row_that_was_sent_before_or_has_no_key_does_not_hide_it_either(string key)
    {
        using var folder = new TemporaryFolder();
        Engine.Set("journal", folder.File("run.jsonl"));
        const string Send = "Send-WixInboxMessage x -Journal $journal -KeyProperty Order";
        Assert.Single(Engine.Run($"@{{ ConversationId = $c; Order = 1 }} | {Send}").Output);

        var result = Engine.Run(
            $"@{{ ConversationId = $c; {key}; Unsubscribed = 'yes' }}, @{{ ConversationId = $c; Order = 2 }} | {Send}");

        Assert.Empty(result.Output);
        Assert.Equal("ContactUnsubscribed", result.ErrorIds.LastOrDefault());
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("ContactId = $c; 'Email 1' = 'a@example.com'; 'Email 2' = 'b@example.com'", "$c, a@example.com")]
    [InlineData("ContactId = $c; AnonymousVisitorId = $c; Email = 'a@example.com'", "$c, a@example.com")]
    [InlineData("ContactId = $c; 'Account Email' = 'rep@example.com'", "$c")]
    [InlineData("ContactId = $c; 'Contact Email' = 'a@example.com'", "$c, a@example.com")]
    [InlineData("ContactId = $c; 'User Email' = 'rep@example.com'; 'Email 2' = 'a@example.com'", "$c, a@example.com")]
    [InlineData("MemberId = $c; Email = 'a@example.com'; 'Account Email' = 'rep@example.com'", "a@example.com")]
    [InlineData("MemberId = $c; 'Login Email' = 'a@example.com'", "a@example.com")]
    [InlineData(
        "MemberId = $c; 'Email 1' = 'a@example.com'; 'Email 2' = 'b@example.com'", "a@example.com, b@example.com")]
    [InlineData("ConversationId = New-Guid; MemberId = New-Guid; ContactId = $c", "$c")]
    [InlineData("ConversationId = New-Guid; ContactId = \"{$c}\"", "$c")]
    [InlineData("MemberId = New-Guid; ContactId = $c.Replace('-', '')", "$c")]
    public void Of_those_whom_a_row_names_further_contacts_are_asked_and_of_a_contact_the_first_address(
        string columns, string expected)
    {
        Engine.Run($"[pscustomobject]@{{ {columns} }} | Send-WixInboxMessage x");

        var asked = Handler.Requests
            .Where(request => request.Path.EndsWith("/contacts/query", StringComparison.Ordinal))
            .SelectMany(request => request.Json["query"]!["filter"]!.AsObject().Single().Value!["$in"]!.AsArray())
            .Select(value => value!.GetValue<string>())
            .Distinct();
        Assert.Equal(expected.Replace("$c", Engine.Guid1, StringComparison.Ordinal), string.Join(", ", asked));
    }

    [Theory]
    [InlineData("Unsubscribed", "ana@example.com", true)]
    [InlineData("Deceased", "ana@example.com", true)]
    [InlineData("Deceased", "ben@example.com", false)]
    public void Who_was_opted_out_or_has_died_by_an_id_is_known_by_the_address_of_the_contact(
        string column, string address, bool isRefused)
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(
            request.Body.Contains("@example.com", StringComparison.Ordinal)
                ? StubHandler.Json(200, $$$"""
                    {"contacts":[{"id":"{{{Engine.Guid2}}}","email":{"email":"ana@example.com"}},
                    {"id":"1c7e2d1c-7a54-4a0e-9a43-0c9d7b1f2e36","email":{"email":"ben@example.com"}}]}
                    """)
                : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run(
            $"@{{ ContactId = '{Engine.Guid2}'; {column} = 'yes' }}, @{{ Email = '{address}' }} | "
                + "Send-WixInboxMessage x");

        Assert.Equal(isRefused ? 2 : 1, result.ErrorIds.Count(id => id == "ContactUnsubscribed"));
        Assert.Equal(isRefused ? 0 : 1, result.Output.Count);
    }

    [Theory]
    [InlineData("MemberId = $c; 'Login Email' = 'ana@example.com'", "-Email { $_.'Login Email' }, for example.")]
    [InlineData("MemberId = $c; ContactId = $p", "-ContactId { $_.ContactId }, for example.")]
    public void Of_two_people_in_a_row_the_column_of_one_is_named_as_the_row_has_it(string columns, string words)
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.EndsWith("/contacts/query", StringComparison.Ordinal)
                ? StubHandler.Json(200, $$$"""
                    {"contacts":[{"id":"{{{Engine.Guid2}}}","primaryInfo":{"email":"ana@example.com"},
                    "memberInfo":{"memberId":"1c7e2d1c-7a54-4a0e-9a43-0c9d7b1f2e36"}}]}
                    """)
                : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);
        engine.Set("p", Engine.Guid2);

        var result = engine.Run($"[pscustomobject]@{{ {columns} }} | Send-WixInboxMessage x");

        Assert.Equal(["ContactMismatch"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Wix_does_not_say_it_they_are_written_to_and_that_is_told_once()
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.EndsWith("/contacts/query", StringComparison.Ordinal)
                ? StubHandler.Error(403, "PERMISSION_DENIED")
                : StubHandler.Stored(request)));
        using var engine = Engine.ConnectedTo(handler, name: "own");

        var result = engine.Run(
            "1..3 | ForEach-Object { @{ ContactId = New-Guid; Text = \"x $_\" } } | Send-WixInboxMessage");

        Assert.Equal(3, result.Output.Count);
        Assert.StartsWith(
            "Wix does not permit looking up contacts, so it is not known who has unsubscribed",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab", "ab")]
    [InlineData("abc", "ab…")]
    [InlineData("a😀b", "a…")]
    public void What_says_it_is_shown_in_part_where_it_is_long(string end, string shown)
    {
        var begin = "Unsubscribed ".PadRight(58, 'x');

        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Status = '{begin}{end}' }} | Send-WixInboxMessage x");

        Assert.Contains(
            $"column Status: '{begin}{shown}' says that this person",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_opted_out_counts_for_no_limit_of_errors()
    {
        var result = Engine.Run("""
            @{ ConversationId = $c; Unsubscribed = 'yes' }, @{ ConversationId = New-Guid; Unsubscribed = 'yes' },
                @{ ConversationId = $c }, @{ ConversationId = New-Guid } |
                Send-WixInboxMessage x -MaxErrorCount 1
            """);

        Assert.Null(result.Thrown);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("Unsubscribed = 'yes'; 'Email Opt Out' = 'perhaps'", "Unsubscribed: 'yes' says that this person")]
    [InlineData("Unsubscribed = 'perhaps'; 'Opt In' = 'no'", "Unsubscribed: 'perhaps' is neither yes nor no")]
    public void Of_several_columns_that_say_no_the_first_is_named(string columns, string words)
    {
        var result = Engine.Run($"[pscustomobject]@{{ ConversationId = $c; {columns} }} | Send-WixInboxMessage x");

        Assert.Contains($"column {words}", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void A_column_is_heard_too_that_has_nothing_in_the_first_row()
    {
        var result = Engine.Run("""
            1..2 | ForEach-Object {
                [pscustomobject]@{ ConversationId = (New-Guid); Unsubscribed = if ($_ -eq 2) { 'yes' } }
            } | Test-WixInboxMessage x
            """);

        Assert.Equal(["True", "False"], result.OutputOf("Valid"));
    }

    [Fact]
    public void Who_has_opted_out_in_one_row_is_not_written_to_for_a_later_one()
    {
        const string Rows = """
            $rows = 'yes', '', 'no' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Unsubscribed = $_ } }
            """;

        Assert.Equal(3, Engine.Run(Rows + "; $rows | Send-WixInboxMessage x -IncludeUnsubscribed").Output.Count);
        Assert.Equal(
            ["False", "False", "False"], Engine.Run("$rows | Test-WixInboxMessage x").OutputOf("Valid"));
        var result = Engine.Run("$rows | Send-WixInboxMessage x");
        Assert.Empty(result.Output);
        Assert.All(result.ErrorIds, id => Assert.Equal("ContactUnsubscribed", id));
        Assert.Contains("Row 1 is for the same person", result.Errors[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_that_is_piped_in_says_it_itself()
    {
        var contact = """
            $contact = [WixInbox.Contact]@{ Id = $c }
            $primary = [WixInbox.Contact].GetProperty('PrimaryEmail', [Reflection.BindingFlags]'Instance, NonPublic')
            $address = [Activator]::CreateInstance($primary.PropertyType)
            $address.SubscriptionStatus = 'UNSUBSCRIBED'
            $primary.SetValue($contact, $address)
            """;

        Assert.Equal(["ContactUnsubscribed"], Engine.Run($"{contact}; $contact | Send-WixInboxMessage x").ErrorIds);
        Assert.Empty(Handler.Requests);
        Assert.Single(Engine.Run("$contact | Send-WixInboxMessage x -IncludeUnsubscribed").Output);
    }

    [Fact]
    public void A_trial_on_oneself_asks_nothing_of_the_rows_people()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ Name = 'Ada'; 'Email Opt Out' = 'yes' } | "
                + "Send-WixInboxMessage -ConversationId $c -Text { \"Hi $($_.Name)\" }");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("$row | Send-WixInboxMessage -ConversationId $c x")]
    [InlineData("$row | Send-WixInboxMessage -ConversationId $row.ConversationId -Text { 'x' }")]
    public void Who_is_typed_is_the_person_of_the_row_where_the_row_names_the_same(string script)
    {
        Engine.Run("$row = [pscustomobject]@{ ConversationId = $c; Unsubscribed = 'yes' }");

        Assert.Equal(["ContactUnsubscribed"], Engine.Run(script).ErrorIds);
        Assert.Empty(Engine.Run($"$row | Send-WixInboxMessage -ConversationId {Engine.Guid2} x").Errors);
    }

    [Theory]
    [InlineData("$row | Send-WixInboxMessage -Email $row.'Work mail' x")]
    [InlineData("Send-WixInboxMessage -InputObject $row -Email ADA@example.com x")]
    [InlineData("$row | Send-WixInboxMessage -ContactId $row.Customer x")]
    [InlineData("$row.Customer = \"{$c}\"; $row | Send-WixInboxMessage -ContactId $row.Customer x")]
    [InlineData("$row.Customer = $c.Replace('-', ''); $row | Send-WixInboxMessage -ContactId $c x")]
    public void So_it_is_where_a_column_of_any_name_has_the_same(string script)
    {
        Engine.Run("""
            $row = [pscustomobject]@{ 'Work mail' = 'Ada <ada@example.com>'; Customer = $c; Unsubscribed = 'yes' }
            """);

        Assert.Equal(["ContactUnsubscribed"], Engine.Run(script).ErrorIds);
        Assert.Single(Engine.Run("$row | Send-WixInboxMessage -Email zoe@example.com x -WhatIf").Warnings);
    }
}
