using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>-OnAmbiguous: a message that may or may not have been sent.</summary>
public sealed class OutcomeTests : JournaledRuns
{
    private const string Canary =
        "1..3 | ForEach-Object { [pscustomobject]@{ Email = 'canary@example.com'; ConversationId = "
        + "'5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $_; Text = \"x $_ canary-text\" } } | Send-WixInboxMessage";

    [Theory]
    [InlineData(Mishap.ErrorAfter, "", "Reconciled", 1)]
    [InlineData(Mishap.ErrorBefore, "", "Sent", 1)]
    [InlineData(Mishap.ResetAfter, "-OnAmbiguous Reconcile", "Reconciled", 1)]
    [InlineData(Mishap.ResetBefore, "-OnAmbiguous Reconcile", "Sent", 1)]
    [InlineData(Mishap.ErrorAfter, "-OnAmbiguous Resend", "Sent", 2)]
    [InlineData(Mishap.ErrorBefore, "-OnAmbiguous Resend", "Sent", 1)]
    public void A_message_comes_out_once_however_often_it_was_delivered(
        Mishap mishap, string parameters, string delivery, int delivered)
    {
        Site.On("x 2", mishap);

        var result = RunWell($"Rows 1, 2, 3 | Send-WixInboxMessage {parameters}");

        Assert.Equal(["x 1", "x 2", "x 3"], TextsOf(result));
        Assert.Equal(["Sent", delivery, "Sent"], result.OutputOf("Delivery"));
        Assert.Equal(delivered, Site.Delivered.Count(text => text == "x 2"));
        Assert.Contains(result.OutputOf("Id")[1], Site.DeliveredIds);
        Assert.All(["ConversationId", "CreatedDate"], property => Assert.NotNull(ValueOf(result.Output[1], property)));
        Assert.Equal(delivery == "Reconciled" ? 1 : 0, ValueOf(result.Summary, "Reconciled"));
    }

    [Theory]
    [InlineData(Mishap.ErrorAfter, 1)]
    [InlineData(Mishap.ErrorBefore, 0)]
    public void With_Skip_it_is_an_error_and_nothing_more_is_done(Mishap mishap, int delivered)
    {
        Site.On("x 2", mishap);

        var result = Run("Rows 1, 2, 3 | Send-WixInboxMessage -OnAmbiguous Skip");

        var error = Assert.Single(result.Errors);
        Assert.Equal("OutcomeUnknown", error.Id());
        Assert.Contains("may or may not have been sent", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Ambiguous", new PSObject(error.Exception).Properties["Outcome"].Value.ToString());
        Assert.Equal(["x 1", "x 3"], TextsOf(result));
        Assert.Equal(delivered, Site.Delivered.Count(text => text == "x 2"));
        Assert.Equal(3, Site.Requests);
    }

    [Theory]
    [InlineData("", new[] { 1.0, 3, 6 })]
    [InlineData("-ReconcileWaitSec 100", new[] { 10.0, 30, 60 })]
    [InlineData("-ReconcileWaitSec 0", new double[0])]
    public void A_conversation_is_looked_through_for_as_long_as_is_wanted(string parameters, double[] waits)
    {
        Site.On("x 1", Mishap.ErrorBefore);

        RunWell($"Rows 1 | Send-WixInboxMessage {parameters}");

        Assert.Equal(
            waits,
            Site.Clock.Waits.Where(wait => wait > TimeSpan.Zero).Select(wait => Math.Round(wait.TotalSeconds, 1)));

        // The last time, both lists are read.
        Assert.Equal(waits.Length + 2, Site.Looks);
    }

    [Fact]
    public void Without_the_permission_to_read_it_stays_unknown()
    {
        Site.On("x 1", Mishap.ErrorAfter);
        Site.On("read", [.. Enumerable.Repeat(Mishap.Forbidden, 10)]);

        var result = Run("Rows 1, 2 | Send-WixInboxMessage");

        Assert.Equal(["OutcomeUnknown"], result.ErrorIds);
        Assert.Contains(
            "The conversation could not be read back to find out: The server answered 403 PERMISSION_DENIED: Because. "
                + "The app or key may lack the permission Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["x 2"], TextsOf(result));
        Assert.Equal(["x 1", "x 2"], Site.Delivered.Order());
    }

    [Fact]
    public void What_would_overtake_it_is_not_sent()
    {
        const string script =
            "Rows 1, 1, 2, 1 | ForEach-Object { $i = 0 } { if ($i++) { $_.Text = \"later $i\" }; $_ } | "
            + "Send-WixInboxMessage -Journal $journal";
        Site.On("x 1", [.. Enumerable.Repeat(Mishap.TimedOut, 6)]);

        var result = Run(script);

        Assert.Equal(["ServiceUnavailable", "EarlierMessageNotSent", "EarlierMessageNotSent"], result.ErrorIds);
        Assert.Equal(
            ["1", "2", "4"],
            result.Errors.Select(error => new PSObject(error.Exception).Properties["Row"].Value.ToString()));
        Assert.Contains("Send both again, in this order", result.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(["later 3"], Site.Delivered);
        Assert.Equal(3, ValueOf(result.Summary, "NotSent"));

        RunWell(script);
        Assert.Equal(["later 3", "x 1", "later 2", "later 4"], Site.Delivered);
    }

    [Fact]
    public void What_is_done_meanwhile_is_told_by_the_rows_number_and_names_nobody()
    {
        Site.On("x 2 canary-text", Mishap.TimedOut, Mishap.ErrorBefore);
        Site.On("x 3 canary-text", Mishap.ErrorAfter);
        var engine = NewEngine(token: "canary-token");

        var result = engine.Run(Canary + " -Verbose -ThrottleLimit 1");

        Assert.Empty(result.Errors);
        Assert.Matches(
            "^Row 2: Wix answered 408; it is tried again in [0-9.]+ s\\.$",
            Assert.Single(result.Verbose, line => line.Contains("408", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "Row 2: Wix answered 500; looking whether the message was sent.",
                "Row 2: the message was not sent, and is sent again.",
                "Row 3: Wix answered 500; looking whether the message was sent.",
                "Row 3: the message was sent.",
            ],
            result.Verbose.Where(line => line.StartsWith("Row ", StringComparison.Ordinal)
                && !line.Contains("408", StringComparison.Ordinal)
                && !line.Contains("Send message", StringComparison.Ordinal)));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_told_while_the_run_goes_on()
    {
        Site.On("x 1", Mishap.ErrorBefore);
        Site.On("read", Mishap.HangBefore);
        using var run = Start("Rows 1 | Send-WixInboxMessage -Verbose");

        Assert.Equal("Row 1: Wix answered 500; looking whether the message was sent.", run.WaitForVerbose("looking"));
        Assert.Equal(PSInvocationState.Running, run.State);
        await run.StopAsync();
    }

    [Fact]
    public void Without_Verbose_nothing_of_that_is_told()
    {
        Site.On("x 1", Mishap.ErrorBefore);

        var result = RunWell("Rows 1 | Send-WixInboxMessage");

        Assert.Empty(result.Verbose);
        Assert.Empty(result.Warnings);
    }
}
