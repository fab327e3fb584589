using System.Text;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("ContactId,FirstName\n5a0c4737,Jane\n")]
    [InlineData("[]")]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("\0x")]
    [InlineData("{\"t\":\"O\"}\n")]
    [InlineData("{\"t\":\"H\",\"v\":1,\"tool\":\"Another 1.0\"")]
    [InlineData("{\"t\":\"H\",\"v\":\"one\"}\n")]
    [InlineData("{\"t\":\"H\",\"v\":12")]
    public void A_file_that_is_something_else_is_left_as_it_is(string content)
    {
        var exception = Journals.Refused(Encoding.UTF8.GetBytes(content), JournalProblem.NotAJournal);

        Assert.Contains("memory.jsonl", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_file_of_zeros_is_not_ours() => Journals.Refused(new byte[5000], JournalProblem.NotAJournal);

    [Fact]
    public async Task A_journal_in_another_encoding_is_left_as_it_is()
    {
        var text = Encoding.UTF8.GetString(await Journals.SmallAsync());

        Journals.Refused(
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], JournalProblem.NotAJournal);
    }

    [Fact]
    public async Task What_comes_before_the_first_line_is_a_byte_order_mark_or_the_file_is_left_as_it_is()
    {
        byte[] whole = [0xEF, 0xBB, 0xBF, .. await Journals.SmallAsync()];
        for (var at = 0; at < 3; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 1;

            Journals.Refused(bytes, JournalProblem.NotAJournal);
        }
    }

    [Theory]
    [InlineData("2", "2")]
    [InlineData("99999999999999", "999999999")]
    public void Another_version_is_named_where_only_its_number_is_known(string version, string shown)
    {
        var exception = Journals.Refused(
            Encoding.UTF8.GetBytes($"{{\"t\":\"H\",\"v\":{version},\"new\":1}}\n"), JournalProblem.OtherVersion);

        Assert.Contains($"version {shown} ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_version_is_named(bool sameChecksum)
    {
        const string Json =
            """{"t":"H","v":12,"tool":"WixInbox 9.0.0","to":"x","created":"2026-11-22T12:00:00.000Z"}""";

        var exception = Journals.Refused(
            sameChecksum ? Journals.Line(Json) : Encoding.UTF8.GetBytes(Json + "\n"), JournalProblem.OtherVersion);

        Assert.Contains("version 12 ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_connection_is_refused_and_both_are_named()
    {
        var exception = Journals.Refused(
            [.. await Journals.SmallAsync(), .. "torn"u8], JournalProblem.OtherConnection, connection: "account 7777");

        Assert.Contains(Journals.Connection, exception.Message, StringComparison.Ordinal);
        Assert.Contains("account 7777", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_property_is_refused_and_both_are_named()
    {
        var whole = await Journals.SmallAsync();

        var other = Journals.Refused(whole, JournalProblem.OtherKeyProperty, keyProperty: "Email");
        var none = Journals.Refused(whole, JournalProblem.OtherKeyProperty, keyProperty: null);

        Assert.Contains("'OrderId'", other.Message, StringComparison.Ordinal);
        Assert.Contains("'Email'", other.Message, StringComparison.Ordinal);
        Assert.Contains("their content", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task It_is_none_where_all_rows_so_far_have_broken_a_rule(bool hasRow, bool hasLeft)
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: "OrderIdd"))
        {
            if (hasRow)
            {
                var row = journal.Take("1", Journals.Contact(), Sample.Text(), 1);
                journal.NoteInvalid(row, "ColumnUnknown");
                if (hasLeft)
                {
                    await journal.NoteIntentAsync(row, Sample.ConversationId, null, TestClient.Cancellation);
                }
            }
        }

        if (hasLeft)
        {
            Journals.Refused(storage.Written, JournalProblem.OtherKeyProperty);
            return;
        }

        storage = new MemoryStorage(storage.Written);
        using var next = Journals.Open(storage);
        Assert.False(next.IsResumed);
        Assert.Null(next.Take("1", Journals.Contact(), Sample.Text(), 1).Earlier);
        Assert.Contains("\"OrderId\"", Journals.Lines(storage.Written)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_one_where_a_row_that_has_left_may_have_been_in_a_hole()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: "OrderIdd"))
        {
            journal.NoteInvalid(journal.Take("1"), "ColumnUnknown");
        }

        var last = Journals.Lines(storage.Written)[^1].Length + 1;
        Journals.Refused(
            [.. storage.Written[..^last], 0, 0, .. storage.Written[^last..]], JournalProblem.OtherKeyProperty);
    }

    [Fact]
    public async Task Upper_and_lower_case_make_no_other_connection_and_no_other_property()
    {
        var whole = await Journals.SmallAsync();
        var storage = new MemoryStorage(whole);

        using var journal = SendJournal.Open(
            storage, new SendJournalOptions(Journals.Connection.ToUpperInvariant()) { KeyProperty = "orderid" });

        Assert.True(journal.IsResumed);
        Assert.Equal(Journals.Lines(whole)[0], Journals.Lines(storage.Written)[0]);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(int.MaxValue, true)]
    public void A_journal_that_cannot_be_begun_is_refused(int room, bool syncFails)
    {
        var storage = new MemoryStorage { Room = room, SyncFails = syncFails };

        var exception = Assert.Throws<JournalException>(() => Journals.Open(storage));

        Assert.Equal(JournalProblem.Unusable, exception.Problem);
        Assert.IsType<IOException>(exception.InnerException);
        Assert.True(storage.IsDisposed);
    }
}
