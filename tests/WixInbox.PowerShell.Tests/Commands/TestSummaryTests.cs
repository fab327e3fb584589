using System.Globalization;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>A look at a whole file: Test-WixInboxMessage -Summary, and the end of a long rehearsal.</summary>
public sealed class TestSummaryTests : IDisposable
{
    private const string File = """
        $rows = @(
            [pscustomobject]@{ 'Email 1' = 'a@example.com'; 'Email 2' = ''; First = 'Ada'; Unsubscribed = '' }
            [pscustomobject]@{ 'Email 1' = ''; 'Email 2' = 'b@example.com'; First = 'Bo'; Unsubscribed = '' }
            [pscustomobject]@{ 'Email 1' = 'A@example.com'; 'Email 2' = ''; First = 'Ada'; Unsubscribed = '' }
            [pscustomobject]@{ 'Email 1' = 'c@example.com'; 'Email 2' = ''; First = ' '; Unsubscribed = '' }
            [pscustomobject]@{ 'Email 1' = 'n/a'; 'Email 2' = ''; First = 'Dee'; Unsubscribed = '' }
            [pscustomobject]@{ 'Email 1' = 'e@example.com'; 'Email 2' = ''; First = 'Ada'; Unsubscribed = 'yes' }
            [pscustomobject]@{ 'Email 1' = 'b@example.com'; 'Email 2' = ''; First = 'Beatrice'; Unsubscribed = '' }
        );
        """;

    private const string Text = "-Text { \"Hi $($_.First)\" }";

    private readonly RecordingHost _host = new();
    private readonly Engine _engine;

    public TestSummaryTests()
    {
        _engine = new Engine(host: _host);
        _engine.Set("c", Engine.Guid1);
        _engine.Run("""
            function Row($n, $name = "N$n") {
                [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n; Name = $name }
            }
            """);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void With_Quiet_nothing_is_returned_but_yes_or_no()
    {
        var result = _engine.Run($"{File} $rows | Test-WixInboxMessage {Text} -Summary -Quiet");

        Assert.Equal([false], result.Output.Select(one => one.BaseObject));
    }

    [Fact]
    public void One_object_has_what_is_found_of_all_rows()
    {
        var result = _engine.Run($"{File} $rows | Test-WixInboxMessage {Text} -Summary");

        Assert.Null(result.Thrown);
        var summary = Assert.Single(result.Output);
        Assert.Equal("WixInbox.MessageTestSummary", summary.BaseObject.GetType().FullName);
        Assert.Equal(7, Value(summary, "Rows"));
        Assert.Equal(5, Value(summary, "Valid"));
        Assert.Equal(["EmailInvalid: 1 row (5)", "ContactUnsubscribed: 1 row (6)"], Several(summary, "Problems"));
        Assert.Equal(
            ["column Email 1: 6 rows (1, 3, 4, 5, 6, …)", "column Email 2: 1 row (2)"],
            Several(summary, "Recipients"));
        Assert.Equal("RepeatedRecipients: 2 rows (3, 7)", Value(summary, "RepeatedRecipients").ToString());
        Assert.Equal("Duplicates: 1 row (3)", Value(summary, "Duplicates").ToString());
        Assert.Equal("EqualTexts: 1 row (3)", Value(summary, "EqualTexts").ToString());
        Assert.Equal(["column Unsubscribed: 1 row (6)"], Several(summary, "OptOuts"));
        Assert.Equal(["First"], Several(summary, "ColumnsRead"));
        Assert.Equal(["First: 1 row (4)"], Several(summary, "EmptyColumns"));
        Assert.Equal("Gaps: 1 row (4)", Value(summary, "Gaps").ToString());
        Assert.Equal("Hi Beatrice", Value(summary, "LongestText"));
        Assert.StartsWith("Hi", Value(summary, "ShortestText").ToString(), StringComparison.Ordinal);

        // Five messages, the conversations of three people, and one look-up of their addresses.
        Assert.Equal(9L, Value(summary, "Requests"));
        Assert.Equal(0L, Value(summary, "Minutes"));
    }

    [Theory]
    [InlineData("Hi $($_.Name), it is ready.", 1)]
    [InlineData("Hi $($_.Name)!", 1)]
    [InlineData("Dear $($_.Name) Smith", 1)]
    [InlineData("$($_.Name) Smith", 1)]
    [InlineData("It is ready. $($_.Name)", 0)]
    [InlineData("$(if ($_.Name) { \"Hi $($_.Name)\" } else { 'Hello' }), it is ready.", 0)]
    [InlineData("Hi $($_.Name), it is ready.", 1, "NULL")]
    [InlineData("Hi $($_.Name -replace 'NULL', 'there'), it is ready.", 0, "NULL")]
    public void A_gap_is_where_an_empty_column_was_to_stand(string text, int expected, string name = "")
    {
        var result = _engine.Run(
            $"(Row 1), (Row 2 '{name}') | Test-WixInboxMessage -Text {{ \"{text}\" }} -Summary");

        var summary = Assert.Single(result.Output);
        Assert.Equal(["Name: 1 row (2)"], Several(summary, "EmptyColumns"));
        Assert.Equal(expected, ((dynamic)Value(summary, "Gaps")).Count);
    }

    [Fact]
    public void Its_view_has_some_20_lines_and_is_the_same_after_a_job()
    {
        var result = _engine.Run($$"""
            {{File}} $summary = $rows | Test-WixInboxMessage {{Text}} -Summary 3> $null
            $summary | Out-String -Width 200
            $text = [System.Management.Automation.PSSerializer]::Serialize($summary, 1)
            $copy = [System.Management.Automation.PSSerializer]::Deserialize($text)
            $copy | Out-String -Width 200
            $copy.Problems[0].FirstRows[0]
            """);

        var view = result.Output[0].ToString().Trim();
        Assert.InRange(view.Split('\n').Length, 12, 25);
        Assert.Matches(@"Problems           : EmailInvalid: 1 row \(5\)\s+column Email 1: ", view);
        Assert.Contains("Longest text       : 11: Hi Beatrice", view, StringComparison.Ordinal);
        Assert.Contains(
            "Cost               : 9 requests: less than a minute at 200 a minute", view, StringComparison.Ordinal);
        Assert.Equal(view, result.Output[1].ToString().Trim());
        Assert.Equal("5", result.Output[2].ToString());
    }

    [Fact]
    public void Of_no_rows_there_is_a_summary_too()
    {
        var summary = Assert.Single(_engine.Run("@() | Test-WixInboxMessage x -Summary").Output);

        Assert.Equal(0, Value(summary, "Rows"));
        Assert.Equal(
            """
            Rows               : 0
            Valid              : 0
            Problems           : none
            Recipients         : none
            Same person again  : none
            Same message again : none
            Want no messages   : none
            Columns read       : none
            Empty in           : none
            Gaps in the text   : none
            Same text again    : none
            Characters         : none
            Cost               : 0 requests
            """.ReplaceLineEndings("\n"),
            summary.ToString());
    }

    [Fact]
    public void Its_text_has_a_line_for_each_thing_that_is_found()
    {
        var summary = Assert.Single(_engine.Run($"{File} $rows | Test-WixInboxMessage {Text} -Summary").Output);

        // Besides what is wrong with the first row of each kind, in the row's own words.
        var lines = summary.ToString().Split('\n');
        Assert.Equal(2, lines.Count(IsExample));
        Assert.Equal(
            """
            Rows               : 7
            Valid              : 5
            Problems           : EmailInvalid: 1 row (5)
                                 ContactUnsubscribed: 1 row (6)
            Recipients         : column Email 1: 6 rows (1, 3, 4, 5, 6, …)
                                 column Email 2: 1 row (2)
            Same person again  : 2 rows (3, 7)
            Same message again : 1 row (3)
            Want no messages   : column Unsubscribed: 1 row (6)
            Columns read       : First
            Empty in           : First: 1 row (4)
            Gaps in the text   : 1 row (4)
            Same text again    : 1 row (3)
            Characters         : up to 100 in 5 rows
            Shortest text      : 4: Hi
            Longest text       : 11: Hi Beatrice
            Cost               : 9 requests: less than a minute at 200 a minute
            """.ReplaceLineEndings("\n"),
            string.Join('\n', lines.Where(line => !IsExample(line)).Select(line => line.TrimEnd())));

        static bool IsExample(string line) => line.StartsWith(new string(' ', 23), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100", "up to 100 in 1 row")]
    [InlineData("101, 500, 1", "up to 100 in 1 row, up to 500 in 2 rows")]
    [InlineData("501, 2000, 2001, 16384", "up to 2,000 in 2 rows, up to 16,384 in 2 rows")]
    public void Each_text_is_counted_in_the_class_of_its_length(string lengths, string expected)
    {
        var result = _engine.Run(
            $"{lengths} | ForEach-Object {{ @{{ ConversationId = $c; Text = 'x' * $_ }} }} | "
                + "Test-WixInboxMessage -Summary");

        var summary = Assert.Single(result.Output);
        Assert.Contains($"Characters         : {expected}\n", summary.ToString(), StringComparison.Ordinal);
        int[] all = [.. lengths.Split(", ").Select(length => int.Parse(length, CultureInfo.InvariantCulture))];
        Assert.Equal(all.Min(), Value(summary, "ShortestText").ToString()!.Length);
        Assert.Equal(all.Max(), Value(summary, "LongestText").ToString()!.Length);
    }

    [Fact]
    public void A_text_of_the_most_letters_is_in_the_last_class_even_where_each_takes_two_units()
    {
        var result = _engine.Run(
            "@{ ConversationId = $c; Text = [char]::ConvertFromUtf32(0x1F600) * 16384 } | "
                + "Test-WixInboxMessage -Summary");

        var summary = Assert.Single(result.Output).ToString();
        Assert.Contains("Characters         : up to 16,384 in 1 row\n", summary, StringComparison.Ordinal);
        Assert.Contains("Longest text       : 16,384: ", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_texts_of_a_message_may_have_more_letters_together()
    {
        var result = _engine.Run("""
            $texts = @{ Text = 'x' * 16384 }, @{ Text = 'y' }
            @{ ConversationId = $c } | Test-WixInboxMessage -Content @{ Basic = @{ Items = $texts } } -Summary
            """);

        Assert.Null(result.Thrown);
        Assert.Contains(
            "Characters         : more than 16,384 in 1 row\n",
            Assert.Single(result.Output).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, "                     and 1 more\n")]
    public void Of_many_kinds_of_recipients_the_text_has_four_and_the_number_of_the_others(int kinds, string others)
    {
        string[] columns = ["ConversationId", "MemberId", "ContactId", "Visitor ID", "Email"];
        _engine.Set("columns", columns.Take(kinds).ToArray());

        var result = _engine.Run("""
            $columns |
                ForEach-Object { @{ $_ = if ($_ -eq 'Email') { 'a@example.com' } else { $c }; Name = 'Ada' } } |
                Test-WixInboxMessage -Text { "Hi $($_.Name)" } -PreviewText { $_.name } -Summary
            """);

        var summary = Assert.Single(result.Output);
        Assert.Equal(
            columns.Take(kinds).Select((column, index) => $"column {column}: 1 row ({index + 1})"),
            Several(summary, "Recipients"));
        Assert.Contains(
            $"column Visitor ID: 1 row (4)\n{others}Same person again",
            summary.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["Name"], Several(summary, "ColumnsRead"));
    }

    [Fact]
    public void What_all_rows_take_is_told_in_minutes()
    {
        var result = _engine.Run("1..600 | ForEach-Object { Row $_ } | Test-WixInboxMessage x -Summary");

        var summary = Assert.Single(result.Output);
        Assert.Equal((600L, 2L), (Value(summary, "Requests"), Value(summary, "Minutes")));
    }

    [Theory]
    [InlineData("-Sandbox -Name slow -RequestsPerMinute 3; Connect-WixInbox -Sandbox", "Row $_", "slow", 21L, 6L)]
    [InlineData("-AccessToken $token -RequestsPerMinute 0", "Row $_", "", 21L, 0L)]
    [InlineData("-Sandbox -RequestsPerMinute 1", "@{ ConversationId = 'bad' }", "", 0L, 0L)]
    public void They_are_those_of_the_connection_that_takes_longest(
        string connections, string row, string connection, long requests, long minutes)
    {
        _engine.Set("token", Secrets.Secure("token-of-the-tests"));
        _engine.Run("Connect-WixInbox " + connections);

        var result = _engine.Run(
            $"1..21 | ForEach-Object {{ [pscustomobject]({row}) | "
                + $"Add-Member Connection '{connection}' -PassThru }} | "
                + "Send-WixInboxMessage x -WhatIf -ErrorAction Ignore");

        var summary = SummaryOf(result);
        Assert.Equal((requests, minutes), (Value(summary, "Requests"), Value(summary, "Minutes")));
    }

    [Fact]
    public void A_long_rehearsal_prints_the_first_five_rows_the_odd_ones_and_the_summary()
    {
        var result = _engine.Run(
            "@(1..12 | ForEach-Object { Row $_ }) + (Row 13 '') + (Row 1) + "
                + "@(15..25 | ForEach-Object { Row $_ }) + (Row 2) | "
                + "Send-WixInboxMessage -Text { \"Hi $($_.Name)\" } -WhatIf");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        string[] rows = [.. _host.Lines.Where(line => line.StartsWith("What if: Row", StringComparison.Ordinal))];
        Assert.Equal(["1", "2", "3", "4", "5", "13", "14", "26"], rows.Select(line => line.Split(' ', ':')[4]));
        Assert.Single(result.Information, item => item.GetType().FullName == "WixInbox.MessageTestSummary");
        Assert.Contains(
            _host.Lines,
            line => line.Contains("Same message again : 2 rows (14, 26)", StringComparison.Ordinal));
        Assert.StartsWith("What if: 26 of 26 rows would be sent", _host.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Up_to_20_rows_are_all_printed_in_their_order()
    {
        _engine.Run(
            "@(1..19 | ForEach-Object { Row $_ }) + (Row 3) | "
                + "Send-WixInboxMessage -Text { \"Hi $($_.Name)\" } -WhatIf");

        Assert.Equal(
            Enumerable.Range(1, 20).Select(row => $"What if: Row {row}: Send message"),
            _host.Lines
                .Where(line => line.StartsWith("What if: Row", StringComparison.Ordinal))
                .Select(line => line.Remove(line.IndexOf(" \"", StringComparison.Ordinal))));
        Assert.DoesNotContain(_host.Lines, line => line.Contains("Same message again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_that_fails_counts_among_those_that_make_a_rehearsal_long()
    {
        var result = _engine.Run(
            "@(1..20 | ForEach-Object { Row $_ }) + @{ ConversationId = 'bad'; Name = 'N' } | "
                + "Send-WixInboxMessage -Text { \"Hi $($_.Name)\" } -WhatIf");

        Assert.Equal(["ConversationIdInvalid"], result.ErrorIds);
        string[] rows = [.. _host.Lines.Where(line => line.StartsWith("What if: Row", StringComparison.Ordinal))];
        Assert.Equal(["1", "2", "3", "4", "5"], rows.Select(line => line.Split(' ', ':')[4]));
        Assert.Equal(21, Value(SummaryOf(result), "Rows"));
    }

    [Fact]
    public void An_odd_row_of_a_long_rehearsal_is_printed_as_it_comes()
    {
        _engine.Set("lines", _host.Lines);

        _engine.Run(
            "(1..20), 1, 22 | ForEach-Object { $_ } | "
                + "ForEach-Object { if ($_ -eq 22) { $last = $lines[-1] }; Row $_ } | "
                + "Send-WixInboxMessage -Text { \"Hi $($_.Name)\" } -WhatIf");

        var last = Assert.Single(_engine.Run("$last").Output).ToString();
        Assert.StartsWith("What if: Row 21: ", last, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_prints_all()
    {
        _engine.Run(
            "1..30 | ForEach-Object { Row $_ } | Send-WixInboxMessage -Text { \"Hi $($_.Name)\" } -WhatIf -Verbose");

        Assert.Equal(30, _host.Lines.Count(line => line.StartsWith("What if: Row", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_row_without_a_connection_counts_as_a_problem()
    {
        _engine.Run("Connect-WixInbox -Sandbox; Connect-WixInbox -Sandbox -Name own");

        var result = _engine.Run(
            "1..21 | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = $c; Text = \"x\"; Connection = 'nobody' } } | "
                + "Send-WixInboxMessage -WhatIf -ErrorAction SilentlyContinue");

        var summary = SummaryOf(result);
        Assert.Equal(["ConnectionNotFound: 21 rows (1, 2, 3, 4, 5, …)"], Several(summary, "Problems"));
    }

    private static PSObject SummaryOf(Result result) =>
        new(Assert.Single(result.Information, item => item.GetType().FullName == "WixInbox.MessageTestSummary"));

    private static object Value(PSObject summary, string property) => summary.Properties[property].Value;

    private static string[] Several(PSObject summary, string property) =>
        [.. ((IEnumerable<object>)Value(summary, property)).Select(item => item.ToString()!)];
}
