using System.Collections.Concurrent;
using WixInbox.Journal;
using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>A run that goes on within a minute of the one before: Wix counts the requests of both.</summary>
[Collection(VirtualTime.Name)]
public sealed class ResumedPaceTests : IDisposable
{
    private readonly SimulatedTime _time = new();
    private readonly SandboxHandler _sandbox;
    private readonly HttpMessageInvoker _server;
    private readonly ConcurrentQueue<string> _notes = new();
    private MemoryStorage _storage = new();
    private int _refused;

    public ResumedPaceTests()
    {
        _sandbox = new SandboxHandler(
            new SandboxOptions { TimeProvider = _time, Latency = TimeSpan.FromMilliseconds(20) });
        _server = new HttpMessageInvoker(_sandbox);
    }

    [Theory]
    [InlineData(RecipientKind.Conversation)]
    [InlineData(RecipientKind.Member)]
    public void Nothing_is_refused(RecipientKind kind)
    {
        var sent = Run(kind, cutOffAfter: TimeSpan.FromSeconds(3));
        Assert.InRange(sent, 90, 200);

        // Somebody starts it again at once.
        Wait(TimeSpan.FromSeconds(5));
        Assert.Empty(_notes);
        Assert.Equal(250 - sent, Run(kind));
        Assert.Contains(_notes, note => note.StartsWith("An earlier run made ", StringComparison.Ordinal));
        Assert.Equal(0, _refused);
    }

    [Fact]
    public void What_is_older_than_a_minute_holds_up_nothing()
    {
        Run(RecipientKind.Conversation, cutOffAfter: TimeSpan.FromSeconds(3));
        Wait(TimeSpan.FromSeconds(60));

        var start = _time.Now;
        Run(RecipientKind.Conversation);
        Assert.InRange(_time.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_counts_once_whoever_has_made_it(bool itself)
    {
        using var first = Client();
        Assert.Equal(100, Run(first, RecipientKind.Conversation, rows: 100));
        using var second = Client();
        var client = itself ? first : second;

        // The same journal, opened three times: two hundred requests in all.
        Assert.Equal(0, Run(client, RecipientKind.Conversation, rows: 100));
        Assert.Equal(0, Run(client, RecipientKind.Conversation, rows: 100));
        var start = _time.Now;
        Assert.Equal(100, Run(client, RecipientKind.Conversation, rows: 200));
        Assert.InRange(_time.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_lines_of_the_last_minute_tell_how_many_requests_there_were()
    {
        var clock = Journals.Clock();
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, time: clock))
        {
            await journal.SendAsync("long ago");
            clock.Advance(TimeSpan.FromSeconds(71));
            await journal.SendAsync("sent");
            journal.NoteConversation(new Recipient(RecipientKind.Email, "ada@example.com"), Sample.ConversationId);
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
            var row = journal.Take("tried twice");
            await journal.IntendAsync(row);
            journal.NoteNotSent(row, "503", 503, null, 1);
            clock.Advance(TimeSpan.FromSeconds(1));
            await journal.IntendAsync(row);
            journal.NoteFailed(row, "X", 404, null, 2);
            journal.NoteInvalid(journal.Take("breaks a rule"), "TextTooLong");
            await journal.IntendAsync(journal.Take("cut off"));
        }

        using var next = Journals.Open(new MemoryStorage(storage.Written), time: clock);

        // A message, a conversation, two tries, and one that was under way.
        Assert.Equal(
            [71, 71, 71, 72, 72], next.RecentRequests.Select(request => (request.Date - Journals.Noon).TotalSeconds));
        Assert.Equal([false, false, false, false, true], next.RecentRequests.Select(request => request.MayArrive));
    }

    [Fact]
    public async Task A_request_that_left_long_ago_counts_from_its_answer()
    {
        var clock = Journals.Clock();
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, time: clock))
        {
            var row = journal.Take("slow");
            await journal.IntendAsync(row);
            clock.Advance(TimeSpan.FromSeconds(75));
            journal.NoteFailed(row, "X", 404, null, 1);
            journal.NoteConversation(Journals.Contact(), Sample.ConversationId);
        }

        using var next = Journals.Open(new MemoryStorage(storage.Written), time: clock);

        // The message, and the look-up of the conversation.
        Assert.Equal(
            [(clock.GetUtcNow(), false), (clock.GetUtcNow(), false)],
            next.RecentRequests.Select(request => (request.Date, request.MayArrive)));
    }

    public void Dispose() => _server.Dispose();

    private int Run(RecipientKind kind, TimeSpan? cutOffAfter = null)
    {
        using var client = Client();
        return Run(client, kind, 250, cutOffAfter);
    }

    private int Run(WixInboxClient client, RecipientKind kind, int rows, TimeSpan? cutOffAfter = null)
    {
        var before = _sandbox.Ledger.Count;
        using var cut = new CancellationTokenSource();
        using (var journal = Journals.Open(_storage, time: _time))
        {
            var sender = BulkRuns.Open(
                client, new BulkRunOptions { ReconcileWait = TimeSpan.Zero, Note = _notes.Enqueue }, journal);
            VirtualTime.Run(_time, async () =>
            {
                var sending = SendAsync(sender, journal, kind, rows, cut.Token);
                if (cutOffAfter is { } after
                    && await Task.WhenAny(sending, Task.Delay(after, _time, TestClient.Cancellation)) != sending)
                {
                    await sender.DisposeAsync();
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
                    return false;
                }

                await sending;
                return true;
            });
        }

        _storage = new MemoryStorage(_storage.Written);
        return _sandbox.Ledger.Count - before;
    }

    private static async Task SendAsync(
        BulkRun sender, SendJournal journal, RecipientKind kind, int rows, CancellationToken cancellationToken)
    {
        foreach (var batch in Enumerable.Range(1, rows).Chunk(5))
        {
            await Task.WhenAll(batch.Select(async number =>
            {
                var recipient = new Recipient(kind, $"5a0c4737-a2a0-4c37-a07e-{number:x12}");
                var row = journal.Take($"{number}", recipient, Sample.Text(), number);
                if (row.Earlier != JournalState.Sent)
                {
                    var outcome = await sender.SendAsync(row);
                    Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
                }
            }));
        }
    }

    private WixInboxClient Client() => TestClient.Over(
        new RawHandler(async (request, token) =>
        {
            var answer = await _server.SendAsync(request, token);
            _refused += (int)answer.StatusCode == 429 ? 1 : 0;
            return answer;
        }),
        _time);

    private void Wait(TimeSpan time) => VirtualTime.Run(_time, async () =>
    {
        await Task.Delay(time, _time, TestClient.Cancellation);
        return true;
    });
}
