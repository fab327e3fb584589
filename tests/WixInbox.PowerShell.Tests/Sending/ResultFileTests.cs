using System.Management.Automation;
using System.Text;

namespace WixInbox.PowerShell.Tests;

/// <summary>The file with what became of each row: Send-WixInboxMessage -ResultPath.</summary>
public sealed class ResultFileTests : JournaledRuns
{
    private const string Header =
        "\"Order\",\"ConversationId\",\"Text\",\"Row\",\"State\",\"Outcome\",\"Error\",\"MessageConversationId\","
            + "\"MessageId\",\"Time\"";

    private string Path => Folder.File("sent.csv");

    [Fact]
    public void Each_row_is_in_it_in_its_order_with_its_own_columns()
    {
        Site.On("x 2", Mishap.NotFound);

        var result = Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results");

        var rows = Results();
        Assert.Equal(Header, File.ReadLines(Path).First());
        Assert.Equal(["A-1", "A-2", "A-3"], rows.OutputOf("Order"));
        Assert.Equal(["1", "2", "3"], rows.OutputOf("Row"));
        Assert.Equal(["Sent", "Failed", "Sent"], rows.OutputOf("State"));
        Assert.Equal(["Succeeded", "Rejected", "Succeeded"], rows.OutputOf("Outcome"));
        Assert.Equal(["", Assert.Single(result.Errors).ToString(), ""], rows.OutputOf("Error"));
        Assert.Equal(result.OutputOf("Id"), new[] { rows.OutputOf("MessageId")[0], rows.OutputOf("MessageId")[2] });
        Assert.Equal(
            [rows.OutputOf("ConversationId")[0], "", rows.OutputOf("ConversationId")[2]],
            rows.OutputOf("MessageConversationId"));
        Assert.Equal(result.Output.Count, Site.Delivered.Length);
        Assert.All(rows.OutputOf("ConversationId"), id => Assert.StartsWith("5f0c7f3e", id, StringComparison.Ordinal));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", rows.OutputOf("Time")[0]);
        Assert.Equal("", rows.OutputOf("Time")[1]);
    }

    [Fact]
    public void A_cell_that_does_not_become_a_text_is_empty_in_it_and_its_row_is_one_like_any_other()
    {
        var result = Send("""
            class Mute { [string] ToString() { throw 'no' } }
            Rows 1, 2 | ForEach-Object { if ($_.Order -eq 'A-1') { $_.Order = [Mute]::new() }; $_ } |
                Send-WixInboxMessage -ResultPath $results
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["", "A-2"], Results().OutputOf("Order"));
    }

    [Fact]
    public void So_is_one_that_cannot_be_read()
    {
        var result = Send("""
            Rows 1, 2 | ForEach-Object {
                $total = [psscriptproperty]::new('Total', { if ($this.Order -eq 'A-1') { throw 'no' }; 7 })
                $_.PSObject.Properties.Add($total)
                $_
            } | Send-WixInboxMessage -ResultPath $results
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["", "7"], Results().OutputOf("Total"));
        Assert.Equal(["Sent", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_file_that_goes_away_before_the_first_row_comes_is_made_again()
    {
        var result = Send("& { Remove-Item $results; Rows 1 } | Send-WixInboxMessage -ResultPath $results");

        Assert.Empty(result.Errors);
        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_column_that_a_later_row_lacks_is_empty_in_it()
    {
        var result = Send(
            $"{RowWith("Name = 'Ana'")}, {RowWith("Nickname = 'Bo'")} | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["Ana", ""], Results().OutputOf("Name"));
        Assert.Equal(["Sent", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_of_it_that_is_sent_again_is_known_to_the_journal()
    {
        Send("Contacts 1, 2 | Send-WixInboxMessage -Journal $journal -ResultPath $results");

        var again = Send("Import-Csv $results | Send-WixInboxMessage -Journal $journal");

        Assert.Empty(again.Output);
        Assert.Equal(2, Site.Delivered.Length);
    }

    [Fact]
    public void It_has_a_mark_by_which_Excel_knows_UTF_8()
    {
        Send(RowWith("Name = 'João'") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Path).Take(3));
        Assert.Equal(["João"], Results().OutputOf("Name"));
    }

    [Theory]
    [InlineData("[datetimeoffset] '2026-11-29T02:13:27.5+01:00'", "2026-11-29T02:13:27+01:00")]
    [InlineData("[datetime] '2026-11-29 02:13'", "2026-11-29T02:13:00")]
    [InlineData("[psobject]::AsPSObject([datetime] '2026-11-29 02:13')", "2026-11-29T02:13:00")]
    [InlineData("[ordered] @{ a = 1; b = 'x y' }", "a=1; b=x y")]
    [InlineData("@{}", "")]
    [InlineData("@('a@example.com', 'b@example.com')", "a@example.com b@example.com")]
    public void A_value_that_is_no_text_is_in_it_as_somebody_reads_it(string value, string expected)
    {
        Send(RowWith($"Value = {value}") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([expected], Results().OutputOf("Value"));
    }

    [Fact]
    public void Rows_that_this_run_has_nothing_to_do_with_are_in_it_as_such()
    {
        Site.On("x 2", Mishap.NotFound);
        Send("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");

        Send("Rows 1, 2, 3, 3 | Send-WixInboxMessage -Journal $journal -SkipDuplicate -ResultPath $results");

        var rows = Results();
        Assert.Equal(["AlreadySent", "AlreadyFailed", "Sent", "Duplicate"], rows.OutputOf("State"));
        Assert.NotEqual("", rows.OutputOf("MessageId")[0]);
        Assert.Equal(["", "", "Succeeded", ""], rows.OutputOf("Outcome"));
    }

    [Fact]
    public void Messages_that_an_earlier_run_has_sent_are_returned_and_are_in_it_once()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        var result = Send("Rows 1 | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent -ResultPath $results");

        Assert.Single(result.Output);
        Assert.Equal(["AlreadySent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_that_somebody_declined_is_in_it()
    {
        Host.Answers.Enqueue(2);
        Host.Answers.Enqueue(0);

        Send("Rows 1, 2 | Send-WixInboxMessage -Confirm -ResultPath $results");

        Assert.Equal(["Declined", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void Rows_that_were_not_tried_since_too_many_had_failed_are_in_it_as_that()
    {
        // All rows are read before the first is answered.
        var read = new TaskCompletionSource();
        Site.Together = 0;
        Site.Later = read.Task;
        Site.On("x 2", Mishap.NotFound);
        Engine.Set("read", read);

        var result = Send(
            "& { Rows (1..40); $null = $read.TrySetResult() } | "
                + "Send-WixInboxMessage -ResultPath $results -ThrottleLimit 2 -MaxErrorCount 1");

        var rows = Results();
        var untried = rows.OutputOf("State").Count("NotTried".Equals);
        Assert.Equal(Enumerable.Range(1, 40).Select(row => $"A-{row}"), rows.OutputOf("Order"));
        Assert.Equal(40 - Site.Asked.Length, untried);
        Assert.Equal(ValueOf(result.Summary, "NotTried"), untried);
        Assert.InRange(untried, 1, 37);
    }

    [Fact]
    public void What_is_through_is_in_it_before_it_is_returned()
    {
        var result = Send("""
            Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results -ThrottleLimit 1 |
                ForEach-Object { @(Import-Csv $results).Count }
            """);

        Assert.Equal(["1", "2", "3"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void It_is_closed_when_the_run_is_over()
    {
        Send("Rows 1 | Send-WixInboxMessage -ResultPath $results");

        using var file = File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(file.CanWrite);
    }

    [Fact]
    public void A_pipeline_that_ends_early_leaves_what_was_written()
    {
        Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results -ThrottleLimit 1 | Select-Object -First 1");

        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_that_was_on_its_way_when_the_pipeline_ended_is_in_it_as_one_that_may_have_been_sent()
    {
        // The first is not answered before the second has left: what it waits for then would never come.
        Site.Together = 2;
        Site.On("x 2", Mishap.HangAfter);
        Engine.Set("site", Site);

        Send(
            "Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results -ThrottleLimit 3 | ForEach-Object { "
                + "while (-not ($site.Delivered -contains 'x 2')) { }; throw 'x' }");

        var rows = Results();
        Assert.Contains("A-2", rows.OutputOf("Order"));
        var open = rows.OutputOf("Order").ToList().IndexOf("A-2");
        Assert.Equal(("Failed", "Ambiguous"), (rows.OutputOf("State")[open], rows.OutputOf("Outcome")[open]));
        Assert.Contains("may or may not have been sent", rows.OutputOf("Error")[open], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r\n=1+1", "'\r\n=1+1")]
    [InlineData("\n=1+1", "'\n=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-1+A1", "'-1+A1")]
    [InlineData("+49 170 1234567", "+49 170 1234567")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("a \"b\", c;\r\nd", "a \"b\", c;\r\nd")]
    [InlineData("  blanks ", "  blanks ")]
    public void A_cell_is_what_it_was_and_no_formula(string value, string expected)
    {
        Engine.Set("value", value);

        Send(RowWith("Note = $value") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([expected], Results().OutputOf("Note"));
    }

    [Fact]
    public void A_file_of_results_that_is_sent_again_gets_new_ones()
    {
        Site.On("x 1", Mishap.NotFound);
        Send("Rows 1, 2 | Send-WixInboxMessage -ResultPath $results");

        // The same file: it is read while it is written.
        Send("Import-Csv $results | Where-Object State -eq Failed | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(Header, File.ReadLines(Path).First());
        Assert.Equal(["A-1"], Results().OutputOf("Order"));
        Assert.Equal(["Sent"], Results().OutputOf("State"));
        Assert.Equal(["x 2", "x 1"], Site.Delivered);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("| Where-Object State -notin Sent, AlreadySent", 0)]
    [InlineData("| Select-Object ConversationId, Order, Text, State", 0)]
    public void A_row_of_it_that_was_sent_is_told_of_before_it_is_sent_again(string filter, int warnings)
    {
        Site.On("x 2", Mishap.NotFound);
        Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results");

        var result = Send($"Import-Csv $results {filter} | Send-WixInboxMessage -ThrottleLimit 1 3>&1");

        Assert.Equal(warnings, result.Output.Count(one => one.BaseObject is WarningRecord));
        Assert.Equal(warnings == 1, result.Output[0].ToString().StartsWith(
            "Row 1: the rows are those of a result file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_of_the_rows_that_is_called_State_is_kept()
    {
        var result = Send(RowWith("State = 'Ohio'; Time = 'now'") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.EndsWith("There, it is in State 2, Time 2.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Ohio"], Results().OutputOf("State"));
        Assert.Equal(["Sent"], Results().OutputOf("State 2"));
    }

    [Fact]
    public void Rows_without_columns_are_in_it_as_they_are()
    {
        Send($"'{Engine.Guid1}' | Send-WixInboxMessage -ConversationId {{ $_ }} -Text 'x 1' -ResultPath $results");

        Assert.Equal([Engine.Guid1], Results().OutputOf("InputObject"));
        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_message_that_is_typed_has_no_columns_of_its_own_in_it()
    {
        Send($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -ResultPath $results");

        Assert.StartsWith("\"Row\",\"State\",", File.ReadLines(Path).First(), StringComparison.Ordinal);
        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Theory]
    [InlineData("\"$results/below/it\"", "ResultUnwritable")]
    [InlineData("Variable:\\x", "PathInvalid")]
    [InlineData("(Split-Path $results)", "PathInvalid")]
    [InlineData("$journal", "PathIsJournal")]
    public void A_path_that_cannot_be_written_ends_the_run_before_anything_is_sent(string path, string id)
    {
        var result = Send(
            "[void](New-Item $results); Rows 1, 2 | "
                + $"Send-WixInboxMessage -Journal $journal -ResultPath {path}");

        Assert.Equal([id], result.ErrorIds);
        Assert.Empty(Site.Asked);
    }

    [Fact]
    public async Task What_is_known_when_the_run_is_stopped_is_in_it_and_what_is_open_is_said_to_be()
    {
        using var handler = new StubHandler((request, token) =>
            request.Body.Contains("hangs", StringComparison.Ordinal)
                ? HangAsync(token)
                : Task.FromResult(StubHandler.Stored(request)));
        var engine = Engine.ConnectedTo(handler);
        engine.Set("results", Path);
        engine.Set("journal", Journal);
        using var run = new RunningPipeline(
            engine,
            """
            'first', 'hangs', 'bad', 'last' | ForEach-Object {
                $id = if ($_ -eq 'bad') { $_ } else { [guid]::NewGuid() }
                [pscustomobject]@{ Name = "$_, or so"; ConversationId = $id; Text = $_ } |
                    Add-Member -PassThru ScriptProperty Length { $this.Text.Length }
            } | Send-WixInboxMessage -ResultPath $results -Journal $journal
            """);
        var isSent = SpinWait.SpinUntil(
            () => File.Exists(Journal)
                && Lines.Count(line => line.Contains("\"t\":\"S\"", StringComparison.Ordinal)) == 2,
            TimeSpan.FromSeconds(30));

        await run.StopAsync();

        Assert.True(isSent);
        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["first, or so", "hangs, or so", "bad, or so", "last, or so"], read["Name"]);
        Assert.Equal(["", "", ""], read["Length"].Skip(1));
        Assert.Equal(["1", "2", "3", "4"], read["Row"]);
        Assert.Equal(["Sent", "Failed", "Failed", "Sent"], read["State"]);
        Assert.Equal(["Succeeded", "Ambiguous", "Rejected", "Succeeded"], read["Outcome"]);
        Assert.Single(handler.Requests, request => request.Body.Contains("last", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_had_not_left_when_the_run_was_stopped_is_in_it_as_not_tried()
    {
        // Messages to one conversation leave one after another: the second waits for ever, and the fourth only until
        // what became of the third is known.
        Site.On("x 1", Mishap.HangAfter);
        Site.On("x 3", Mishap.NotFound);
        using var run = Start(
            "Rows 1, 2, 3, 4 | ForEach-Object { "
                + $"$_.ConversationId = if ($_.Order -in 'A-1', 'A-2') {{ '{Engine.Guid1}' }} "
                + $"else {{ '{Engine.Guid2}' }}; $_ }} | Send-WixInboxMessage -ResultPath '{Path}'");
        Assert.True(SpinWait.SpinUntil(() => Site.Delivered.Length == 2, TimeSpan.FromSeconds(30)));

        await run.StopAsync();

        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2", "A-3", "A-4"], read["Order"]);
        Assert.Equal(["Failed", "NotTried", "Failed"], read["State"].Take(3));
        Assert.Equal(["Ambiguous", "", "Rejected"], read["Outcome"].Take(3));
    }

    [Fact]
    public async Task So_is_one_that_was_not_tried_since_an_earlier_one_had_ended_the_run()
    {
        Site.On("x 1", Mishap.HangAfter);
        Site.On("x 2", Mishap.Unauthorized);
        using var run = Start(
            "Rows 1, 2, 3 | After 1 | ForEach-Object { "
                + $"if ($_.Order -ne 'A-1') {{ $_.ConversationId = '{Engine.Guid1}' }}; $_ }} | "
                + $"Send-WixInboxMessage -ResultPath '{Path}' -Journal $journal");
        var isRefused = SpinWait.SpinUntil(
            () => File.Exists(Journal) && Lines.Any(line => line.Contains("\"t\":\"N\"", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30));

        await run.StopAsync();

        Assert.True(isRefused);
        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2", "A-3"], read["Order"]);
        Assert.Equal(["Failed", "Failed", "NotTried"], read["State"]);
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

    private static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }

    private static string RowWith(string column) =>
        $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}'; {column}; Text = 'x 1' }}";

    private Result Send(string script)
    {
        Engine.Set("results", Path);
        return Run(script);
    }

    private Result Results() => RunWell("Import-Csv $results");
}
