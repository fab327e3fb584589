namespace WixInbox.Tests.Validation;

public sealed class RecipientTests
{
    [Theory]
    [InlineData(RecipientKind.Conversation, "conversationId", "ConversationIdInvalid")]
    [InlineData(RecipientKind.Contact, "participantId.contactId", "ContactIdInvalid")]
    [InlineData(RecipientKind.Member, "participantId.memberId", "MemberIdInvalid")]
    [InlineData(RecipientKind.AnonymousVisitor, "participantId.anonymousVisitorId", "AnonymousVisitorIdInvalid")]
    public void A_recipient_with_a_malformed_id_is_named_together_with_what_is_wrong_with_the_message(
        RecipientKind kind, string field, string rule)
    {
        var violations = BulkRun.Validate(new Recipient(kind, "anna@example.com"), Sample.Text(""));

        Assert.Equal(
            [(field, rule), ("message.content.basic.items[0].text", "TextMissing")],
            violations.Select(violation => (violation.Field, violation.Rule)));
    }

    [Fact]
    public void The_conversation_of_the_request_does_not_count_beside_the_recipient()
    {
        Assert.Empty(BulkRun.Validate(
            new Recipient(RecipientKind.Contact, Sample.ContactId),
            Sample.Text().With(request => request.ConversationId = null)));
    }

    [Fact]
    public void Recipients_are_the_same_by_their_kind_and_id_in_any_case()
    {
        var contact = new Recipient(RecipientKind.Contact, Sample.ContactId);

        Assert.True(contact == new Recipient(RecipientKind.Contact, Sample.ContactId.ToUpperInvariant()));
        Assert.Equal(
            contact.GetHashCode(),
            new Recipient(RecipientKind.Contact, Sample.ContactId.ToUpperInvariant()).GetHashCode());
        Assert.True(contact != new Recipient(RecipientKind.Member, Sample.ContactId));
        Assert.True(contact != new Recipient(RecipientKind.Contact, Sample.ConversationId));
        Assert.False(contact.Equals((object)Sample.ContactId));
        Assert.Equal(default(Recipient).GetHashCode(), default(Recipient).GetHashCode());
    }

    [Theory]
    [InlineData(RecipientKind.Conversation, "conversation ")]
    [InlineData(RecipientKind.Contact, "contact ")]
    [InlineData(RecipientKind.Member, "member ")]
    [InlineData(RecipientKind.AnonymousVisitor, "visitor ")]
    public void A_recipient_reads_as_its_kind_and_id(RecipientKind kind, string word)
    {
        Assert.Equal(word + Sample.ContactId, new Recipient(kind, Sample.ContactId).ToString());
    }

    [Theory]
    [InlineData(RecipientKind.Contact, """{"participantId":{"contactId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023"}}""")]
    [InlineData(RecipientKind.Member, """{"participantId":{"memberId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023"}}""")]
    [InlineData(
        RecipientKind.AnonymousVisitor,
        """{"participantId":{"anonymousVisitorId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023"}}""")]
    public async Task A_participant_is_asked_for_by_the_id_of_its_kind(RecipientKind kind, string body)
    {
        var handler = new StubHandler(request => request.Path switch
        {
            "/inbox/v2/conversations" => Answer.Conversation(Sample.ConversationId),
            "/inbox/v2/messages" => Answer.Sent(),

            // Who is looked up by the id of a contact may be a member; this one is not known.
            var path => path.EndsWith("query", StringComparison.Ordinal)
                ? Answer.Json(200, """{"contacts":[]}""")
                : Answer.Status(404),
        });
        using var client = TestClient.Over(handler);

        await BulkRuns.Open(client).SendAsync(new Recipient(kind, Sample.ContactId), Sample.Text());

        JsonCheck.Same(body, handler.Requests.Single(request => request.Path == "/inbox/v2/conversations").Body);
    }

    [Fact]
    public void A_message_can_be_checked_before_it_is_known_whom_it_is_for()
    {
        Assert.Empty(BulkRun.Validate(null, Sample.Text()));
        Assert.Equal(["TextMissing"], BulkRun.Validate(null, Sample.Text("")).Select(violation => violation.Rule));
    }
}
