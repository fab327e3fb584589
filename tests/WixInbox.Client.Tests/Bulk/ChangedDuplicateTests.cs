using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A row whose text or recipient was changed after it was sent is not sent again, and nobody has got its new text for
/// that.
/// </summary>
public sealed class ChangedDuplicateTests
{
    [Fact]
    public async Task A_row_that_says_what_a_sent_one_says_only_since_is_no_repetition_of_it()
    {
        var server = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(server);
        var storage = new MemoryStorage();
        Assert.True((await SendAsync(
            client, storage, (SandboxRun.Conversation, "4711", "Your order is packed."))).All(result => result.IsSent));

        storage = new MemoryStorage(storage.Written);
        var results = await SendAsync(
            client,
            storage,
            (SandboxRun.Conversation, "4711", "Your order is on its way."),
            (SandboxRun.Conversation, "4712", "Your order is on its way."));

        Assert.Equal(JournalState.Sent, results[0].Row.Earlier);
        Assert.Single(
            server.Requests, request => request.Body.Contains("on its way", StringComparison.Ordinal));
        Assert.Equal((true, null), (results[1].IsSent, results[1].Failure?.Cause));
    }

    [Fact]
    public async Task A_row_that_says_what_one_says_whose_key_is_anothers_is_no_repetition_of_it()
    {
        var server = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(server);
        var storage = new MemoryStorage();
        await SendAsync(client, storage, (SandboxRun.Conversation, "4711", "Your order is packed."));

        storage = new MemoryStorage(storage.Written);
        var results = await SendAsync(
            client,
            storage,
            (SandboxRun.Other, "4711", "Your order is packed."),
            (SandboxRun.Other, "4712", "Your order is packed."));

        Assert.Equal((false, FailureCodes.KeyOfAnother), (results[0].IsSent, results[0].Failure?.Code));
        Assert.Equal((true, null), (results[1].IsSent, results[1].Row.DuplicateOf));
    }

    private static async Task<List<BulkResult>> SendAsync(
        WixInboxClient client, MemoryStorage storage, params (Recipient To, string Key, string Text)[] rows)
    {
        using var journal = Journals.Open(storage);
        using var run = BulkRuns.Open(client, new BulkRunOptions { SkipDuplicates = true }, journal);
        List<BulkResult> results = [];
        await foreach (var result in run.SendAllAsync(rows.Select(row =>
            new BulkMessage(row.To, Sample.Text(row.Text)) { Key = row.Key })))
        {
            results.Add(result);
        }

        return results;
    }
}
