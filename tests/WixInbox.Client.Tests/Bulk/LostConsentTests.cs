using System.Text.Json.Nodes;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// Contacts who are looked up together: what goes wrong about one of them says nothing of the others, of whom Wix has
/// told whether they have unsubscribed.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class LostConsentTests
{
    private const string Unsubscribed = "22222222-0000-4000-8000-000000000001";
    private const string Unknown = "22222222-0000-4000-8000-000000000002";

    [Fact]
    public void Who_is_known_to_have_unsubscribed_is_not_written_to_since_another_contact_may_not_be_read()
    {
        var (outcomes, handler) = Send(403);

        Assert.Equal("ContactUnsubscribed", outcomes[0].Failure?.Code);
        Assert.DoesNotContain(handler.Requests, request =>
            request.Path == "/inbox/v2/messages" && request.Body.Contains(Unsubscribed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(500)]
    public void Who_is_found_is_written_to_though_another_contact_cannot_be_read(int status)
    {
        var (outcomes, _) = Send(status, "SUBSCRIBED");

        Assert.Equal(OutcomeKind.Succeeded, outcomes[0].Kind);
        Assert.NotEqual(OutcomeKind.Succeeded, outcomes[1].Kind);
    }

    private static (Outcome<Message>[] Outcomes, StubHandler Handler) Send(
        int status, string subscription = "UNSUBSCRIBED")
    {
        var time = new SimulatedTime();
        var handler = new StubHandler(request => AnswerTo(request, status, subscription));
        using var client = TestClient.Over(handler, time);
        var run = BulkRuns.Open(client);
        return (VirtualTime.Run(time, () => Task.WhenAll(
            run.SendAsync(Recipient.Contact(Unsubscribed), Sample.Text()),
            run.SendAsync(Recipient.Contact(Unknown), Sample.Text()))), handler);
    }

    // The contact of the one id is there and wants no messages; the other is no contact any more, and the call that
    // would tell into whom it was merged is refused.
    private static HttpResponseMessage AnswerTo(
        RecordedRequest request, int status, string subscription) => request.Path switch
    {
        "/contacts/v5/contacts/query" => Answer.Json(200, $$$"""
            {
                "contacts": [{
                    "id": "{{{Unsubscribed}}}",
                    "email": { "email": "a@example.com", "subscriptionStatus": { "status": "{{{subscription}}}" } }
                }],
                "pagingMetadata": { "count": 1, "cursors": {}, "hasNext": false }
            }
            """),
        "/inbox/v2/conversations" => Answer.Conversation(
            JsonNode.Parse(request.Body)!["participantId"]!["contactId"]!.GetValue<string>()),
        "/inbox/v2/messages" => Answer.Sent(),
        _ => Answer.Status(status),
    };
}
