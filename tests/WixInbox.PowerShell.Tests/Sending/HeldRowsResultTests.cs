namespace WixInbox.PowerShell.Tests;

/// <summary>The result file of a run whose rows are held back, since their texts may have been changed.</summary>
public sealed class HeldRowsResultTests : JournaledRuns
{
    private string Path => Folder.File("sent.csv");

    [Fact]
    public void The_results_of_the_run_before_are_not_lost_to_one_that_sends_nothing()
    {
        RunWell($"Rows (1..3) | Send-WixInboxMessage -Journal $journal -ResultPath '{Path}'");
        var before = File.ReadAllText(Path);

        var (_, ended) = RunToEnd(
            $"Rows (1..3) | Send-WixInboxMessage -Text new -Journal $journal -ResultPath '{Path}'");

        Assert.Equal("TextChanged", ended.Id());
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void Nor_to_one_that_ends_while_its_rows_are_held_back()
    {
        RunWell($"Rows (1..3) | Send-WixInboxMessage -Journal $journal -ResultPath '{Path}'");
        var before = File.ReadAllText(Path);

        Run(
            "& { Rows (1..2); throw 'The source is gone.' } | "
                + $"Send-WixInboxMessage -Text new -Journal $journal -ResultPath '{Path}'");

        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void A_run_that_sends_nothing_has_its_rows_in_a_new_one()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        RunToEnd($"Rows (1..3) | Send-WixInboxMessage -Text new -Journal $journal -ResultPath '{Path}'");

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2", "A-3"], read["Order"]);
        Assert.Equal(["NotTried", "NotTried", "NotTried"], read["State"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_that_are_held_back_when_the_pipeline_ends_are_in_it_as_not_tried(int rows)
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        Run(
            $"& {{ Rows (1..{rows}); throw 'The source is gone.' }} | "
                + $"Send-WixInboxMessage -Text new -Journal $journal -ResultPath '{Path}'");

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(Enumerable.Range(1, rows).Select(row => $"A-{row}"), read["Order"]);
        Assert.All(read["State"], state => Assert.Equal("NotTried", state));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void Rows_that_are_released_when_too_many_have_failed_are_in_it_too(int sideBySide)
    {
        // The first three are held back until the last, which was sent before, shows that the texts are the same.
        RunWell("Rows (1..4) | Send-WixInboxMessage -Journal $journal");

        var (result, ended) = RunToEnd(
            "Rows (1..4) | ForEach-Object { if ($_.Order -ne 'A-4') { $_.Text = 'new' }; if ($_.Order -eq 'A-2') { "
                + "$_.Text = '' }; $_ } | Send-WixInboxMessage -Journal $journal -MaxErrorCount 1 "
                + $"-ResultPath '{Path}' -ThrottleLimit {sideBySide}");

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal("TooManyErrors", ended.Id());
        Assert.Equal(["A-1", "A-2", "A-3", "A-4"], read["Order"]);
        Assert.Equal(["Failed", "NotTried", "AlreadySent"], read["State"].Skip(1));

        // The first may have left before the second failed.
        Assert.Equal(
            ["Rows 4", $"NotTried {read["State"].Count(state => state == "NotTried")}", "AlreadySent 1"],
            ValuesOf(result.Summary, "Rows", "NotTried", "AlreadySent"));
    }

    [Fact]
    public async Task Rows_that_are_released_when_the_run_is_stopped_are_in_it_too()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");
        Site.On("new", Mishap.HangBefore);
        using var run = Start(
            "Rows (1..3) | ForEach-Object { if ($_.Order -ne 'A-3') { $_.Text = 'new' }; $_ } | "
                + $"Send-WixInboxMessage -Journal $journal -ResultPath '{Path}' -ThrottleLimit 1");
        Site.WaitForInFlight(1);
        Source.WaitUntilReaderRests();

        await run.StopAsync();

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2", "A-3"], read["Order"]);
        Assert.Equal(["Unknown", "NotTried", "AlreadySent"], read["State"]);
    }
}
