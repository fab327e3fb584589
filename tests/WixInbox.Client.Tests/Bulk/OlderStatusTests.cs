using System.Text.Json.Nodes;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A contact of whom Contacts v4 says that it has unsubscribed, and Contacts v5 says nothing.
/// </summary>
public sealed class OlderStatusTests
{
    [Fact]
    public async Task Who_has_unsubscribed_by_the_one_is_not_written_to_since_the_other_tells_nothing()
    {
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);

        var outcome = await BulkRuns.Open(client)
            .SendAsync(Recipient.Email("ann.at.home@example.com"), Sample.Text());

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.DoesNotContain(handler.Requests, request => request.Path == "/inbox/v2/messages");
    }

    private static HttpResponseMessage AnswerTo(RecordedRequest request) => request.Path switch
    {
        // Its filter knows the main address alone.
        "/contacts/v5/contacts/query" when request.Body.Contains("email.email", StringComparison.Ordinal) =>
            Contacts(),
        "/contacts/v5/contacts/query" => Contacts(new JsonObject
        {
            ["id"] = Sample.ContactId,
            ["email"] = new JsonObject { ["email"] = "ann@example.com" },
        }),
        "/contacts/v4/contacts/query" => Contacts(new JsonObject
        {
            ["id"] = Sample.ContactId,
            ["primaryInfo"] = new JsonObject { ["email"] = "ann@example.com" },
            ["primaryEmail"] = new JsonObject
            {
                ["email"] = "ann@example.com",
                ["subscriptionStatus"] = "UNSUBSCRIBED",
            },
            ["info"] = new JsonObject
            {
                ["emails"] = new JsonObject
                {
                    ["items"] = new JsonArray(
                        new JsonObject { ["email"] = "ann@example.com", ["primary"] = true },
                        new JsonObject { ["email"] = "ann.at.home@example.com" }),
                },
            },
        }),
        "/inbox/v2/conversations" => Answer.Conversation(Sample.ConversationId),
        _ => Answer.Sent(),
    };

    private static HttpResponseMessage Contacts(params JsonObject[] contacts) => Answer.Json(200, new JsonObject
    {
        ["contacts"] = new JsonArray([.. contacts]),
        ["pagingMetadata"] = new JsonObject { ["count"] = contacts.Length, ["hasNext"] = false },
    }.ToJsonString());
}
