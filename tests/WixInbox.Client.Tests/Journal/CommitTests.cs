using System.Text;

namespace WixInbox.Tests.Journal;

public sealed class CommitTests
{
    [Fact]
    public async Task All_that_come_during_one_sync_share_the_next()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage);
        var rows = Enumerable.Range(0, 101).Select(number => journal.Take($"{number}")).ToArray();
        storage.ForgetSyncs();
        storage.HoldSyncs();

        var first = journal.IntendAsync(rows[0]);
        await storage.SyncBeganAsync();
        var others = rows.Skip(1).Select(row => journal.IntendAsync(row)).ToArray();
        Assert.False(first.IsCompleted);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        storage.ReleaseSyncs();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, storage.Syncs);
        Assert.Equal(2, storage.Appends);
    }

    [Fact]
    public async Task An_intent_is_on_the_disk_when_its_task_ends()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage);

        await Parallel.ForAsync(
            0,
            500,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestClient.Cancellation },
            async (number, _) =>
            {
                BulkRow row;
                lock (storage)
                {
                    row = journal.Take($"<{number}>");
                }

                await journal.IntendAsync(row);
                Assert.Contains($"\"<{number}>\"", Encoding.UTF8.GetString(storage.Durable), StringComparison.Ordinal);
                journal.NoteSent(row, Journals.Message(), 1, reconciled: false);
            });
    }

    [Fact]
    public async Task What_comes_while_a_sync_runs_is_not_taken_to_be_on_the_disk_after_it()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage);
        var (first, second) = (journal.Take("1"), journal.Take("2"));
        storage.ForgetSyncs();
        storage.HoldSyncs();
        var firstNoted = journal.IntendAsync(first);
        await storage.SyncBeganAsync();
        var secondNoted = journal.IntendAsync(second);

        storage.ReleaseOneSync();
        await firstNoted;
        await storage.SyncBeganAsync();

        Assert.False(secondNoted.IsCompleted);
        storage.ReleaseSyncs();
        await secondNoted;
    }

    [Fact]
    public async Task An_outcome_is_written_without_a_sync_and_without_being_waited_for()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage);
        var row = journal.Take("1");
        await journal.IntendAsync(row);
        storage.ForgetSyncs();

        journal.NoteSent(row, Journals.Message(), 1, reconciled: false);

        Assert.True(SpinWait.SpinUntil(
            () => Encoding.UTF8.GetString(storage.Written).Contains("\"t\":\"S\"", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)));
        Assert.Equal(0, storage.Syncs);
    }

    [Fact]
    public async Task Lines_are_in_the_order_in_which_they_were_noted()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            for (var number = 0; number < 200; number++)
            {
                var row = journal.Take($"{number}");
                var noted = journal.IntendAsync(row);
                journal.NoteUnknown(row, null, null, null, 1);
                journal.NoteSent(row, Journals.Message(), 1, reconciled: true);
                if (number % 7 == 0)
                {
                    await noted;
                }
            }
        }

        var lines = Journals.Lines(storage.Written).Skip(2).Select(Journals.Json)
            .Select(line => line.GetProperty("t").GetString() + line.GetProperty("k").GetString());
        Assert.Equal(
            Enumerable.Range(0, 200).SelectMany(number => new[] { $"I{number}", $"A{number}", $"S{number}" }), lines);
    }

    [Fact]
    public async Task Whoever_no_longer_waits_for_the_disk_counts_as_not_sent()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            var row = journal.Take("1");
            storage.ForgetSyncs();
            storage.HoldSyncs();
            using var cancellation = new CancellationTokenSource();
            var noted = journal.NoteIntentAsync(row, Sample.ConversationId, null, cancellation.Token);
            await storage.SyncBeganAsync();

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => noted);
            storage.ReleaseSyncs();
        }

        using var again = Journals.Open(storage);
        Assert.Equal(JournalState.NotSent, again.Take("1").Earlier);
    }

    [Fact]
    public async Task Who_has_cancelled_before_is_not_written_down()
    {
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.NoteIntentAsync(
                journal.Take("1"), Sample.ConversationId, null, new CancellationToken(canceled: true)));
        }

        Assert.Equal(2, Journals.Lines(storage.Written).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_may_leave_once_the_disk_has_failed(bool bySync)
    {
        var storage = new MemoryStorage();
        var journal = Journals.Open(storage);
        var rows = Enumerable.Range(0, 3).Select(number => journal.Take($"{number}")).ToArray();
        await journal.IntendAsync(rows[0]);
        storage.SyncFails = bySync;
        storage.Room = bySync ? int.MaxValue : storage.Written.Length + 20;

        var failed = await Assert.ThrowsAsync<JournalException>(() => journal.IntendAsync(rows[1]));
        Assert.Equal(JournalProblem.Unusable, failed.Problem);

        // Room again, but part of a line is in the file: what comes behind it would be lost.
        storage.Room = int.MaxValue;
        var written = storage.Written;
        await Assert.ThrowsAsync<JournalException>(() => journal.IntendAsync(rows[2]));
        journal.NoteSent(rows[0], Journals.Message(), 1, reconciled: false);
        journal.Dispose();
        Assert.Same(written, storage.Written);

        // The next run cuts off the half of a line, and goes on behind it.
        var resumed = new MemoryStorage(written);
        using (var again = Journals.Open(resumed))
        {
            Assert.Equal(JournalState.Sending, again.Take("0").Earlier);
            Assert.Equal(bySync ? JournalState.Sending : null, again.Take("1").Earlier);
            await again.IntendAsync(again.Take("2"));
        }

        using var last = Journals.Open(new MemoryStorage(resumed.Written));
        Assert.Equal(JournalState.Sending, last.Take("2").Earlier);
    }

    [Fact]
    public async Task All_who_wait_for_a_sync_that_fails_are_told()
    {
        var storage = new MemoryStorage();
        using var journal = Journals.Open(storage);
        var rows = Enumerable.Range(0, 10).Select(number => journal.Take($"{number}")).ToArray();
        storage.ForgetSyncs();
        storage.HoldSyncs();
        var noted = new List<Task> { journal.IntendAsync(rows[0]) };
        await storage.SyncBeganAsync();
        noted.AddRange(rows.Skip(1).Select(row => journal.IntendAsync(row)));
        storage.SyncFails = true;
        storage.ReleaseSyncs();

        foreach (var task in noted)
        {
            Assert.Equal(JournalProblem.Unusable, (await Assert.ThrowsAsync<JournalException>(() => task)).Problem);
        }

        Assert.Equal(1, storage.Appends);
    }

    [Fact]
    public async Task What_is_on_the_disk_already_is_not_synced_again_to_close()
    {
        var storage = new MemoryStorage();
        var journal = Journals.Open(storage);
        await journal.IntendAsync(journal.Take("1"));
        storage.ForgetSyncs();

        journal.Dispose();

        Assert.Equal((0, 0), (storage.Syncs, storage.Appends));
    }

    [Fact]
    public async Task To_close_writes_what_is_pending_and_ends_it()
    {
        var storage = new MemoryStorage();
        var journal = Journals.Open(storage);
        var (first, second) = (journal.Take("1"), journal.Take("2"));
        await journal.IntendAsync(first);
        journal.NoteSent(first, Journals.Message(), 1, reconciled: false);

        journal.Dispose();
        journal.Dispose();

        Assert.True(storage.IsDisposed);
        Assert.Equal(4, Journals.Lines(storage.Written).Length);
        Assert.Equal(storage.Written, storage.Durable);
        journal.NoteSent(first, Journals.Message(), 1, reconciled: false);
        journal.NoteInvalid(second, "x");
        journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
        await Assert.ThrowsAsync<JournalException>(() => journal.IntendAsync(second));
        Assert.Throws<JournalException>(() => journal.ReadMessage(first));
        Assert.Equal(4, Journals.Lines(storage.Written).Length);
    }
}
