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
    public void Rows_that_are_held_back_when_the_pipeline_ends_are_in_it_as_not_tried()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        Run(
            "& { Rows (1..2); throw 'The source is gone.' } | "
                + $"Send-WixInboxMessage -Text new -Journal $journal -ResultPath '{Path}'");

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2"], read["Order"]);
        Assert.Equal(["NotTried", "NotTried"], read["State"]);
    }
}
