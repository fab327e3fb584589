using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>The file of -Journal: where it is made, what is in it, and which files are refused.</summary>
public sealed class JournalTests : JournaledRuns
{
    [Fact]
    public void It_is_made_for_its_user_alone()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["1 Sent"], States());
        Assert.Equal([Journal], Directory.GetFiles(Folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Journal));
        }
    }

    [Theory]
    [InlineData(
        "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Rows 1 | "
            + "Send-WixInboxMessage -Journal run.jsonl")]
    [InlineData(
        "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Rows 1 | "
            + "Send-WixInboxMessage -Journal ./nowhere/../run.jsonl")]
    [InlineData(
        "$paths = $ExecutionContext.SessionState; "
            + "$null = $paths.Drive.New([System.Management.Automation.PSDriveInfo]::new('Mine', "
            + "$paths.Provider.GetOne('FileSystem'), $folder, '', $null), 'global'); Rows 1 | "
            + "Send-WixInboxMessage -Journal Mine:/run.jsonl")]
    [InlineData("Rows 1 | Send-WixInboxMessage -Journal Microsoft.PowerShell.Core\\FileSystem::$journal")]
    [InlineData(
        "$ExecutionContext.SessionState.Provider.GetOne('FileSystem').Home = $folder; Rows 1 | "
            + "Send-WixInboxMessage -Journal ~/run.jsonl")]
    public void Its_path_is_understood_as_PowerShell_does(string script)
    {
        Engine.Set("folder", Folder.Path);

        var summary = RunWell(script).Summary;

        Assert.True(File.Exists(Journal));
        Assert.Equal(Journal, ValueOf(summary, "Journal"));
    }

    [Fact]
    public void One_that_cannot_be_read_any_more_ends_the_run_with_its_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not delete a file that is open.");
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");

        var result = Run(
            "& { Remove-Item $journal; Rows 1, 2 } | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent");

        var error = Assert.Single(result.Errors);
        Assert.Equal("JournalUnusable,WixInbox.Commands.SendWixInboxMessageCommand", error.FullyQualifiedErrorId);
        Assert.Equal(Journal, error.TargetObject);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_wildcard_is_one_of_its_characters()
    {
        Engine.Set("folder", Folder.Path);

        RunWell(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Rows 1 | "
                + "Send-WixInboxMessage -Journal 'run[1].jsonl'");

        Assert.True(File.Exists(Folder.File("run[1].jsonl")));
    }

    [Theory]
    [InlineData("$folder", "PathInvalid", ErrorCategory.InvalidArgument, "it is a folder.")]
    [InlineData("env:RUN", "PathInvalid", ErrorCategory.InvalidArgument, "it is a path of the provider ")]
    [InlineData("$folder/nowhere/run.jsonl", "JournalUnusable", ErrorCategory.OpenError, "nowhere")]
    [InlineData("$folder/contacts.csv", "JournalInvalid", ErrorCategory.InvalidData, "It was left as it is.")]
    public void What_cannot_be_one_ends_the_run_before_a_request_or_a_row(
        string path, string id, ErrorCategory category, string words)
    {
        const string csv = "ConversationId,Text\r\n5f0c7f3e-6f0e-4d3c-9b7a-000000000001,x\r\n";
        File.WriteAllText(Folder.File("contacts.csv"), csv);
        Engine.Set("folder", Folder.Path);

        AssertRefused($"Rows 1, 2 | Send-WixInboxMessage -Journal {path}", id, category, words);
        Assert.Equal(csv, File.ReadAllText(Folder.File("contacts.csv")));
        Assert.Single(Directory.GetFileSystemEntries(Folder.Path));
    }

    [Fact]
    public void A_file_of_another_user_cannot_be_used()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Permissions hold nobody back here.");
            return;
        }

        File.WriteAllText(Journal, string.Empty);
        File.SetUnixFileMode(Journal, UnixFileMode.UserRead);

        AssertRefused(
            "Rows 1 | Send-WixInboxMessage -Journal $journal",
            "JournalUnusable",
            ErrorCategory.OpenError,
            "continues where it stopped");
    }

    [Fact]
    public void That_of_the_sandbox_is_not_gone_on_with_for_a_site()
    {
        NewEngine(sandbox: true).Run("Rows 1 | Send-WixInboxMessage -Journal $journal");
        var before = File.ReadAllBytes(Journal);

        AssertRefused(
            "Rows 1, 2 | Send-WixInboxMessage -Journal $journal",
            "JournalOfOtherConnection",
            ErrorCategory.InvalidArgument,
            "is for sandbox, and this connection is https://www.wixapis.com",
            requests: 1);
        Assert.Equal(before, File.ReadAllBytes(Journal));
    }

    [Theory]
    [InlineData("", "-KeyProperty Order", "by their content, and this run by the property 'Order'")]
    [InlineData("-KeyProperty Order", "", "by the property 'Order', and this run by their content")]
    [InlineData(
        "-KeyProperty Order", "-KeyProperty Text", "by the property 'Order', and this run by the property 'Text'")]
    public void One_with_other_keys_is_not_gone_on_with(string first, string second, string words)
    {
        RunWell($"Rows 1 | Send-WixInboxMessage -Journal $journal {first}");

        AssertRefused(
            $"Rows 1, 2 | Send-WixInboxMessage -Journal $journal {second}",
            "JournalKeyMismatch",
            ErrorCategory.InvalidArgument,
            words,
            requests: 1);
    }

    [Fact]
    public void One_that_somebody_changed_is_not_gone_on_with()
    {
        RunWell("Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal");
        File.WriteAllLines(
            Journal,
            Lines.Select((line, index) => index == 3 ? line.Replace("\"", "'", StringComparison.Ordinal) : line));
        var before = File.ReadAllBytes(Journal);

        AssertRefused(
            "Rows 1, 2, 3, 4 | Send-WixInboxMessage -Journal $journal",
            "JournalDamaged",
            ErrorCategory.InvalidData,
            "line 4 does not match its checksum",
            requests: 3);
        Assert.Equal(before, File.ReadAllBytes(Journal));
    }

    [Fact]
    public void One_of_a_newer_version_is_not_gone_on_with()
    {
        File.WriteAllText(Journal, "{\"t\":\"H\",\"v\":2,\"tool\":\"WixInbox 9.9.9\"}\n");

        AssertRefused(
            "Rows 1 | Send-WixInboxMessage -Journal $journal",
            "JournalVersionUnknown",
            ErrorCategory.InvalidData,
            "version 2");
    }

    [Fact]
    public async Task One_that_a_run_holds_names_who_does_and_opens_when_that_has_ended()
    {
        Site.On("x 1", Mishap.HangBefore);
        using (var run = Start("Rows 1 | Send-WixInboxMessage -Journal $journal"))
        {
            Site.WaitForInFlight(1);
            AssertRefused(
                "Rows 1, 2 | Send-WixInboxMessage -Journal $journal",
                "JournalInUse",
                ErrorCategory.ResourceBusy,
                $"process {Environment.ProcessId} on {Environment.MachineName} since ",
                requests: 1);
            await run.StopAsync();
        }

        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");
        Assert.Equal(["x 1", "x 2"], Site.Delivered.Order());
    }

    [Theory]
    [InlineData("-KeyProperty Order", "-KeyProperty needs -Journal")]
    [InlineData("-RetryFailed", "-RetryFailed needs -Journal")]
    [InlineData("-IncludeAlreadySent", "-IncludeAlreadySent needs -Journal")]
    [InlineData("-IncludeAlreadySent -RetryFailed", "-RetryFailed and -IncludeAlreadySent need -Journal")]
    [InlineData("-IncludeAlreadySent -WhatIf", "-IncludeAlreadySent needs -Journal")]
    public void What_means_nothing_without_one_is_an_error(string parameters, string words)
    {
        AssertRefused(
            $"Rows 1 | Send-WixInboxMessage {parameters}", "JournalMissing", ErrorCategory.InvalidArgument, words);
    }

    [Fact]
    public void A_run_that_cannot_begin_lets_go_of_it()
    {
        var (_, ended) = RunToEnd("$connection.Dispose(); Rows 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal("ConnectionClosed", ended.Id());
        Assert.Empty(Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void Nothing_that_is_sent_and_no_secret_is_in_it()
    {
        Site.On("canary-text 3", Mishap.ErrorAfter);
        Site.On("canary-text 4", Mishap.NotFound);
        var engine = NewEngine(token: "canary-token");

        var result = engine.Run("""
            1..6 | ForEach-Object {
                [pscustomobject]@{
                    Order = $_; Mailbox = "canary-$_@example.com"; FirstName = 'canary-name'
                    ContactId = $(if ($_ -eq 5) { 'canary-id' } else { '6f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $_ })
                    ImageUrl = 'https://canary.example.com/'
                }
            } | Send-WixInboxMessage -Text { "canary-text $($_.Order)" } -Badge canary-badge -PreviewText canary-preview -Journal $journal -KeyProperty Order
            """);

        Assert.Equal(["ConversationNotFound", "ContactIdInvalid"], result.ErrorIds);
        Assert.DoesNotContain("canary", File.ReadAllText(Journal), StringComparison.Ordinal);
        Assert.DoesNotContain("6f0c7f3e", File.ReadAllText(Journal), StringComparison.Ordinal);
    }

    private void AssertRefused(string script, string id, ErrorCategory category, string words, int requests = 0)
    {
        var rows = Source.Rows;
        var (result, ended) = RunToEnd(script);

        Assert.Equal(id, ended.Id());
        Assert.Equal(category, ended.CategoryInfo.Category);
        Assert.Contains(words, ended.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Information);

        // Nothing was sent, and no row read.
        Assert.Equal(requests, Site.Requests);
        Assert.Equal(rows, Source.Rows);
    }
}
