using WixInbox.Reconcile;

namespace WixInbox.Tests.Journal;

/// <summary>Rows of earlier runs of which nobody knows whether they were sent.</summary>
public sealed class UnsettledTests
{
    [Fact]
    public async Task An_unsettled_row_has_what_it_takes_to_find_its_message()
    {
        var storage = new MemoryStorage();
        var time = Journals.Clock();
        using (var journal = Journals.Open(storage, time: time))
        {
            await journal.IntendAsync(journal.Take("2", "Hello!", number: 2), Sample.OtherConversationId);
            time.Advance(TimeSpan.FromMinutes(1));
            await journal.IntendAsync(journal.Take("1", "Hey!", number: 1));
        }

        using var again = Journals.Open(storage);

        Assert.Equal(["2", "1"], again.Unsettled.Select(row => row.Key));
        Assert.Equal([Sample.OtherConversationId, Sample.ConversationId], again.Unsettled.Select(row => row.ConversationId));
        Assert.Equal([2, 1], again.Unsettled.Select(row => row.Number));
        Assert.Equal([Journals.Noon, Journals.Noon.AddMinutes(1)], again.Unsettled.Select(row => row.Started.Ours));
        Assert.Equal(MessageFingerprint.Of(Sample.Text("Hello!").Message), again.Unsettled[0].Fingerprint);
    }

    [Fact]
    public async Task It_started_with_its_first_intent_since_it_was_settled()
    {
        var storage = new MemoryStorage();
        var time = Journals.Clock();
        for (var run = 0; run < 4; run++)
        {
            // The first run ends with it settled, the others do not.
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
        Assert.Equal(Journals.Noon.AddHours(1), Assert.Single(again.Unsettled).Started.Ours);
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

        Assert.Equal([3.0, 3.0, 3.0, -2.0], again.Unsettled.Select(row => row.Started.Ahead?.TotalHours));
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

        Assert.Equal([null, null], again.Unsettled.Select(row => row.Started.Ahead));
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
            journal.NoteSent(elsewhere, Journals.Message("m3"), 1, reconciled: false);
            await journal.IntendAsync(journal.Take("4"));
        }

        using var again = Journals.Open(storage);

        Assert.Equal(["m1", "m2"], again.SentIds(Sample.ConversationId).Order());
        Assert.Equal(2, again.SentIds(Sample.ConversationId.ToUpperInvariant()).Count);
        Assert.Empty(again.SentIds(Sample.OtherConversationId));
        await again.SendAsync("5", id: "m5");
        again.Settle(again.Unsettled[0], Journals.Message("m4"));
        Assert.Equal(["m1", "m2", "m4", "m5"], again.SentIds(Sample.ConversationId).Order());
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
            journal.Settle(journal.Unsettled[0], Journals.Message("m9"));
            journal.Settle(journal.Unsettled[1], null);

            // Once is enough.
            journal.Settle(journal.Unsettled[0], null);
            journal.Settle(journal.Unsettled[1], Journals.Message("m9"));
            var found = journal.Take("found");
            Assert.Equal(JournalState.Sent, found.Earlier);
            Assert.Equal("m9", journal.ReadMessage(found)!.Id);
            Assert.Equal(Sample.ConversationId, journal.ReadMessage(found)!.ConversationId);
            Assert.Equal(JournalState.NotSent, journal.Take("absent").Earlier);
        }

        var lines = Journals.Lines(storage.Written[length..]).Select(Journals.Body).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Equal("""{"t":"S","k":"found","id":"m9","at":"2026-11-22T12:00:00.123Z","n":1,"rec":true,"ts":"2026-11-22T12:00:00.000Z"}""", lines[1]);
        Assert.Equal("""{"t":"N","k":"absent","n":1,"ts":"2026-11-22T12:00:00.000Z"}""", lines[2]);
        using var again = Journals.Open(storage);
        Assert.Empty(again.Unsettled);
    }

    [Fact]
    public async Task A_row_that_this_run_sends_is_not_settled_by_what_was_found_of_the_earlier_one()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await journal.IntendAsync(journal.Take("1"));
        }

        using (var journal = Journals.Open(storage))
        {
            await journal.IntendAsync(journal.Take("1"));
            journal.Settle(journal.Unsettled[0], null);
        }

        using var again = Journals.Open(storage);
        Assert.Equal(JournalState.Sending, again.Take("1").Earlier);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_settled_as_sent_counts_for_its_recipient(bool takenBefore)
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            await journal.IntendAsync(journal.Take(null, "one"));
        }

        using var again = Journals.Open(storage, keyProperty: null);
        if (takenBefore)
        {
            Assert.Equal(JournalState.Sending, again.Take(null, "one").Earlier);
        }

        again.Settle(again.Unsettled[0], Journals.Message());
        Assert.Equal(!takenBefore, again.Take(null, "edited").PossiblyChanged);
    }

    [Fact]
    public void An_outcome_whose_intent_is_lost_in_a_hole_cannot_be_looked_for()
    {
        var storage = new MemoryStorage();
        using (Journals.Open(storage))
        {
        }

        var content = new MemoryStorage([.. storage.Written, .. Journals.Line("""{"t":"A","k":"1","n":2,"ts":"2026-11-22T12:00:00.000Z"}""")]);
        using var journal = Journals.Open(content);

        Assert.Null(Assert.Single(journal.Unsettled).ConversationId);
        Assert.Equal(JournalState.Unknown, journal.Take("1").Earlier);
    }
}
