using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

public sealed class EntriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-").FullName;

    private string Journal => Path.Combine(_folder, "run.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task There_is_one_entry_for_each_row_in_the_order_of_the_journal()
    {
        var time = Journals.Clock();
        using (var journal = SendJournal.Open(Journal, Journals.Options(time: time)))
        {
            var sent = journal.Take("b", number: 1);
            await journal.IntendAsync(sent);
            var open = journal.Take("a", number: 2);
            await journal.IntendAsync(open, Sample.OtherConversationId, ahead: TimeSpan.FromHours(1));
            journal.NoteInvalid(journal.Take("c", number: 3), "TextTooLong");
            time.Advance(TimeSpan.FromSeconds(2));
            journal.NoteUnknown(sent, null, null, "req-1", 1);
            time.Advance(TimeSpan.FromSeconds(3));
            journal.NoteSent(sent, Journals.Message("m1"), 2, reconciled: true);
        }

        var entries = Journals.ReadEntries(Journal).ToArray();

        Assert.Equal(["b", "a", "c"], entries.Select(entry => entry.Key));
        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Row));
        Assert.Equal(
            [JournalState.Sent, JournalState.Sending, JournalState.Failed], entries.Select(entry => entry.State));
        Assert.Equal(
            [Sample.ConversationId, Sample.OtherConversationId, null], entries.Select(entry => entry.ConversationId));
        Assert.Equal(["m1", null, null], entries.Select(entry => entry.MessageId));
        Assert.Equal([2, null, 0], entries.Select(entry => entry.Attempts));
        Assert.Equal([null, null, "TextTooLong"], entries.Select(entry => entry.Code));
        Assert.Equal([null, null, null], entries.Select(entry => entry.RequestId));
        Assert.Equal([true, false, false], entries.Select(entry => entry.Reconciled));
        Assert.Equal([Journals.Noon, Journals.Noon, null], entries.Select(entry => entry.Started));
        Assert.Equal([Journals.Noon.AddSeconds(5), null, Journals.Noon], entries.Select(entry => entry.Ended));
        Assert.Equal([Journals.Noon.AddMilliseconds(123), null, null], entries.Select(entry => entry.Created));
    }

    [Fact]
    public async Task A_failure_says_what_the_server_said_until_it_is_tried_again()
    {
        for (var run = 0; run < 2; run++)
        {
            using var journal = SendJournal.Open(Journal, Journals.Options());
            var row = journal.Take("1");
            await journal.IntendAsync(row);
            if (run == 0)
            {
                journal.NoteFailed(row, "CONVERSATION_NOT_FOUND", 404, "req-1", 3);
                await FlushedAsync(journal);
                var failed = Assert.Single(Journals.ReadEntries(Journal), entry => entry.Key == "1");
                Assert.Equal("CONVERSATION_NOT_FOUND", failed.Code);
                Assert.Equal(404, failed.StatusCode);
                Assert.Equal("req-1", failed.RequestId);
                Assert.Equal(3, failed.Attempts);
            }
        }

        var again = Assert.Single(Journals.ReadEntries(Journal), entry => entry.Key == "1");
        Assert.Equal(JournalState.Sending, again.State);
        Assert.Null(again.Code);
        Assert.Null(again.Ended);
    }

    [Fact]
    public async Task A_journal_is_read_while_it_is_written()
    {
        using var journal = SendJournal.Open(Journal, Journals.Options());
        var writing = Task.Run(async () =>
        {
            for (var number = 0; number < 300; number++)
            {
                await journal.SendAsync($"{number}", id: $"m{number}");
            }
        }, TestClient.Cancellation);

        var last = 0;
        do
        {
            var entries = Journals.ReadEntries(Journal).ToArray();
            Assert.True(entries.Length >= last);
            Assert.Equal(
                Enumerable.Range(0, entries.Length).Select(number => $"{number}"), entries.Select(entry => entry.Key));
            Assert.Null(Journals.ReadSummary(Journal).DamagedLine);
            last = entries.Length;
        }
        while (!writing.IsCompleted);

        await writing;
        await FlushedAsync(journal);
        Assert.Equal(300, Journals.ReadSummary(Journal).Sent);
    }

    [Fact]
    public async Task A_torn_end_is_not_read_and_not_cut()
    {
        var whole = await Journals.SmallAsync();
        for (var length = whole.Length; length >= 200; length--)
        {
            File.WriteAllBytes(Journal, whole[..length]);
            Assert.InRange(Journals.ReadEntries(Journal).Count(), 0, 3);
            Assert.Equal(length, new FileInfo(Journal).Length);
        }
    }

    [Fact]
    public async Task What_is_no_journal_is_refused_in_the_same_words()
    {
        Assert.Throws<FileNotFoundException>(() => Journals.ReadEntries(Journal));
        Assert.Throws<FileNotFoundException>(() => Journals.ReadSummary(Journal));
        foreach (var content in new byte[][] { [], [.. "a,b\n"u8], (await Journals.SmallAsync())[..50] })
        {
            File.WriteAllBytes(Journal, content);
            Assert.Equal(
                JournalProblem.NotAJournal,
                Assert.Throws<JournalException>(() => Journals.ReadEntries(Journal)).Problem);
            Assert.Equal(
                JournalProblem.NotAJournal,
                Assert.Throws<JournalException>(() => Journals.ReadSummary(Journal)).Problem);
        }

        File.WriteAllBytes(Journal, Journals.Line("""{"t":"H","v":2,"to":"x","created":"2026-11-22T12:00:00.000Z"}"""));
        Assert.Equal(
            JournalProblem.OtherVersion,
            Assert.Throws<JournalException>(() => Journals.ReadEntries(Journal)).Problem);
    }

    [Fact]
    public void One_that_cannot_be_read_is_refused_with_the_cause()
    {
        Directory.CreateDirectory(Journal);
        try
        {
            var exception = Assert.Throws<JournalException>(() => Journals.ReadSummary(Journal));

            Assert.Equal(JournalProblem.Unusable, exception.Problem);
            Assert.StartsWith($"The journal '{Journal}' cannot be read: ", exception.Message, StringComparison.Ordinal);
            Assert.NotNull(exception.InnerException);
        }
        finally
        {
            Directory.Delete(Journal);
        }
    }

    // An intent comes back when all before it is in the file.
    private static Task FlushedAsync(SendJournal journal) =>
        journal.IntendAsync(journal.Take($"flush {Guid.NewGuid()}"));
}
