using System.Text.Json;
using WixInbox.Journal;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>What a row's outcome is in the journal, and what the next run does with a row that was left open.</summary>
public sealed class JournaledRowTests : IDisposable
{
    private const string List = """
        {"messages":[{"id":"7","createdDate":"2026-11-22T12:00:01Z",
        "direction":"BUSINESS_TO_PARTICIPANT","visibility":"BUSINESS_AND_PARTICIPANT",
        "content":{"basic":{"items":[{"text":"Hey!"}]}}}]}
        """;

    private MemoryStorage _storage = new();

    [Theory]
    [InlineData(
        404,
        """{"details":{"applicationError":{"code":"CONVERSATION_NOT_FOUND"}}}""",
        JournalState.Failed,
        "CONVERSATION_NOT_FOUND")]
    [InlineData(
        400,
        """{"details":{"validationError":{"fieldViolations":[{"field":"message","ruleName":"MAX_LENGTH"}]}}}""",
        JournalState.Failed,
        "MAX_LENGTH")]
    [InlineData(500, "", JournalState.Unknown, "Status")]
    [InlineData(425, "", JournalState.NotSent, "Status")]

    // With a valid key, it is as good as new.
    [InlineData(
        403,
        """{"details":{"applicationError":{"code":"PERMISSION_DENIED"}}}""",
        JournalState.NotSent,
        "PERMISSION_DENIED")]
    public async Task The_next_run_knows_what_became_of_a_row(int status, string body, JournalState state, string code)
    {
        await RunAsync(new StubHandler(_ => Answer.Json(status, body)), AmbiguousAction.Skip);

        Assert.Equal(code, Journals.Json(Journals.Lines(_storage.Written)[^1]).GetProperty("code").GetString());
        Assert.Equal(state, StateAfterwards());
    }

    [Fact]
    public async Task Nothing_leaves_where_the_journal_has_no_room_for_it_and_its_place_in_the_pace_is_free()
    {
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, clock, requestsPerMinute: 1);
        using var journal = Journals.Open(_storage);
        var row = Take(journal);
        _storage.Room = _storage.Written.Length;

        var outcome = await BulkRuns.Open(client, journal: journal).SendAsync(row);

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Journal, 0),
            (outcome.Kind, outcome.Failure?.Cause, outcome.Attempts));
        Assert.Empty(handler.Requests);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task No_further_row_is_looked_up_where_the_journal_has_no_room_for_one_that_was_refused()
    {
        var handler = new StubHandler(_ => Answer.Json(200, """{"contacts":[]}"""));
        using var client = TestClient.Over(handler, new SkippingClock());
        using var journal = Journals.Open(_storage);
        _storage.Room = _storage.Written.Length;
        var run = BulkRuns.Open(client, journal: journal);

        var refused = await run.SendAsync(Take("a@example.com"));
        Assert.True(SpinWait.SpinUntil(() => journal.Fault is not null, TimeSpan.FromSeconds(30)));
        await run.SendAsync(Take("b@example.com"));
        var requests = handler.Requests.Count;
        var untried = await run.SendAsync(Take("c@example.com"));

        Assert.Equal(OutcomeKind.Rejected, refused.Kind);
        Assert.Equal((OutcomeKind.NotSent, FailureCause.Journal), (untried.Kind, untried.Failure?.Cause));
        Assert.Equal(requests, handler.Requests.Count);

        BulkRow Take(string address) => run.Take(new BulkMessage(Recipient.Email(address), Sample.Text()));
    }

    [Fact]
    public async Task What_was_long_in_getting_to_the_disk_is_written_again_before_the_request_leaves()
    {
        // The next run looks for the message by the time of the last intent.
        var clock = Journals.Clock();
        string[] written = [];
        var handler = new StubHandler(_ =>
        {
            written = Journals.Lines(_storage.Written);
            return Answer.Sent();
        });
        using var client = TestClient.Over(handler, clock);
        using var journal = Journals.Open(_storage, time: clock);
        _storage.ForgetSyncs();
        _storage.HoldSyncs();

        var sending = BulkRuns.Open(client, journal: journal).SendAsync(Take(journal));
        await _storage.SyncBeganAsync();
        clock.Advance(TimeSpan.FromSeconds(10));
        _storage.ReleaseSyncs();

        Assert.Equal(OutcomeKind.Succeeded, (await sending).Kind);
        Assert.Equal(
            [Journals.Noon, Journals.Noon.AddSeconds(10)],
            written.Select(Journals.Json).Where(line => line.GetProperty("t").GetString() == "I")
                .Select(line => line.GetProperty("ts").GetDateTimeOffset()));
    }

    [Fact]
    public async Task The_next_run_knows_that_a_row_was_sent()
    {
        await RunAsync(new StubHandler(_ => Answer.Sent()), AmbiguousAction.Skip);

        Assert.Equal(JournalState.Sent, StateAfterwards());
    }

    [Theory]
    [InlineData("BUSINESS", 1)]
    [InlineData("BUSINESS_AND_PARTICIPANT", 5)]
    public async Task A_row_that_was_left_open_and_is_in_either_list_was_sent(string list, int looks)
    {
        await LeaveOpenAsync();
        var handler = new StubHandler(request => Answer.Json(
            200,
            request.Address.Query.Contains($"visibility={list}&", StringComparison.Ordinal)
                ? List
                : """{"messages":[],"pagingMetadata":{"count":0,"cursors":{}}}"""));

        var outcome = await RunAsync(handler, AmbiguousAction.Reconcile);

        Assert.Equal(
            (OutcomeKind.Succeeded, "7", MessageDelivery.Reconciled),
            (outcome.Kind, outcome.Value!.Id, outcome.Value.Delivery));
        Assert.Equal(Enumerable.Repeat(HttpMethod.Get, looks), handler.Requests.Select(request => request.Method));
        Assert.Single(Outcomes());
        Assert.Equal(JournalState.Sent, StateAfterwards());
    }

    [Fact]
    public async Task Each_line_says_how_often_the_row_was_tried_until_then()
    {
        var answers = new Queue<HttpResponseMessage>(
            [Answer.Status(503, ("Retry-After", "1")), Answer.Status(503, ("Retry-After", "1")), Answer.Sent()]);

        await RunAsync(new StubHandler(_ => answers.Dequeue()), AmbiguousAction.Reconcile);

        Assert.Equal(
            [("N", 1), ("N", 2), ("S", 3)],
            Outcomes().Select(line => (line.GetProperty("t").GetString(), line.GetProperty("n").GetInt32())));
    }

    [Fact]
    public async Task What_is_found_to_be_sent_has_the_id_of_the_request_that_sent_it()
    {
        var handler = new StubHandler(request => request.Method == HttpMethod.Get
            ? Answer.Json(200, List)
            : Answer.Status(500, ("x-wix-request-id", "r1")));

        var outcome = await RunAsync(handler, AmbiguousAction.Reconcile);

        Assert.Equal(
            (MessageDelivery.Reconciled, "r1", 1), (outcome.Value!.Delivery, outcome.RequestId, outcome.Attempts));

        // The journal has the ids of requests that failed alone.
        Assert.False(Assert.Single(Outcomes()).TryGetProperty("req", out _));
    }

    [Fact]
    public async Task A_row_that_was_left_open_is_not_sent_again_where_that_is_not_wanted()
    {
        await LeaveOpenAsync();
        var handler = new StubHandler(_ => Answer.Sent());

        var outcome = await RunAsync(handler, AmbiguousAction.Skip);

        Assert.Equal((OutcomeKind.Ambiguous, FailureCause.EarlierRun), (outcome.Kind, outcome.Failure!.Cause));
        Assert.Empty(handler.Requests);
        Assert.Equal(JournalState.Sending, StateAfterwards());
    }

    [Fact]
    public async Task A_row_that_was_left_open_is_sent_again_at_once_where_that_is_wanted()
    {
        await LeaveOpenAsync();
        var handler = new StubHandler(_ => Answer.Sent());

        Assert.Equal(OutcomeKind.Succeeded, (await RunAsync(handler, AmbiguousAction.Resend)).Kind);

        Assert.Equal(["/inbox/v2/messages"], handler.Requests.Select(request => request.Path));
        Assert.Equal(JournalState.Sent, StateAfterwards());
    }

    [Fact]
    public async Task A_row_that_was_left_open_is_not_sent_while_its_conversation_cannot_be_read()
    {
        await LeaveOpenAsync();
        var handler = new StubHandler(_ => Answer.Status(403));

        var outcome = await RunAsync(handler, AmbiguousAction.Reconcile);

        Assert.Equal((OutcomeKind.Ambiguous, FailureCause.EarlierRun), (outcome.Kind, outcome.Failure!.Cause));
        Assert.All(handler.Requests, request => Assert.Equal(HttpMethod.Get, request.Method));
        Assert.Equal(JournalState.Sending, StateAfterwards());
    }

    [Fact]
    public async Task A_row_that_was_left_open_and_is_not_in_its_conversation_is_sent_when_its_turn_comes()
    {
        await LeaveOpenAsync();
        var handler = new StubHandler(request => request.Method == HttpMethod.Get
            ? Answer.Json(200, """{"messages":[],"pagingMetadata":{"count":0,"cursors":{}}}""")
            : Answer.Sent());

        Assert.Equal(OutcomeKind.Succeeded, (await RunAsync(handler, AmbiguousAction.Reconcile)).Kind);

        // Looked for four times, the last time in both lists, and then sent.
        Assert.Equal(
            [.. Enumerable.Repeat(HttpMethod.Get, 5), HttpMethod.Post],
            handler.Requests.Select(request => request.Method));
        Assert.Equal(JournalState.Sent, StateAfterwards());
    }

    public void Dispose() => _storage.Dispose();

    private static BulkRow Take(SendJournal journal) => journal.Take("1", SandboxRun.Conversation, Sample.Text(), 1);

    private async Task LeaveOpenAsync()
    {
        using var journal = Journals.Open(_storage);
        await journal.IntendAsync(Take(journal));
    }

    private async Task<Outcome<Message>> RunAsync(HttpMessageHandler handler, AmbiguousAction onAmbiguous)
    {
        using var client = TestClient.Over(handler);
        using var journal = Reopen();
        var sender = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
        return await sender.SendAsync(Take(journal));
    }

    private JsonElement[] Outcomes() =>
    [
        .. Journals.Lines(_storage.Written).Select(Journals.Json)
            .Where(line => line.GetProperty("t").GetString() is "S" or "F" or "N" or "A"),
    ];

    private JournalState? StateAfterwards()
    {
        using var journal = Reopen();
        return Take(journal).Earlier;
    }

    private SendJournal Reopen() => Journals.Open(_storage = new MemoryStorage(_storage.Written));
}
