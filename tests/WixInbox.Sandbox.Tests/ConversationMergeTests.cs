namespace WixInbox.Sandbox.Tests;

public sealed class ConversationMergeTests
{
    private const string Contact = "11111111-2222-4333-8444-555555555555";
    private const string Member = "22222222-2222-4333-8444-555555555555";
    private const string Old = "6202c3bb-f263-3c16-8c90-d6387d9ed420";
    private const string New = "7202c3bb-f263-3c16-8c90-d6387d9ed420";

    [Fact]
    public async Task The_messages_move_in_their_order_and_the_old_id_is_no_more()
    {
        using var api = Api.InMemory();
        string[] conversations = [Old, New, Old, New];
        for (int i = 0; i < conversations.Length; i++)
        {
            await api.SendAsync(Api.Basic($"{i}", conversations[i]));
        }

        api.Handler.MergeConversation(Old.ToUpperInvariant(), New);
        var send = await api.SendAsync(Api.Basic("x", Old));
        var list = await api.ListAsync(Old);
        var get = await api.GetAsync($"{Api.Conversations}/{Old}");
        var moved = await api.ListAsync(New);

        Assert.Equal([404, 404, 404], [send.Status, list.Status, get.Status]);
        Assert.All([send, list, get], reply => Assert.Equal("CONVERSATION_NOT_FOUND", reply.ErrorCode));
        Assert.Equal(
            api.Handler.Ledger.Select(entry => entry.MessageId).Reverse(),
            moved.Messages.Select(message => message.GetProperty("id").GetString()));
        Assert.Equal(4, moved.Messages.Length);
        Assert.Equal(conversations, api.Handler.Ledger.Select(entry => entry.ConversationId));
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x", New))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_or_create_answers_the_new_one_for_the_participant(bool strict)
    {
        using var api = Api.InMemory(options => options.Strict = strict);
        api.Handler.AddParticipant(ParticipantKind.Contact, Contact);
        string old = Id(await api.GetOrCreateAsync("contactId", Contact));

        api.Handler.MergeConversation(old, New);
        var found = await api.GetOrCreateAsync("contactId", Contact);

        Assert.Equal(New, Id(found));
        Assert.False(found.Json.GetProperty("newConversation").GetBoolean());
        Assert.Equal(Contact, found.Conversation.GetProperty("participant").GetProperty("contactId").GetString());
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x", New))).Status);
    }

    [Fact]
    public async Task A_contact_who_became_a_member_is_found_under_both_ids()
    {
        using var api = Api.InMemory();
        string old = Id(await api.GetOrCreateAsync("contactId", Contact));
        api.Handler.AddConversation(New, ParticipantKind.Member, Member);

        api.Handler.MergeConversation(old, New);

        Assert.Equal(New, Id(await api.GetOrCreateAsync("contactId", Contact)));
        Assert.Equal(New, Id(await api.GetOrCreateAsync("memberId", Member)));
        Assert.Equal(
            Member,
            (await api.GetAsync($"{Api.Conversations}/{New}")).Conversation.GetProperty("participant")
                .GetProperty("memberId")
                .GetString());
    }

    [Fact]
    public async Task An_id_from_an_earlier_run_can_be_merged_and_its_participant_follows()
    {
        using var earlier = Api.InMemory();
        string old = Id(await earlier.GetOrCreateAsync("contactId", Contact));
        using var api = Api.InMemory();

        api.Handler.MergeConversation(old, New);
        var found = await api.GetOrCreateAsync("contactId", Contact);

        Assert.Equal(New, Id(found));
        Assert.False(found.Json.GetProperty("newConversation").GetBoolean());
        Assert.Equal(New, Id(await api.GetOrCreateAsync("contactId", Contact)));
    }

    [Fact]
    public async Task Merges_follow_one_another_and_an_id_can_be_given_again()
    {
        using var api = Api.InMemory();
        const string last = "8202c3bb-f263-3c16-8c90-d6387d9ed420";
        string old = Id(await api.GetOrCreateAsync("contactId", Contact));
        await api.SendAsync(Api.Basic("x", old));

        api.Handler.MergeConversation(old, New);
        api.Handler.MergeConversation(New, last);

        Assert.Equal(last, Id(await api.GetOrCreateAsync("contactId", Contact)));
        Assert.Single((await api.ListAsync(last)).Messages);
        api.Handler.AddConversation(old);
        Assert.Empty((await api.ListAsync(old)).Messages);
        api.Handler.Reset();
        Assert.Equal(200, (await api.ListAsync(New)).Status);
    }

    [Fact]
    public void A_merge_that_makes_no_sense_is_refused()
    {
        using var api = Api.InMemory(options => options.Strict = true);
        Assert.Throws<ArgumentException>(() => api.Handler.MergeConversation(Old, New));
        api.Handler.AddConversation(Old);
        Assert.Throws<ArgumentException>(() => api.Handler.MergeConversation(Old, Old));
        Assert.Throws<FormatException>(() => api.Handler.MergeConversation(Old, "nonsense"));

        api.Handler.MergeConversation(Old, New);

        Assert.Throws<ArgumentException>(() => api.Handler.MergeConversation(Old, New));
        Assert.Throws<ArgumentException>(() => api.Handler.MergeConversation(New, Old));
    }

    [Fact]
    public async Task No_message_is_lost_between_sends_and_a_merge_at_once()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 0);

        var sends = Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => Task.Run(() => api.SendAsync(Api.Basic($"{i}", Old)))));
        await Task.Run(() => api.Handler.MergeConversation(Old, New), TestContext.Current.CancellationToken);
        int stored = (await sends).Count(reply => reply.Status == 200);

        Assert.Equal(stored, api.Handler.Ledger.Count);
        var list = await api.GetAsync($"{Api.Messages}?conversationId={New}&visibility=BUSINESS&paging.limit=100");
        Assert.Equal(Math.Min(stored, 100), list.Messages.Length);
    }

    private static string Id(Reply reply) => reply.Conversation.GetProperty("id").GetString()!;
}
