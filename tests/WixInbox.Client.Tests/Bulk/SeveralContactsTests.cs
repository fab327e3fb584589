using System.Text.Json.Nodes;

namespace WixInbox.Tests.Bulk;

/// <summary>An address that several contacts have, or one contact that is listed twice.</summary>
public sealed class SeveralContactsTests
{
    private const string Ann = "55555555-0000-4000-8000-000000000001";
    private const string Twin = "55555555-0000-4000-8000-000000000002";
    private static readonly Recipient s_address = Recipient.Email("ann@example.com");

    [Theory]
    [InlineData("UNSUBSCRIBED", "UNSUBSCRIBED")]
    [InlineData("UNSUBSCRIBED", "SUBSCRIBED")]
    public async Task A_conversation_is_not_written_to_whose_address_is_that_of_contacts_who_have_unsubscribed(
        string first, string second)
    {
        var handler = new StubHandler(request => AnswerTo(request, Contact(Ann, first), Contact(Twin, second)));
        using var client = TestClient.Over(handler);
        var run = BulkRuns.Open(client);

        var outcome = await run.SendAsync(run.Take(
            new BulkMessage(SandboxRun.Conversation, Sample.Text()) { Contacts = [s_address] }));

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Contains($"{Ann}, {Twin}", outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(handler.Requests, request => request.Path == "/inbox/v2/messages");
    }

    [Fact]
    public async Task A_contact_that_a_list_has_twice_is_one()
    {
        var handler = new StubHandler(
            request => AnswerTo(request, Contact(Ann, "SUBSCRIBED"), Contact(Ann, "SUBSCRIBED")));
        using var client = TestClient.Over(handler);

        var outcome = await BulkRuns.Open(client).SendAsync(s_address, Sample.Text());

        Assert.Equal((OutcomeKind.Succeeded, null), (outcome.Kind, outcome.Failure?.Code));
    }

    [Fact]
    public async Task A_further_contact_that_cannot_be_looked_up_is_its_own_rows_error()
    {
        using var client = TestClient.Over(StubHandler.InTurn());
        var run = BulkRuns.Open(client);

        var outcome = await run.SendAsync(run.Take(new BulkMessage(Recipient.Member(Ann), Sample.Text())
        {
            Contacts = [Recipient.Contact("{" + Ann + "}")],
        }));

        Assert.Equal("ContactIdInvalid", Assert.Single(outcome.Failure!.Violations).Rule);
    }

    private static HttpResponseMessage AnswerTo(RecordedRequest request, params JsonObject[] contacts) =>
        request.Path switch
        {
            "/contacts/v5/contacts/query" => Answer.Json(200, new JsonObject
            {
                ["contacts"] = new JsonArray([.. contacts]),
                ["pagingMetadata"] = new JsonObject { ["count"] = contacts.Length, ["hasNext"] = false },
            }.ToJsonString()),
            "/inbox/v2/conversations" => Answer.Conversation(Sample.ConversationId),
            "/inbox/v2/messages" => Answer.Sent(),
            _ => Answer.Status(404),
        };

    private static JsonObject Contact(string id, string subscription) => new()
    {
        ["id"] = id,
        ["email"] = new JsonObject
        {
            ["email"] = "ann@example.com",
            ["subscriptionStatus"] = new JsonObject { ["status"] = subscription },
        },
    };
}
