namespace WixInbox.Tests.Journal;

public sealed class PowerCutTests
{
    [Fact]
    public async Task A_power_cut_takes_no_intent_whose_task_has_ended()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var storage = new MemoryStorage();
            var journal = Journals.Open(storage);
            var durable = new List<string>();
            for (var number = 0; number < 6; number++)
            {
                var row = journal.Take($"{number}");
                var noted = journal.IntendAsync(row);
                if (random.Next(3) > 0)
                {
                    await noted;
                    durable.Add(row.Key!);
                    switch (random.Next(3))
                    {
                        case 0:
                            journal.NoteSent(row, Journals.Message($"m{number}"), 1, reconciled: false);
                            break;
                        case 1:
                            journal.NoteUnknown(row, null, null, null, 1);
                            break;
                    }
                }
            }

            // The power goes: of what was not synced, some is there, and some of that may be zeros.
            // The writer is still at work, so what is durable is read first.
            var synced = storage.Durable.Length;
            var left = storage.Written;
            var cut = left[..random.Next(synced, left.Length + 1)];
            if (random.Next(2) == 0)
            {
                var hole = random.Next(synced, cut.Length + 1);
                Array.Clear(cut, hole, random.Next(0, cut.Length - hole + 1));
            }

            using var again = Journals.Open(new MemoryStorage(cut));
            foreach (var key in durable)
            {
                Assert.True(
                    again.Take(key).Earlier is JournalState.Sending or JournalState.Sent or JournalState.Unknown,
                    $"Row {key} of seed {seed} was lost.");
            }

            journal.Dispose();
        }
    }
}
