using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxJournal: what became of each row, and how far a run is.</summary>
public sealed class GetJournalTests : JournaledRuns
{
    [Fact]
    public void A_finished_run_has_an_entry_for_each_row()
    {
        Site.On("x 2", Mishap.NotFound);
        Site.On("x 3", Mishap.ErrorAfter);
        var sent = Run(
            "Rows 1, 2, 3, 4 | ForEach-Object { if ($_.Order -eq 'A-4') { $_.ConversationId = 'bad' }; $_ } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Order -ThrottleLimit 1");

        var result = RunWell("Get-WixInboxJournal $journal");

        Assert.All(result.Output, item => Assert.Equal("WixInbox.JournalEntry", item.BaseObject.GetType().FullName));
        Assert.Equal(["1", "2", "3", "4"], result.OutputOf("Row"));
        Assert.Equal(["A-1", "A-2", "A-3", "A-4"], result.OutputOf("Key"));
        Assert.Equal(["Sent", "Failed", "Sent", "Failed"], result.OutputOf("State"));
        Assert.Equal(["False", "False", "True", "False"], result.OutputOf("Reconciled"));
        Assert.Equal([null, "CONVERSATION_NOT_FOUND", null, "ConversationIdInvalid"], result.OutputOf("Code"));
        Assert.Equal([null, "404", null, null], result.OutputOf("StatusCode"));
        Assert.Equal([sent.OutputOf("Id")[0], null, sent.OutputOf("Id")[1], null], result.OutputOf("MessageId"));
        Assert.Equal("request-404", result.OutputOf("RequestId")[1]);
    }

    [Fact]
    public void A_row_without_a_conversation_leads_back_to_the_rows_of_its_file()
    {
        Engine.Set("csv", Folder.File("failed.csv"));
        Run(
            "[pscustomobject]@{ Order = 'A-1'; Email = 'ada@' } | "
                + "Send-WixInboxMessage -Text x -Journal $journal -KeyProperty Order");

        foreach (var rows in new[]
        {
            "Get-WixInboxJournal $journal | Where-Object State -eq Failed",
            "Get-WixInboxJournal $journal | Export-Csv $csv; Import-Csv $csv",
        })
        {
            Assert.Equal(
                "Row 1: there is no recipient: column ConversationId is empty. A journal keeps no addresses: send the "
                    + "rows of its file again, with the same -Journal and -RetryFailed, or corrected under the same "
                    + "keys.",
                Assert.Single(Run($"{rows} | Send-WixInboxMessage -Text hi").Errors).ToString());
        }
    }

    [Fact]
    public void A_finished_run_is_summed_up()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -ExpectedCount 3 -KeyProperty Order");
        RunWell("Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -ExpectedCount 3 -KeyProperty Order");

        var summary = Assert.Single(RunWell("Get-WixInboxJournal $journal -Summary").Output);

        Assert.Equal("WixInbox.JournalSummary", summary.BaseObject.GetType().FullName);
        Assert.Equal(
            [
                "Rows 3", "Sent 2", "Failed 1", "NotSent 0", "Unknown 0", "Runs 2", "ExpectedCount 3",
                "KeyProperty Order", "Active False", "Connection https://www.wixapis.com, connection own",
                $"Path {Journal}",
            ],
            ValuesOf(
                summary,
                "Rows",
                "Sent",
                "Failed",
                "NotSent",
                "Unknown",
                "Runs",
                "ExpectedCount",
                "KeyProperty",
                "Active",
                "Connection",
                "Path"));
        Assert.Null(ValueOf(summary, "DamagedLine"));
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_read_and_called_active()
    {
        Site.On("x 3", Mishap.HangBefore);
        using var run = Start(
            "Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -ExpectedCount 10 -ThrottleLimit 1");
        Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 2, TimeSpan.FromSeconds(30)));
        Site.WaitForInFlight(1);

        var summary = RunWell("Get-WixInboxJournal $journal -Summary").Output[0];
        Assert.Equal(["1 Sent", "2 Sent", "3 Sending"], States());
        Assert.Equal(
            ["Active True", "Sent 2", "Sending 1", "Unknown 0"],
            ValuesOf(summary, "Active", "Sent", "Sending", "Unknown"));
        await run.StopAsync();

        // Cut off.
        summary = RunWell("Get-WixInboxJournal $journal -Summary").Output[0];
        Assert.Equal(
            ["Active False", "Sent 2", "Sending 0", "Unknown 1"],
            ValuesOf(summary, "Active", "Sent", "Sending", "Unknown"));
    }

    [Fact]
    public void It_needs_no_connection_and_changes_nothing()
    {
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");
        var (bytes, time) = (File.ReadAllBytes(Journal), File.GetLastWriteTimeUtc(Journal));
        using var engine = new Engine();
        engine.Set("journal", Journal);

        Assert.Equal(2, engine.Run("Get-WixInboxJournal $journal").Output.Count);

        Assert.Equal(bytes, File.ReadAllBytes(Journal));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Journal));
        Assert.Equal([Journal], Directory.GetFiles(Folder.Path));
    }

    [Theory]
    [InlineData("[System.IO.FileInfo]$journal | Get-WixInboxJournal")]
    [InlineData(
        "[pscustomobject]@{ PSPath = \"Microsoft.PowerShell.Core\\FileSystem::$journal\" } | Get-WixInboxJournal")]
    [InlineData("[pscustomobject]@{ Journal = $journal } | Get-WixInboxJournal")]
    [InlineData("$journal | Get-WixInboxJournal")]
    [InlineData("Get-WixInboxJournal -Path $journal")]
    [InlineData("Get-WixInboxJournal -Path ($journal -replace 'jsonl', '*')")]
    [InlineData("Get-WixInboxJournal -LiteralPath $journal")]
    public void Its_file_comes_by_name_or_down_the_pipeline(string script)
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["Sent"], RunWell(script).OutputOf("State"));
    }

    [Fact]
    public void The_summary_of_a_run_finds_it_too()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal -InformationVariable info");

        Assert.Equal(["1"], RunWell("$info.MessageData | Get-WixInboxJournal -Summary").OutputOf("Sent"));
    }

    [Theory]
    [InlineData(
        "missing.jsonl", "JournalNotFound", ErrorCategory.ObjectNotFound, "Send-WixInboxMessage -Journal creates one.")]
    [InlineData("nowhere/missing.jsonl", "JournalNotFound", ErrorCategory.ObjectNotFound, "There is no journal")]
    [InlineData("contacts.csv", "JournalInvalid", ErrorCategory.InvalidData, "is not a journal")]
    [InlineData("empty.jsonl", "JournalInvalid", ErrorCategory.InvalidData, "is not a journal")]
    public void A_file_that_is_none_is_an_error_and_the_next_is_read(
        string name, string id, ErrorCategory category, string words)
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        File.WriteAllText(Folder.File("contacts.csv"), "a,b\n1,2\n");
        File.WriteAllText(Folder.File("empty.jsonl"), string.Empty);
        Engine.Set("other", Folder.File(name));

        var result = Run("$other, $journal | Get-WixInboxJournal");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Folder.File(name), error.TargetObject);
        Assert.Equal(["Sent"], result.OutputOf("State"));
    }

    [Theory]
    [InlineData("$folder", "it is a folder.")]
    [InlineData("[System.IO.DirectoryInfo]$folder", "it is a folder.")]
    [InlineData("'nodrive:\\run.jsonl'", "Cannot find drive. A drive with the name 'nodrive' does not exist.")]
    [InlineData("'variable:x'", "it is a path of the provider Variable, and not of the file system.")]
    public void What_is_no_file_is_an_error_and_the_next_is_read(string given, string problem)
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        Engine.Set("folder", Folder.Path);

        var result = Run($"{given}, $journal | Get-WixInboxJournal");

        var error = Assert.Single(result.Errors);
        Assert.Equal("PathInvalid", error.Id());
        Assert.EndsWith($" cannot be a journal: {problem}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Sent"], result.OutputOf("State"));
    }

    [Fact]
    public void One_that_cannot_be_read_is_not_called_missing()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        using var held = new FileStream(Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(["JournalUnusable"], Run("Get-WixInboxJournal $journal").ErrorIds);
    }

    [Fact]
    public void Wildcards_find_files_and_no_folder_and_are_letters_where_the_name_is_taken_as_it_is()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        var odd = Folder.File("a[1].jsonl");
        File.Copy(Journal, odd);
        Directory.CreateDirectory(Folder.File("folder.jsonl"));
        Engine.Set("all", Folder.File("*.jsonl"));
        Engine.Set("odd", odd);

        Assert.Equal(
            new[] { odd, Journal }.Order(StringComparer.Ordinal),
            RunWell("Get-WixInboxJournal $all -Summary").OutputOf("Path").Order(StringComparer.Ordinal));
        Assert.Equal([odd], RunWell("Get-WixInboxJournal -LiteralPath $odd -Summary").OutputOf("Path"));
        Assert.Equal(
            [odd], RunWell("[pscustomobject]@{ Journal = $odd } | Get-WixInboxJournal -Summary").OutputOf("Path"));
        var error = Assert.Single(Run("Get-WixInboxJournal ($all + 'x'), $journal").Errors);
        Assert.Equal("JournalNotFound", error.Id());
        Assert.Equal($"No file matches '{Folder.File("*.jsonlx")}'.", error.ToString());
    }

    [Fact]
    public void A_row_whose_conversation_was_read_is_left_out_and_keeps_its_number()
    {
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");

        var result = RunWell(
            "$rows = Get-WixInboxJournal $journal; "
                + "$rows[0, 0, 1] | Get-WixInboxMessage -Connection $connection");

        Assert.Equal(["1", "3"], result.OutputOf("Row"));
    }

    [Theory]
    [InlineData("Get-WixInboxJournal")]
    [InlineData("Import-WixInboxCsv")]
    public void A_name_with_brackets_that_is_taken_for_a_pattern_is_told_of(string command)
    {
        File.WriteAllText(Folder.File("Campaign [2026].jsonl"), string.Empty);
        Engine.Set("file", Folder.File("Campaign [2026].jsonl"));

        var error = Assert.Single(Run($"{command} $file").Errors).ToString();

        Assert.StartsWith("No file matches", error, StringComparison.Ordinal);
        Assert.Contains("There is a file of exactly that name: -LiteralPath", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_one_is_read_and_says_where()
    {
        RunWell("Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");
        File.WriteAllLines(Journal, Lines.Select((line, index) => index == 4 ? "gone" : line));

        Assert.Equal(5, ValueOf(RunWell("Get-WixInboxJournal $journal -Summary").Output[0], "DamagedLine"));
        Assert.Equal(3, States().Length);
    }

    [Fact]
    public void The_table_and_the_list_fit_80_columns()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("""
            $InformationPreference = 'Ignore'
            Rows 1, 2, 3 |
                ForEach-Object { $_.Order = 'order ' * 20 + $_.Order; $_ } |
                Send-WixInboxMessage -Journal $journal -KeyProperty Order -ThrottleLimit 1
            """);

        RunWell("Get-WixInboxJournal $journal | Out-Default");
        var table = Shown();
        RunWell("Get-WixInboxJournal $journal -Summary | Out-Default");
        var list = Shown();

        Assert.All(
            table.Concat(list.Where(line => !line.Contains(Folder.Path, StringComparison.Ordinal))),
            line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(table, line => Regex.IsMatch(line, "^ *Row State +Attempts Ended +Key"));
        Assert.Equal(3, table.Count(line => Regex.IsMatch(line, "^ +[123] (Sent|Failed) ")));
        Assert.Contains(list, line => Regex.IsMatch(line, "^Sent +: 2$"));
    }
}
