using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A conversation's id changes when a visitor becomes a contact or a member: one that was found is found anew, once.
/// </summary>
public sealed class StaleConversationTests
{
    private static readonly Recipient s_contact = new(RecipientKind.Member, Sample.ContactId);

    private static readonly string[] s_texts = ["first", "second"];

    private string _current = Sample.ConversationId;

    [Fact]
    public async Task A_conversation_that_has_moved_is_found_anew_and_the_message_sent_there()
    {
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);
        await SendAsync(sender, s_contact, "first");

        _current = Sample.OtherConversationId;
        var outcomes = await Task.WhenAll(
            SendAsync(sender, s_contact, "second"), SendAsync(sender, s_contact, "third"));

        Assert.All(outcomes, outcome => Assert.Equal(
            (OutcomeKind.Succeeded, Sample.OtherConversationId), (outcome.Kind, outcome.Value!.ConversationId)));
        Assert.Equal(
            2, handler.Requests.Count(request => request.Path.EndsWith("conversations", StringComparison.Ordinal)));
        var stored = handler.Requests
            .Where(request => request.Body.Contains(Sample.OtherConversationId, StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(
            ["second", "third"],
            stored.Select(request => request.Body.Contains("second", StringComparison.Ordinal) ? "second" : "third"));
    }

    [Fact]
    public async Task One_that_is_still_the_same_is_not_asked_for_again_and_again()
    {
        var handler = new StubHandler(request => request.Path.EndsWith("conversations", StringComparison.Ordinal)
            ? Answer.Conversation(Sample.ConversationId)
            : Answer.Json(404, """{"details":{"applicationError":{"code":"CONVERSATION_NOT_FOUND"}}}"""));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), s_contact, "first");

        Assert.Equal((OutcomeKind.Rejected, "CONVERSATION_NOT_FOUND"), (outcome.Kind, outcome.Failure!.Code));
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task One_that_cannot_be_found_anew_fails_for_that()
    {
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);
        await SendAsync(sender, s_contact, "first");

        _current = string.Empty;
        var outcome = await SendAsync(sender, s_contact, "second");

        Assert.Equal(
            (OutcomeKind.Rejected, Operation.GetOrCreateConversation), (outcome.Kind, outcome.Failure!.Operation));
    }

    [Fact]
    public async Task One_that_is_given_by_its_id_is_not_looked_for()
    {
        _current = Sample.OtherConversationId;
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(
            BulkRuns.Open(client), new Recipient(RecipientKind.Conversation, Sample.ConversationId), "first");

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Who_was_opted_out_by_the_one_of_today_is_not_written_to_there()
    {
        var handler = new StubHandler(AnswerTo);
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);
        await SendAsync(sender, s_contact, "first");

        _current = Sample.OtherConversationId;
        sender.OptOut(Recipient.Conversation(Sample.OtherConversationId));
        var outcome = await SendAsync(sender, s_contact, "second");

        Assert.Equal(
            (OutcomeKind.Rejected, FailureCodes.ContactUnsubscribed), (outcome.Kind, outcome.Failure?.Code));
        Assert.DoesNotContain(
            handler.Requests,
            request => request.Body.Contains(Sample.OtherConversationId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_ends_while_it_is_found_anew_leaves_the_row_to_the_next()
    {
        var storage = new MemoryStorage();
        using var ended = new CancellationTokenSource();
        var handler = new StubHandler((request, token) =>
        {
            if (_current == Sample.OtherConversationId
                && request.Path.EndsWith("conversations", StringComparison.Ordinal))
            {
                ended.Cancel();
            }

            token.ThrowIfCancellationRequested();
            return Task.FromResult(AnswerTo(request));
        });
        using (var client = TestClient.Over(handler))
        using (var journal = Journals.Open(storage))
        {
            await using var run = BulkRun.Open(client, new BulkRunOptions(), journal, ended.Token);
            await SendAsync(run, s_contact, "first");
            _current = Sample.OtherConversationId;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(run, s_contact, "second"));
        }

        storage = new MemoryStorage(storage.Written);
        using var next = TestClient.Over(new StubHandler(AnswerTo));
        using var resumed = Journals.Open(storage);
        await using var again = BulkRuns.Open(next, journal: resumed);
        List<BulkResult> results = [];
        await foreach (var result in again.SendAllAsync(
            s_texts.Select(text => new BulkMessage(s_contact, Sample.Text(text))), TestClient.Cancellation))
        {
            results.Add(result);
        }

        Assert.Equal([JournalState.Sent, JournalState.NotSent], results.Select(result => result.Row.Earlier));
        Assert.All(results, result => Assert.True(result.IsSent));
    }

    private HttpResponseMessage AnswerTo(RecordedRequest request) =>
        _current.Length == 0
            ? Answer.Json(404, """{"details":{"applicationError":{"code":"CONVERSATION_NOT_FOUND"}}}""")
        : request.Path.EndsWith("conversations", StringComparison.Ordinal) ? Answer.Conversation(_current)
        : request.Body.Contains(_current, StringComparison.Ordinal) ? Answer.Sent()
        : Answer.Json(404, """{"details":{"applicationError":{"code":"CONVERSATION_NOT_FOUND"}}}""");

    private static Task<Outcome<Message>> SendAsync(BulkRun sender, Recipient recipient, string text) =>
        sender.SendAsync(recipient, Sample.Text(text));
}
