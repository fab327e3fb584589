
namespace WixInbox.Tests.Journal;

/// <summary>Rows that earlier runs have left open: what is known of them, and of what is somebody else's.</summary>
public sealed class OpenRowTests
{
    [Fact]
    public async Task An_open_row_has_what_it_takes_to_find_its_message()
    {
        var storage = new MemoryStorage();
        var time = Journals.Clock();
        using (var journal = Journals.Open(storage, time: time))
        {
            await journal.IntendAsync(journal.Take("2", "Hello!", number: 2), Sample.OtherConversationId);
            time.Advance(TimeSpan.FromMinutes(1));
            await journal.IntendAsync(journal.Take("1", "Hey!", number: 1));
            await journal.SendAsync("3");
        }

        using var again = Journals.Open(storage);
        var rows = "2 1 3 new".Split().Select(key => again.Take(key)).ToArray();

        Assert.Equal(
            [Sample.OtherConversationId, Sample.ConversationId], rows.Take(2).Select(row => row.Open!.ConversationId));
        Assert.Equal([Journals.Noon, Journals.Noon.AddMinutes(1)], rows.Take(2).Select(row => row.Open!.Since.Ours));
        Assert.All(rows.Skip(2), row => Assert.Null(row.Open));
    }

    [Fact]
    public async Task It_began_with_its_first_intent_since_it_was_known_not_to_be_sent()
    {
        var storage = new MemoryStorage();
        var time = Journals.Clock();
        for (var run = 0; run < 4; run++)
        {
            // The first run ends with it not sent, the others do not.
            using var journal = Journals.Open(storage, time: time);
            var row = journal.Take("1");
            await journal.IntendAsync(row);
            if (run == 0)
            {
                journal.NoteNotSent(row, null, null, null, 1);
            }
            else if (run == 2)
            {
                journal.NoteUnknown(row, null, null, null, 1);
            }

            time.Advance(TimeSpan.FromHours(1));
        }

        using var again = Journals.Open(storage);
        var open = again.Take("1").Open!;
        Assert.Equal((Journals.Noon.AddHours(1), Journals.Noon.AddHours(3)), (open.Since.Ours, open.LastIntent.Ours));
    }

    [Fact]
    public async Task When_it_started_is_known_by_the_servers_clock()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            // The first two leave before any answer has come.
            await journal.IntendAsync(journal.Take("1"));
            await journal.IntendAsync(journal.Take("2"));
            await journal.IntendAsync(journal.Take("3"), ahead: TimeSpan.FromHours(3));
            await journal.IntendAsync(journal.Take("4"), ahead: TimeSpan.FromHours(-2));
        }

        using var again = Journals.Open(storage);

        Assert.Equal(
            [3.0, 3.0, 3.0, -2.0], "1 2 3 4".Split().Select(key => again.Take(key).Open!.Since.Ahead?.TotalHours));
    }

    [Fact]
    public async Task When_it_started_is_known_by_our_clock_alone_where_no_answer_ever_came()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await journal.IntendAsync(journal.Take("1"));
            journal.NoteUnknown(journal.Take("2"), null, null, null, 1);
        }

        using var again = Journals.Open(storage);

        Assert.Equal([null, null], "1 2".Split().Select(key => again.Take(key).Open!.Since.Ahead));
    }

    [Fact]
    public async Task The_messages_that_are_others_own_are_known_for_its_conversation_alone()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await journal.SendAsync("1", id: "m1");
            await journal.SendAsync("2", id: "m2");
            var elsewhere = journal.Take("3");
            await journal.IntendAsync(elsewhere);
            journal.NoteNotSent(elsewhere, null, null, null, 1);
            await journal.IntendAsync(elsewhere, Sample.OtherConversationId);
            journal.NoteSent(elsewhere, Journals.Message("m3", Sample.OtherConversationId), 1, reconciled: false);
            await journal.IntendAsync(journal.Take("4"));
        }

        using var again = Journals.Open(storage);

        Assert.True(again.IsTaken(Sample.ConversationId, "m1"));
        Assert.True(again.IsTaken(Sample.ConversationId.ToUpperInvariant(), "m2"));

        // It was sent within the last minute.
        Assert.True(again.IsTaken(Sample.OtherConversationId, "m3"));
        Assert.False(again.IsTaken(Sample.OtherConversationId, "m1"));
        await again.SendAsync("5", id: "m5");
        again.NoteFinding(again.Take("4"), Journals.Message("m4"));
        Assert.True(again.IsTaken(Sample.ConversationId, "m4"));
        Assert.True(again.IsTaken(Sample.ConversationId, "m5"));
    }

    [Fact]
    public async Task However_long_ago_they_were_sent()
    {
        var clock = Journals.Clock();
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, time: clock))
        {
            await journal.SendAsync("1", id: "m1");
            clock.Advance(TimeSpan.FromDays(1));
            await journal.IntendAsync(journal.Take("2"));
        }

        using var again = Journals.Open(storage, time: clock);

        Assert.True(again.IsTaken(Sample.ConversationId, "m1"));
    }

    [Fact]
    public async Task What_is_found_is_sent_and_what_is_not_may_be_sent_again()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await journal.IntendAsync(journal.Take("found"));
            await journal.IntendAsync(journal.Take("absent"));
        }

        var length = storage.Written.Length;
        using (var journal = Journals.Open(storage))
        {
            var (found, absent) = (journal.Take("found"), journal.Take("absent"));
            journal.NoteFinding(found, Journals.Message("m9"));
            journal.NoteFinding(absent, null);
            Assert.Equal("m9", journal.ReadMessage(found)!.Id);
            Assert.Equal(Sample.ConversationId, journal.ReadMessage(found)!.ConversationId);
        }

        var lines = Journals.Lines(storage.Written[length..]).Select(Journals.Body).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"t\":\"S\",\"k\":\"found\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"rec\":true", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"t\":\"N\",\"k\":\"absent\"", lines[2], StringComparison.Ordinal);
        using var again = Journals.Open(storage);
        Assert.Equal(
            [(JournalState.Sent, null), (JournalState.NotSent, null)],
            new[] { again.Take("found"), again.Take("absent") }.Select(row => (row.Earlier!.Value, row.Open)));
        Assert.Equal(Journals.Message().CreatedDate, again.ReadMessage(again.Take("found"))!.CreatedDate);
    }

    [Fact]
    public async Task What_is_found_to_be_sent_counts_for_its_recipient_in_the_next_run()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            await journal.IntendAsync(journal.Take(null, "one"));
        }

        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            journal.NoteFinding(journal.Take(null, "one"), Journals.Message());
        }

        using var again = Journals.Open(storage, keyProperty: null);
        Assert.Equal(JournalNews.Message, again.Take(null, "edited").News);
    }

    [Fact]
    public void An_outcome_whose_intent_is_lost_in_a_hole_has_no_conversation()
    {
        var storage = new MemoryStorage();
        using (Journals.Open(storage))
        {
        }

        var content = new MemoryStorage(
            [.. storage.Written, .. Journals.Line("""{"t":"A","k":"1","n":2,"ts":"2026-11-22T12:00:00.000Z"}""")]);
        using var journal = Journals.Open(content);

        var row = journal.Take("1");
        Assert.Equal(JournalState.Unknown, row.Earlier);
        Assert.NotNull(row.Open);
        Assert.Null(row.Open.ConversationId);

        // Nor is it known what its content was.
        Assert.False(row.IsChanged);
    }
}
