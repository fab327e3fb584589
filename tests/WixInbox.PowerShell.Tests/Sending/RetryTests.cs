using System.Management.Automation;
using System.Net;

namespace WixInbox.PowerShell.Tests;

/// <summary>What is tried again by itself, and what becomes of it when that does not help.</summary>
public sealed class RetryTests
{
    private const string Rows = "[pscustomobject]@{ ConversationId = $c; Text = 'x 1' }, [pscustomobject]@{ ConversationId = $d; Text = 'x 2' }";

    [Theory]
    [InlineData(408, null)]
    [InlineData(425, null)]
    [InlineData(503, "2")]
    public void What_Wix_did_not_take_up_is_tried_six_times_and_may_be_sent_again(int status, string? retryAfter)
    {
        var handler = new StubHandler((request, _) =>
        {
            var answer = request["conversationId"] == Engine.Guid1 ? StubHandler.Error(status) : StubHandler.Stored(request);
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
        var handler = new StubHandler((request, _) => Task.FromResult(request["conversationId"] == Engine.Guid2 ? StubHandler.Error(403) : StubHandler.Stored(request)));

        var result = Run(handler, $"try {{ {Rows} | Send-WixInboxMessage -ThrottleLimit 1 }} catch {{ $_ }}");

        var error = Assert.Single(result.Errors);
        Assert.Equal("PermissionDenied", error.Id());
        Assert.Contains("Wix refuses since then; 1 call of the kind went through before. Somebody may have taken the permission Manage Inbox Messages", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("No further row was tried, since each would fail as row 2 did.", result.Output[^1].ToString(), StringComparison.Ordinal);
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
            + "try { 1..3 | ForEach-Object { $source.Read(); [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = \"x $_\" } } | Send-WixInboxMessage | ForEach-Object { $_.Id; Disconnect-WixInbox } } catch { $_ }");

        Assert.Equal("1", result.Output[0].ToString());
        var ended = Assert.IsType<ErrorRecord>(result.Output[1].BaseObject);
        Assert.Equal("ConnectionClosed", ended.Id());
        Assert.StartsWith("The connection was closed with Disconnect-WixInbox before the request left. Connect again. No further row was tried", ended.ToString(), StringComparison.Ordinal);
        Assert.Equal("ConnectionClosed", Assert.Single(result.Errors).Id());
        Assert.Equal(1, result.Summary.Properties["NotTried"].Value);
    }

    [Fact]
    public void A_broken_connection_tells_what_left_from_what_may_have()
    {
        var handler = new StubHandler((_, _) => throw new HttpRequestException("The wire was cut."));
        var unread = new UnreadHandler();

        Assert.Equal(["OutcomeUnknown"], Run(handler, "Send-WixInboxMessage -ConversationId $c x -OnAmbiguous Skip").ErrorIds);
        var error = Assert.Single(Run(unread, "Send-WixInboxMessage -ConversationId $c x").Errors);
        Assert.Equal("ConnectionFailed", error.Id());
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Equal("NotSent", PropertyOf(error, "Outcome"));
    }

    private static Result Run(HttpMessageHandler handler, string script)
    {
        using var engine = new Engine();
        ClockedConnection.Use(engine, handler, new SkippingClock());
        engine.Set("c", Engine.Guid1);
        engine.Set("d", Engine.Guid2);
        return engine.Run(script);
    }

    private static string? PropertyOf(ErrorRecord error, string property) => new PSObject(error.Exception).Properties[property].Value?.ToString();

    // Fails before it has looked at the body, as a connection does that cannot be made.
    private sealed class UnreadHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Nobody is there.", null, (HttpStatusCode?)null);
    }
}
