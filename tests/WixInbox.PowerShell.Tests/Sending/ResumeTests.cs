namespace WixInbox.PowerShell.Tests;

/// <summary>
/// A run with a journal that is cut off, and the same command typed again: each row is delivered once.
/// </summary>
public sealed class ResumeTests : JournaledRuns
{
    private const string Again = "Rows (1..10) | Send-WixInboxMessage -Journal $journal -Verbose";

    [Theory]
    [InlineData(
        "Rows (1..10) | After 4 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 4 | Select-Object -First 1")]
    [InlineData(
        "$rows = Rows (1..10); foreach ($once in 1) { $rows | After 4 | "
            + "Send-WixInboxMessage -Journal $journal -ThrottleLimit 4 | ForEach-Object { $_; break } }")]
    [InlineData(
        "try { Rows (1..10) | After 4 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 4 | ForEach-Object { $_; "
            + "throw 'enough' } } catch { }")]
    public void What_wants_no_more_leaves_rows_open_that_are_looked_up_first(string script)
    {
        LeaveTwoToFourOpen();

        Assert.Equal(["x 1"], TextsOf(RunWell(script)));
        Assert.Equal(["1 Sent", "2 Sending", "3 Sending", "4 Sending"], StatesOfFour());

        AssertTheRestIsSent();
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop';", "")]
    [InlineData("", "-ErrorAction Stop")]
    public void An_error_that_is_to_stop_leaves_no_row_open(string before, string parameter)
    {
        Site.On("x 1", Mishap.NotFound);

        var (_, ended) = RunToEnd(
            $"{before} Rows (1..10) | Send-WixInboxMessage -Journal $journal -ThrottleLimit 4 {parameter}");
        Assert.Equal("ConversationNotFound", ended.Id());
        Run("$ErrorActionPreference = 'Continue'");
        Assert.Contains("1 Failed", States());
        Assert.DoesNotContain(States(), state => state.EndsWith("Sending", StringComparison.Ordinal));

        RunWell("Rows (1..10) | Send-WixInboxMessage -Journal $journal");
        Assert.Equal(Enumerable.Range(2, 9).Select(row => $"x {row}").Order(), Site.Delivered.Order());
    }

    [Fact]
    public async Task Control_C_leaves_rows_open_too()
    {
        LeaveTwoToFourOpen();
        using (var run = Start("Rows (1..10) | After 4 | Send-WixInboxMessage -Journal $journal -ThrottleLimit 4"))
        {
            // The first is through, and another one has its place.
            Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 1, TimeSpan.FromSeconds(30)));
            Site.WaitForInFlight(4);
            await run.StopAsync();
        }

        Assert.Equal(["1 Sent", "2 Sending", "3 Sending", "4 Sending"], StatesOfFour());
        AssertTheRestIsSent();
    }

    [Theory]
    [InlineData(Mishap.Unauthorized, "Unauthorized")]
    [InlineData(Mishap.Forbidden, "PermissionDenied")]
    public void An_answer_that_every_row_would_get_ends_the_run_and_its_row_is_sent_with_the_rest(
        Mishap mishap, string id)
    {
        Site.On("x 4", mishap);

        var (result, ended) = RunToEnd("Rows (1..10) | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");
        Assert.Equal(id, ended.Id());
        Assert.Contains(
            "The same command with the same -Journal continues where this run stopped.",
            ended.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["x 1", "x 2", "x 3"], TextsOf(result));

        var again = RunWell(Again);
        Assert.Equal(["x 4", "x 5", "x 6", "x 7", "x 8", "x 9", "x 10"], TextsOf(again));
        Assert.Empty(again.Warnings);
        AssertEachOnce(10);
    }

    [Fact]
    public void So_does_an_outage()
    {
        // Enough rows for an outage to be told from a mishap, however many are sent before the third message comes out.
        var (first, ended) = RunToEnd(
            "Rows (1..120) | Send-WixInboxMessage -Journal $journal | ForEach-Object { $_; "
                + "if ($_.Content.PreviewText -eq 'x 3') { $site.IsDown = $true } }");
        Site.Calm();

        Assert.Equal("ServiceUnreachable", ended.Id());
        Assert.All(
            first.ErrorIds,
            id => Assert.True(id is "ConnectionFailed" or "ServiceUnreachable" or "EarlierMessageNotSent", id));

        RunWell("Rows (1..120) | Send-WixInboxMessage -Journal $journal");
        AssertEachOnce(120);
    }

    [Fact]
    public void Rows_that_were_sent_give_nothing_and_cost_nothing()
    {
        RunWell("Contacts (1..5) | Send-WixInboxMessage -Journal $journal");
        var requests = Site.Requests;

        Assert.Empty(RunWell("Contacts (1..5) | Send-WixInboxMessage -Journal $journal").Output);

        Assert.Equal(requests, Site.Requests);
    }

    [Fact]
    public void Rows_may_come_in_another_order_and_others_among_them()
    {
        RunWell("Rows 1, 2, 3, 2, 2 | Send-WixInboxMessage -Journal $journal");

        var result = RunWell("Rows 7, 3, 2, 8, 2, 1, 2, 2, 9 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["x 7", "x 8", "x 2", "x 9"], TextsOf(result));
        Assert.Equal(["x 1", "x 2", "x 2", "x 2", "x 2", "x 3", "x 7", "x 8", "x 9"], Site.Delivered.Order());
    }

    [Fact]
    public void A_conversation_that_was_found_is_not_asked_for_again()
    {
        Site.On("x 2", Mishap.NotFound);
        Run("Contacts 1, 2 | Send-WixInboxMessage -Journal $journal");

        RunWell("Contacts 1, 2, 3 | Send-WixInboxMessage -Text { \"more for $($_.Order)\" } -Journal $journal");

        // The second twice: when Wix does not know a conversation that was found, it is looked for once more.
        Assert.Equal([Contact(1), Contact(2), Contact(2), Contact(3)], Site.LookedUp.Order());
    }

    [Fact]
    public void With_IncludeAlreadySent_what_was_sent_comes_too_in_the_order_of_the_rows()
    {
        var first = RunWell("Contacts 2, 4 | Send-WixInboxMessage -Journal $journal");

        var second = RunWell("Contacts (1..5) | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent");

        Assert.Equal(["x 1", "x 2", "x 3", "x 4", "x 5"], TextsOf(second));
        Assert.Equal(["Sent", "Journaled", "Sent", "Journaled", "Sent"], second.OutputOf("Delivery"));
        foreach (var (was, index) in new[] { (first.Output[0], 1), (first.Output[1], 3) })
        {
            Assert.All(
                ["Id", "ConversationId", "CreatedDate"],
                property => Assert.Equal(ValueOf(was, property), ValueOf(second.Output[index], property)));
            Assert.NotNull(ValueOf(was, "Id"));
        }

        Assert.Equal(5, Site.Delivered.Length);
        Assert.Equal(3, ValueOf(second.Summary, "Sent"));
        Assert.Equal(2, ValueOf(second.Summary, "AlreadySent"));
    }

    private static string Contact(int number) => $"6f0c7f3e-6f0e-4d3c-9b7a-{number:d12}";

    // When the first is answered, the second has been delivered, and the next two have not. Of the others, one may have
    // taken the place of the first.
    private void LeaveTwoToFourOpen()
    {
        Site.Together = 4;
        Site.On("x 2", Mishap.HangAfter);
        foreach (var number in Enumerable.Range(3, 8))
        {
            Site.On($"x {number}", Mishap.HangBefore);
        }
    }

    private string[] StatesOfFour() =>
        [.. States().Where(state => state[1] == ' ' && state[0] is >= '1' and <= '4').Order()];

    private void AssertTheRestIsSent()
    {
        var delivered = Site.Delivered.Length;
        Site.Calm();

        var result = RunWell(Again);

        Assert.Equal(["x 2", "x 3", "x 4", "x 5", "x 6", "x 7", "x 8", "x 9", "x 10"], TextsOf(result));
        Assert.Equal("Reconciled", result.OutputOf("Delivery")[0]);
        Assert.All(result.OutputOf("Delivery").Skip(1), delivery => Assert.Equal("Sent", delivery));
        Assert.Equal(delivered + 8, Site.Delivered.Length);
        Assert.Contains("x 2", Site.Delivered);
        Assert.Equal(Site.Delivered.Length, Site.Delivered.Distinct().Count());
    }

    private void AssertEachOnce(int rows) =>
        Assert.Equal(Enumerable.Range(1, rows).Select(number => $"x {number}").Order(), Site.Delivered.Order());
}
