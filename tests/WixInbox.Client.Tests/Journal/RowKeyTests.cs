namespace WixInbox.Tests.Journal;

public sealed class RowKeyTests
{
    [Fact]
    public void A_given_key_is_the_key()
    {
        using var journal = Journals.Open(new MemoryStorage());

        var row = journal.Take("41", number: 7);

        Assert.Equal("41", row.Key);
        Assert.Equal(7, row.Number);
        Assert.Null(row.Earlier);
        Assert.False(row.Facts.IsLocal || row.IsChanged || row.IsKeyRepeated);
        Assert.Equal(JournalNews.None, row.News);
    }

    [Fact]
    public async Task The_same_given_key_twice_is_refused_and_cannot_leave()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            var first = journal.Take("41");
            var second = journal.Take("41", "Other text");
            var other = journal.Take("41 ");

            Assert.False(first.IsKeyRepeated);
            Assert.True(second.IsKeyRepeated);
            Assert.False(other.IsKeyRepeated);
            journal.NoteInvalid(second, "KeyRepeated");
            await journal.IntendAsync(first);
            journal.NoteSent(first, Journals.Message(), 1, reconciled: false);
            await Assert.ThrowsAsync<InvalidOperationException>(() => journal.IntendAsync(second));
            journal.NoteInvalid(second, "KeyRepeated");
            journal.NoteNotSent(second, null, null, null, 0);

            // What is changed is what an earlier run knows otherwise.
            Assert.False(journal.Take("41", "Yet another text").IsChanged);
        }

        Assert.Equal(
            ["H", "O", "I", "S"],
            Journals.Lines(storage.Written).Select(line => Journals.Json(line).GetProperty("t").GetString()));
        using var again = Journals.Open(storage);
        Assert.Equal(JournalState.Sent, again.Take("41").Earlier);
        Assert.True(again.Take("41").IsKeyRepeated);
    }

    [Fact]
    public void A_row_with_a_given_key_does_not_count_among_the_equal_ones_without_one()
    {
        var keys = Keys(("a", 1), ("a", 1));
        using var journal = Journals.Open(new MemoryStorage());

        Assert.Equal(
            [keys[0], "41", keys[1]],
            new[] { null, "41", null }.Select(key => journal.Take(key, "a").Key));
    }

    [Fact]
    public void A_computed_key_is_that_of_recipient_and_content()
    {
        var first = Keys(("a", 1), ("b", 1), ("a", 2));

        Assert.Equal(3, first.Distinct().Count());
        Assert.All(first, key => Assert.Matches("^[0-9a-f]{32}$", key));
        Assert.Equal(first, Keys(("a", 1), ("b", 1), ("a", 2)));
    }

    // A journal outlives the version that began it: with another key, each of its rows would be sent again.
    [Fact]
    public void A_computed_key_is_the_same_in_each_version()
    {
        using var journal = Journals.Open(new MemoryStorage(), keyProperty: null);

        var keys = Enumerable.Range(0, 2).Select(_ => journal.Take(
            null, new Recipient(RecipientKind.Contact, Sample.ContactId), Sample.Text("Grüße 😀"), null).Key);

        Assert.Equal(["1ca884645e9ada69f96e88ff0eeb8409", "78deed85793b35698c8b04b643a8a42d"], keys);
    }

    [Fact]
    public void The_conversation_in_the_request_and_the_case_of_an_id_do_not_count()
    {
        using var journal = Journals.Open(new MemoryStorage(), keyProperty: null);
        using var other = Journals.Open(new MemoryStorage(), keyProperty: null);
        var upper = new Recipient(RecipientKind.Contact, Sample.ContactId.ToUpperInvariant());

        var key = journal.Take(null, new Recipient(RecipientKind.Contact, Sample.ContactId), Sample.Text(), null).Key;

        Assert.Equal(
            key, other.Take(null, upper, Sample.Text().With(request => request.ConversationId = null), null).Key);
        Assert.NotEqual(
            key, other.Take(null, new Recipient(RecipientKind.Member, Sample.ContactId), Sample.Text(), null).Key);
        Assert.NotEqual(key, other.Take(null, null, Sample.Text(), null).Key);
        Assert.NotEqual(
            key, other.Take(null, upper, Sample.Text().With(request => request.SendNotifications = true), null).Key);
    }

    [Fact]
    public void Equal_rows_have_keys_of_their_own_and_repeat_none()
    {
        var keys = Keys(("a", 1), ("a", 1), ("b", 1), ("a", 1));

        Assert.Equal(4, keys.Distinct().Count());
    }

    [Fact]
    public void Rows_that_are_reordered_or_added_keep_their_keys()
    {
        var before = Keys(("a", 1), ("b", 1), ("a", 1), ("c", 2));
        var after = Keys(("c", 2), ("new", 3), ("a", 1), ("a", 1), ("b", 1), ("new", 1));

        Assert.Equal(before.Order(), after.Intersect(before).Order());
    }

    [Fact]
    public async Task A_known_key_with_another_content_is_changed()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await journal.SendAsync("1", "Hey!");
            await journal.SendAsync("2", "Hey!");
            journal.NoteInvalid(journal.Take("3", "too long"), "TextTooLong");
        }

        using var again = Journals.Open(storage);
        Assert.True(again.Take("1", "Hello!").IsChanged);
        Assert.False(again.Take("2", "Hey!").IsChanged);
        Assert.True(again.Take("3", "shorter").IsChanged);
        Assert.False(again.Take("4", "Hey!").IsChanged);
    }

    [Fact]
    public async Task The_same_person_by_another_name_is_no_change_of_a_row_that_was_sent()
    {
        var storage = new MemoryStorage();
        var address = Recipient.Email("ada@example.com");
        using (var journal = Journals.Open(storage))
        {
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
            journal.NoteConversation(address, Sample.ConversationId);
            await journal.SendAsync("1");
            journal.NoteInvalid(journal.Take("2"), "TextTooLong");
        }

        using var again = Journals.Open(storage);
        var sent = again.Take("1", address, Sample.Text(), null);
        Assert.False(sent.IsChanged || sent.IsKeyOfAnother);
        Assert.True(again.Take("2", address, Sample.Text(), null).IsChanged);
    }

    [Fact]
    public async Task A_new_row_for_somebody_who_has_been_sent_more_may_have_been_edited()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            await journal.SendAsync(null, "one", contact: 1);
            await journal.SendAsync(null, "two", contact: 2);
        }

        using var again = Journals.Open(storage, keyProperty: null);
        Assert.Equal(JournalNews.Message, again.Take(null, "one, edited", contact: 1).News);
        Assert.Equal(JournalNews.None, again.Take(null, "two", contact: 2).News);
        Assert.Equal(JournalNews.Recipient, again.Take(null, "two, and more", contact: 2).News);
        Assert.Equal(JournalNews.Recipient, again.Take(null, "three", contact: 3).News);
        Assert.Equal(JournalNews.None, again.Take(null, null, Sample.Text("nobody"), null).News);
        Assert.Equal(JournalNews.None, again.Take("given", "one, given", contact: 1).News);
    }

    [Fact]
    public async Task What_was_not_sent_is_none_of_those_that_its_recipient_has_been_sent()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            await journal.SendAsync(null, "sent");
            foreach (var text in new[] { "refused", "not sent" })
            {
                var row = journal.Take(null, text);
                await journal.IntendAsync(row);
                if (text == "refused")
                {
                    journal.NoteFailed(row, "X", 400, null, 1);
                }
                else
                {
                    journal.NoteNotSent(row, null, null, null, 1);
                }
            }
        }

        using var again = Journals.Open(storage, keyProperty: null);
        Assert.Equal(JournalState.Failed, again.Take(null, "refused").Earlier);
        Assert.Equal(JournalState.NotSent, again.Take(null, "not sent").Earlier);
        Assert.Equal(JournalNews.Message, again.Take(null, "sent, edited").News);
    }

    [Fact]
    public async Task Several_rows_to_one_recipient_that_stopped_midway_are_not_taken_for_edited()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null))
        {
            await journal.SendAsync(null, "one");
            await journal.SendAsync(null, "one");
            Assert.Equal(JournalNews.Recipient, journal.Take(null, "three").News);
        }

        using var again = Journals.Open(storage, keyProperty: null);
        foreach (var (text, earlier) in new (string, JournalState?)[]
        {
            ("one", JournalState.Sent),
            ("one", JournalState.Sent),
            ("three", null),
            ("one", null),
        })
        {
            var row = again.Take(null, text);
            Assert.Equal(earlier, row.Earlier);
            Assert.Equal(earlier is null ? JournalNews.Recipient : JournalNews.None, row.News);
            if (earlier is null)
            {
                // What this run sends is not what an earlier one did.
                await again.IntendAsync(row);
                again.NoteSent(row, Journals.Message(), 1, reconciled: false);
            }
        }
    }

    private static string[] Keys(params (string Text, int Contact)[] rows)
    {
        using var journal = Journals.Open(new MemoryStorage(), keyProperty: null);
        return [.. rows.Select(row =>
        {
            var taken = journal.Take(null, row.Text, contact: row.Contact);
            Assert.False(taken.IsKeyRepeated);
            return taken.Key!;
        })];
    }
}
