namespace WixInbox.Tests.Bulk;

/// <summary>A token that ends while a request waits, and the one in its place that ends while it waits again.</summary>
public sealed class SecondTokenTests
{
    [Fact]
    public async Task Rows_behind_one_whose_token_had_ended_are_sent_too()
    {
        var tokens = 0;
        using var client = TestClient.Over(
            new StubHandler(request => request.Authorization == "token-1" ? Answer.Status(401) : Answer.Sent()),
            authentication: Authentication.TokenProvider(_ => Task.FromResult(Secret.Of($"token-{++tokens}"))));
        var run = BulkRuns.Open(client);

        var first = await run.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
        var second = await run.SendAsync(SandboxRun.Other, Sample.Text("2"));

        Assert.Equal((OutcomeKind.Succeeded, OutcomeKind.Succeeded), (first.Kind, second.Kind));
    }

    [Fact]
    public async Task A_request_gets_a_third_token_where_it_has_waited_for_a_quarter_of_an_hour_with_the_second()
    {
        var tokens = 0;
        var handler = StubHandler.InTurn(
            Answer.Status(401), Answer.Status(429, ("Retry-After", "880")), Answer.Status(401), Answer.Sent());
        using var client = TestClient.Over(
            handler,
            authentication: Authentication.TokenProvider(
                _ => Task.FromResult(Secret.Of($"{Secret.Canary}{++tokens}"))));

        var outcome = await BulkRuns.Open(client).SendAsync(SandboxRun.Conversation, Sample.Text());

        Assert.Equal((OutcomeKind.Succeeded, 3), (outcome.Kind, tokens));
    }
}
