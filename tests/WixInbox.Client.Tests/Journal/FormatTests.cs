using System.Text;
using System.Text.RegularExpressions;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>What is in the file, to the letter: a later version has to read it.</summary>
public sealed class FormatTests
{
    private const string Fingerprint = "[0-9a-f]{32}";

    [Fact]
    public void A_new_journal_has_a_header_and_a_run()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage, expectedCount: 10_000);

        var lines = Journals.Lines(storage.Written);

        Assert.Equal(2, lines.Length);
        Assert.Equal(
            $$"""{"t":"H","v":1,"tool":"WixInbox {{typeof(SendJournal).Assembly.GetName().Version!.ToString(3)}}","to":"{{Journals.Connection}}","key":"OrderId","created":"2026-11-22T12:00:00.000Z"}""",
            Journals.Body(lines[0]));
        Assert.Matches(
            $$"""^\{"t":"O","run":"[0-9a-f-]{36}","pid":{{Environment.ProcessId}},"host":"{{Regex.Escape(Environment.MachineName)}}","total":10000,"ts":"2026-11-22T12:00:00.000Z"\}$""",
            Journals.Body(lines[1]));
        Assert.All(lines, line => Assert.Matches("""^\{.*,"x":"[0-9a-f]{8}"\}$""", line));
        Assert.Equal(storage.Written, storage.Durable);
        Assert.Equal(1, storage.Appends);
    }

    [Fact]
    public void What_is_not_known_is_left_out_of_header_and_run()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage, keyProperty: null);

        var lines = Journals.Lines(storage.Written);

        Assert.DoesNotContain("\"key\"", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"total\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_sent_has_an_intent_and_an_outcome()
    {
        var lines = await LinesAsync(async journal =>
        {
            var row = journal.Take("41-é \"x\"", number: 12);
            await journal.IntendAsync(row);
            journal.NoteSent(row, Journals.Message(), 2, reconciled: false);
        });

        Assert.Matches(
            $$"""^\{"t":"I","k":"41-é \\"x\\"","row":12,"p":"{{Fingerprint}}","c":"{{Sample.ConversationId}}","h":"{{Fingerprint}}","ts":"2026-11-22T12:00:00.000Z"\}$""",
            lines[0]);
        Assert.Equal($$"""{"t":"S","k":"41-é \"x\"","c":"{{Sample.ConversationId}}","id":"1640849952353627","at":"2026-11-22T12:00:00.123Z","n":2,"ts":"2026-11-22T12:00:00.000Z"}""", lines[1]);
    }

    [Fact]
    public async Task An_intent_has_the_servers_time_too_where_that_is_known()
    {
        var lines = await LinesAsync(journal => journal.IntendAsync(journal.Take("1"), ahead: TimeSpan.FromHours(-2)));

        Assert.EndsWith(
            "\"at\":\"2026-11-22T10:00:00.000Z\",\"ts\":\"2026-11-22T12:00:00.000Z\"}",
            lines[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_by_reading_back_says_so()
    {
        var lines = await LinesAsync(async journal =>
        {
            var row = journal.Take("1");
            await journal.IntendAsync(row);
            journal.NoteSent(row, new Message { Id = "m1" }, 1, reconciled: true);
        });

        Assert.Equal("""{"t":"S","k":"1","id":"m1","n":1,"rec":true,"ts":"2026-11-22T12:00:00.000Z"}""", lines[1]);
    }

    [Fact]
    public async Task Each_other_outcome_has_its_letter()
    {
        var lines = await LinesAsync(async journal =>
        {
            var row = journal.Take("1", number: 3);
            await journal.IntendAsync(row);
            journal.NoteFailed(row, "CONVERSATION_NOT_FOUND", 404, "req-1", 1);
            journal.NoteNotSent(row, null, 429, null, 2);
            journal.NoteUnknown(row, null, null, "req-2", 3);
        });

        Assert.Matches(
            $$"""^\{"t":"F","k":"1","m":"{{Fingerprint}}","code":"CONVERSATION"""
                + """_NOT_FOUND","st":404,"req":"req-1","n":1,"ts":"2026-11-22T12:00:00.000Z"\}$""",
            lines[1]);
        Assert.Equal("""{"t":"N","k":"1","code":"Status","st":429,"n":2,"ts":"2026-11-22T12:00:00.000Z"}""", lines[2]);
        Assert.Equal("""{"t":"A","k":"1","req":"req-2","n":3,"ts":"2026-11-22T12:00:00.000Z"}""", lines[3]);
    }

    [Fact]
    public async Task A_row_that_never_was_about_to_leave_has_its_number_and_its_content_in_its_outcome()
    {
        var lines = await LinesAsync(journal =>
        {
            journal.NoteInvalid(journal.Take("1", number: 3), "TextTooLong");
            journal.NoteFailed(journal.Take("2"), "CONTACT_NOT_FOUND", 404, null, 1);
            return Task.CompletedTask;
        });

        Assert.Matches($$"""^\{"t":"F","k":"1","row":3,"p":"{{Fingerprint}}","h":"{{Fingerprint}}","code":"TextTooLong","n":0,"ts":"2026-11-22T12:00:00.000Z"\}$""", lines[0]);
        Assert.Matches(
            """^\{"t":"F","k":"2","row":"""
                + $$"""[0-9]+,"p":"{{Fingerprint}}","h":"{{Fingerprint}}","m":"{{Fingerprint}}","code":"CONTACT"""
                + """_NOT_FOUND","st":404,"n":1,"ts":"2026-11-22T12:00:00.000Z"\}$""",
            lines[1]);
    }

    [Fact]
    public async Task A_conversation_is_written_once()
    {
        var lines = await LinesAsync(journal =>
        {
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
            journal.NoteConversation(
                new Recipient(RecipientKind.Conversation, Sample.OtherConversationId), Sample.OtherConversationId);
            journal.NoteConversation(Journals.Contact(2), "not a GUID");
            journal.NoteConversation(Journals.Contact(2), "not a GUID");
            return Task.CompletedTask;
        });

        Assert.Equal(2, lines.Length);
        Assert.Matches($$"""^\{"t":"R","p":"{{Fingerprint}}","c":"{{Sample.ConversationId}}"\}$""", lines[0]);
        Assert.Matches($$"""^\{"t":"R","p":"{{Fingerprint}}","c":"not a GUID"\}$""", lines[1]);
    }

    [Fact]
    public async Task No_text_and_no_contact_is_in_the_file()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
            await journal.SendAsync("1", "Dear Jane Doe, jane@example.com");
        }

        var text = Encoding.UTF8.GetString(storage.Written);
        Assert.DoesNotContain("Jane", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Journals.Contact().Id, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_member_of_a_record_comes_back()
    {
        var record = new JournalRecord
        {
            Kind = RecordKind.Intent,
            Version = 1,
            Tool = "WixInbox 1.2.3",
            Connection = "to",
            KeyProperty = "key",
            Created = Journals.Noon,
            Run = "run",
            ProcessId = 2,
            Host = "host",
            ExpectedCount = 3,
            Key = "\ud83d\ude00 \n \u0000",
            Row = 4,
            Recipient = Hash128.Of("r"),
            ConversationId = "c",
            Fingerprint = Hash128.Of("f"),
            Content = Hash128.Of("m"),
            MessageId = "id",
            ServerTime = Journals.Noon.AddHours(1),
            Code = "CODE",
            Status = 404,
            RequestId = "req",
            Attempts = 5,
            Reconciled = true,
            Time = Journals.Noon.AddMilliseconds(7),
        };
        using var stream = new MemoryStream();
        new JournalLine().Write(record, stream);
        var line = stream.ToArray();

        Assert.True(JournalLine.IsWhole(line, 0, line.Length - 1));
        var back = JournalRecord.Parse(line, 0, line.Length - 1);

        Assert.NotNull(back);
        Assert.All(
            typeof(JournalRecord).GetProperties(),
            property => Assert.Equal(property.GetValue(record), property.GetValue(back)));
    }

    private static async Task<string[]> LinesAsync(Func<SendJournal, Task> write)
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await write(journal);
        }

        return [.. Journals.Lines(storage.Written).Skip(2).Select(Journals.Body)];
    }
}
