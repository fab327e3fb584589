namespace WixInbox.PowerShell.Tests;

/// <summary>A journal, and a run that has nothing of it to send, or nothing that it knows.</summary>
public sealed class ChangedTextTests : JournaledRuns
{
    [Fact]
    public void A_run_in_which_every_row_was_sent_before_says_so()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var again = RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        Assert.Empty(again.Output);
        Assert.Empty(again.Warnings);
        Assert.EndsWith("Nothing was left to do.", again.Summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_was_sent_before_says_so()
    {
        const string Command = $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -Journal $journal";
        Assert.Empty(RunWell(Command).Warnings);

        var again = Run(Command);

        Assert.Empty(again.Output);
        Assert.Equal(
            "The message was sent in an earlier run with this journal, and was not sent again. "
                + "With another -Journal, it is.",
            Assert.Single(again.Warnings));
    }

    [Theory]
    [InlineData("Rows (1..3) | Send-WixInboxMessage -Text { \"new $($_.Order)\" } -Journal $journal", 3)]
    [InlineData("Rows (1..3) | Send-WixInboxMessage -Text { \"new $($_.Order)\" } -Journal $journal -WhatIf", 3)]
    [InlineData("Rows 2 | Send-WixInboxMessage -Text new -Journal $journal", 1)]
    [InlineData("@(Rows 2) + @{ Order = 'to nobody' } | Send-WixInboxMessage new -Journal $journal", 2)]
    public void A_run_whose_rows_are_all_new_to_a_journal_that_knows_whom_they_are_for_sends_nothing(
        string script, int rows)
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var (result, ended) = RunToEnd(script);

        Assert.Equal("TextChanged", ended.Id());
        Assert.Contains(
            $"knows whom {(rows == 1 ? "the row is" : $"all {rows} rows are")} for, and has another message for ",
            ended.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("-KeyProperty", ended.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(["x 1", "x 2", "x 3"], Site.Delivered.Order());
        if (!script.Contains("-WhatIf", StringComparison.Ordinal))
        {
            Assert.Equal([$"Rows {rows}", $"NotTried {rows}"], ValuesOf(result.Summary, "Rows", "NotTried"));

            // The same command would end in the same way.
            Assert.DoesNotContain("continues", result.Summary!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Rows (1..3)", "-Text { \"new $($_.Order)\" } -SkipCheck TextChanged", "new A-1, new A-2, new A-3")]
    [InlineData("Rows 1, 2, 4", "-Text { \"new $($_.Order)\" }", "new A-1, new A-2, new A-4")]
    [InlineData("Rows 1, 2, 3", "-Text { ('new A-1', 'new A-2', 'x 3')[$_.Order[-1] - 49] }", "new A-1, new A-2")]
    [InlineData("Rows 1, 2, 3", "-Text { ('x 1', 'new A-2', 'new A-3')[$_.Order[-1] - 49] }", "new A-2, new A-3")]
    public void Unless_it_is_meant_so_or_one_row_is_known_or_is_for_somebody_new(
        string rows, string parameters, string sent)
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var result = Run($"{rows} | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1 {parameters}");

        Assert.Empty(result.Errors);
        Assert.Equal(sent, string.Join(", ", TextsOf(result)));
    }

    [Fact]
    public void Where_one_was_known_no_later_ones_are_held_against_a_row_for_somebody_new()
    {
        RunWell("Rows (1..4) | Send-WixInboxMessage -Journal $journal");

        var result = RunWell(
            "Rows (1..5) | Send-WixInboxMessage { if ($_.Order -eq 'A-1') { 'x 1' } else { \"new $($_.Order)\" } } "
                + "-Journal $journal -ThrottleLimit 1");

        Assert.Equal(["new A-2", "new A-3", "new A-4", "new A-5"], TextsOf(result));
    }

    [Fact]
    public void A_row_that_tells_nothing_of_it_is_its_own_error_and_no_changed_text()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var result = Run("@{ Order = 'to nobody' } | Send-WixInboxMessage new -Journal $journal");

        Assert.Null(result.Thrown);
        Assert.Equal(["RecipientMissing"], result.ErrorIds);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Neither_does_one_that_was_cut_off_with_rows_behind_that_are_for_somebody_new(int sent)
    {
        RunWell($"Rows (1..{sent}) | Send-WixInboxMessage -Journal $journal");

        var (result, ended) = RunToEnd("Rows (1..9) | Send-WixInboxMessage new -Journal $journal");

        Assert.Equal("TextChanged", ended.Id());
        Assert.Contains($"the first {sent} rows", ended.ToString(), StringComparison.Ordinal);
        Assert.Equal(sent, Site.Delivered.Length);
        Assert.Equal(
            [$"Rows {sent + 1}", $"NotTried {sent + 1}"], ValuesOf(result.Summary, "Rows", "NotTried"));
    }

    [Theory]
    [InlineData("21, (1..20)", 20, 1, 21)]
    [InlineData("21, 22, 23, (1..20)", 20, 3, 23)]
    [InlineData("21, (1..5)", 5, 1, 6)]
    [InlineData("21, (1..5), 22, 6", 5, 1, 7)]
    [InlineData("21, 22, 23, 24, 25, (1..20)", 20, 5, 25)]
    [InlineData("1, 21, (2..20)", 20, 1, 21)]
    [InlineData("1, 2, 21, (3..20)", 20, 1, 21)]
    [InlineData("1, 21, 2, 22, 3, 23", 3, 3, 6)]
    [InlineData("21, 1, 2, 3", 3, 1, 4)]
    public void Neither_do_those_among_which_others_are_for_somebody_new(
        string rows, int changed, int others, int read)
    {
        RunWell("Rows (1..20) | Send-WixInboxMessage -Journal $journal");

        var (result, ended) = RunToEnd(
            $"Rows ({rows} | ForEach-Object {{ $_ }}) | "
                + "Send-WixInboxMessage { \"new $($_.Order)\" } -Journal $journal");
        string[] known = [.. Enumerable.Range(1, 20).Select(number => $"new A-{number}")];

        Assert.Equal("TextChanged", ended.Id());
        Assert.Contains(
            $"{changed} of the first {changed + others} rows are for", ended.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Delivered, text => known.Contains(text));
        Assert.Equal(read, ValueOf(result.Summary, "Rows"));
    }

    [Theory]
    [InlineData("21, 1, 2")]
    [InlineData("1, 2, 21")]
    [InlineData("1, 21, 22, 2, 3, 23, 24")]
    [InlineData("1, 2, 21, 3, (22..120), (4..20)")]
    public void Where_these_are_more_or_the_others_are_few_all_are_sent(string rows)
    {
        RunWell("Rows (1..20) | Send-WixInboxMessage -Journal $journal");

        var result = RunWell(
            $"$numbers = {rows} | ForEach-Object {{ $_ }}; Rows $numbers | "
                + "Send-WixInboxMessage { \"new $($_.Order)\" } -Journal $journal; $numbers.Count");

        Assert.Equal(20 + (int)result.Output[^1].BaseObject, Site.Delivered.Length);
    }

    [Fact]
    public void Neither_does_one_with_a_row_among_them_that_failed_before()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var (_, ended) = RunToEnd("Rows (1..3) | Send-WixInboxMessage new -Journal $journal");

        Assert.Equal("TextChanged", ended.Id());
        Assert.Equal(2, Site.Delivered.Length);
    }

    [Fact]
    public void Neither_does_one_whose_first_row_failed_before()
    {
        Site.On("x 1", Mishap.NotFound);
        Run("Rows (1..2) | Send-WixInboxMessage -Journal $journal");

        var (_, ended) = RunToEnd("Rows (1..2) | Send-WixInboxMessage new -Journal $journal");

        Assert.Equal("TextChanged", ended.Id());
        Assert.Contains("1 of the first 2 rows", ended.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("new", Site.Delivered.Skip(2));
    }

    [Fact]
    public void The_first_hundred_rows_are_enough_to_tell()
    {
        RunWell("Rows (1..150) | Send-WixInboxMessage -Journal $journal");
        var read = Source.Rows;

        var (result, ended) = RunToEnd("Rows (1..150) | Send-WixInboxMessage new -Journal $journal");

        Assert.Equal("TextChanged", ended.Id());
        Assert.Equal(100, Source.Rows - read);
        Assert.Equal(100, ValueOf(result.Summary, "NotTried"));
        Assert.Equal(150, Site.Delivered.Length);
    }

    [Fact]
    public void The_hundredth_row_may_still_show_that_they_are_not_changed()
    {
        RunWell("Rows (1..100) | Send-WixInboxMessage -Journal $journal");

        var result = Run(
            "Rows (1..100) | Send-WixInboxMessage { if ($_.Order -eq 'A-100') { 'x 100' } else { 'new' } } "
                + "-Journal $journal");

        Assert.Empty(result.Errors);
        Assert.Equal(199, Site.Delivered.Length);
    }
}
