using System.Text.Json;

namespace WixInbox.Tests.Client;

/// <summary>A conversation that is read by its id.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task It_is_got_from_its_own_address_without_a_body()
    {
        var handler = new StubHandler(_ => Answer.Json(200, $$$$"""{"conversation":{"id":"{{{{Sample.ConversationId}}}}","participant":{"contactId":"{{{{Sample.ContactId}}}}"},"participantDisplayData":{"name":"Ada"}}}"""));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetConversationAsync(Sample.ConversationId, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(Sample.ConversationId, outcome.Value!.Id);
        Assert.Equal("Ada", outcome.Value.ParticipantDisplayData!.Name);
        Assert.Null(outcome.Value.Created);
        var request = Assert.Single(handler.Requests);
        Assert.Equal(
            $"GET https://www.wixapis.com/inbox/v2/conversations/{Sample.ConversationId} ",
            $"{request.Method} {request.Address.AbsoluteUri} {request.Body}");
    }

    [Theory]
    [InlineData("CONVERSATION_NOT_FOUND")]
    [InlineData("NOT_OWNED_BY_BUSINESS")]
    public async Task One_that_is_not_there_is_not_asked_for_again(string code)
    {
        var handler = new StubHandler(_ => Answer.Json(404, $$$$$"""{"message":"","details":{"applicationError":{"code":"{{{{{code}}}}}","description":"No.","data":{}}}}"""));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetConversationAsync(Sample.ConversationId, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(code, outcome.Failure!.Code);
        Assert.Equal(Operation.GetConversation, outcome.Failure.Operation);
        Assert.False(outcome.Failure.ConcernsAll);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_failure_after_which_a_message_would_not_be_sent_again_is_no_reason_not_to_read_again()
    {
        var handler = StubHandler.InTurn(
            Answer.Status(500), Answer.Json(200, "{}"), Answer.Conversation(Sample.ConversationId));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetConversationAsync(Sample.ConversationId, TestClient.Cancellation);

        Assert.Equal(Sample.ConversationId, outcome.Value?.Id);
        Assert.Equal(3, outcome.Attempts);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("6202c3bb-f263-3c16-8c90-d6387d9ed420/../..")]
    public async Task A_malformed_id_costs_no_request(string? id)
    {
        var handler = new StubHandler(_ => Answer.Conversation(Sample.ConversationId));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetConversationAsync(id!, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(FailureCause.InvalidRequest, outcome.Failure!.Cause);
        Assert.Equal("ConversationIdInvalid", Assert.Single(outcome.Failure.Violations).Rule);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void What_is_not_the_APIs_is_not_written()
    {
        var conversation = new Conversation { Id = Sample.ConversationId, Created = true };

        Assert.Equal(
            $$"""{"id":"{{Sample.ConversationId}}"}""",
            JsonSerializer.Serialize(conversation, WixInbox.Json.WixJson.Wire.Conversation));
    }
}
