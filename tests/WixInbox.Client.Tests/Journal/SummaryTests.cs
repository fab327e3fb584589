using Microsoft.Extensions.Time.Testing;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

public sealed class SummaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-").FullName;
    private readonly FakeTimeProvider _time = Journals.Clock();

    private string Journal => Path.Combine(_folder, "run.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_figures_are_those_of_all_runs_and_the_rate_that_of_the_last()
    {
        using (var journal = Open(expectedCount: 20))
        {
            await journal.SendAsync("1");
            await journal.IntendAsync(journal.Take("2"));
            _time.Advance(TimeSpan.FromMinutes(2));
            await journal.IntendAsync(journal.Take("3"));
        }

        _time.Advance(TimeSpan.FromHours(1));
        using (var journal = Open(expectedCount: 30))
        {
            journal.NoteFinding(journal.Take("2"), Journals.Message("m2"));
            journal.NoteFinding(journal.Take("3"), null);
            for (var number = 4; number < 10; number++)
            {
                _time.Advance(TimeSpan.FromSeconds(30));
                await journal.SendAsync($"{number}");
            }

            journal.NoteInvalid(journal.Take("10"), "TextTooLong");
            var unknown = journal.Take("11");
            await journal.IntendAsync(unknown);
            journal.NoteUnknown(unknown, null, null, null, 1);
        }

        var summary = Journals.ReadSummary(Journal, _time);

        Assert.Equal(Journal, summary.Path);
        Assert.Equal(Journals.Connection, summary.Connection);
        Assert.Equal("OrderId", summary.KeyProperty);
        Assert.Equal(Journals.Noon, summary.Created);
        Assert.Equal(2, summary.Runs);
        Assert.Equal(11, summary.Rows);
        Assert.Equal(8, summary.Sent);
        Assert.Equal(1, summary.Reconciled);
        Assert.Equal(1, summary.Failed);
        Assert.Equal(1, summary.NotSent);
        Assert.Equal(1, summary.Unknown);
        Assert.Equal(30, summary.ExpectedCount);
        Assert.Equal(_time.GetUtcNow(), summary.LastWritten);
        Assert.Equal(TimeSpan.FromMinutes(5), summary.Elapsed);
        Assert.Equal(2, summary.RatePerMinute);

        // 19 rows that no run has come to, and the one that was not sent.
        Assert.Equal(TimeSpan.FromMinutes(10), summary.TimeLeft);
        Assert.False(summary.Active);
        Assert.Null(summary.DamagedLine);
    }

    [Fact]
    public async Task A_run_of_less_than_a_second_has_no_rate()
    {
        using (var journal = Open(expectedCount: 30))
        {
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromMilliseconds(999));
            await journal.SendAsync("2");
        }

        var summary = Journals.ReadSummary(Journal);
        Assert.Equal(0, summary.RatePerMinute);
        Assert.Null(summary.TimeLeft);
        Assert.Equal(TimeSpan.FromMilliseconds(999), summary.Elapsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task No_time_is_left_where_no_row_is_left_or_their_number_is_not_known(int? expectedCount)
    {
        using (var journal = Open(expectedCount))
        {
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromMinutes(1));
            await journal.SendAsync("2");
        }

        var summary = Journals.ReadSummary(Journal);
        Assert.Equal(2, summary.RatePerMinute);
        Assert.Null(summary.TimeLeft);
    }

    [Fact]
    public async Task A_run_that_is_under_way_counts_until_now()
    {
        using (var journal = Open(expectedCount: 3))
        {
            await journal.SendAsync("1");
            await journal.IntendAsync(journal.Take("2"));
            _time.Advance(TimeSpan.FromMinutes(4));

            var summary = Journals.ReadSummary(Journal, _time);

            Assert.True(summary.Active);
            Assert.Equal(TimeSpan.FromMinutes(4), summary.Elapsed);
            Assert.Equal(0.25, summary.RatePerMinute);
            Assert.Equal(TimeSpan.FromMinutes(4), summary.TimeLeft);
            Assert.Equal((1, 0), (summary.Sending, summary.Unknown));
            Assert.Equal(Journals.Noon, summary.LastWritten);
        }

        var stopped = Journals.ReadSummary(Journal, _time);
        Assert.False(stopped.Active);
        Assert.Equal((0, 1), (stopped.Sending, stopped.Unknown));
        File.WriteAllText(Journal + ".lock", string.Empty);
        Assert.False(Journals.ReadSummary(Journal, _time).Active);
    }

    [Fact]
    public async Task A_run_of_a_second_has_a_rate()
    {
        using (var journal = Open(expectedCount: 30))
        {
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromSeconds(1));
            await journal.SendAsync("2");
        }

        Assert.Equal(120, Journals.ReadSummary(Journal).RatePerMinute, 0.001);
    }

    [Fact]
    public async Task Where_the_clock_was_set_back_the_latest_time_stays_until_the_next_run_begins()
    {
        using (var journal = Open(null))
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await journal.SendAsync("1");
        }

        _time.AdjustTime(Journals.Noon.AddMinutes(5));
        using (var journal = Open(null))
        {
            Assert.Equal(Journals.Noon.AddMinutes(5), Journals.ReadSummary(Journal, _time).LastWritten);
            _time.AdjustTime(Journals.Noon);

            var summary = Journals.ReadSummary(Journal, _time);

            Assert.True(summary.Active);
            Assert.Equal((TimeSpan.FromMinutes(10), 0), (summary.Elapsed, summary.RatePerMinute));
        }
    }

    [Fact]
    public async Task Whoever_stops_the_reading_gets_nothing_of_it()
    {
        File.WriteAllText(Journal, string.Join("\n", Journals.Lines(await Journals.SmallAsync())) + "\n");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => JournalReader.ReadEntries(Journal, stop.Token));
        Assert.Throws<OperationCanceledException>(() => JournalReader.ReadSummary(Journal, _time, stop.Token));
        Assert.Throws<OperationCanceledException>(() => JournalReader.ReadReport(Journal, _time, stop.Token));
    }

    [Fact]
    public async Task A_journal_that_has_lost_the_line_of_its_run_has_taken_no_time()
    {
        File.WriteAllText(Journal, Journals.Lines(await Journals.SmallAsync())[0] + "\n");
        using var held = JournalLock.TryTake(Journal);
        _time.Advance(TimeSpan.FromMinutes(3));

        var summary = Journals.ReadSummary(Journal, _time);

        Assert.True(summary.Active);
        Assert.Equal(
            (0, 0, TimeSpan.Zero, Journals.Noon),
            (summary.Runs, summary.Rows, summary.Elapsed, summary.LastWritten));
    }

    [Fact]
    public async Task A_damaged_journal_can_be_read_and_says_so()
    {
        var whole = await Journals.SmallAsync();
        whole[Journals.Lines(whole).Take(3).Sum(line => line.Length + 1) + 10] ^= 1;
        File.WriteAllBytes(Journal, whole);

        Assert.Equal(4, Journals.ReadSummary(Journal).DamagedLine);
    }

    [Fact(Skip = NotOnDesktop.SharedFiles)]
    public async Task To_ask_whether_a_run_is_under_way_keeps_none_from_beginning()
    {
        var stop = false;
        using var asked = new SemaphoreSlim(0);
        using (Open(null))
        {
        }

        var asking = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Journals.ReadSummary(Journal);
                asked.Release();
            }
        }, TestClient.Cancellation);
        await asked.WaitAsync(TestClient.Cancellation);
        for (var run = 0; run < 50; run++)
        {
            using var journal = Open(null);
        }

        Volatile.Write(ref stop, true);
        await asking;
    }

    private SendJournal Open(int? expectedCount) =>
        SendJournal.Open(Journal, Journals.Options(time: _time, expectedCount: expectedCount));
}
