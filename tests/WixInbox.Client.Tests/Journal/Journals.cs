using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>Journals and rows, to be changed by a test.</summary>
internal static class Journals
{
    public const string Connection = "account 4c1f, site 9a2b";

    private static long s_order;

    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Noon);

    public static SendJournal Open(
        IJournalStorage storage,
        string? keyProperty = "OrderId",
        TimeProvider? time = null,
        int? expectedCount = null) =>
        SendJournal.Open(storage, Options(keyProperty, time, expectedCount));

    public static SendJournalOptions Options(
        string? keyProperty = "OrderId", TimeProvider? time = null, int? expectedCount = null) =>
        new(Connection) { KeyProperty = keyProperty, TimeProvider = time ?? Clock(), ExpectedCount = expectedCount };

    public static IEnumerable<JournalEntry> ReadEntries(string path) =>
        JournalReader.ReadEntries(path, TestClient.Cancellation);

    public static JournalSummary ReadSummary(string path, TimeProvider? time = null) =>
        JournalReader.ReadSummary(path, time, TestClient.Cancellation);

    public static JournalReport ReadReport(string path, TimeProvider? time = null) =>
        JournalReader.ReadReport(path, time, TestClient.Cancellation);

    public static Recipient Contact(int number = 1) =>
        new(RecipientKind.Contact, $"5a0c4737-a2a0-4c37-a07e-{number:x12}");

    public static Message Message(string id = "1640849952353627", string conversationId = Sample.ConversationId) =>
        new() { Id = id, ConversationId = conversationId, CreatedDate = Noon.AddMilliseconds(123) };

    public static BulkRow Take(
        this SendJournal journal, string? key, Recipient? recipient, SendMessageRequest request, int? number)
    {
        var order = Interlocked.Increment(ref s_order);
        var row = new BulkRow(
            new BulkMessage(recipient, request) { Key = key, Number = number }, number ?? (int)order, order);
        journal.Take(row);
        return row;
    }

    public static void NoteSent(this SendJournal journal, BulkRow row, Message message, int attempts, bool reconciled)
    {
        message.Delivery = reconciled ? MessageDelivery.Reconciled : MessageDelivery.Sent;
        journal.NoteOutcome(
            row,
            RecordKind.Sent,
            new Outcome<Message> { Kind = OutcomeKind.Succeeded, Value = message, Attempts = attempts });
    }

    public static void NoteFailed(
        this SendJournal journal, BulkRow row, string? code, int? status, string? requestId, int attempts) =>
        Note(journal, row, RecordKind.Failed, code, status, requestId, attempts);

    public static void NoteNotSent(
        this SendJournal journal, BulkRow row, string? code, int? status, string? requestId, int attempts) =>
        Note(journal, row, RecordKind.NotSent, code, status, requestId, attempts);

    public static void NoteUnknown(
        this SendJournal journal, BulkRow row, string? code, int? status, string? requestId, int attempts) =>
        Note(journal, row, RecordKind.Unknown, code, status, requestId, attempts);

    public static BulkRow Take(
        this SendJournal journal, string? key, string text = "Hey!", int? number = null, int contact = 1) =>
        journal.Take(key, Contact(contact), Sample.Text(text), number);

    public static Task IntendAsync(
        this SendJournal journal, BulkRow row, string conversationId = Sample.ConversationId, TimeSpan? ahead = null) =>
        journal.NoteIntentAsync(row, conversationId, ahead, TestClient.Cancellation);

    /// <summary>Takes a row and sends it.</summary>
    public static async Task<BulkRow> SendAsync(
        this SendJournal journal, string? key, string text = "Hey!", string id = "m1", int contact = 1)
    {
        var row = journal.Take(key, text, contact: contact);
        await journal.IntendAsync(row);
        journal.NoteSent(row, Message(id), 1, reconciled: false);
        return row;
    }

    /// <summary>Makes a journal with a row of each outcome.</summary>
    public static async Task<byte[]> SmallAsync()
    {
        var storage = new MemoryStorage();
        using (var journal = Open(storage))
        {
            journal.NoteConversation(Contact(), Sample.ConversationId);
            await journal.SendAsync("sent");
            var failed = journal.Take("failed");
            await journal.IntendAsync(failed);
            journal.NoteFailed(failed, "CONVERSATION_NOT_FOUND", 404, "req-1", 1);
            var open = journal.Take("open");
            await journal.IntendAsync(open);
        }

        return storage.Written;
    }

    private static void Note(
        SendJournal journal, BulkRow row, RecordKind kind, string? code, int? status, string? requestId, int attempts)
    {
        // A journal writes the cause where there is no code; a test that gives none wants none.
        var failure = code is null && status is null
            ? null
            : new Failure { Code = code, StatusCode = status, Cause = FailureCause.Status };
        journal.NoteOutcome(row, kind, new Outcome<Message>
        {
            Kind = OutcomeKind.NotSent,
            Failure = failure,
            RequestId = requestId,
            Attempts = attempts,
        });
    }

    public static string[] Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');

    /// <summary>A line's members, without its checksum.</summary>
    public static string Body(string line) => line[..line.IndexOf(",\"x\":", StringComparison.Ordinal)] + "}";

    /// <summary>A line that a test makes up, with its checksum.</summary>
    public static byte[] Line(string json)
    {
        var body = Encoding.UTF8.GetBytes(json.TrimEnd('}'));
        return [.. body, .. Encoding.UTF8.GetBytes($",\"x\":\"{Crc32C.Of(body, 0, body.Length):x8}\"}}\n")];
    }

    public static JsonElement Json(string line) => JsonDocument.Parse(line).RootElement;

    public static JournalException Refused(
        byte[] content, JournalProblem problem, string? keyProperty = "OrderId", string connection = Connection)
    {
        var storage = new MemoryStorage(content);
        var exception = Assert.Throws<JournalException>(
            () => SendJournal.Open(storage, new SendJournalOptions(connection) { KeyProperty = keyProperty }));
        Assert.Equal(problem, exception.Problem);
        Assert.Same(content, storage.Written);
        Assert.True(storage.IsDisposed);
        return exception;
    }
}
