using System.Text;

namespace WixInbox.Tests.Journal;

public sealed class TornTailTests
{
    [Fact]
    public async Task A_journal_that_is_torn_anywhere_keeps_all_whole_lines()
    {
        var whole = await Journals.SmallAsync();
        var lines = Journals.Lines(whole);
        for (var length = 0; length <= whole.Length; length++)
        {
            var storage = new MemoryStorage(whole[..length]);

            using var journal = Journals.Open(storage);

            // A line is whole when but the end of the line is missing.
            var count = lines.Select((_, index) => lines.Take(index + 1).Sum(line => line.Length + 1))
                .Count(end => end - 1 <= length);
            var after = Journals.Lines(storage.Written);
            Assert.Equal(count > 0, journal.IsResumed);
            Assert.Equal(lines.Take(count), after.Take(count));
            Assert.Equal(
                count == 0 ? ["H", "O"] : ["O"],
                after.Skip(count).Select(line => Journals.Json(line).GetProperty("t").GetString()));
            Assert.Equal((byte)'\n', storage.Written[^1]);
            Assert.Equal(storage.Written, storage.Durable);
        }
    }

    [Theory]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"t\":\"I\"\0\0\0\0\n\0\0")]
    [InlineData("\n\n")]
    [InlineData("\r\n{\"t\":\"I\"")]
    public async Task Whatever_comes_after_the_last_whole_line_is_cut(string tail)
    {
        var whole = await Journals.SmallAsync();
        var storage = new MemoryStorage([.. whole, .. Encoding.UTF8.GetBytes(tail)]);

        using (Journals.Open(storage))
        {
        }

        Assert.Equal(whole, storage.Written[..whole.Length]);
        Assert.Equal((byte)'{', storage.Written[whole.Length]);
        using var again = Journals.Open(storage);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Zeros_in_place_of_the_last_end_of_a_line_are_cut_and_the_end_is_added(int count)
    {
        var whole = await Journals.SmallAsync();
        var storage = new MemoryStorage([.. whole[..^1], .. new byte[count]]);

        using var journal = Journals.Open(storage);

        Assert.Equal(whole, storage.Written[..whole.Length]);
        Assert.Equal((byte)'{', storage.Written[whole.Length]);
    }

    [Fact]
    public void A_journal_that_was_being_made_when_the_power_went_is_made_anew()
    {
        var storage = new MemoryStorage();
        using (Journals.Open(storage))
        {
        }

        var header = storage.Written[..60];
        foreach (var torn in new byte[][]
        {
            [], new byte[300], header, [.. header, .. new byte[200]], [0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF, .. header],
        })
        {
            var again = new MemoryStorage(torn);
            using var journal = Journals.Open(again);
            Assert.False(journal.IsResumed);
            Assert.Equal(2, Journals.Lines(again.Written).Length);
        }
    }
}
