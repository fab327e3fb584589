using System.Text;
using WixInbox.Journal;

namespace WixInbox.Fuzz;

/// <summary>A journal: it is gone on with, twice alike, or refused and left as it is.</summary>
internal class JournalTarget : FuzzTarget
{
    protected const string Connection = "account 4c1f, site 9a2b";
    private const string Conversation = "6202c3bb-f263-3c16-8c90-d6387d9ed420";

    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_keys = ["sent", "failed", "open", "new"];

    private readonly string _path = Path.GetTempFileName();

    public override string Name => "journal";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\n", "\r\n", "\0", "{", "}", ",\"x\":\"00000000\"}\n", "{\"t\":\"H\",\"v\":1,\"tool\":\"WixInbox ",
        "\"t\":\"I\"", "\"t\":\"S\"", "\"t\":\"F\"",
        "\"t\":\"A\"", "\"t\":\"N\"", "\"t\":\"R\"", "\"t\":\"O\"", "\"k\":\"open\"", "\"row\":",
        "\"p\":\"00112233445566778899aabbccddeeff\"", "\"c\":\"",
        "\"h\":", "\"id\":\"", "\"at\":\"2026-11-22T12:00:00.000Z\"", "\"n\":", "\"rec\":true", "\"code\":\"",
        "\"st\":", "\"req\":\"",
        "\"ts\":\"0001-01-01T00:00:00.000Z\"", "\"ts\":\"9999-12-31T23:59:59.999Z\"", "\"total\":",
        "\"new\":{\"a\":[1]}", "\ufeff", "\\ud800", "null",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        File.Delete(_path);
        using (var journal = SendJournal.Open(_path, Options()))
        {
            journal.NoteConversation(new Recipient(RecipientKind.Contact, Guid.Empty.ToString()), Conversation);
            foreach (var (key, kind) in new[] { ("sent", RecordKind.Sent), ("failed", RecordKind.Failed),
                ("unknown", RecordKind.Unknown), ("open", RecordKind.Other) })
            {
                var row = Take(journal, key);
                journal.NoteIntentAsync(row, Conversation, null, CancellationToken.None).GetAwaiter().GetResult();
                if (kind != RecordKind.Other)
                {
                    journal.NoteOutcome(row, kind, OutcomeOf(kind));
                }
            }
        }

        var whole = File.ReadAllBytes(_path);
        return [whole, whole[..^40], []];
    }

    public override void Run(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        Read();
        string first;
        try
        {
            first = Open();
        }
        catch (JournalException)
        {
            Hold(File.ReadAllBytes(_path).AsSpan().SequenceEqual(input), "A journal that is refused is left as it is.");
            return;
        }

        Hold(Open() == first, "The next run makes the same of it.");
        Hold(Read(), "A journal that was gone on with can be read.");
    }

    private static SendJournalOptions Options() =>
        new(Connection) { KeyProperty = "OrderId", TimeProvider = new SkippingTime(s_noon) };

    private static BulkRow Take(SendJournal journal, string key)
    {
        var content = new MessageContent { Minimal = new MinimalContent { Text = "Hey!" } };
        var request = new SendMessageRequest { Message = new Message { Content = content } };
        var row = new BulkRow(new BulkMessage(new Recipient(RecipientKind.Contact, Guid.Empty.ToString()),
            request) { Key = key }, 1, 1);
        journal.Take(row);
        return row;
    }

    private static Outcome<Message> OutcomeOf(RecordKind kind) => kind == RecordKind.Sent
        ? new() { Kind = OutcomeKind.Succeeded,
            Value = new Message { Id = "m1", ConversationId = Conversation, CreatedDate = s_noon }, Attempts = 1 }
        : new() { Kind = OutcomeKind.Rejected,
            Failure = new Failure { Code = "CODE", StatusCode = 404, Cause = FailureCause.Status }, RequestId = "1.2",
                Attempts = 1 };

    private string Open()
    {
        using var journal = SendJournal.Open(_path, Options());
        var said = new StringBuilder();
        foreach (var row in s_keys.Select(key => Take(journal, key)))
        {
            said.Append(row.Key).Append(row.Earlier).Append(row.IsOpen).Append(row.IsChanged)
                .Append(journal.ReadMessage(row)?.Id).Append('\n');
        }

        return said.ToString();
    }

    // As Get-WixInboxJournal and the page about runs do.
    private bool Read()
    {
        try
        {
            var entries = JournalReader.ReadEntries(_path).ToArray();
            var summary = JournalReader.ReadSummary(_path, new SkippingTime(s_noon));
            Hold(JournalReader.ReadReport(_path, new SkippingTime(s_noon)) is not null && summary is not null,
                "It has figures.");
            Hold(entries.Select(entry => entry.Key).Distinct(StringComparer.Ordinal).Count() == entries.Length,
                "A row has one entry.");
            return true;
        }
        catch (JournalException)
        {
            return false;
        }
    }
}
