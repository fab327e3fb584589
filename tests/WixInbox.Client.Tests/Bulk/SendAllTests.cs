using WixInbox.Sandbox;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// The front of the library: a list of messages, a file that knows what became of them, and a result for each of them.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class SendAllTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StubHandler _server;
    private int _sent;

    public SendAllTests()
    {
        _server = new StubHandler(request =>
            request.Path.EndsWith("conversations", StringComparison.Ordinal)
                ? Answer.Conversation(Sample.OtherConversationId)
                : request.Body.Contains("refused", StringComparison.Ordinal) ? Answer.Status(404)
                : Answer.Sent($"m{Interlocked.Increment(ref _sent)}"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_list_that_is_sent_again_sends_what_is_left_of_it()
    {
        using var client = TestClient.Over(_server);
        var first = await SendAsync(client, ("1", "a"), ("2", "refused"), ("3", ""));

        Assert.Equal([true, false, false], first.Select(result => result.IsSent));
        Assert.Equal([1, 2, 3], first.Select(result => result.Row.Number));
        Assert.Equal(2, _server.Requests.Count);

        var second = await SendAsync(client, ("1", "a"), ("2", "refused"), ("3", "c"), ("4", "d"), ("1", "a"));

        Assert.Equal(["1", "2", "3", "4", "1"], second.Select(result => result.Row.Key));
        Assert.Equal([1, 2, 3, 4, 5], second.Select(result => result.Row.Number));
        Assert.Equal(
            [JournalState.Sent, JournalState.Failed, JournalState.Failed, null, JournalState.Sent],
            second.Select(result => result.Row.Earlier));
        Assert.Equal(
            ("m1", Sample.ConversationId, MessageDelivery.Journaled),
            (second[0].Message!.Id, second[0].Message!.ConversationId, second[0].Message!.Delivery));
        Assert.Equal(
            (OutcomeKind.Rejected, Operation.SendMessage, FailureCause.AlreadyFailed, null),
            (
                second[1].Outcome.Kind,
                second[1].Failure!.Operation,
                second[1].Failure!.Cause,
                second[1].Failure!.Code));

        // What broke a rule has never left, and is checked anew.
        Assert.Equal(
            [("m2", MessageDelivery.Sent), ("m3", MessageDelivery.Sent)],
            second[2..4].Select(result => (result.Message!.Id!, result.Message.Delivery)));
        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.Key, "KeyRepeated"),
            (second[4].Outcome.Kind, second[4].Failure!.Cause, second[4].Failure!.Code));
        Assert.Equal(4, _server.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_repeats_another_in_its_conversation_names_it_and_is_left_out_if_asked(bool skip)
    {
        using var client = TestClient.Over(_server);
        await using var run = await BulkRun.OpenAsync(
            client, new BulkRunOptions { SkipDuplicates = skip }, TestClient.Cancellation);
        BulkMessage[] messages =
        [
            new(Recipient.Member(Sample.ConversationId), Message.OfText("a")),
            new(Recipient.Conversation(Sample.OtherConversationId.ToUpperInvariant()), Message.OfText("a")),
            new(Recipient.Conversation(Sample.OtherConversationId), Message.OfText("b")),
            new(Recipient.Conversation(Sample.OtherConversationId), Message.OfText("a")),
        ];

        List<BulkResult> results = [];
        await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
        {
            results.Add(result);
        }

        Assert.Equal([null, 1, null, 1], results.Select(result => result.Row.DuplicateOf));
        Assert.Equal([true, !skip, true, !skip], results.Select(result => result.IsSent));
        Assert.Equal(skip ? FailureCause.Duplicate : null, results[1].Failure?.Cause);
        Assert.Equal(skip ? 2 : 4, _sent);
    }

    [Fact]
    public async Task A_row_that_repeats_one_that_may_have_been_sent_is_left_out_too()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(500)));
        await using var run = await BulkRun.OpenAsync(
            client,
            new BulkRunOptions { OnAmbiguous = AmbiguousAction.Skip, SkipDuplicates = true },
            TestClient.Cancellation);

        List<BulkResult> results = [];
        await foreach (var result in run.SendAllAsync([Row("1", "a"), Row("2", "a")], TestClient.Cancellation))
        {
            results.Add(result);
        }

        Assert.Equal([null, 1], results.Select(result => result.Row.DuplicateOf));
        Assert.Equal([OutcomeKind.Ambiguous, OutcomeKind.NotSent], results.Select(result => result.Outcome.Kind));
    }

    [Fact]
    public async Task A_message_without_a_recipient_or_with_no_proper_key_holds_up_none_behind_it()
    {
        using var client = TestClient.Over(_server);
        await using var run = await BulkRun.OpenAsync(
            client,
            new BulkRunOptions { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" },
            TestClient.Cancellation);
        BulkMessage[] messages =
        [
            new(null, Sample.Text("a")) { Key = "1" },
            Row("", "b"),
            Row(new string('k', 257), "c"),
            Row("4", "d"),
        ];

        List<BulkResult> results = [];
        await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
        {
            results.Add(result);
        }

        Assert.Equal([1, 2, 3, 4], results.Select(result => result.Row.Number));
        Assert.Equal(
            ["RecipientMissing", "KeyMissing", "KeyTooLong"],
            results.Take(3).Select(result => Assert.Single(result.Failure!.Violations).Rule));
        Assert.All(results.Take(3), result => Assert.Equal(OutcomeKind.Rejected, result.Outcome.Kind));
        Assert.True(results[3].IsSent);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_failed_in_an_earlier_run_is_tried_again_if_asked(bool retry)
    {
        using var client = TestClient.Over(_server);
        Assert.False(Assert.Single(await SendAsync(client, ("1", "refused"))).IsSent);
        await using var run = await BulkRun.OpenAsync(
            client,
            new BulkRunOptions { Journal = _folder["run.jsonl"], KeyProperty = "OrderId", RetryFailed = retry },
            TestClient.Cancellation);

        await foreach (var result in run.SendAllAsync([Row("1", "refused")], TestClient.Cancellation))
        {
            Assert.Equal(!retry, result.Row.IsSettled);
            Assert.Equal(retry ? FailureCause.Status : FailureCause.AlreadyFailed, result.Failure!.Cause);
        }

        Assert.Equal(retry ? 2 : 1, _server.Requests.Count);
    }

    [Fact]
    public async Task A_key_of_a_message_that_went_to_somebody_else_is_refused()
    {
        using var client = TestClient.Over(_server);
        await SendAsync(client, ("1", "a"));
        await using var run = await BulkRun.OpenAsync(
            client,
            new BulkRunOptions { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" },
            TestClient.Cancellation);
        var other = new BulkMessage(Recipient.Conversation(Guid.NewGuid().ToString()), Message.OfText("a"))
        {
            Key = "1",
        };

        var row = run.Take(other);
        Assert.True(row.IsKeyOfAnother);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.SendAsync(row));
        await foreach (var result in run.SendAllAsync([other], TestClient.Cancellation))
        {
            Assert.Equal(
                (OutcomeKind.Rejected, FailureCause.Key, "KeyOfAnother"),
                (result.Outcome.Kind, result.Failure!.Cause, result.Failure.Code));
        }

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task The_file_says_whose_it_is_and_is_refused_to_anybody_else()
    {
        using var client = TestClient.Over(_server);
        var options = new BulkRunOptions
        {
            Journal = _folder["run.jsonl"],
            JournalIdentity = "shop",
            KeyProperty = "OrderId",
            ExpectedCount = 7,
        };
        await using (var run = await BulkRun.OpenAsync(client, options, TestClient.Cancellation))
        {
            Assert.Equal((_folder["run.jsonl"], false), (run.Journal, run.IsResumed));
        }

        using (var again = Open(client, options))
        {
            Assert.True(again.IsResumed);
            Assert.Equal(OutcomeKind.Succeeded, (await again.SendAsync(again.Take(Row("1", "a")))).Kind);
        }

        var lines = await File.ReadAllLinesAsync(_folder["run.jsonl"], TestClient.Cancellation);
        Assert.Contains(
            """
            ,"to":"shop","key":"OrderId","created":"2026-11-22T12:00:00
            """,
            lines[0],
            StringComparison.Ordinal);
        Assert.Contains(
            """
            ,"total":7,"ts":"2026-11-22T12:00:00
            """,
            lines[1],
            StringComparison.Ordinal);
        Assert.Equal(
            JournalProblem.OtherConnection,
            Assert.Throws<JournalException>(() => Open(
                client, new() { Journal = options.Journal, KeyProperty = "OrderId" })).Problem);
        Assert.Equal(
            JournalProblem.OtherKeyProperty,
            Assert.Throws<JournalException>(() => Open(
                client, new() { Journal = options.Journal, JournalIdentity = "shop" })).Problem);
    }

    [Fact]
    public async Task A_run_without_a_journal_has_none()
    {
        using var client = TestClient.Over(_server);
        await using var run = await BulkRun.OpenAsync(client, cancellationToken: TestClient.Cancellation);

        Assert.Equal((null, false), (run.Journal, run.IsResumed));
        Assert.True(run.KnowsConversation(SandboxRun.Conversation));
        Assert.False(run.KnowsConversation(Recipient.Member(Sample.ContactId)));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_row_has_the_number_that_it_brings_or_its_place_in_the_list()
    {
        using var client = TestClient.Over(_server);
        using var run = BulkRuns.Open(client);

        Assert.Equal(1, run.Take(Row("1", "a")).Number);
        Assert.Equal(70, run.Take(new BulkMessage(SandboxRun.Conversation, Sample.Text()) { Number = 70 }).Number);
        Assert.Equal(3, run.Take(Row("3", "a")).Number);
    }

    [Fact]
    public async Task A_rehearsal_tells_what_a_run_would_do_and_does_nothing()
    {
        using var client = TestClient.Over(_server);
        await SendAsync(client, ("1", "a"));
        var before = await File.ReadAllBytesAsync(_folder["run.jsonl"], TestClient.Cancellation);

        using var rehearsal = BulkRun.Rehearse(
            client,
            new() { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" },
            TestClient.Cancellation);
        BulkRow[] rows = [rehearsal.Take(Row("1", "a")), rehearsal.Take(Row("2", "a"))];
        Assert.Equal([JournalState.Sent, null], rows.Select(row => row.Earlier));
        Assert.Equal("m1", rehearsal.ReadSent(rows[0])!.Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => rehearsal.SendAsync(rows[1]));

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["run.jsonl"], TestClient.Cancellation));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_conversation_that_was_found_is_known_to_the_next_run()
    {
        var member = Recipient.Member(Sample.ContactId);
        using var client = TestClient.Over(_server);
        foreach (var isKnown in new[] { false, true })
        {
            await using var run = Open(client, new() { Journal = _folder["run.jsonl"] });
            Assert.Equal(isKnown, run.KnowsConversation(member));
            await foreach (var result in run.SendAllAsync(
                [new BulkMessage(member, Sample.Text())], TestClient.Cancellation))
            {
                Assert.True(result.IsSent);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_is_the_callers_again_once_its_row_is_taken(bool isSentFirst)
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        var (row, outcome) = VirtualTime.Run(run.Time, async () =>
        {
            var request = Sample.Text("first");
            var row = run.Sender.Take(new BulkMessage(SandboxRun.Conversation, request));
            var sending = isSentFirst ? run.Sender.SendAsync(row) : null;
            request.Message!.Content!.Basic!.Items![0]!.Text = "second";
            return (row, await (sending ?? run.Sender.SendAsync(row)));
        });

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value?.Delivery);
        Assert.False(row.MayHaveBeenSent);
        Assert.Equal(["first"], run.Stored);
    }

    [Fact]
    public async Task A_row_that_cannot_be_sent_is_the_callers_mistake()
    {
        using var client = TestClient.Over(_server);
        await using var run = Open(client, new() { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" });

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => run.SendAsync(run.Take(new BulkMessage(null, Sample.Text()))));
        run.Take(Row("1", "a"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.SendAsync(run.Take(Row("1", "a"))));
        await using var unjournaled = Open(client, new());
        unjournaled.Take(Row("1", "a"));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => unjournaled.SendAsync(unjournaled.Take(Row("1", "a"))));
        Assert.Throws<ArgumentNullException>("message", () => run.Take(null!));
        Assert.Throws<ArgumentNullException>("row", () => run.NoteInvalid(null!, "X"));
        Assert.Throws<ArgumentNullException>("row", () => run.ReadSent(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "messages",
            async () => await run.SendAllAsync(null!, TestClient.Cancellation)
                .GetAsyncEnumerator(TestClient.Cancellation).MoveNextAsync());
        Assert.Throws<ArgumentNullException>("client", () => BulkRun.Rehearse(null!, new(), TestClient.Cancellation));
        Assert.Throws<ArgumentNullException>("client", () => Open(null!, new()));
        Assert.Throws<ArgumentNullException>("client", () => Open(null!, new() { Journal = _folder["other.jsonl"] }));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task What_is_changed_after_it_was_given_is_sent_as_it_was()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var run = BulkRuns.Open(client);
        var first = run.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
        var request = Sample.Text("as it was");
        var second = run.SendAsync(SandboxRun.Conversation, request);

        request.Message!.Content!.Basic!.Items![0].Text = "changed";
        (await server.NextAsync()).Answer(Answer.Sent());
        var held = await server.NextAsync();
        held.Answer(Answer.Sent());
        await Task.WhenAll(first, second);

        Assert.Contains("as it was", held.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_request_at_a_time_none_leaves_before_the_result_of_the_one_before_is_taken()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(
            new SandboxOptions { TimeProvider = time, Latency = TimeSpan.FromMilliseconds(20) });
        using var client = TestClient.Over(sandbox, time);
        using var run = Open(client, new() { ThrottleLimit = 1 });
        var messages = Enumerable.Range(1, 4).Select(number => new BulkMessage(
            number % 2 == 0 ? SandboxRun.Conversation : SandboxRun.Other, Sample.Text($"{number}")));

        var stored = VirtualTime.Run(time, async () =>
        {
            List<int> all = [];
            await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                all.Add(sandbox.Ledger.Count);
            }

            return all;
        });

        Assert.Equal([1, 2, 3, 4], stored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_journal_is_free_when_the_run_has_been_disposed_of(bool atOnce)
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var options = new BulkRunOptions { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" };
        var run = Open(client, options);
        var sending = run.SendAsync(run.Take(Row("1", "a")));
        await server.NextAsync();

        if (atOnce)
        {
            run.Dispose();
        }
        else
        {
            await run.DisposeAsync();
        }

        // The row has let the run go, and ends right after: the caller may get there first.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        using var next = Open(client, options);
        Assert.Equal(JournalState.Sending, next.Take(Row("1", "a")).Earlier);
    }

    // A journal that is closed tells no more what became of a row, and not that Wix refused it.
    [Fact]
    public async Task A_row_that_was_sent_is_none_that_failed_where_its_run_was_over_before_it_came()
    {
        using var client = TestClient.Over(_server);
        await SendAsync(client, ("1", "a"));
        using var run = Open(client, new() { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" });
        run.Dispose();

        var result = Assert.Single(await SendAsync(run, Row("1", "a")));

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Journal), (result.Outcome.Kind, result.Failure!.Cause));
        Assert.Throws<JournalException>(() => run.ReadSent(result.Row));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_is_proper_and_stands_for_one_message(bool isJournaled)
    {
        using var client = TestClient.Over(_server);
        await using var run = Open(client, new() { Journal = isJournaled ? _folder["run.jsonl"] : null });
        Assert.Throws<ArgumentException>("message", () => run.Take(Row(string.Empty, "a")));
        Assert.Throws<ArgumentException>("message", () => run.Take(Row(new string('x', 257), "a")));

        var results = await SendAsync(
            run,
            Row(new string('x', 256), "a"),
            Row("1", "a"),
            Row("1", "b"),
            new(SandboxRun.Conversation, Sample.Text("c")),
            new(SandboxRun.Conversation, Sample.Text("c")));

        Assert.Equal([true, true, false, true, true], results.Select(result => result.IsSent));
        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.Key, FailureCodes.KeyRepeated),
            (results[2].Outcome.Kind, results[2].Failure!.Cause, results[2].Failure!.Code));
        Assert.True(results[2].Row.IsKeyRepeated);
        Assert.Equal(4, _sent);
    }

    private static BulkRun Open(WixInboxClient client, BulkRunOptions options) =>
        BulkRun.Open(client, options, TestClient.Cancellation);

    private static BulkMessage Row(string key, string text) =>
        new(SandboxRun.Conversation, Sample.Text(text)) { Key = key };

    private async Task<BulkResult[]> SendAsync(WixInboxClient client, params (string Key, string Text)[] rows)
    {
        await using var run = await BulkRun.OpenAsync(
            client,
            new BulkRunOptions { Journal = _folder["run.jsonl"], KeyProperty = "OrderId" },
            TestClient.Cancellation);
        return await SendAsync(run, [.. rows.Select(row => Row(row.Key, row.Text))]);
    }

    private static async Task<BulkResult[]> SendAsync(BulkRun run, params BulkMessage[] messages)
    {
        List<BulkResult> results = [];
        await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
        {
            results.Add(result);
        }

        return [.. results];
    }
}
