namespace WixInbox.Sandbox.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Sixty_four_parallel_senders_get_unique_ids_and_the_ledger_has_all_in_order()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 0);

        string[][] ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(sender => Task.Run(async () =>
        {
            var mine = new string[20];
            for (int i = 0; i < mine.Length; i++)
            {
                var reply = await api.SendAsync(Api.Basic($"{sender}:{i}"));
                mine[i] = reply.Message.GetProperty("id").GetString()!;
            }

            return mine;
        })));

        string[] ledger = [.. api.Handler.Ledger.Select(entry => entry.MessageId)];
        Assert.Equal(64 * 20, ids.SelectMany(mine => mine).Distinct().Count());
        Assert.Equal(ids.SelectMany(mine => mine).Order(StringComparer.Ordinal), ledger);
        Assert.Equal(64 * 20, api.Handler.Ledger.Select(entry => entry.Text).Distinct().Count());
        Assert.Equal(64 * 20, Assert.Single(api.Handler.RequestCounts).Count);
    }

    [Fact]
    public async Task Parallel_senders_share_one_window()
    {
        using var api = Api.InMemory();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Task.Run(() => api.SendAsync(Api.Basic($"{i}")))));

        Assert.Equal(200, replies.Count(reply => reply.Status == 200));
        Assert.Equal(100, replies.Count(reply => reply.Status == 429));
        Assert.Equal(200, api.Handler.Ledger.Count);
    }

    [Fact]
    public async Task Parallel_callers_create_a_conversation_once()
    {
        using var api = Api.InMemory();

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => api.PostAsync(
            Api.Conversations, """{"participantId":{"contactId":"11111111-2222-4333-8444-555555555555"}}"""))));

        Assert.Single(replies, reply => reply.Json.GetProperty("newConversation").GetBoolean());
    }
}
