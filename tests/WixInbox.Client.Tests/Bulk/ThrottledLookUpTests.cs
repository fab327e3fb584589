using System.Text.Json.Nodes;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A 403 without a code in answer to the first look-up of a run: Wix has been seen to throttle a burst that way.
/// </summary>
public sealed class ThrottledLookUpTests
{
    private const string MemberId = "33333333-0000-4000-8000-000000000001";
    private int _asked;

    [Fact]
    public async Task One_refusal_is_no_reason_to_find_no_members_conversation_for_the_rest_of_the_run()
    {
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);
        var run = BulkRuns.Open(client);

        await run.SendAsync(Recipient.Email("somebody@example.com"), Sample.Text("1"));
        await run.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("2"));

        Assert.Contains(handler.Requests, request =>
            request.Path == "/inbox/v2/conversations" && request.Body.Contains(MemberId, StringComparison.Ordinal));
    }

    private HttpResponseMessage AnswerTo(RecordedRequest request) => request.Path switch
    {
        "/contacts/v5/contacts/query" when _asked++ == 0 => Answer.Status(403),
        "/contacts/v5/contacts/query" => Contacts(new JsonObject
        {
            ["id"] = Sample.ContactId,
            ["email"] = new JsonObject { ["email"] = "ann@example.com" },
            ["memberInfo"] = new JsonObject { ["memberId"] = MemberId },
        }),
        "/contacts/v4/contacts/query" => Contacts(new JsonObject
        {
            ["id"] = Sample.ContactId,
            ["primaryInfo"] = new JsonObject
            {
                ["email"] = request.Body.Contains("ann", StringComparison.Ordinal)
                    ? "ann@example.com"
                    : "somebody@example.com",
            },
        }),
        "/inbox/v2/conversations" => Answer.Conversation(Sample.ConversationId),
        _ => Answer.Sent(),
    };

    private static HttpResponseMessage Contacts(JsonObject contact) => Answer.Json(200, new JsonObject
    {
        ["contacts"] = new JsonArray(contact),
        ["pagingMetadata"] = new JsonObject { ["count"] = 1, ["hasNext"] = false },
    }.ToJsonString());
}
