using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Pages;

/// <summary>Export-WixInboxReport: which journals it takes, and where it writes.</summary>
public sealed class ExportReportTests : JournaledRuns
{
    private string Path => Folder.File("report.html");

    [Theory]
    [InlineData("[System.IO.FileInfo]$journal | Export-WixInboxReport -Path $page")]
    [InlineData("$journal | Export-WixInboxReport -Path $page")]
    [InlineData("[pscustomobject]@{ Journal = $journal } | Export-WixInboxReport -Path $page")]
    [InlineData("Export-WixInboxReport $journal $page")]
    [InlineData("Export-WixInboxReport $journal -LiteralPath $page")]
    [InlineData(
        "[System.IO.FileInfo]$journal | Export-WixInboxReport -Path { Join-Path $_.DirectoryName report.html }")]
    public void The_journal_comes_by_name_or_down_the_pipeline(string script)
    {
        File.WriteAllText(Journal, JournalText.Sample());
        Engine.Set("page", Path);

        Assert.Empty(RunWell(script).Output);

        Assert.Equal("Sent 2,385", new PageText(Path).Figures[0]);
    }

    [Fact]
    public void The_summary_of_a_run_finds_its_journal()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal -InformationVariable info");

        RunWell($"$info.MessageData | Export-WixInboxReport -Path '{Path}'");

        Assert.Equal("Sent 1", new PageText(Path).Figures[0]);
    }

    [Fact]
    public void And_so_does_that_of_a_journal()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        RunWell($"Get-WixInboxJournal $journal -Summary | Export-WixInboxReport -Path '{Path}'");

        Assert.Equal("Sent 1", new PageText(Path).Figures[0]);
    }

    [Fact]
    public void Two_names_that_differ_in_case_are_two_files_where_the_system_says_so()
    {
        File.WriteAllText(Journal, JournalText.Sample());

        var two = Run($$"""
            $pages = [System.Collections.Queue]('X.html', 'x.html')
            $journal, $journal | Export-WixInboxReport -Path { '{{Folder.Path}}/' + $pages.Dequeue() } -PassThru
            """);

        Assert.Equal(OperatingSystem.IsLinux() ? 2 : 1, two.Output.Count);
        Assert.Equal(OperatingSystem.IsLinux() ? [] : ["PathRepeated"], two.ErrorIds);
    }

    [Fact]
    public void It_never_writes_over_a_journal_or_over_its_own_page_of_another()
    {
        File.WriteAllText(Journal, JournalText.Sample());
        var other = Folder.File("other.jsonl");
        File.Copy(Journal, other);
        var before = File.ReadAllText(Journal);

        Assert.Equal(["PathIsJournal"], Run("Export-WixInboxReport $journal $journal -Force").ErrorIds);
        Assert.Equal(
            ["PathIsJournal"],
            Run(
                "Get-WixInboxJournal $journal -Summary | "
                    + $"ForEach-Object {{ Export-WixInboxReport $_.Path \"{Folder.Path}/./run.jsonl\" }}").ErrorIds);
        Assert.Equal(before, File.ReadAllText(Journal));

        var two = Run($"$journal, '{other}' | Export-WixInboxReport -Path '{Path}' -PassThru");
        Assert.Equal(["PathRepeated"], two.ErrorIds);
        Assert.Single(two.Output);
        Assert.Empty(Run($"$journal | Export-WixInboxReport -Path '{Path}'").Errors);
    }

    [Theory]
    [InlineData("other.jsonl")]
    [InlineData("link.html")]
    public void Nor_over_the_journal_of_another_run_whatever_its_name(string page)
    {
        File.WriteAllText(Journal, JournalText.Sample());
        var other = Folder.File("other.jsonl");
        var before = JournalText.Sample().Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);
        File.WriteAllText(other, before);
        if (page == "link.html")
        {
            Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets administrators alone make links.");
            File.CreateSymbolicLink(Folder.File(page), other);
        }

        foreach (var how in new[] { string.Empty, "-Force", "-NoClobber", "-WhatIf" })
        {
            var result = Run($"Export-WixInboxReport $journal '{Folder.File(page)}' -PassThru {how}");

            Assert.Equal(["PathIsJournal"], result.ErrorIds);
            Assert.Equal(
                $"'{Folder.File(page)}' is a journal, which the page would replace. Name another file with -Path.",
                result.Errors[0].ToString());
            Assert.Empty(result.Output);
            Assert.Equal(before, File.ReadAllText(other));
        }
    }

    [Theory]
    [InlineData("missing.jsonl", "JournalNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("nowhere/missing.jsonl", "JournalNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("contacts.csv", "JournalInvalid", ErrorCategory.InvalidData)]
    [InlineData("folder", "PathInvalid", ErrorCategory.InvalidArgument)]
    public void A_file_that_is_no_journal_is_an_error_and_the_next_is_read(
        string name, string id, ErrorCategory category)
    {
        Directory.CreateDirectory(Folder.File("folder"));
        File.WriteAllText(Folder.File("contacts.csv"), "a,b\n1,2\n");
        File.WriteAllText(Journal, JournalText.Sample());
        Engine.Set("other", Folder.File(name));

        var result = Run($"$other, $journal | Export-WixInboxReport -Path '{Path}' -PassThru");

        var error = Assert.Single(result.Errors);
        Assert.Equal((id, category), (error.Id(), error.CategoryInfo.Category));
        Assert.Equal(Path, Assert.IsType<FileInfo>(Assert.Single(result.Output).BaseObject).FullName);
    }

    [Fact]
    public void A_place_that_takes_no_page_is_an_error_and_the_next_page_is_written()
    {
        File.WriteAllText(Journal, JournalText.Sample());

        var result = Run(
            $"'{Folder.Path}', 'variable:x', '{Path}' | ForEach-Object {{ [pscustomobject]@{{ Journal = $journal; "
                + "Path = $_ } } | Export-WixInboxReport -PassThru");

        Assert.Null(result.Thrown);
        Assert.Equal(["PathInvalid", "PathInvalid"], result.ErrorIds);
        Assert.Single(result.Output);
    }

    [Fact]
    public void WhatIf_writes_nothing_and_NoClobber_keeps_what_is_there()
    {
        File.WriteAllText(Journal, JournalText.Sample());

        Assert.Empty(RunWell($"Export-WixInboxReport $journal '{Path}' -PassThru -WhatIf").Output);
        Assert.False(File.Exists(Path));

        File.WriteAllText(Path, "mine");
        Assert.Equal(["FileExists"], Run($"Export-WixInboxReport $journal '{Path}' -NoClobber").ErrorIds);
        Assert.Equal("mine", File.ReadAllText(Path));
        RunWell($"Export-WixInboxReport $journal '{Path}'");
        Assert.EndsWith("</html>\n", File.ReadAllText(Path), StringComparison.Ordinal);
    }
}
