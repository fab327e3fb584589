namespace WixInbox.PowerShell.Tests;

/// <summary>The same message for the same recipient more than once in a run.</summary>
public sealed class DuplicateTests : JournaledRuns
{
    private const string Twice = "(Rows 1, 2) + (Rows 1, 3, 2, 1)";
    private const string Found =
        "3 rows have the same message for the same recipient as an earlier one: 3 (as 1), 5 (as 2), 6 (as 1).";

    private const string Address =
        "function Row($mail, $text = 'x') { [pscustomobject]@{ Email = $mail; Text = $text } }; ";

    private const string Person = """
        $contact = (Get-WixInboxContact -Email ada@example.com -Connection $connection).ContactId
        $person = @{
            Email = 'ada@example.com'
            ContactId = $contact
            ConversationId = (Resolve-WixInboxConversation -ContactId $contact -Connection $connection).Id
        }
        function Named([string[]] $names) {
            $row = [ordered]@{}
            foreach ($name in $names) { $row[$name] = $person[$name] }
            [pscustomobject]$row
        }

        """;

    [Theory]
    [InlineData(
        "Send-WixInboxMessage",
        " None was left out, and another run would send all again. In the next mailing, -SkipDuplicate sends only the "
            + "first.")]
    [InlineData("Send-WixInboxMessage -WhatIf", " With -SkipDuplicate, only the first is sent.")]
    [InlineData("Test-WixInboxMessage", " With -SkipDuplicate, only the first is sent.")]
    public void They_are_a_warning_once_with_the_count_and_the_first_rows(string command, string advice)
    {
        var result = RunWell($"{Twice} | {command}");

        Assert.Equal([Found + advice], result.Warnings);
    }

    [Fact]
    public void Of_many_the_first_three_are_named()
    {
        var result = RunWell("Rows 1, 1, 1, 1, 1, 1 | Test-WixInboxMessage");

        Assert.StartsWith(
            "5 rows have the same message for the same recipient as an earlier one: "
                + "2 (as 1), 3 (as 1), 4 (as 1) and 2 more.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unasked_each_is_sent()
    {
        var result = RunWell("Rows 1, 1 | Send-WixInboxMessage");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["x 1", "x 1"], Site.Delivered);
    }

    [Fact]
    public void SkipDuplicate_sends_the_first_alone_and_counts_the_others()
    {
        var result = RunWell($"{Twice} | Send-WixInboxMessage -SkipDuplicate -Verbose");

        Assert.Equal(["1", "2", "4"], result.OutputOf("Row"));
        Assert.Equal(["x 1", "x 2", "x 3"], Site.Delivered.Order());
        Assert.Empty(result.Warnings);
        Assert.Contains(Found + " Only the first is sent (-SkipDuplicate).", result.Verbose);
        Assert.Equal(3, result.Summary.Properties["Duplicates"].Value);
        Assert.StartsWith(
            "Rows: 6. Sent: 3. Failed: 0. Duplicates: 3. Over: own. Time: ",
            result.Summary.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Email", "ContactId")]
    [InlineData("ContactId", "Email")]
    [InlineData("ConversationId", "Email")]
    [InlineData("Email", "ConversationId")]
    [InlineData("ContactId", "ConversationId, Email")]
    public void One_who_is_named_in_two_ways_is_one_recipient(string name, string otherName)
    {
        var rows = $"{Person}(Named {name}), (Named {otherName}) | Send-WixInboxMessage x -WarningAction Continue";

        var twice = RunWell(rows);
        var once = RunWell(rows + " -SkipDuplicate -Verbose");

        Assert.Equal(2, twice.Output.Count);
        Assert.Contains(
            "1 row has the same message for the same recipient as an earlier one: 2 (as 1). None was left out, "
                + "and another run would send all again. In the next mailing, -SkipDuplicate sends only the first.",
            twice.Warnings);
        Assert.Equal(["1"], once.OutputOf("Row"));
        Assert.Equal(1, ValueOf(once.Summary, "Duplicates"));
        Assert.Contains(
            "1 row has the same message for the same recipient as an earlier one: 2 (as 1). Only the first is sent "
                + "(-SkipDuplicate).",
            once.Verbose);
        Assert.Equal(3, Site.Delivered.Length);
    }

    [Fact]
    public void One_who_was_sent_it_in_an_earlier_run_by_another_name_is_left_out_of_a_run_that_goes_on()
    {
        const string send = " | Send-WixInboxMessage x -Journal $journal -SkipDuplicate -WarningAction Ignore";
        RunWell($"{Person}Named Email{send}");

        var again = RunWell($"{Person}(Named Email), (Named ContactId){send}");

        Assert.Empty(again.Output);
        Assert.Equal(1, ValueOf(again.Summary, "AlreadySent"));
        Assert.Equal(1, ValueOf(again.Summary, "Duplicates"));
        Assert.Single(Site.Delivered);
    }

    [Fact]
    public void What_was_not_sent_is_no_first_one()
    {
        Site.On("x 1", Mishap.NotFound);

        var result = Run("Rows 1, 1, 1 | Send-WixInboxMessage -SkipDuplicate");

        Assert.Equal(["ConversationNotFound"], result.ErrorIds);
        Assert.Equal(["2"], result.OutputOf("Row"));
        Assert.Equal(1, ValueOf(result.Summary, "Duplicates"));
        Assert.Equal(["x 1"], Site.Delivered);
    }

    [Fact]
    public void A_message_that_is_typed_repeats_none_and_is_sent()
    {
        var result = RunWell($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -SkipDuplicate");

        Assert.Single(result.Output);
        Assert.Equal(["x"], Site.Delivered);
    }

    [Theory]
    [InlineData(
        Twice, "3 of 6 rows would be sent (3 are left out, since an earlier row is the same), with 3 requests.")]
    [InlineData(
        "Rows 1, 2, 1",
        "2 of 3 rows would be sent (1 is left out, since an earlier row is the same), with 2 requests.")]
    public void A_rehearsal_counts_none_of_their_requests(string rows, string expected)
    {
        RunWell($"{rows} | Send-WixInboxMessage -SkipDuplicate -WhatIf");

        Assert.Equal("What if: " + expected, Host.Lines[^1]);
        Assert.DoesNotContain(Host.Lines, line => line.Contains("Row 3:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_goes_on_leaves_out_what_the_run_before_left_out()
    {
        RunWell("Rows 1, 1 | Send-WixInboxMessage -Journal $journal -SkipDuplicate");

        var result = RunWell("Rows 1, 1, 2 | Send-WixInboxMessage -Journal $journal -SkipDuplicate");

        Assert.Equal(["3"], result.OutputOf("Row"));
        Assert.Equal(["x 1", "x 2"], Site.Delivered);
        Assert.Equal(1, result.Summary.Properties["AlreadySent"].Value);
        Assert.Equal(1, result.Summary.Properties["Duplicates"].Value);
    }

    [Fact]
    public void A_row_that_cannot_be_sent_is_no_first_one()
    {
        // The rows are equal but for a cell that is neither yes nor no.
        var result = Run($$"""
            $rows = 'perhaps', 'no' | ForEach-Object {
                [pscustomobject]@{ ConversationId = '{{Engine.Guid1}}'; Text = 'x'; SendNotification = $_ }
            }
            $rows | Send-WixInboxMessage -SkipDuplicate
            """);

        Assert.Equal(["ColumnValueInvalid"], result.ErrorIds);
        Assert.Equal(["2"], result.OutputOf("Row"));
    }

    [Theory]
    [InlineData("(Row a@example.com), (Row A@Example.com)", 1)]
    [InlineData("(Row a@example.com), (Row 'mailto:a@example.com')", 1)]
    [InlineData("(Row a@example.com), (Row b@example.com)", 0)]
    [InlineData("(Row a@example.com), (Row a@example.com 'y')", 0)]
    public void Recipients_are_compared_as_addresses_are_and_texts_to_the_letter(string rows, int expected) =>
        Assert.Equal(expected, RunWell($"{Address}{rows} | Test-WixInboxMessage").Warnings.Count);

    [Fact]
    public void The_people_of_another_site_are_others()
    {
        var result = RunWell(
            "'a', 'b' | ForEach-Object { [pscustomobject]@{ "
                + $"ContactId = '{Engine.Guid1}'; Text = 'x'; Connection = $_ }} }} | "
                + "Test-WixInboxMessage");

        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("SiteId = $_", 0)]
    [InlineData("Connection = ''; SiteId = $_", 0)]
    [InlineData("Connection = ' '; SiteId = $site", 1)]
    [InlineData("Connection = 'a'; SiteId = $_", 1)]
    public void The_site_is_that_of_the_connection_or_else_the_one_that_the_row_names(string columns, int expected)
    {
        var result = RunWell(
            $"$site = New-Guid; 1, 2 | ForEach-Object {{ New-Guid }} | ForEach-Object {{ [pscustomobject]@{{ "
                + $"Email = 'ada@example.com'; Text = 'x'; {columns} }} }} | Test-WixInboxMessage");

        Assert.Equal(expected, result.Warnings.Count);
    }

    [Fact]
    public void An_address_as_a_key_is_in_the_journal_as_a_hash()
    {
        const string row = "[pscustomobject]@{{ ConversationId = '{0}'; Mail = '{1}'; Text = 'x' }} | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty Mail";
        RunWell(string.Format(null, row, Engine.Guid1, "zoe@example.com"));

        var again = RunWell(string.Format(null, row, Engine.Guid1, "Zoe@Example.com"));

        Assert.Empty(again.Output);
        Assert.Single(Site.Delivered);
        Assert.DoesNotContain(Lines, line => line.Contains("example.com", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("ada@example.com;nobody")]
    [InlineData("ada@example,com")]
    [InlineData("ada@@example.com")]
    [InlineData("ada\uFF20example.com;nobody")]
    [InlineData("ada@example.com, bob@example.com")]
    public void So_is_a_key_that_is_no_address_that_can_be_used(string key)
    {
        var rows = $"[pscustomobject]@{{ Email = '{key}'; Text = 'x' }}, [pscustomobject]@{{ ConversationId = "
            + $"'{Engine.Guid1}'; Email = 'x {key}'; Text = 'x' }} | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty Email";

        foreach (var (parameter, alreadySent) in new[] { ("", 0), ("", 1), ("-RetryFailed", 1) })
        {
            var result = Run($"{rows} {parameter}");

            Assert.Equal(["EmailInvalid"], result.ErrorIds);
            Assert.Equal(alreadySent, ValueOf(result.Summary, "AlreadySent"));
        }

        Assert.Single(Site.Delivered);
        Assert.Equal(2, States().Length);
        Assert.DoesNotContain(Lines, line => line.Contains("example", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_rows_with_one_address_as_their_key_are_an_error_that_shows_it()
    {
        const string rows = "'zoe@example.com', 'ZOE@example.com' | ForEach-Object "
            + "{ [pscustomobject]@{ Email = $_; Text = 'x' } }";

        var result = Run(rows + " | Test-WixInboxMessage -KeyProperty Email");

        var error = Assert.Single(result.Output, test => !(bool)test.Properties["Valid"].Value);

        Assert.Contains("column Email is 'ZOE@example.com' there too", error.ToString(), StringComparison.Ordinal);
    }
}
