using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>The summary of a run, on the information stream and in the verbose one.</summary>
public sealed class SummaryTests : JournaledRuns
{
    [Fact]
    public void It_counts_what_became_of_the_rows()
    {
        Site.On("x 2", Mishap.NotFound);
        Site.On("x 3", Mishap.ErrorAfter);
        Site.On("x 4", [.. Enumerable.Repeat(Mishap.TimedOut, 6)]);

        var result = Run("Rows (1..5) | Send-WixInboxMessage -InformationVariable info -Verbose; $info.MessageData");

        AssertCounts(result.Output[^1], rows: 5, sent: 3, reconciled: 1, rejected: 1, notSent: 1, requests: 11);
        Assert.Null(ValueOf(result.Output[^1], "Journal"));
        Assert.Matches(
            "^Rows: 5. Sent: 3. Failed: 2. Reconciled: 1. Over: own. Time: [0-9:]+. ", result.Output[^1].ToString());
    }

    [Fact]
    public void It_counts_what_is_not_known()
    {
        Site.On("x 2", Mishap.ErrorBefore);

        var result = Run("Rows (1..2) | Send-WixInboxMessage -OnAmbiguous Skip");

        AssertCounts(result.Summary, rows: 2, sent: 1, unknown: 1, requests: 2);
        Assert.StartsWith(
            "Rows: 2. Sent: 1. Failed: 1. Unknown: 1.", result.Summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_counts_what_an_earlier_run_did_and_names_the_journal()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Rows (1..4) | Send-WixInboxMessage -Journal $journal");

        var result = RunWell("Rows (1..5) | Send-WixInboxMessage -Journal $journal -Verbose");

        AssertCounts(result.Summary, rows: 5, sent: 1, alreadySent: 3, alreadyFailed: 1, requests: 1);
        Assert.Equal(Journal, ValueOf(result.Summary, "Journal"));
        Assert.Matches(
            "^Rows: 5. Sent: 1. Failed: 0. Skipped: 4. Over: own. Time: [0-9:]+. "
                + "Nobody is notified without -SendNotification.$",
            result.Summary.ToString());
    }

    [Fact]
    public void What_IncludeAlreadySent_gives_back_was_not_sent_by_this_run()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        AssertCounts(
            RunWell("Rows (1..4) | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent").Summary,
            rows: 4,
            sent: 1,
            alreadySent: 3,
            requests: 1);
    }

    [Fact]
    public void Rows_that_break_a_rule_are_rejected()
    {
        var result = Run(
            "Rows 1, 2, 2 | Send-WixInboxMessage -Text { if ($_.Order -eq 'A-1') { '' } else { 'x' } } "
                + "-Journal $journal -KeyProperty Order");

        Assert.Equal(["ContentMissing", "KeyRepeated"], result.ErrorIds);
        AssertCounts(result.Summary, rows: 3, sent: 1, rejected: 2, requests: 1);
    }

    [Fact]
    public void A_run_that_an_error_ends_has_one_too()
    {
        Site.On("x 3", Mishap.Unauthorized);

        var (result, ended) = RunToEnd("Rows (1..9) | Send-WixInboxMessage -ThrottleLimit 1 -Verbose");

        Assert.Equal("Unauthorized", ended.Id());
        AssertCounts(result.Summary, rows: Source.Rows, sent: 2, notSent: 1, requests: 3);
        Assert.Matches($"^Rows: {Source.Rows}. Sent: 2. Failed: 1. ", result.Summary.ToString());
    }

    [Fact]
    public void A_run_that_ends_at_its_second_row_has_one_too_and_an_error_for_each_row()
    {
        Engine.Set("results", Folder.File("sent.csv"));

        var (result, ended) = RunToEnd("Rows (1..9) | Send-WixInboxMessage -Text { $_.Nothing } -ResultPath $results");

        Assert.Equal("ColumnUnknown", ended.Id());
        Assert.Null(ended.TargetObject);
        Assert.Equal(["A-1", "A-2"], result.Errors.Select(error => ValueOf((PSObject)error.TargetObject, "Order")));
        AssertCounts(result.Summary, rows: 2, rejected: 2);
        Assert.Equal(["Failed", "Failed"], RunWell("Import-Csv $results").OutputOf("State"));
    }

    [Fact]
    public void A_run_whose_result_file_cannot_be_begun_has_one_too_and_was_not_stopped()
    {
        Engine.Set("results", Folder.File("sent.csv"));

        var (result, ended) = RunToEnd("""
            & { Remove-Item $results; $null = New-Item -ItemType Directory $results; Rows 1, 2 } |
                Send-WixInboxMessage -ResultPath $results
            """);

        Assert.Equal("ResultUnwritable", ended.Id());
        AssertCounts(result.Summary, rows: 1);
        Assert.Equal(1, ValueOf(result.Summary, "NotTried"));
        Assert.DoesNotContain(Host.Lines, line => line.StartsWith("Stopped", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_an_error_ends_tells_how_many_rows_have_a_gap()
    {
        Site.On("Hi , x 4", Mishap.Unauthorized);

        var (result, _) = RunToEnd("""
            Rows (1..9) | Select-Object *, @{ Name = 'Name'; Expression = { '' } } |
                Send-WixInboxMessage -Text { "Hi $($_.Name), $($_.Text)" } -ThrottleLimit 1
            """);

        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith("Name is empty in 4 rows", result.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_is_in_one_of_its_counts()
    {
        Host.Answers.Enqueue(2);
        Host.Answers.Enqueue(0);
        var declined = Run("Rows 1, 2 | Send-WixInboxMessage -Confirm").Summary;
        Assert.Equal(["Sent 1", "Declined 1"], ValuesOf(declined, "Sent", "Declined"));
        Assert.Contains(" Declined: 1.", declined.ToString(), StringComparison.Ordinal);

        RunWell("Rows (1..40) | Send-WixInboxMessage -ThrottleLimit 8 | Select-Object -First 1");
        Assert.Matches(
            @"^Stopped\. Rows: (?<rows>\d+)\. Sent: (?<sent>\d+)\. Failed: 0\.( Unfinished: (?<rest>\d+)\.)?",
            Host.Lines[^1]);
        var counts = Regex.Matches(Host.Lines[^1], @"(?:Rows|Sent|Unfinished): (\d+)")
            .Select(count => int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(counts[0], counts.Skip(1).Sum());
    }

    [Fact]
    public async Task Also_where_it_is_stopped()
    {
        Host.Answers.Enqueue(2);
        Host.Answers.Enqueue(0);
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Confirm | Select-Object -First 1");
        Assert.StartsWith(
            "Stopped. Rows: 2. Sent: 1. Failed: 0. Declined: 1. Time:", Host.Lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(" No row after row 2 was read.", Host.Lines[^1], StringComparison.Ordinal);

        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");
        Site.On("x 4", Mishap.HangBefore);
        var before = Source.Rows;
        using (var run = Start(
            "Rows (1..5) | ForEach-Object { if ($_.Order -eq 'A-5') { $_.ConversationId = 'bad' }; $_ } | "
                + "Send-WixInboxMessage -Journal $journal"))
        {
            Source.WaitForRows(before + 5);
            Site.WaitForInFlight(1);
            Source.WaitUntilReaderRests();
            await run.StopAsync();
        }

        Assert.StartsWith(
            "Stopped. Rows: 5. Sent: 0. Failed: 1. Skipped: 3. Unfinished: 1. Time:",
            Host.Lines[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_requests_are_those_of_this_run()
    {
        RunWell("Contacts (1..3) | Send-WixInboxMessage");

        // Both are looked up, at once if the clock lets them, and the connection knows the first one's conversation.
        Assert.InRange((long)ValueOf(RunWell("Contacts 1, 4 | Send-WixInboxMessage").Summary, "Requests")!, 4, 5);
    }

    [Theory]
    [InlineData(0.999, 0.0)]
    [InlineData(1.0, 120.0)]
    [InlineData(90.0, 1.3)]
    public void The_rate_is_that_of_a_minute_unless_there_was_hardly_a_second(double seconds, double expected)
    {
        var summary = RunWell("Rows 1, 2 | Send-WixInboxMessage").Summary;
        var elapsed = summary.BaseObject.GetType().GetProperty("Elapsed")!;
        elapsed.SetValue(summary.BaseObject, TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, ValueOf(summary, "RatePerMinute"));
    }

    [Theory]
    [InlineData(1, "", false)]
    [InlineData(1, "-OnAmbiguous Skip", true)]
    [InlineData(2, "", true)]
    [InlineData(2, "-OnAmbiguous Skip", true)]
    public void It_says_that_the_same_command_continues_where_rows_may_be_sent_then(
        int first, string parameter, bool continues)
    {
        // One that Wix refuses, one whose answer is lost and read, and one that Wix does not take up.
        Site.On("x 1", Mishap.NotFound);
        Site.On("x 2", Mishap.ErrorBefore);
        Site.On("x 3", [.. Enumerable.Repeat(Mishap.TimedOut, 6)]);

        var summary = Run(
            $"Rows {first}, ({first} + 1) | Send-WixInboxMessage -Journal $journal {parameter}").Summary;

        Assert.Equal(
            continues,
            summary.ToString().EndsWith(
                " The same command with the same -Journal continues.", StringComparison.Ordinal));
    }

    [Fact]
    public void And_where_a_row_was_read_ahead_and_not_tried()
    {
        Site.On("x 1", Mishap.Unauthorized);
        Site.Together = 0;
        Site.Later = Task.Run(
            () =>
            {
                Source.WaitForRows(2);
                Source.WaitUntilReaderRests();
            },
            TestContext.Current.CancellationToken);

        var (result, _) = RunToEnd("Rows (1..3) | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");

        Assert.Equal(["Sent 0", "NotSent 1"], ValuesOf(result.Summary, "Sent", "NotSent"));
        Assert.Matches(
            @" Not tried: 1\. .* The same command with the same -Journal continues\.$", result.Summary.ToString());
    }

    [Theory]
    [InlineData("Rows 1", true)]
    [InlineData("Rows 1, 1", true, " Duplicates: 1.")]
    [InlineData("Rows 2", false)]
    [InlineData("@()", false)]
    public void Nothing_was_left_to_do_where_there_were_rows_and_none_is_left_that_failed(
        string rows, bool isSaid, string counted = "")
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");

        var summary = RunWell($"{rows} | Send-WixInboxMessage -Journal $journal -SkipDuplicate").Summary;

        Assert.Equal(isSaid, summary.ToString().EndsWith(" Nothing was left to do.", StringComparison.Ordinal));
        Assert.Contains(counted, summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_is_said_of_a_run_without_a_journal_or_of_one_that_was_stopped()
    {
        Site.On("x 3", [.. Enumerable.Repeat(Mishap.TimedOut, 6)]);
        var failed = Run("Rows 3 | Send-WixInboxMessage").Summary.ToString();
        Assert.Contains(" Failed: 1.", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("continues", failed, StringComparison.Ordinal);

        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent | Select-Object -First 1");
        Assert.StartsWith("Stopped. Rows: 1. ", Host.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was left", Host.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_rehearsal_has_none()
    {
        var result = RunWell("Rows 1 | Send-WixInboxMessage -WhatIf -InformationVariable info; $info.Count");

        Assert.Empty(result.Information);
        Assert.Equal("0", result.Output[^1].ToString());
    }

    [Fact]
    public void Its_rows_are_counted_in_the_verbose_stream()
    {
        var result = Run("Rows 1, 2 | Send-WixInboxMessage -Text { if ($_.Order -eq 'A-1') { '' } else { 'x' } } "
            + "-WhatIf -Verbose");

        Assert.Matches(@"^Rows: 2\. Sent: 0\. Failed: 1\. Over: own\. Time: ", result.Verbose[^1]);
    }

    [Fact]
    public void A_run_without_rows_counts_none()
    {
        AssertCounts(RunWell("@() | Send-WixInboxMessage").Summary, rows: 0);
    }

    [Fact]
    public void A_run_that_ends_before_its_first_row_has_none()
    {
        var result = Run("& { throw 'no rows' } | Send-WixInboxMessage");

        Assert.Equal("no rows", result.Thrown!.Message);
        Assert.Empty(Host.Lines);
    }

    [Fact]
    public void It_is_tagged_and_shown_as_one_line()
    {
        var result = RunWell(
            "Rows 1 | Send-WixInboxMessage -InformationVariable info | ForEach-Object { }; $info.Tags");

        Assert.Equal(["WixInbox", "PSHOST"], result.Output.Select(tag => tag.ToString()));
        Assert.Equal([result.Summary.ToString()], Host.Lines);
    }

    [Fact]
    public void Its_view_fits_80_columns_and_names_nobody()
    {
        RunWell("(Rows 1 | Send-WixInboxMessage -Journal $journal 6>&1)[1].MessageData | Out-Default");

        var lines = Shown();
        Assert.All(
            lines.Where(line => !line.Contains(Folder.Path, StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.StartsWith("Sent", StringComparison.Ordinal)
            && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("x 1", StringComparison.Ordinal));
    }

    private static void AssertCounts(
        PSObject summary,
        int rows,
        int sent = 0,
        int reconciled = 0,
        int rejected = 0,
        int notSent = 0,
        int unknown = 0,
        int alreadySent = 0,
        int alreadyFailed = 0,
        int requests = 0)
    {
        string[] names =
        [
            "Rows", "Sent", "Reconciled", "Failed", "Rejected", "NotSent", "Unknown", "AlreadySent", "AlreadyFailed",
            "Requests",
        ];
        int[] expected =
        [
            rows,
            sent,
            reconciled,
            rejected + notSent + unknown,
            rejected,
            notSent,
            unknown,
            alreadySent,
            alreadyFailed,
            requests,
        ];
        Assert.Equal(
            names.Zip(expected, (name, count) => $"{name} {count}"),
            ValuesOf(summary, names));
    }
}
