using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>A journal on the disk.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-").FullName;

    private string Journal => Path.Combine(_folder, "run.jsonl");

    private string Lock => Journal + ".lock";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whoever_stops_a_run_while_its_journal_is_read_leaves_it_as_it_is_and_free()
    {
        var text = string.Join("\n", Journals.Lines(await Journals.SmallAsync())) + "\n";
        File.WriteAllText(Journal, text);
        using var client = TestClient.Over(new StubHandler(_ => Answer.Sent()));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var options = new BulkRunOptions
        {
            Journal = Journal,
            JournalIdentity = Journals.Connection,
            KeyProperty = "OrderId",
        };

        Assert.Throws<OperationCanceledException>(() => BulkRun.Open(client, options, stop.Token));
        Assert.Throws<OperationCanceledException>(() => BulkRun.Rehearse(client, options, stop.Token));

        Assert.Equal(text, File.ReadAllText(Journal));
        using var run = BulkRun.Open(client, options, TestClient.Cancellation);
        Assert.True(run.IsResumed);
    }

    [Fact]
    public async Task A_journal_is_begun_and_gone_on_with()
    {
        using (var journal = Open())
        {
            Assert.False(journal.IsResumed);
            Assert.Equal(Journal, journal.Path);
            await journal.SendAsync("1");
        }

        using var again = Open();
        Assert.True(again.IsResumed);
        Assert.Equal("m1", again.ReadMessage(again.Take("1"))!.Id);
        Assert.Equal(5, Journals.Lines(ReadAll()).Length);
    }

    [Fact]
    public void A_torn_end_is_cut_off_the_file()
    {
        using (Open())
        {
        }

        var whole = File.ReadAllBytes(Journal);
        File.WriteAllBytes(Journal, [
            .. whole,
            .. "{\"t\":\"I\",\"k\":\"torn, and longer than the line that comes in its place, so that something of it would be left behind it if it were not cut off first"u8,
            .. new byte[300],
        ]);

        using (Open())
        {
        }

        Assert.Equal(3, Journals.Lines(File.ReadAllBytes(Journal)).Select(Journals.Json).Count());
    }

    [Fact]
    public async Task A_file_is_known_to_be_a_journal_while_a_run_writes_it_and_with_a_mark_in_front()
    {
        using (var journal = Open())
        {
            Assert.True(JournalReader.IsJournal(Journal));
            await journal.SendAsync("1");
        }

        File.WriteAllBytes(Journal, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(Journal).Take(40)]);
        Assert.True(JournalReader.IsJournal(Journal));
        File.WriteAllText(Journal, "{\"t\":\"O\",\"v\":1}\n");
        Assert.False(JournalReader.IsJournal(Journal));
        File.WriteAllText(Journal, string.Empty);
        Assert.False(JournalReader.IsJournal(Journal));
        File.Delete(Journal);
        Assert.False(JournalReader.IsJournal(Journal));
        Assert.False(JournalReader.IsJournal(_folder));
    }

    [Fact(Skip = NotOnDesktop.FileModes)]
    public void Only_its_user_may_open_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var journal = Open();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Journal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Lock));
    }

    [Fact]
    public async Task A_second_run_is_told_who_has_the_journal()
    {
        using (var journal = Open())
        {
            await journal.SendAsync("1");
            var exception = Assert.Throws<JournalException>(Open);

            Assert.Equal(JournalProblem.Locked, exception.Problem);
            Assert.Contains(
                $"process {Environment.ProcessId} on {Environment.MachineName} since 2026-11-22 12:00:00 UTC",
                exception.Message,
                StringComparison.Ordinal);
            Assert.Throws<JournalException>(Open);
        }

        Assert.False(File.Exists(Lock));
        using var again = Open();
    }

    [Fact]
    public void A_second_run_is_refused_also_before_the_first_has_written_who_it_is()
    {
        using var held = JournalLock.TryTake(Journal);

        var exception = Assert.Throws<JournalException>(Open);

        Assert.Equal(JournalProblem.Locked, exception.Problem);
        Assert.Contains("another run", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_cannot_be_removed_keeps_no_journal_from_being_closed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let go of the name of an open file.");
        var journal = Open();
        File.Delete(Lock);
        Directory.CreateDirectory(Lock);

        journal.Dispose();

        using var file = new FileStream(Journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(file.Length > 0);
        Assert.True(Directory.Exists(Lock));
    }

    [Fact(Skip = NotOnDesktop.Links)]
    public void Another_name_of_the_same_file_is_no_way_round_the_lock()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var link = Path.Combine(_folder, "link.jsonl");
        File.CreateSymbolicLink(link, Journal);
        using var journal = Open();

        Assert.Equal(
            JournalProblem.Locked,
            Assert.Throws<JournalException>(() => SendJournal.Open(link, Journals.Options())).Problem);
        Assert.True(Journals.ReadSummary(link).Active);
    }

    [Fact(Skip = NotOnDesktop.Links)]
    public void A_lock_that_fails_halfway_is_let_go_of()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The file whose length cannot be set is a device of Linux.");
        File.CreateSymbolicLink(Lock, "/dev/full");
        var problem = Assert.ThrowsAny<Exception>(Open).Message;
        Assert.DoesNotContain("in use", problem, StringComparison.Ordinal);

        Assert.Equal(problem, Assert.ThrowsAny<Exception>(Open).Message);
    }

    [Fact]
    public void A_lock_file_that_was_left_behind_locks_nobody_out()
    {
        File.WriteAllText(Lock, "left behind");

        using (Open())
        {
            Assert.Throws<JournalException>(Open);
        }

        Assert.False(File.Exists(Lock));
    }

    [Fact]
    public void A_lock_file_that_was_removed_since_it_was_opened_locks_nothing()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var file = new FileStream(Lock, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        Assert.True(JournalLock.IsStillThere(file, Lock));
        File.Delete(Lock);
        Assert.False(JournalLock.IsStillThere(file, Lock));
        File.WriteAllText(Lock, string.Empty);
        Assert.False(JournalLock.IsStillThere(file, Lock));
    }

    [Fact]
    public void Never_do_two_hold_a_journal_however_many_come_and_go()
    {
        var holders = 0;
        var taken = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var held = JournalLock.TryTake(Journal);
            if (held is not null)
            {
                Assert.Equal(1, Interlocked.Increment(ref holders));
                Interlocked.Increment(ref taken);
                Thread.Yield();
                Interlocked.Decrement(ref holders);
            }
        });

        Assert.True(taken > 0);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_something_else_is_left_as_it_is()
    {
        File.WriteAllText(Journal, "ContactId,FirstName\r\n5a0c4737,Jane\r\n");
        var written = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Journal, written);

        Assert.Equal(JournalProblem.NotAJournal, Assert.Throws<JournalException>(Open).Problem);

        Assert.Equal("ContactId,FirstName\r\n5a0c4737,Jane\r\n", File.ReadAllText(Journal));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Journal));
        Assert.Equal([Journal], Directory.GetFiles(_folder));
    }

    [Fact]
    public void What_cannot_be_opened_is_said_to_be_so()
    {
        foreach (var path in new[]
        {
            _folder,
            Path.Combine(_folder, "no", "such", "folder.jsonl"),
            Path.Combine(_folder, new string('x', 300)),
            _folder + "/a\0b",
            string.Empty,
        })
        {
            var exception = Assert.Throws<JournalException>(() => SendJournal.Open(path, Journals.Options()));

            Assert.Equal(JournalProblem.Unusable, exception.Problem);
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            Assert.NotNull(exception.InnerException);
        }

        var unread = Assert.Throws<JournalException>(() => Journals.ReadSummary("a\0b"));
        Assert.Equal(JournalProblem.Unusable, unread.Problem);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    private SendJournal Open() => SendJournal.Open(Journal, Journals.Options());

    private byte[] ReadAll()
    {
        using var file = new FileStream(
            Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
