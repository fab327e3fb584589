namespace WixInbox.Tests.Journal;

/// <summary>What it takes to read a journal, which may have a million rows.</summary>
public sealed class ReadCostTests
{
    private const int Rows = 2_000;

#if !NETFRAMEWORK
    // A tenth more than when this was written, which leaves no room for a string for each name or hash.
    [Fact]
    public async Task Opening_allocates_no_more_for_a_row_than_it_did()
    {
        var storage = await SentAsync();
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var copy = new MemoryStorage(storage.Written);
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var journal = Journals.Open(copy, keyProperty: null);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Rows);
        }

        Assert.InRange(least, 1, 1_850);
    }
#endif

    [Fact]
    public async Task Messages_are_read_back_in_any_order()
    {
        var storage = await SentAsync();
        using var journal = Journals.Open(storage, keyProperty: null);
        var rows = Enumerable.Range(0, Rows).Select(number => journal.Take(null, $"Order {number}")).ToArray();

        foreach (var number in Enumerable.Range(0, Rows).OrderBy(number => number * 7919 % Rows))
        {
            Assert.Equal($"m{number}", journal.ReadMessage(rows[number])?.Id);
        }

        Assert.Equal("m0", journal.ReadMessage(rows[0])?.Id);
        Assert.Equal("m1", journal.ReadMessage(rows[1])?.Id);
    }

    private static async Task<MemoryStorage> SentAsync()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage, keyProperty: null);
        for (var number = 0; number < Rows; number++)
        {
            await journal.SendAsync(null, $"Order {number}", $"m{number}");
        }

        return storage;
    }
}
