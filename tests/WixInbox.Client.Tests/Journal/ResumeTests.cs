using System.Text;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>What a run knows of the earlier ones.</summary>
public sealed class ResumeTests
{
    private static readonly string[] s_ends = ["I", "S", "F", "N", "A", "AS", "NS", "SI"];
    private static readonly string[] s_keys = ["rule", "sent", "open", "unknown"];

    [Fact]
    public async Task The_last_line_of_a_row_counts()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            foreach (var end in s_ends)
            {
                var row = journal.Take(end);
                await journal.IntendAsync(row);
                foreach (var letter in end)
                {
                    await NoteAsync(journal, row, letter);
                }
            }
        }

        using var again = Journals.Open(storage);
        Assert.True(again.IsResumed);
        Assert.Equal(
            [
                JournalState.Sending, JournalState.Sent, JournalState.Failed, JournalState.NotSent,
                JournalState.Unknown, JournalState.Sent, JournalState.Sent, JournalState.Sending, null,
            ],
            s_ends.Append("new").Select(key => again.Take(key).Earlier));
        Assert.Equal(["I", "A", "SI"], s_ends.Where(key => again.Take(key).Open is not null));
    }

    [Fact]
    public async Task A_failure_is_local_if_the_row_never_left()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            journal.NoteInvalid(journal.Take("1"), "TextTooLong");
            var rejected = journal.Take("2");
            await journal.IntendAsync(rejected);
            journal.NoteFailed(rejected, "X", 403, null, 1);
        }

        using var again = Journals.Open(storage);
        Assert.True(again.Take("1").Facts.IsLocal);
        Assert.False(again.Take("2").Facts.IsLocal);
        Assert.Equal(JournalState.Failed, again.Take("2").Earlier);
    }

    [Fact]
    public async Task A_broken_rule_is_written_once_and_takes_nothing_back()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            journal.NoteInvalid(journal.Take("rule"), "TextTooLong");
            await journal.SendAsync("sent");
            await journal.IntendAsync(journal.Take("open"));
            var unknown = journal.Take("unknown");
            await journal.IntendAsync(unknown);
            journal.NoteUnknown(unknown, null, null, null, 1);
        }

        var length = storage.Written.Length;
        using (var journal = Journals.Open(storage))
        {
            foreach (var row in s_keys.Select(key => journal.Take(key, "edited, and too long")).ToArray())
            {
                journal.NoteInvalid(row, "TextTooLong");
                if (row.Key != "rule")
                {
                    journal.NoteNotSent(row, null, null, null, 0);
                    journal.NoteFailed(row, "X", 404, null, 1);
                }
            }
        }

        Assert.Single(Journals.Lines(storage.Written[length..]));
        using var again = Journals.Open(storage);
        Assert.Equal(JournalState.Sent, again.Take("sent").Earlier);
    }

    [Fact]
    public async Task A_row_that_broke_a_rule_and_was_sent_since_is_sent()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            journal.NoteInvalid(journal.Take("1"), "TextTooLong");
        }

        using (var journal = Journals.Open(storage))
        {
            await journal.SendAsync("1");
        }

        using var again = Journals.Open(storage);
        var row = again.Take("1");
        Assert.Equal(JournalState.Sent, row.Earlier);
        Assert.False(row.Facts.IsLocal);
    }

    [Fact]
    public void Conversations_are_known_again()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            Assert.Null(journal.FindConversation(Journals.Contact(1)));
            journal.NoteConversation(Journals.Contact(1), Sample.ConversationId);
            journal.NoteConversation(Journals.Contact(2), "6202C3BB-F263-3C16-8C90-D6387D9ED420");
            journal.NoteConversation(Journals.Contact(3), Sample.ConversationId);
            journal.NoteConversation(Journals.Contact(3), Sample.OtherConversationId);
            journal.NoteConversation(Journals.Contact(5), "no GUID");
            journal.NoteConversation(Journals.Contact(5), Sample.ConversationId);
            Assert.Equal(Sample.ConversationId, journal.FindConversation(Journals.Contact(1)));
            Assert.Equal(Sample.ConversationId, journal.FindConversation(Journals.Contact(5)));
        }

        using var again = Journals.Open(storage);
        Assert.Equal(Sample.ConversationId, again.FindConversation(Journals.Contact(1)));
        Assert.Equal("6202C3BB-F263-3C16-8C90-D6387D9ED420", again.FindConversation(Journals.Contact(2)));
        Assert.Equal(Sample.OtherConversationId, again.FindConversation(Journals.Contact(3)));
        Assert.Null(again.FindConversation(Journals.Contact(4)));
        Assert.Equal(Sample.ConversationId, again.FindConversation(Journals.Contact(5)));
    }

    [Fact]
    public async Task A_message_is_read_back()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            for (var number = 0; number < 50; number++)
            {
                await journal.SendAsync($"{number}-{new string('é', number * 4)}", id: $"m{number}");
            }

            var now = await journal.SendAsync("now", id: "m-now");
            Assert.Equal("m-now", journal.ReadMessage(now)!.Id);
        }

        using var again = Journals.Open(storage);
        for (var number = 49; number >= 0; number--)
        {
            var message = again.ReadMessage(again.Take($"{number}-{new string('é', number * 4)}"));
            Assert.Equal($"m{number}", message!.Id);
            Assert.Equal(Sample.ConversationId, message.ConversationId);
            Assert.Equal(Journals.Noon.AddMilliseconds(123), message.CreatedDate);
        }

        Assert.Null(again.ReadMessage(again.Take("new")));
    }

    [Fact]
    public async Task A_key_is_known_again_whatever_letters_it_has()
    {
        string[] keys = ["\ud83d\ude00", "\ud83d", "a\0b", "\u2028\"\\/<>&'", new string('\u0001', 256), "6.5", " "];
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            foreach (var key in keys)
            {
                await journal.SendAsync(key);
            }
        }

        Assert.Equal(2 + (2 * keys.Length), Journals.Lines(storage.Written).Length);
        Assert.DoesNotContain("\0", Encoding.UTF8.GetString(storage.Written), StringComparison.Ordinal);
        using var again = Journals.Open(storage);
        Assert.All(keys, key => Assert.Equal(JournalState.Sent, again.Take(key).Earlier));
    }

    private static Task NoteAsync(SendJournal journal, BulkRow row, char letter)
    {
        switch (letter)
        {
            case 'I':
                return journal.IntendAsync(row);
            case 'S':
                journal.NoteSent(row, Journals.Message(), 1, reconciled: false);
                break;
            case 'F':
                journal.NoteFailed(row, "X", 403, null, 1);
                break;
            case 'N':
                journal.NoteNotSent(row, "X", 429, null, 1);
                break;
            default:
                journal.NoteUnknown(row, null, null, null, 1);
                break;
        }

        return Task.CompletedTask;
    }
}
