namespace WixInbox.PowerShell.Tests;

/// <summary>When a row is in the result file, and what the file has of a run that ends early.</summary>
public sealed class ResultFileEndTests : ResultFileRuns
{
    [Fact]
    public void Rows_that_were_not_tried_since_too_many_had_failed_are_in_it_as_that()
    {
        // Those in front wait for two that are not answered before the last, which has no text, has failed.
        var read = new TaskCompletionSource();
        Site.Together = 0;
        Site.Later = read.Task;
        Engine.Set("read", read);

        var result = Send(
            "& { Rows (1..10); $last = Rows 11; $last.Text = ''; $last; $null = $read.TrySetResult() } | "
                + "Send-WixInboxMessage -ResultPath $results -ThrottleLimit 2 -MaxErrorCount 1");

        var rows = Results();
        var untried = rows.OutputOf("State").Count("NotTried".Equals);
        Assert.Equal(Enumerable.Range(1, 11).Select(row => $"A-{row}"), rows.OutputOf("Order"));
        Assert.Equal("Failed", rows.OutputOf("State")[^1]);
        Assert.Equal(10 - Site.Asked.Length, untried);
        Assert.Equal(ValueOf(result.Summary, "NotTried"), untried);
        Assert.InRange(untried, 8, 10);
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
    public void A_pipeline_that_ends_early_leaves_what_was_written_and_the_row_that_had_just_come()
    {
        Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results -ThrottleLimit 1 | Select-Object -First 1");

        Assert.Equal(["Sent", "NotTried"], Results().OutputOf("State"));
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
        Assert.Equal(("Unknown", "Ambiguous"), (rows.OutputOf("State")[open], rows.OutputOf("Outcome")[open]));
        Assert.Contains("may or may not have been sent", rows.OutputOf("Error")[open], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_when_the_run_is_stopped_is_in_it_and_what_is_open_is_said_to_be()
    {
        using var handler = new StubHandler((request, token) =>
            request.Body.Contains("hangs", StringComparison.Ordinal)
                ? HangAsync(token)
                : Task.FromResult(StubHandler.Stored(request)));
        var engine = Engine.ConnectedTo(handler, name: "own");
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
        Assert.Equal(["5", "5", "3", "4"], read["Length"]);
        Assert.Equal(["1", "2", "3", "4"], read["Row"]);
        Assert.Equal(["Sent", "Unknown", "Failed", "Sent"], read["State"]);
        Assert.Equal(["Succeeded", "Ambiguous", "Rejected", "Succeeded"], read["Outcome"]);
        Assert.Equal([true, false, false, true], read["Error"].Select(string.IsNullOrEmpty));
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
        Assert.Equal(["Unknown", "NotTried", "Failed"], read["State"].Take(3));
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
        Source.WaitForRows(3);
        Source.WaitUntilReaderRests();

        await run.StopAsync();

        Assert.True(isRefused);
        var read = CsvText.OfBytes(File.ReadAllBytes(Path));
        Assert.Equal(["A-1", "A-2", "A-3"], read["Order"]);
        Assert.Equal(["Unknown", "Failed", "NotTried"], read["State"]);
        Assert.StartsWith("Stopped. Rows: 3. Sent: 0. Failed: 1. ", Host.Lines[^1], StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }

    [Fact]
    public void A_row_that_had_just_come_when_too_many_had_failed_is_in_it_as_not_tried()
    {
        // The first row is answered when the second has left its source, and the run takes it before it looks.
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (Site.Together, Site.Later) = (0, answer.Task);
        Engine.Set("answer", answer);
        Site.On("x 1", Mishap.NotFound);

        var result = Send("""
            Rows 1, 2, 3 | ForEach-Object { if ($_.Order -eq 'A-2') { $answer.SetResult() }; $_ } |
                Send-WixInboxMessage -ResultPath $results -ThrottleLimit 1 -MaxErrorCount 1
            """);

        var rows = Results();
        Assert.Equal(["A-1", "A-2"], rows.OutputOf("Order"));
        Assert.Equal(["Failed", "NotTried"], rows.OutputOf("State"));
        Assert.Equal(1, ValueOf(result.Summary, "NotTried"));
    }

    [Fact]
    public void A_row_whose_warning_ends_the_run_is_in_it_as_not_tried()
    {
        Send("""
            Rows 1, 2 | ForEach-Object { $_ | Add-Member -PassThru Name $(if ($_.Order -eq 'A-1') { 'Ana' }) } |
                Send-WixInboxMessage { "Hi $($_.Name), you." } -ResultPath $results -ThrottleLimit 1 -WarningAction Stop
            """);

        var rows = Results();
        Assert.Equal(["A-1", "A-2"], rows.OutputOf("Order"));
        Assert.Equal("NotTried", rows.OutputOf("State")[1]);
        Assert.Single(Site.Delivered);
    }
}
