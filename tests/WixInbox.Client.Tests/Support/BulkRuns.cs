using WixInbox.Journal;

namespace WixInbox.Tests;

/// <summary>Runs whose rows are sent one by one.</summary>
internal static class BulkRuns
{
    public static BulkRun Open(WixInboxClient client, BulkRunOptions? options = null, SendJournal? journal = null) =>
        BulkRun.Open(client, options ?? new BulkRunOptions(), journal, TestClient.Cancellation);

    public static Task<Outcome<Message>> SendAsync(
        this BulkRun run, Recipient recipient, SendMessageRequest request, int? number = null) =>
        run.SendAsync(run.Take(new BulkMessage(recipient, request) { Number = number }));
}
