using System.Management.Automation;
using System.Text;

namespace WixInbox.PowerShell.Tests;

/// <summary>Where a result file can be written, and what it does not replace.</summary>
public sealed class ResultFilePathTests : ResultFileRuns
{
    [Fact]
    public void A_file_that_goes_away_before_the_first_row_comes_is_made_again()
    {
        var result = Send("& { Remove-Item $results; Rows 1 } | Send-WixInboxMessage -ResultPath $results");

        Assert.Empty(result.Errors);
        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Theory]
    [InlineData("\"$results/below/it\"", "ResultUnwritable")]
    [InlineData("Variable:\\x", "PathInvalid")]
    [InlineData("\"$results`0\"", "PathInvalid")]
    [InlineData("(Split-Path $results)", "PathInvalid")]
    [InlineData("$journal", "PathIsJournal")]
    public void A_path_that_cannot_be_written_ends_the_run_before_anything_is_sent(string path, string id)
    {
        var result = Send(
            "[void](New-Item $results); Rows 1, 2 | "
                + $"Send-WixInboxMessage -Journal $journal -ResultPath {path}");

        Assert.Equal([id], result.ErrorIds);
        Assert.Empty(Site.Asked);
        Assert.False(File.Exists(Journal), "The journal tells of a run that never was.");
        Assert.Empty(Send("Rows 1, 2 | Send-WixInboxMessage -Journal $journal").Errors);
    }

    [Theory]
    [InlineData("Continue", 3)]
    [InlineData("Stop", 2)]
    public async Task A_file_that_fails_in_the_middle_is_an_error_and_each_row_is_sent_once(string action, int sent)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file that fails is a pipe whose reader goes away.");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var opening = Task.Run(() => new StreamReader(Path), TestContext.Current.CancellationToken);
        Engine.Set("opening", opening);
        Engine.Set("action", action);

        var result = Send("""
            $lines = [Collections.ArrayList]::new()
            Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results -ThrottleLimit 1 -ErrorAction $action |
                ForEach-Object {
                    if ($_.Row -eq 1) {
                        1, 2 | ForEach-Object { [void]$lines.Add($opening.Result.ReadLine()) }
                        $opening.Result.Dispose()
                    }
                    $_.Text
                }
            """);

        string[] texts = ["x 1", "x 2", "x 3"];
        Assert.Equal(texts.Take(sent), Site.Delivered);
        Assert.Equal(texts.Take(sent), result.Output.Select(item => item.ToString()));
        var error = action == "Stop" ? ((RuntimeException)result.Thrown!).ErrorRecord : Assert.Single(result.Errors);
        Assert.StartsWith("ResultUnwritable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Row 2: the result file '{Path}' can no longer be written", error.ToString(), StringComparison.Ordinal);
        var lines = Engine.Run("$lines").Output.Select(line => line.ToString()).ToArray();
        Assert.Equal(Header, lines[0]);
        Assert.StartsWith("\"A-1\",\"5f0c7f3e-", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"x 1\",\"1\",\"Sent\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_that_cannot_be_used_leaves_no_empty_file()
    {
        File.WriteAllText(Journal, "a,b");

        var result = Send("Rows 1 | Send-WixInboxMessage -Journal $journal -ResultPath $results");

        Assert.Equal(["JournalInvalid"], result.ErrorIds);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_result_file_of_rows_whose_column_has_a_line_break_in_its_name_is_replaced()
    {
        const string Command = "Rows 1 | Select-Object *, @{ Name = \"Sent`nby\"; Expression = { 'Ada' } } | "
            + "Send-WixInboxMessage -ResultPath $results";

        Assert.Empty(Send(Command).Errors);
        Assert.Empty(Send(Command).Errors);

        Assert.Equal(["Ada"], Results().OutputOf("Sent\nby"));
    }

    [Fact]
    public void A_disk_that_is_full_ends_the_run_before_anything_is_sent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The disk that is full is /dev/full.");

        var result = Run("Rows 1, 2 | Send-WixInboxMessage -ResultPath /dev/full");

        Assert.Equal(["ResultUnwritable"], result.ErrorIds);
        Assert.Empty(Site.Asked);
        Assert.Equal(0, new FileInfo("/dev/full").Length);
    }

    [Theory]
    [InlineData("ConversationId,Text\r\n")]
    [InlineData("\uFEFF")]
    [InlineData(
        "\"Row\",\"State\",\"Outcome\",\"Error\",\"MessageConversationId\",\"MessageId\",\"Time\",\"Note\"\r\n")]
    public void The_file_that_the_rows_come_from_is_not_replaced(string contacts)
    {
        File.WriteAllText(Path, contacts);

        var result = Send("Rows 1 | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(["ResultUnwritable"], result.ErrorIds);
        Assert.Contains("not a result file", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetBytes(contacts), File.ReadAllBytes(Path));
        Assert.Empty(Site.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Header + "\r\n\"A-9\"\r\n")]
    public void What_a_link_leads_to_is_the_file_and_the_link_stays(string earlier)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets administrators alone make links.");
        var target = Folder.File("target.csv");
        File.WriteAllText(target, earlier);
        File.CreateSymbolicLink(Path, target);

        Assert.Empty(Send("Rows 1 | Send-WixInboxMessage -ResultPath $results").Errors);

        Assert.Equal(target, new FileInfo(Path).LinkTarget);
        Assert.Equal(["A-1"], RunWell($"Import-Csv '{target}'").OutputOf("Order"));
    }

    [Fact]
    public void The_journal_of_another_run_is_not_replaced()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        var before = Lines;

        var result = Send("Rows 2 | Send-WixInboxMessage -ResultPath $journal");

        Assert.Equal(["ResultUnwritable"], result.ErrorIds);
        Assert.Equal(before, Lines);
    }

    [Fact]
    public void A_rehearsal_writes_none()
    {
        Send("Rows 1 | Send-WixInboxMessage -ResultPath $results -WhatIf");

        Assert.False(File.Exists(Path));
    }
}
