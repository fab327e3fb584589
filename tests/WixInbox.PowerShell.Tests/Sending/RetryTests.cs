using System.Management.Automation;
using System.Net;

namespace WixInbox.PowerShell.Tests;

/// <summary>What is tried again by itself, and what becomes of it when that does not help.</summary>
public sealed class RetryTests
{
    private const string Rows =
        "[pscustomobject]@{ ConversationId = $c; Text = 'x 1' }, [pscustomobject]@{ ConversationId = $d; "
        + "Text = 'x 2' }";

    [Theory]
    [InlineData(408, null)]
    [InlineData(425, null)]
    [InlineData(503, "2")]
    public void What_Wix_did_not_take_up_is_tried_six_times_and_may_be_sent_again(int status, string? retryAfter)
    {
        var handler = new StubHandler((request, _) =>
        {
            var answer =
                request["conversationId"] == Engine.Guid1 ? StubHandler.Error(status) : StubHandler.Stored(request);
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(answer);
        });

        var result = Run(handler, $"{Rows} | Send-WixInboxMessage");

        var error = Assert.Single(result.Errors);
        Assert.Equal("ServiceUnavailable", error.Id());
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.Equal("NotSent", PropertyOf(error, "Outcome"));
        Assert.Equal("6", PropertyOf(error, "Attempts"));
        Assert.Contains("It is safe to send the message again.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["2"], result.OutputOf("Id"));
        Assert.Equal(7, handler.Requests.Count);
    }

    [Fact]
    public void A_refusal_in_the_middle_of_a_run_says_that_calls_went_through_before()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request["conversationId"] == Engine.Guid2 ? StubHandler.Error(403) : StubHandler.Stored(request)));

        var result = Run(handler, $"try {{ {Rows} | Send-WixInboxMessage -ThrottleLimit 1 }} catch {{ $_ }}");

        var error = Assert.Single(result.Errors);
        Assert.Equal("PermissionDenied", error.Id());
        Assert.Contains(
            "1 call of this kind succeeded before, and Wix has refused them since. "
                + "The app or key may have lost the permission Manage Inbox Messages",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "No further row was tried, since each would fail as row 2 did.",
            result.Output[^1].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kind = 'EmptyForbidden'", 1, "1")]
    [InlineData("Kind = 'EmptyForbidden'", 5, "1, 4, 16, 60, 60")]
    [InlineData("Kind = 'EmptyForbidden'; RetryAfter = '30'", 3, "30, 30, 30")]
    [InlineData("Kind = 'HtmlBody'; Status = 403", 2, "1, 4")]
    public void A_403_without_a_code_in_the_middle_of_a_run_is_held_and_the_run_goes_on(
        string fault, int times, string waits)
    {
        using var engine = new Engine();
        var clock = new SkippingClock();
        var result = RunWithFault(engine, clock, fault, times);

        Assert.Empty(result.Errors);
        Assert.Equal(["x 1", "x 2", "x 3"], engine.Run("$sandbox.Ledger.Text").Output.Select(text => text.ToString()));
        var seconds = clock.Waits.Select(wait => wait.TotalSeconds).Where(wait => wait >= 1);
        Assert.Equal(waits, string.Join(", ", seconds));
    }

    [Fact]
    public void One_that_does_not_end_ends_the_run_and_says_since_which_row()
    {
        using var engine = new Engine();
        var result = RunWithFault(engine, new SkippingClock(), "Kind = 'EmptyForbidden'", 6);

        Assert.Equal(["PermissionDenied", "PermissionDenied"], result.ErrorIds);
        var ended = result.Errors[1].ToString();
        Assert.StartsWith(
            "1 call of this kind succeeded before, and Wix has refused them since.", ended, StringComparison.Ordinal);
        Assert.EndsWith("each would fail as row 2 did.", ended, StringComparison.Ordinal);
        Assert.Equal(["x 1"], engine.Run("$sandbox.Ledger.Text").Output.Select(text => text.ToString()));
    }

    [Fact]
    public void At_the_first_request_it_is_not_held_and_names_the_three_reasons()
    {
        using var engine = new Engine();
        var clock = new SkippingClock();
        var result = RunWithFault(engine, clock, "Kind = 'EmptyForbidden'", 1, row: 1);

        Assert.Equal(["PermissionDenied", "PermissionDenied"], result.ErrorIds);
        Assert.Contains(
            "may lack the permission Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS); it may be an API key, which "
                + "may not be allowed to do this at all; or it may be for another site.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(clock.Waits, wait => wait >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_connection_that_is_closed_while_rows_wait_for_their_turn_ends_the_run_and_says_so()
    {
        var source = new Source();
        var handler = new StubHandler((request, _) =>
        {
            // Answered when the second row waits for the next minute.
            return Task.Run(() =>
            {
                source.WaitForRows(3);
                return StubHandler.Stored(request);
            });
        });
        using var engine = new Engine();
        engine.Set("handler", handler);
        engine.Set("source", source);
        engine.Set("token", Secrets.Secure("token-of-the-tests"));

        var result = engine.Run(
            "Connect-WixInbox -AccessToken $token -MessageHandler $handler -RequestsPerMinute 1;"
                + "try { 1..3 | ForEach-Object { $source.Read(); "
                + "[pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = \"x $_\" } } | Send-WixInboxMessage | "
                + "ForEach-Object { $_.Id; Disconnect-WixInbox } } catch { $_ }");

        Assert.Equal("1", result.Output[0].ToString());
        var ended = Assert.IsType<ErrorRecord>(result.Output[1].BaseObject);
        Assert.Equal("ConnectionClosed", ended.Id());
        Assert.StartsWith(
            "The connection was closed with Disconnect-WixInbox before the request left. Connect again. "
                + "No further row was tried",
            ended.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("ConnectionClosed", Assert.Single(result.Errors).Id());
        Assert.Equal(1, result.Summary.Properties["NotTried"].Value);
    }

    [Fact]
    public void A_broken_connection_tells_what_left_from_what_may_have()
    {
        var handler = new StubHandler((_, _) => throw new HttpRequestException("The wire was cut."));
        var unread = new UnreadHandler();

        Assert.Equal(
            ["OutcomeUnknown"], Run(handler, "Send-WixInboxMessage -ConversationId $c x -OnAmbiguous Skip").ErrorIds);
        var error = Assert.Single(Run(unread, "Send-WixInboxMessage -ConversationId $c x").Errors);
        Assert.Equal("ConnectionFailed", error.Id());
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Equal("NotSent", PropertyOf(error, "Outcome"));
    }

    // Three rows to the sandbox, which refuses one of them so often.
    private static Result RunWithFault(Engine engine, SkippingClock clock, string fault, int times, int row = 2)
    {
        var sandbox = StagedSandbox.Create(_ => { });
        ClockedConnection.Use(engine, sandbox, clock);
        engine.Set("sandbox", sandbox);
        return engine.Run($$"""
            $fault = @{ {{fault}}; Times = {{times}}; PathPrefix = '/inbox/v2/messages'; Method = 'POST' }
            if ({{row}} -eq 1) {
                $sandbox.AddFault([WixInbox.Sandbox.Fault] $fault)
            }

            # One row at a time: its message comes out before the next one leaves.
            $sent = 0
            1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = "x $_" } } |
                Send-WixInboxMessage -ThrottleLimit 1 |
                ForEach-Object {
                    if (++$sent -eq {{row}} - 1) {
                        $sandbox.AddFault([WixInbox.Sandbox.Fault] $fault)
                    }

                    $_
                }
            """);
    }

    private static Result Run(HttpMessageHandler handler, string script)
    {
        using var engine = new Engine();
        ClockedConnection.Use(engine, handler, new SkippingClock());
        engine.Set("c", Engine.Guid1);
        engine.Set("d", Engine.Guid2);
        return engine.Run(script);
    }

    private static string? PropertyOf(ErrorRecord error, string property) =>
        new PSObject(error.Exception).Properties[property].Value?.ToString();

    // Fails before it has looked at the body, as a connection does that cannot be made.
    private sealed class UnreadHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Nobody is there.", null, (HttpStatusCode?)null);
    }
}
