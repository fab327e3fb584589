using System.Text.Json;

namespace WixInbox.Sandbox.Tests;

public sealed class ConversationTests
{
    private const string Someone = "11111111-2222-4333-8444-555555555555";
    private const string NoOne = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [InlineData("contactId", "participantId")]
    [InlineData("memberId", "participantId")]
    [InlineData("anonymousVisitorId", "participantId")]
    [InlineData("anonymous_visitor_id", "participant_id")]
    public async Task The_first_call_creates_and_the_second_finds(string kind, string participantId)
    {
        using var api = Api.InMemory();
        string request = $$$"""{"{{{participantId}}}":{"{{{kind}}}":"{{{Someone}}}"}}""";

        var first = await api.PostAsync(Api.Conversations, request);
        var second = await api.PostAsync(Api.Conversations, request.ToUpperInvariant()
            .Replace(kind.ToUpperInvariant(), kind, StringComparison.Ordinal)
            .Replace(participantId.ToUpperInvariant(), participantId, StringComparison.Ordinal));

        Assert.Equal(200, first.Status);
        Assert.True(first.Json.GetProperty("newConversation").GetBoolean());
        Assert.False(second.Json.GetProperty("newConversation").GetBoolean());
        Assert.Equal(Conversation(first).GetRawText(), Conversation(second).GetRawText());
        JsonProperty participant = Assert.Single(Conversation(first).GetProperty("participant").EnumerateObject());
        Assert.Equal(kind == "anonymous_visitor_id" ? "anonymousVisitorId" : kind, participant.Name);
        Assert.Equal(Someone, participant.Value.GetString());
    }

    [Fact]
    public async Task The_id_is_a_version_3_UUID_the_same_in_every_sandbox_and_another_for_every_participant()
    {
        using var api = Api.InMemory();
        using var other = Api.InMemory();

        string contact = Id(await GetOrCreateAsync(api, "contactId", Someone));
        string again = Id(await GetOrCreateAsync(other, "contactId", Someone));
        string member = Id(await GetOrCreateAsync(api, "memberId", Someone));
        string neighbour = Id(await GetOrCreateAsync(api, "contactId", Someone.Replace('5', '6')));

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", contact);
        Assert.Equal(contact, again);
        Assert.Equal(3, new[] { contact, member, neighbour }.Distinct().Count());
    }

    [Theory]
    [InlineData("{}", "participantId REQUIRED_FIELD")]
    [InlineData("""{"participantId":{}}""", "participantId REQUIRED_FIELD")]
    [InlineData("""{"participantId":{"contactId":"x"}}""", "participantId.contactId FORMAT")]
    [InlineData(
        """{"participantId":{"contactId":"11111111-2222-4333-8444-555555555555","memberId":"11111111-2222-4333-8444-555555555555"}}""",
        "participantId ONE_OF_ALIGNMENT")]
    public async Task Exactly_one_participant_id_is_needed(string json, string violation)
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync(Api.Conversations, json);

        Assert.Equal(400, reply.Status);
        Assert.Equal([violation], reply.Violations);
    }

    [Fact]
    public async Task The_all_zero_participant_and_conversation_never_exist()
    {
        using var api = Api.InMemory();

        var participant = await GetOrCreateAsync(api, "contactId", NoOne);
        var conversation = await api.GetAsync($"{Api.Conversations}/{NoOne}");
        var send = await api.SendAsync(Api.Basic("x", NoOne));

        Assert.Equal((404, "PARTICIPANT_NOT_FOUND"), (participant.Status, participant.ErrorCode));
        Assert.Equal((404, "CONVERSATION_NOT_FOUND"), (conversation.Status, conversation.ErrorCode));
        Assert.Equal((404, "CONVERSATION_NOT_FOUND"), (send.Status, send.ErrorCode));
    }

    [Fact]
    public async Task Get_conversation_gives_what_get_or_create_made_and_tolerates_the_SDKs_query()
    {
        using var api = Api.InMemory();
        var made = await GetOrCreateAsync(api, "memberId", Someone);

        var got = await api.GetAsync($"{Api.Conversations}/{Id(made)}?conversationId={Id(made)}");

        Assert.Equal(200, got.Status);
        Assert.Equal(Conversation(made).GetRawText(), Conversation(got).GetRawText());
    }

    [Fact]
    public async Task Any_other_well_formed_conversation_exists_with_the_same_visitor_each_time()
    {
        using var api = Api.InMemory();

        var got = await api.GetAsync($"{Api.Conversations}/{Someone}");
        var again = await api.GetAsync($"{Api.Conversations}/{Someone.ToUpperInvariant()}");
        string visitor = Conversation(got).GetProperty("participant").GetProperty("anonymousVisitorId").GetString()!;
        var byVisitor = await GetOrCreateAsync(api, "anonymousVisitorId", visitor);

        Assert.Equal(Someone, Id(got));
        Assert.Equal(got.Text, again.Text);
        Assert.Equal(Someone, Id(byVisitor));
        Assert.False(byVisitor.Json.GetProperty("newConversation").GetBoolean());
    }

    [Fact]
    public async Task A_conversation_that_was_written_to_before_is_not_new()
    {
        using var earlier = Api.InMemory();
        using var api = Api.InMemory();
        string id = Id(await GetOrCreateAsync(earlier, "contactId", Someone));
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x", id))).Status);

        var found = await GetOrCreateAsync(api, "contactId", Someone);

        Assert.Equal(id, Id(found));
        Assert.False(found.Json.GetProperty("newConversation").GetBoolean());
    }

    [Fact]
    public async Task A_malformed_conversation_id_is_a_violation()
    {
        using var api = Api.InMemory();

        var reply = await api.GetAsync($"{Api.Conversations}/nonsense");

        Assert.Equal(400, reply.Status);
        Assert.Equal(["conversationId FORMAT"], reply.Violations);
    }

    [Fact]
    public async Task A_strict_sandbox_knows_only_what_it_was_given_or_made()
    {
        using var api = Api.InMemory(options => options.Strict = true);
        var unknownSend = await api.SendAsync(Api.Basic("x"));
        var unknownGet = await api.GetAsync($"{Api.Conversations}/{Api.SomeConversation}");
        var unknownContact = await GetOrCreateAsync(api, "contactId", Someone);

        api.Handler.AddConversation(Api.SomeConversation);
        api.Handler.AddParticipant(ParticipantKind.Contact, Someone);
        var send = await api.SendAsync(Api.Basic("x"));
        var get = await api.GetAsync($"{Api.Conversations}/{Api.SomeConversation}");
        var contact = await GetOrCreateAsync(api, "contactId", Someone);
        var toContact = await api.SendAsync(Api.Basic("x", Id(contact)));
        var asMember = await GetOrCreateAsync(api, "memberId", Someone);

        Assert.Equal([404, 404, 404], [unknownSend.Status, unknownGet.Status, unknownContact.Status]);
        Assert.Equal([200, 200, 200, 200], [send.Status, get.Status, contact.Status, toContact.Status]);
        Assert.Equal(404, asMember.Status);
    }

    [Fact]
    public async Task A_conversation_given_with_its_participant_is_found_by_it()
    {
        using var api = Api.InMemory(options => options.Strict = true);
        api.Handler.AddConversation(Api.SomeConversation, ParticipantKind.Member, Someone);

        var found = await GetOrCreateAsync(api, "memberId", Someone);

        Assert.Equal(Api.SomeConversation, Id(found));
        Assert.False(found.Json.GetProperty("newConversation").GetBoolean());
        Assert.Throws<FormatException>(() => api.Handler.AddConversation("nonsense"));
    }

    private static Task<Reply> GetOrCreateAsync(Api api, string kind, string id) =>
        api.PostAsync(Api.Conversations, $$$"""{"participantId":{"{{{kind}}}":"{{{id}}}"}}""");

    private static JsonElement Conversation(Reply reply) => reply.Json.GetProperty("conversation");

    private static string Id(Reply reply) => Conversation(reply).GetProperty("id").GetString()!;
}
