using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>A token that ends while a request waits, and the one in its place that ends while it waits again.</summary>
[Collection(VirtualTime.Name)]
public sealed class SecondTokenTests
{
    [Fact]
    public void A_new_token_is_fetched_before_all_that_wait_for_their_turn()
    {
        // Behind them, each row would leave with the token that has ended, and once more with the next.
        var time = new SimulatedTime();
        var (tokens, fetched, refused) = (0, TimeSpan.Zero, 0);
        var handler = new StubHandler(request =>
        {
            if (request.Path == "/oauth2/token")
            {
                fetched = time.Now;
                return Answer.Json(200, $$"""{"access_token":"token-{{++tokens}}","expires_in":120}""");
            }

            var hasEnded = request.Authorization != $"token-{tokens}" || time.Now - fetched > TimeSpan.FromMinutes(2);
            refused += hasEnded ? 1 : 0;
            return hasEnded ? Answer.Status(401) : Answer.Sent($"m{request.Body.GetHashCode()}");
        });
        using var client = TestClient.Over(
            handler,
            time,
            requestsPerMinute: 20,
            authentication: Authentication.AppCredentials("app", Secret.Of(Secret.Canary), "instance"));
        using var run = BulkRuns.Open(client, new() { ThrottleLimit = 200 });

        var outcomes = VirtualTime.Run(time, () => Task.WhenAll(Enumerable.Range(0, 200).Select(number => run.SendAsync(
            run.Take(new BulkMessage(Recipient.Conversation(Guid.NewGuid().ToString()), Sample.Text($"{number}")))))));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));

        // Those that leave with a token before it is known to have ended, and not each of the rows.
        Assert.InRange(refused, 0, 160);
    }

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
