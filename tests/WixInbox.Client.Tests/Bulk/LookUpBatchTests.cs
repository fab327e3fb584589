using System.Text.Json.Nodes;
using WixInbox.Clocks;
using WixInbox.Simulation;
using static WixInbox.Tests.ContactSite;

namespace WixInbox.Tests.Bulk;

/// <summary>How many recipients are looked up with one request.</summary>
[Collection(VirtualTime.Name)]
public sealed class LookUpBatchTests
{
    private readonly SimulatedTime _time = new();
    private readonly List<string[]> _lookUps = [];

    [Fact]
    public void Fifty_addresses_are_looked_up_with_one_request_and_each_conversation_with_one()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 0);
        var sender = BulkRuns.Open(client);
        Recipient[] recipients = [.. Enumerable.Range(0, 120).Select(number => Email($"p{number % 60}@example.com"))];

        var outcomes = VirtualTime.Run(
            _time, () => Task.WhenAll(recipients.Select(recipient => SendAsync(sender, recipient))));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal([10, 50], _lookUps.Select(addresses => addresses.Length).Order());
        Assert.Equal(
            (60, 120),
            (
                handler.Requests.Count(request => request.Path == "/inbox/v2/conversations"),
                handler.Requests.Count(request => request.Path == "/inbox/v2/messages")));
    }

    [Fact]
    public void At_the_pace_of_Wix_as_many_are_looked_up_together_as_at_no_pace()
    {
        // Those that the window does not hold come one by one, since each answer takes a while.
        const int Rows = 1_450;
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await _time.WaitAsync(TimeSpan.FromMilliseconds(300), cancellationToken);
            return AnswerTo(request, address => [Contact(address)]);
        })
        {
            Most = 3 * Rows,
        };
        using var client = TestClient.Over(handler, _time, requestsPerMinute: 200);
        var run = BulkRuns.Open(client);

        var outcomes = VirtualTime.Run(_time, async () =>
        {
            var results = new List<Outcome<Message>>();
            await foreach (var result in run.SendAllAsync(
                Enumerable.Range(0, Rows).Select(number => new BulkMessage(
                    Email($"p{number}@example.com"), Sample.Text())),
                TestClient.Cancellation))
            {
                results.Add(result.Outcome);
            }

            return results;
        });

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(Rows, _lookUps.Sum(addresses => addresses.Length));

        // Where nobody else waits, a few leave before their batch is full.
        Assert.InRange(_lookUps.Count, Rows / 50, (Rows / 50) + 4);
    }

    [Fact]
    public void With_one_request_at_a_time_nobody_waits_for_others_to_be_looked_up_with()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time);
        var sender = BulkRuns.Open(client, new() { ThrottleLimit = 1 });

        VirtualTime.Run(_time, () => SendAsync(sender, Email("a@example.com")));

        Assert.Equal(TimeSpan.Zero, _time.Now);
    }

    private HttpResponseMessage AnswerTo(RecordedRequest request, Func<string, JsonObject[]> contactsOf) =>
        ContactSite.AnswerTo(request, contactsOf, _lookUps);
}
