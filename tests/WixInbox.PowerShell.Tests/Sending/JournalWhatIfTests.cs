namespace WixInbox.PowerShell.Tests;

/// <summary>A rehearsal with -WhatIf of a run with a journal: it reads the journal, and no more.</summary>
public sealed class JournalWhatIfTests : JournaledRuns
{
    [Fact]
    public void It_makes_no_file()
    {
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal -WhatIf");

        Assert.Empty(Directory.GetFiles(Folder.Path));
        Assert.Equal("What if: 2 of 2 rows would be sent, with 2 requests.", Host.Lines[^1]);
    }

    [Fact]
    public void Rows_that_an_earlier_run_dealt_with_are_counted_in_the_last_line_and_nothing_is_changed()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Rows (1..4) | Send-WixInboxMessage -Journal $journal");
        var (bytes, time, requests) = (File.ReadAllBytes(Journal), File.GetLastWriteTimeUtc(Journal), Site.Requests);

        var result = RunWell("Rows (1..6) | Send-WixInboxMessage -Journal $journal -WhatIf -IncludeAlreadySent");

        Assert.Empty(result.Output);
        Assert.Equal(
            [
                "What if: Row 5: Send message \"x 5\" to conversation 5f0c7f3e-6f0e-4d3c-9b7a-000000000005 over own",
                "What if: Row 6: Send message \"x 6\" to conversation 5f0c7f3e-6f0e-4d3c-9b7a-000000000006 over own",
                "What if: Nobody is notified without -SendNotification.",
                "What if: 2 of 6 rows would be sent (4 are skipped, since the journal has them), with 2 requests.",
            ],
            Host.Lines.Where(line => line.StartsWith("What if", StringComparison.Ordinal)));
        Assert.Contains(result.Warnings, line => line.StartsWith(
            "1 row failed in an earlier run and would not be tried again.", StringComparison.Ordinal));
        Assert.Equal(requests, Site.Requests);
        Assert.Equal(bytes, File.ReadAllBytes(Journal));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Journal));
        Assert.Equal([Journal], Directory.GetFiles(Folder.Path));
    }

    [Theory]
    [InlineData("", "0 of 1 row would be sent (1 is skipped, since the journal has it).")]
    [InlineData("-RetryFailed", "1 of 1 row would be sent, with 1 request.")]
    public void RetryFailed_is_rehearsed_too(string parameter, string expected)
    {
        Site.On("x 1", Mishap.NotFound);
        Run("Rows 1 | Send-WixInboxMessage -Journal $journal");

        RunWell($"Rows 1 | Send-WixInboxMessage -Journal $journal -WhatIf {parameter}");

        Assert.Equal(
            "What if: " + expected, Host.Lines.Last(line => line.StartsWith("What if", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_conversation_that_the_journal_knows_costs_no_look_up()
    {
        RunWell("Contacts 1, 2 | Send-WixInboxMessage -Journal $journal");

        RunWell("Contacts 1, 2, 3 | Send-WixInboxMessage -Text { \"more for $($_.Order)\" } -Journal $journal -WhatIf");

        Assert.Equal(
            "What if: 3 of 3 rows would be sent, with 5 requests.",
            Host.Lines.Last(line => line.StartsWith("What if", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_reads_the_journal_of_a_run_that_is_under_way()
    {
        Site.On("x 2", Mishap.HangBefore);
        using var run = Start("Rows 1, 2 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");
        Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 1, TimeSpan.FromSeconds(30)));
        Site.WaitForInFlight(1);

        RunWell("Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -WhatIf");

        Assert.Equal(
            "What if: 2 of 3 rows would be sent (1 is skipped, since the journal has it), with 2 requests.",
            Host.Lines[^1]);
        await run.StopAsync();
    }

    [Theory]
    [InlineData("$folder", "PathInvalid")]
    [InlineData("$folder/contacts.csv", "JournalInvalid")]
    [InlineData("$journal -KeyProperty Order", "JournalKeyMismatch")]
    public void A_journal_that_could_not_be_used_is_an_error_already(string path, string id)
    {
        File.WriteAllText(Folder.File("contacts.csv"), "a,b\n");
        Engine.Set("folder", Folder.Path);
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(id, RunToEnd($"Rows 1 | Send-WixInboxMessage -WhatIf -Journal {path}").Ended.Id());
    }

    [Fact]
    public void A_row_that_breaks_a_rule_is_not_written_down()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        var bytes = File.ReadAllBytes(Journal);

        Assert.Equal(
            ["ConversationIdInvalid"],
            Run(
                "Rows 2 | ForEach-Object { $_.ConversationId = 'bad'; $_ } | "
                    + "Send-WixInboxMessage -Journal $journal -WhatIf").ErrorIds);

        Assert.Equal(bytes, File.ReadAllBytes(Journal));
    }

    [Fact]
    public void Without_a_connection_the_journal_is_not_read_and_that_is_said()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);
        engine.Set("journal", Journal);

        var result = engine.Run(
            $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}' }} | "
                + "Send-WixInboxMessage x -Journal $journal -KeyProperty ConversationId -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "The journal was not read, since there is no connection: rows that an earlier run has sent are counted "
                    + "as well. Connect-WixInbox first.",
            ],
            result.Warnings);
        Assert.Equal(
            "What if: 1 of 1 row would be sent, with 1 request: less than a minute at 200 a minute.",
            host.Lines.Last(line => line.StartsWith("What if", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Send-WixInboxMessage x -WhatIf")]
    [InlineData("ForEach-Object { $_.Connection = 'a'; $_ } | Send-WixInboxMessage x -Journal $journal -WhatIf")]
    [InlineData("Where-Object Connection | Send-WixInboxMessage x -Journal $journal -WhatIf")]
    public void Where_there_is_none_to_read_or_each_row_has_a_connection_nothing_is_said(string command)
    {
        using var engine = new Engine();
        engine.Set("journal", Journal);

        var result = engine.Run(
            "Connect-WixInbox -Sandbox -Name a; Connect-WixInbox -Sandbox -Name b; Select-WixInboxConnection b; "
                + "Disconnect-WixInbox b; "
                + $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}'; Connection = '' }} | {command}");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }
}
