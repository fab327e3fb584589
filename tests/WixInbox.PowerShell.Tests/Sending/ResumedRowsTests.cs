namespace WixInbox.PowerShell.Tests;

/// <summary>What a run makes of the rows of an earlier one that were not simply sent.</summary>
public sealed class ResumedRowsTests : JournaledRuns
{
    private const string FourRows = "Rows (1..4) | Send-WixInboxMessage -Journal $journal";

    [Fact]
    public void A_row_that_Wix_refused_is_left_out_with_a_word_at_the_end()
    {
        Site.On("x 2", Mishap.NotFound);
        Site.On("x 3", Mishap.NotFound);
        Assert.Equal(["ConversationNotFound", "ConversationNotFound"], Run(FourRows).ErrorIds);

        var again = RunWell("Rows (1..5) | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["x 5"], TextsOf(again));
        Assert.Equal(
            [
                "2 rows failed in an earlier run and were not tried again. -RetryFailed tries them; "
                    + "Get-WixInboxJournal shows why.",
            ],
            again.Warnings);
        Assert.Equal(["x 1", "x 2", "x 3", "x 4", "x 5"], Site.Asked.Order());
        Assert.Equal(2, ValueOf(again.Summary, "AlreadyFailed"));
        Assert.Equal(2, ValueOf(again.Summary, "AlreadySent"));
    }

    [Fact]
    public void One_that_Wix_refused_is_told_of_in_the_singular()
    {
        Site.On("x 1", Mishap.NotFound);
        Run("Rows 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(
            [
                "1 row failed in an earlier run and was not tried again. -RetryFailed tries it; Get-WixInboxJournal "
                    + "shows why.",
            ],
            RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal").Warnings);
    }

    [Theory]
    [InlineData(1, "a message")]
    [InlineData(2, "2 messages")]
    public async Task While_it_looks_for_rows_that_were_cut_off_the_progress_says_so(int rows, string words)
    {
        Site.On("x 1", Mishap.HangBefore);
        Site.On("x 2", Mishap.HangBefore);
        using (var cut = Start($"Rows (1..{rows}) | Send-WixInboxMessage -Journal $journal"))
        {
            Site.WaitForInFlight(rows);
            await cut.StopAsync();
        }

        Site.On("read", Mishap.HangBefore, Mishap.HangBefore);
        using var run = Start($"Rows (1..{rows}) | Send-WixInboxMessage -Journal $journal");

        var shown = await run.ProgressAsync($"Looking for {words} ");

        Assert.Equal(
            $"Looking for {words} that an earlier run left open. 0 sent, 0 failed", shown.StatusDescription);
        await run.StopAsync();
    }

    [Fact]
    public void With_RetryFailed_it_is_tried_and_that_alone()
    {
        Site.On("x 2", Mishap.NotFound, Mishap.NotFound);
        Site.On("x 3", Mishap.NotFound);
        Run(FourRows);

        var again = Run(FourRows + " -RetryFailed");
        Assert.Equal(["ConversationNotFound"], again.ErrorIds);
        Assert.Equal(["x 3"], TextsOf(again));
        Assert.Empty(again.Warnings);

        Assert.Equal(["x 2"], TextsOf(RunWell(FourRows + " -RetryFailed")));
        Assert.Equal(["x 1", "x 2", "x 3", "x 4"], Site.Delivered.Order());
        Assert.Equal(7, Site.Requests);
    }

    [Theory]
    [InlineData("-Text 'x 2'")]
    [InlineData("-ImageUrl https://example.com/better.png")]
    [InlineData("-Badge vip")]
    [InlineData("-PreviewText 'For you'")]
    [InlineData("-Visibility Business")]
    public void Under_a_given_key_it_is_tried_once_more_whatever_of_it_is_mended(string mended)
    {
        const string send = "Rows 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Order ";
        Site.On("x 1", Mishap.NotFound);
        Assert.Equal(["ConversationNotFound"], Run(send).ErrorIds);
        Assert.Empty(RunWell(send).Output);
        Assert.Equal(1, Site.Requests);

        Assert.Single(RunWell(send + mended).Output);
        Assert.Empty(RunWell(send + mended).Output);
        Assert.Equal(2, Site.Requests);
    }

    [Theory]
    [InlineData("-KeyProperty Order")]
    [InlineData("")]
    public void A_row_that_broke_a_rule_is_checked_anew_and_sent_once_when_it_is_mended(string key)
    {
        Assert.Equal(
            ["TextTooLong"],
            Run(
                "Rows (1..3) | ForEach-Object { if ($_.Order -eq 'A-2') { $_.Text = 'x' * 16385 }; $_ } | "
                    + $"Send-WixInboxMessage -Journal $journal {key}").ErrorIds);
        Assert.Equal(["1 Sent", "2 Failed", "3 Sent"], States().Order());

        var mended = RunWell($"Rows (1..3) | Send-WixInboxMessage -Journal $journal {key}");
        Assert.Equal(["x 2"], TextsOf(mended));
        Assert.Empty(mended.Warnings);

        Assert.Empty(RunWell($"Rows (1..3) | Send-WixInboxMessage -Journal $journal {key}").Output);
        Assert.Equal(["x 1", "x 2", "x 3"], Site.Delivered.Order());
    }

    [Fact]
    public void A_row_that_still_breaks_a_rule_is_an_error_each_time_and_one_line_in_the_journal()
    {
        const string script =
            "[pscustomobject]@{ Order = 1; ConversationId = 'bad'; Text = 'x' } | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty Order";
        Assert.Equal(["ConversationIdInvalid"], Run(script).ErrorIds);
        var lines = Lines.Length;

        Assert.Equal(["ConversationIdInvalid"], Run(script).ErrorIds);

        // The line that says that a run was begun.
        Assert.Equal(lines + 1, Lines.Length);
        Assert.Equal(0, Site.Requests);
    }

    [Fact]
    public void A_row_that_was_not_taken_up_is_sent()
    {
        Site.On("x 2", [.. Enumerable.Repeat(Mishap.TimedOut, 6)]);
        Assert.Equal(["ServiceUnavailable"], Run(FourRows).ErrorIds);
        Assert.Contains("2 NotSent", States());

        var again = RunWell(FourRows);

        Assert.Equal(["x 2"], TextsOf(again));
        Assert.Equal(["Sent"], again.OutputOf("Delivery"));
        Assert.Equal(4, Site.Delivered.Length);
    }

    [Fact]
    public async Task A_row_that_was_cut_off_is_looked_up_before_anything_is_sent()
    {
        await CutOffAsync();
        var (asked, looks) = (Site.Asked.Length, Site.Looks);

        var result = RunWell(
            "Rows 4, 3, 2, 1 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1 -IncludeAlreadySent");

        Assert.Equal(["x 4", "x 3", "x 2", "x 1"], TextsOf(result));
        Assert.Equal(["Sent", "Sent", "Reconciled", "Journaled"], result.OutputOf("Delivery"));
        Assert.Equal(Site.DeliveredIds[Array.IndexOf(Site.Delivered, "x 2")], result.OutputOf("Id")[2]);
        Assert.Equal(["x 4", "x 3"], Site.Asked.Skip(asked));
        Assert.Equal(4, Site.Delivered.Length);

        // Once for the one that is there; four times for the one that is not, the last time in both lists; and twice
        // for what was sent before: whom lists name as its sender, before the last look, and whether they are behind,
        // after it.
        Assert.Equal(looks + 8, Site.Looks);
        Assert.Equal(1, ValueOf(result.Summary, "Reconciled"));
    }

    [Fact]
    public async Task Where_its_row_does_not_come_nobody_looks_and_it_is_looked_for_when_it_does()
    {
        await CutOffAsync();

        RunWell("Rows 5 | Send-WixInboxMessage -Journal $journal");
        Assert.Equal(0, Site.Looks);
        var again = RunWell(FourRows);

        Assert.Equal(["x 2", "x 3", "x 4"], TextsOf(again));
        Assert.Equal(["Reconciled", "Sent", "Sent"], again.OutputOf("Delivery"));
        Assert.Equal(["x 1", "x 2", "x 3", "x 4", "x 5"], Site.Delivered.Order());
    }

    [Fact]
    public async Task With_Skip_nobody_looks_and_it_is_not_sent()
    {
        await CutOffAsync();
        var asked = Site.Asked.Length;

        var result = Run(FourRows + " -OnAmbiguous Skip");

        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown"], result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Contains(
            "An earlier run was cut off while it sent it.", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(["x 4"], TextsOf(result));
        Assert.Equal(["x 4"], Site.Asked.Skip(asked));
        Assert.Equal(0, Site.Looks);
    }

    [Fact]
    public async Task With_Resend_nobody_looks_and_it_is_sent_again()
    {
        await CutOffAsync();
        var asked = Site.Asked.Length;

        var result = RunWell(FourRows + " -OnAmbiguous Resend");

        Assert.Equal(["x 2", "x 3", "x 4"], TextsOf(result));
        Assert.Equal(["x 2", "x 3", "x 4"], Site.Asked.Skip(asked).Order());
        Assert.Equal(0, Site.Looks);
        Assert.Equal(2, Site.Delivered.Count(text => text == "x 2"));
    }

    [Fact]
    public async Task Where_the_conversation_cannot_be_read_it_is_not_sent_either()
    {
        await CutOffAsync();
        var asked = Site.Asked.Length;
        Site.On("read", [.. Enumerable.Repeat(Mishap.Forbidden, 50)]);

        var result = Run(FourRows);

        Assert.Equal(["OutcomeUnknown", "OutcomeUnknown"], result.ErrorIds);
        Assert.Equal(["x 4"], TextsOf(result));
        Assert.Equal(["x 4"], Site.Asked.Skip(asked));

        Site.Calm();
        Assert.Equal(["Reconciled", "Sent"], RunWell(FourRows).OutputOf("Delivery"));
        Assert.Equal(4, Site.Delivered.Length);
    }

    [Fact]
    public async Task Control_C_ends_the_search_too_and_nothing_is_lost()
    {
        await CutOffAsync();
        Site.On("read", Mishap.HangBefore, Mishap.HangBefore);
        using (var run = Start(FourRows))
        {
            Site.WaitForInFlight(2);
            await run.StopAsync();
            Assert.Empty(run.Errors);
        }

        // The fourth may have been through before.
        Assert.Equal(["x 2", "x 3"], TextsOf(RunWell(FourRows))[..2]);
        Assert.Equal(["x 1", "x 2", "x 3", "x 4"], Site.Delivered.Order());
    }

    // Ctrl+C when the first row is through, the second delivered and the third not.
    private async Task CutOffAsync()
    {
        Site.On("x 2", Mishap.HangAfter);
        Site.On("x 3", Mishap.HangBefore);
        Site.Together = 3;
        using var run = Start("Rows (1..3) | Send-WixInboxMessage -Journal $journal");
        Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 1, TimeSpan.FromSeconds(30)));
        await run.StopAsync();
        Site.Calm();
        Assert.Equal(["1 Sent", "2 Sending", "3 Sending"], States().Order());
    }

    [Fact]
    public void A_row_that_was_sent_before_is_warned_of_no_more()
    {
        const string Sending = "Send-WixInboxMessage { \"Hi $($_.Name), you.\" } -Journal $journal -WarningAction ";
        const string Named = " | ForEach-Object { $name = if ($_.Order -ne 'A-1') { 'Bo' }; "
            + "$_ | Add-Member -PassThru Name $name } | ";
        var first = RunWell($"Rows 1{Named}{Sending} Continue");

        var second = RunWell($"Rows 1, 2{Named}{Sending} Stop");

        Assert.Contains(first.Warnings, line => line.Contains("Name is empty", StringComparison.Ordinal));
        Assert.Empty(second.Warnings);
        Assert.Equal(["Hi , you.", "Hi Bo, you."], Site.Delivered);
    }
}
