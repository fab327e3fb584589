using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Runs that end because too much fails: -MaxErrorCount, and a server that is not there.</summary>
public sealed class OutageTests : JournaledRuns
{
    [Theory]
    [InlineData(1, "1 row has failed")]
    [InlineData(3, "3 rows have failed")]
    public void A_run_ends_when_as_many_rows_have_failed_as_may(int most, string words)
    {
        var (result, ended) = RunToEnd(
            "Rows (1..50) | ForEach-Object { $_.ConversationId = 'bad'; $_ } | "
                + $"Send-WixInboxMessage -MaxErrorCount {most}");

        Assert.Equal("TooManyErrors", ended.Id());
        Assert.Equal(ErrorCategory.LimitsExceeded, ended.CategoryInfo.Category);
        Assert.Equal(
            $"{words}, and -MaxErrorCount {most} is reached. No further row was tried.", ended.ToString());
        Assert.Null(ended.TargetObject);
        Assert.Equal(Enumerable.Repeat("ConversationIdInvalid", most), result.ErrorIds);
        Assert.Equal(most, Source.Rows);
        Assert.Equal(most, ValueOf(result.Summary, "Failed"));
    }

    [Fact]
    public void Its_numbers_are_written_as_its_words_are_whatever_the_culture()
    {
        var (result, ended) = RunToEnd("""
            [cultureinfo]::CurrentCulture = 'de-DE'
            Rows (1..1000) | ForEach-Object { $_.ConversationId = 'bad'; $_ } |
                Send-WixInboxMessage -MaxErrorCount 1000
            """);

        Assert.StartsWith("1,000 rows have failed", ended.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Rows: 1,000. Sent: 0. Failed: 1,000.", result.Summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_flight_are_accounted_for_and_none_is_read_after()
    {
        Site.Together = 4;
        Site.On("x 1", Mishap.NotFound);
        Site.On("x 3", Mishap.NotFound);

        // Those behind the four are answered when the first message is out, and the failure before it is counted.
        var later = new TaskCompletionSource();
        Site.Later = later.Task;
        Engine.Set("later", later);

        var (result, ended) = RunToEnd("""
            Rows (1..50) | After 4 |
                Send-WixInboxMessage -MaxErrorCount 1 -ThrottleLimit 4 -Journal $journal |
                ForEach-Object { $null = $later.TrySetResult(); $_ }
            """);

        Assert.Equal("TooManyErrors", ended.Id());
        Assert.EndsWith(
            "the same command with the same -Journal continues where this run stopped.",
            ended.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["ConversationNotFound", "ConversationNotFound"], result.ErrorIds);
        Assert.Equal(["x 2", "x 4"], TextsOf(result)[..2]);

        // The four, and at the most one in the place of each before the first failure is known.
        Assert.InRange(Site.Asked.Length, 4, 8);
        Assert.Equal(Site.Asked.Order(), TextsOf(result).Concat(["x 1", "x 3"]).Order());
        Assert.Equal(
            ["1 Failed", "2 Sent", "3 Failed", "4 Sent"],
            States().Where(state => state[0] is >= '1' and <= '4' && state[1] == ' ').Order());
        Assert.Equal(Source.Rows - result.Errors.Count - result.Output.Count, ValueOf(result.Summary, "NotTried"));
    }

    [Fact]
    public void Fewer_errors_than_that_end_nothing()
    {
        Site.On("x 1", Mishap.NotFound);
        Site.On("x 3", Mishap.NotFound);

        var result = Run("Rows (1..5) | Send-WixInboxMessage -MaxErrorCount 3");

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(2, result.Errors.Count);
        Assert.Null(result.Thrown);
    }

    [Fact]
    public void A_row_that_is_left_out_as_a_duplicate_is_none()
    {
        var result = RunWell("Rows 1, 1, 2 | Send-WixInboxMessage -MaxErrorCount 1 -SkipDuplicate -ThrottleLimit 1");

        Assert.Equal(["x 1", "x 2"], TextsOf(result));
    }

    [Fact]
    public void Without_it_any_number_may_fail()
    {
        Assert.Equal(
            300,
            Run(
                "Rows (1..300) | ForEach-Object { $_.ConversationId = 'bad'; $_ } | "
                    + "Send-WixInboxMessage").Errors.Count);
    }

    [Fact]
    public void A_rehearsal_keeps_to_it_too()
    {
        var (result, ended) = RunToEnd(
            "Rows (1..9) | ForEach-Object { $_.ConversationId = 'bad'; $_ } | "
                + "Send-WixInboxMessage -MaxErrorCount 2 -WhatIf");

        Assert.Equal("TooManyErrors", ended.Id());
        Assert.Equal(2, result.Errors.Count);
        Assert.Equal(2, Source.Rows);
    }

    [Fact]
    public void A_server_that_is_not_there_ends_the_run_with_few_requests()
    {
        Site.IsDown = true;

        var (result, ended) = RunToEnd("Rows (1..1000) | Send-WixInboxMessage -Journal $journal");

        Assert.Equal("ServiceUnreachable", ended.Id());
        Assert.Equal(ErrorCategory.ConnectionError, ended.CategoryInfo.Category);
        Assert.Matches(
            @"^Wix could not be reached: .* No further row was tried, since each would fail as row [0-9]+ did\. "
                + @"The same command with the same -Journal continues where this run stopped\.$",
            ended.ToString());
        Assert.Null(ended.TargetObject);
        Assert.InRange(Site.Requests, 20, 30);
        Assert.InRange(Source.Rows, 5, 1000);
        Assert.InRange(result.Errors.Count, 5, 30);
        Assert.Equal(Source.Rows, result.Errors.Count + (int)ValueOf(result.Summary, "NotTried")!);
        Assert.All(result.ErrorIds, id => Assert.True(id is "ConnectionFailed" or "ServiceUnreachable", id));
        Assert.Empty(result.Output);
        Assert.Equal(result.Errors.Count, ValueOf(result.Summary, "NotSent"));
    }

    [Fact]
    public void Typed_again_it_asks_little_and_ends_or_goes_on()
    {
        Site.IsDown = true;
        RunToEnd("Rows (1..100) | Send-WixInboxMessage -Journal $journal");
        var requests = Site.Requests;

        var (_, ended) = RunToEnd("Rows (1..100) | Send-WixInboxMessage -Journal $journal");
        Assert.Equal("ServiceUnreachable", ended.Id());

        // Each of those that are on their way may be the one that finds out.
        Assert.InRange(Site.Requests, requests + 1, requests + 5);

        Site.IsDown = false;
        Assert.Equal(100, RunWell("Rows (1..100) | Send-WixInboxMessage -Journal $journal").Output.Count);
        Assert.Equal(100, Site.Delivered.Distinct().Count());
    }

    [Fact]
    public void Without_a_journal_nobody_is_told_of_one()
    {
        Site.IsDown = true;

        var (_, ended) = RunToEnd("Rows (1..1000) | Send-WixInboxMessage");

        Assert.Equal("ServiceUnreachable", ended.Id());
        Assert.DoesNotContain("-Journal", ended.ToString(), StringComparison.Ordinal);
    }
}
