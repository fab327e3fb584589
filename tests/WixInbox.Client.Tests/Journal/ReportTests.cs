using Microsoft.Extensions.Time.Testing;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>What a page about a journal's runs is made of.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-").FullName;
    private readonly FakeTimeProvider _time = Journals.Clock();

    private string Journal => Path.Combine(_folder, "run.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_try_and_each_look_up_is_in_the_minute_in_which_it_was_made()
    {
        using (var journal = Open(5))
        {
            journal.NoteConversation(Journals.Contact(1), Sample.ConversationId);
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromSeconds(59));
            var row = journal.Take("2");
            await journal.IntendAsync(row);
            journal.NoteNotSent(row, "Connection", null, null, 1);
            _time.Advance(TimeSpan.FromSeconds(1));
            await journal.IntendAsync(row);
            journal.NoteSent(row, Journals.Message("m2"), 2, reconciled: false);
            _time.Advance(TimeSpan.FromMinutes(5));
            await journal.SendAsync("3");

            // It has no time of its own: it is that of the line before.
            journal.NoteConversation(Journals.Contact(2), "1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c");
        }

        var run = Assert.Single(Journals.ReadReport(Journal, _time).Runs);

        Assert.Equal((Journals.Noon, Journals.Noon.AddMinutes(6), 5), (run.Started, run.Ended, run.ExpectedCount));
        Assert.Equal((3, 4, 2), (run.Sent, run.Attempts, run.LookUps));
        Assert.Equal(
            [(Journals.Noon, 2, 1), (Journals.Noon.AddMinutes(1), 1, 0), (Journals.Noon.AddMinutes(6), 1, 1)],
            run.Minutes.Select(minute => (minute.Start, minute.Attempts, minute.LookUps)));
    }

    [Fact]
    public async Task The_most_in_a_minute_is_that_of_any_60_seconds_and_not_of_a_minute_of_the_clock()
    {
        using (var journal = Open())
        {
            // Three at the end of a minute, two in the next one, one just too late, and one after a pause.
            var number = 0;
            foreach (var wait in new[] { 50, 0, 0, 20, 39.999, 0.001, 600 })
            {
                _time.Advance(TimeSpan.FromSeconds(wait));
                await journal.SendAsync($"{++number}");
            }
        }

        var run = Assert.Single(Journals.ReadReport(Journal, _time).Runs);

        Assert.Equal([3, 3, 1], run.Minutes.Select(minute => minute.Attempts));
        Assert.Equal(5, run.MostAttemptsInMinute);
    }

    [Fact]
    public async Task The_most_in_a_minute_has_nothing_from_before_a_clock_was_set_back_by_more()
    {
        using (var journal = Open())
        {
            for (var number = 1; number <= 5; number++)
            {
                await journal.SendAsync($"{number}");
                _time.AdjustTime(_time.GetUtcNow() - (number == 3 ? TimeSpan.FromHours(1) : TimeSpan.Zero));
            }
        }

        var run = Assert.Single(Journals.ReadReport(Journal, _time).Runs);

        Assert.Equal([2, 3], run.Minutes.Select(minute => minute.Attempts));
        Assert.Equal(3, run.MostAttemptsInMinute);
    }

    [Fact]
    public async Task What_was_found_for_an_address_is_one_look_up_though_it_is_noted_twice()
    {
        using (var journal = Open())
        {
            journal.NoteConversation(Journals.Contact(1), Sample.ConversationId);
            journal.NoteConversation(new Recipient(RecipientKind.Email, "ada@example.com"), Sample.ConversationId);
            journal.NoteConversation(Journals.Contact(2), "1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c");

            // One that is made after another line is another.
            await journal.SendAsync("1");
            journal.NoteConversation(Journals.Contact(3), Sample.ConversationId);
        }

        Assert.Equal(3, Assert.Single(Journals.ReadReport(Journal, _time).Runs).LookUps);
    }

    [Fact]
    public async Task A_request_belongs_to_the_run_that_made_it_and_the_summary_is_the_same_as_by_itself()
    {
        using (var journal = Open(3))
        {
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        using (var journal = Open(3))
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            await journal.SendAsync("2");
            await journal.SendAsync("3");
        }

        var report = Journals.ReadReport(Journal, _time);

        Assert.Equal(
            [(1, Journals.Noon, Journals.Noon), (2, Journals.Noon.AddMinutes(1), Journals.Noon.AddMinutes(3))],
            report.Runs.Select(run => (run.Attempts, run.Started, run.Ended)));
        Assert.Equivalent(Journals.ReadSummary(Journal, _time), report.Summary, strict: true);
    }

    [Fact]
    public async Task What_an_earlier_run_left_open_is_no_message_and_no_try_of_the_run_that_finds_out()
    {
        using (var journal = Open())
        {
            await journal.IntendAsync(journal.Take("1"));
            await journal.IntendAsync(journal.Take("2"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        using (var journal = Open())
        {
            journal.NoteFinding(journal.Take("1"), Journals.Message("m1"));
            journal.NoteNotSent(journal.Take("2"), null, null, null, 0);
            await journal.SendAsync("3");
        }

        Assert.Equal(
            [(0, 2), (1, 1)],
            Journals.ReadReport(Journal, _time).Runs.Select(run => (run.Sent, run.Attempts)));
    }

    [Fact]
    public async Task What_did_not_leave_is_no_try_though_the_clock_was_set_back_before()
    {
        using (var journal = Open())
        {
            _time.AdjustTime(Journals.Noon.AddHours(-1));
            var row = journal.Take("1");
            await journal.IntendAsync(row);
            journal.NoteNotSent(row, null, null, null, 0);
        }

        Assert.Equal(0, Assert.Single(Journals.ReadReport(Journal, _time).Runs).Attempts);
    }

    [Fact]
    public async Task Where_the_clock_was_set_back_a_run_lasts_until_the_latest_time()
    {
        using (var journal = Open())
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            await journal.SendAsync("1");
            _time.AdjustTime(Journals.Noon.AddMinutes(5));
            await journal.SendAsync("2");
        }

        var report = Journals.ReadReport(Journal, _time);

        Assert.Equal(Journals.Noon.AddMinutes(10), Assert.Single(report.Runs).Ended);
        Assert.Equal(
            (Journals.Noon.AddMinutes(10), TimeSpan.FromMinutes(10)),
            (report.Summary.LastWritten, report.Summary.Elapsed));
    }

    [Fact]
    public async Task The_rows_of_a_run_whose_line_was_taken_out_are_reported()
    {
        var lines = Journals.Lines(await Journals.SmallAsync());
        File.WriteAllText(Journal, string.Join("\n", [lines[0], .. lines[2..], string.Empty]));

        var report = Journals.ReadReport(Journal, _time);

        Assert.Empty(report.Runs);
        Assert.Equal((0, 3, 1, 1), (
            report.Summary.Runs, report.Summary.Rows, report.Summary.Sent, report.Summary.Failed));
        Assert.Equal(["failed", "open"], report.Unsent.Select(entry => entry.Key));
    }

    [Fact]
    public async Task The_rows_that_were_not_sent_are_there_by_their_number_as_the_last_line_has_them()
    {
        using (var journal = Open())
        {
            await journal.SendAsync("sent");
            var open = journal.Take("open", number: 9);
            await journal.IntendAsync(open);
            var failed = journal.Take("failed", number: 7);
            await journal.IntendAsync(failed);
            journal.NoteFailed(failed, "CONVERSATION_NOT_FOUND", 404, "req-1", 1);
            journal.NoteInvalid(journal.Take("invalid", number: 8), "TextTooLong");
            var late = journal.Take("late", number: 1);
            await journal.IntendAsync(late);
            journal.NoteNotSent(late, "Connection", null, null, 1);
            await journal.IntendAsync(late);
            journal.NoteSent(late, Journals.Message("m4"), 2, reconciled: false);
            journal.NoteInvalid(journal.Take("later", number: 10), "TextTooLong");
        }

        var unsent = Journals.ReadReport(Journal, _time).Unsent;

        Assert.Equal(["failed", "invalid", "open", "later"], unsent.Select(entry => entry.Key));
        Assert.Equal(
            [JournalState.Failed, JournalState.Failed, JournalState.Sending, JournalState.Failed],
            unsent.Select(entry => entry.State));
        Assert.Equal(
            ("CONVERSATION_NOT_FOUND", 404, "req-1", Sample.ConversationId),
            (unsent[0].Code, unsent[0].StatusCode, unsent[0].RequestId, unsent[0].ConversationId));
    }

    [Fact]
    public async Task A_run_that_is_under_way_lasts_until_now()
    {
        using var journal = Open();
        await journal.SendAsync("1");
        _time.Advance(TimeSpan.FromMinutes(3));

        var report = Journals.ReadReport(Journal, _time);

        Assert.True(report.Summary.Active);
        Assert.Equal(_time.GetUtcNow(), report.Runs[0].Ended);
    }

    [Theory]
    [InlineData("CONVERSATION_NOT_FOUND", 404, 1, FailureCause.Status, "CONVERSATION_NOT_FOUND", Operation.SendMessage)]
    [InlineData("Status", 429, 1, FailureCause.Status, null, Operation.SendMessage)]
    [InlineData("Connection", null, 4, FailureCause.Connection, null, Operation.SendMessage)]
    [InlineData("Outage", 503, 4, FailureCause.Outage, null, Operation.SendMessage)]
    [InlineData("ContactNotFound", null, 0, FailureCause.Contact, "ContactNotFound", Operation.QueryContacts)]
    [InlineData("5", 400, 1, FailureCause.Status, "5", Operation.SendMessage)]
    [InlineData("999", 400, 1, FailureCause.Status, "999", Operation.SendMessage)]
    [InlineData("status", 400, 1, FailureCause.Status, "status", Operation.SendMessage)]
    [InlineData("Token, Status", 400, 1, FailureCause.Status, "Token, Status", Operation.SendMessage)]
    [InlineData("TextTooLong", null, 0, FailureCause.InvalidRequest, "TextTooLong", Operation.SendMessage)]
    public void Why_a_row_was_not_sent_can_be_told_from_its_line(
        string code, int? status, int attempts, FailureCause cause, string? told, Operation operation)
    {
        using (var journal = Open())
        {
            journal.NoteFailed(journal.Take("1"), code, status, null, attempts);
        }

        var failure = Assert.Single(Journals.ReadReport(Journal, _time).Unsent).GetFailure()!;

        Assert.Equal(
            (cause, told, status, operation), (failure.Cause, failure.Code, failure.StatusCode, failure.Operation));
    }

    [Fact]
    public async Task A_row_that_was_sent_or_is_being_sent_has_no_failure()
    {
        using (var journal = Open())
        {
            await journal.SendAsync("1");
            await journal.IntendAsync(journal.Take("2"));
        }

        Assert.All(Journals.ReadEntries(Journal), entry => Assert.Null(entry.GetFailure()));
    }

    [Fact]
    public async Task A_row_whose_run_was_stopped_before_its_request_left_has_no_failure_and_no_try()
    {
        using (var journal = Open())
        {
            await journal.SendAsync("1");
            _time.Advance(TimeSpan.FromMinutes(1));
            var row = journal.Take("2");
            await journal.IntendAsync(row);
            journal.NoteNotSent(row, null, null, null, 0);

            // One whose first try was made is another matter.
            var second = journal.Take("3");
            await journal.IntendAsync(second);
            journal.NoteNotSent(second, "Connection", null, null, 1);
            _time.Advance(TimeSpan.FromSeconds(1));
            await journal.IntendAsync(second);
            journal.NoteNotSent(second, null, null, null, 0);
            _time.Advance(TimeSpan.FromMinutes(1));
            var third = journal.Take("4");
            await journal.IntendAsync(third);
            journal.NoteNotSent(third, null, null, null, 0);
        }

        // In its first instant, too.
        using (var journal = Open())
        {
            var row = journal.Take("5");
            await journal.IntendAsync(row);
            journal.NoteNotSent(row, null, null, null, 0);
        }

        var report = Journals.ReadReport(Journal, _time);
        var run = report.Runs[0];

        Assert.Equal(
            (0, 0, 0),
            (report.Runs[1].Attempts, report.Runs[1].MostAttemptsInMinute, report.Runs[1].Minutes.Count));
        Assert.Equal(["2", "3", "4", "5"], report.Unsent.Select(entry => entry.Key).Order());
        Assert.All(report.Unsent, entry => Assert.Equal(JournalState.NotSent, entry.State));
        Assert.All(report.Unsent, entry => Assert.Null(entry.GetFailure()));
        Assert.Equal((1, 2, 1), (run.Sent, run.Attempts, run.MostAttemptsInMinute));
        Assert.Equal([1, 1], run.Minutes.Select(minute => minute.Attempts));
    }

    private SendJournal Open(int? expectedCount = null) =>
        SendJournal.Open(Journal, Journals.Options(time: _time, expectedCount: expectedCount));
}
