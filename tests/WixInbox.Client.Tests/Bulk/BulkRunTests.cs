using System.Collections.Concurrent;
using System.Text.Json;

namespace WixInbox.Tests.Bulk;

public sealed class BulkRunTests
{
    private static readonly Recipient s_contact = new(RecipientKind.Member, Sample.ContactId);
    private static readonly Recipient s_conversation = new(RecipientKind.Conversation, Sample.ConversationId);
    private static readonly Recipient s_other = new(RecipientKind.Conversation, Sample.OtherConversationId);

    [Fact]
    public async Task The_messages_of_one_recipient_go_in_order_and_one_at_a_time()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);

        var sending =
            Enumerable.Range(0, 20).Select(number => SendAsync(sender, s_conversation, $"{number}")).ToArray();
        for (var number = 0; number < sending.Length; number++)
        {
            var request = await server.NextAsync();
            Assert.Equal($"{number}", TextOf(request.Request));
            Assert.Equal(number + 1, server.Handler.Requests.Count);
            request.Answer(Answer.Sent($"{number}"));
        }

        var outcomes = await Task.WhenAll(sending);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"{number}"), outcomes.Select(outcome => outcome.Value!.Id));
    }

    [Fact]
    public async Task The_order_holds_where_the_conversation_has_to_be_found_first()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);

        var sending = Enumerable.Range(0, 5).Select(number => SendAsync(sender, s_contact, $"{number}")).ToArray();
        var lookUp = await server.NextAsync();
        Assert.Equal("/inbox/v2/conversations", lookUp.Request.Path);
        lookUp.Answer(Answer.Conversation(Sample.ConversationId));
        for (var number = 0; number < sending.Length; number++)
        {
            var request = await server.NextAsync();
            Assert.Equal($"{number}", TextOf(request.Request));
            request.Answer(Answer.Sent());
        }

        await Task.WhenAll(sending);

        // One look-up for all five.
        Assert.Equal(6, server.Handler.Requests.Count);
        Assert.All(sending, sent => Assert.Equal(Sample.ConversationId, sent.Result.Value!.ConversationId));
    }

    [Fact]
    public async Task Different_recipients_go_side_by_side()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);

        var first = SendAsync(sender, s_conversation, "a");
        var second = SendAsync(sender, s_other, "b");
        var arrived = new[] { await server.NextAsync(), await server.NextAsync() };

        // The later one may be done first.
        arrived.Single(request => TextOf(request.Request) == "b").Answer(Answer.Sent());
        Assert.Equal(OutcomeKind.Succeeded, (await second).Kind);
        Assert.False(first.IsCompleted);
        arrived.Single(request => TextOf(request.Request) == "a").Answer(Answer.Sent());
        Assert.Equal(OutcomeKind.Succeeded, (await first).Kind);
    }

    [Fact]
    public async Task One_conversation_under_two_names_is_sent_to_one_at_a_time()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);

        // Wix's answer and a CSV may write the same id in different cases.
        var byContact = SendAsync(sender, s_contact, "a");
        (await server.NextAsync()).Answer(Answer.Conversation(Sample.ConversationId.ToUpperInvariant()));
        (await server.NextAsync()).Answer(Answer.Sent());
        await byContact;

        var byConversation = SendAsync(sender, s_conversation, "b");
        var first = await server.NextAsync();
        var byContactAgain = SendAsync(sender, s_contact, "c");
        Assert.Equal(3, server.Handler.Requests.Count);
        first.Answer(Answer.Sent());
        await byConversation;

        var second = await server.NextAsync();
        Assert.Equal("c", TextOf(second.Request));
        var byConversationAgain = SendAsync(sender, s_conversation, "d");
        Assert.Equal(4, server.Handler.Requests.Count);
        second.Answer(Answer.Sent());
        (await server.NextAsync()).Answer(Answer.Sent());

        Assert.All(
            await Task.WhenAll(byContactAgain, byConversationAgain),
            outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
    }

    [Fact]
    public async Task A_later_message_that_names_the_conversation_does_not_overtake_one_that_is_still_located()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);

        var byContact = SendAsync(sender, s_contact, "a");
        var lookUp = await server.NextAsync();
        var byConversation = SendAsync(sender, s_conversation, "b");
        Assert.Single(server.Handler.Requests);
        lookUp.Answer(Answer.Conversation(Sample.ConversationId));

        foreach (var text in new[] { "a", "b" })
        {
            var request = await server.NextAsync();
            Assert.Equal(text, TextOf(request.Request));
            request.Answer(Answer.Sent());
        }

        await Task.WhenAll(byContact, byConversation);
    }

    [Fact]
    public async Task A_message_that_is_refused_does_not_hold_up_the_next_one_of_its_recipient()
    {
        using var client = TestClient.Over(StubHandler.InTurn(Answer.Status(404), Answer.Sent()));
        var sender = BulkRuns.Open(client);

        Assert.Equal(OutcomeKind.Rejected, (await SendAsync(sender, s_conversation, "a")).Kind);
        Assert.Equal(OutcomeKind.Rejected, (await SendAsync(sender, s_conversation, "")).Kind);
        Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, s_conversation, "b")).Kind);
    }

    [Fact]
    public async Task A_look_up_that_was_refused_says_so_and_is_made_again_for_the_next_message()
    {
        var handler = StubHandler.InTurn(
            Answer.Status(404, ("x-wix-request-id", "r1")),
            Answer.Conversation(Sample.ConversationId),
            Answer.Sent(),
            Answer.Sent());
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);

        var failed = await SendAsync(sender, s_contact, "a");

        Assert.Equal(OutcomeKind.Rejected, failed.Kind);
        Assert.Equal(Operation.GetOrCreateConversation, failed.Failure!.Operation);
        Assert.Equal(404, failed.Failure.StatusCode);
        Assert.Equal("r1", failed.RequestId);
        Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, s_contact, "b")).Kind);
        Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, s_contact, "c")).Kind);
        Assert.Equal(
            ["/inbox/v2/conversations", "/inbox/v2/conversations", "/inbox/v2/messages", "/inbox/v2/messages"],
            handler.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(408)]

    // Whatever the look-up may have done, the message has not left.
    [InlineData(500)]
    [InlineData(504)]
    [InlineData(201)]
    public async Task A_look_up_that_fails_six_times_means_that_the_message_was_not_sent(int status)
    {
        var handler = new StubHandler(_ => Answer.Status(status, ("x-wix-request-id", "r1")));
        using var client = TestClient.Over(handler);

        var failed = await SendAsync(BulkRuns.Open(client), s_contact, "a");

        Assert.Equal(OutcomeKind.NotSent, failed.Kind);
        Assert.Equal(Operation.GetOrCreateConversation, failed.Failure!.Operation);
        Assert.Equal(status, failed.Failure.StatusCode);
        Assert.Equal("r1", failed.RequestId);
        Assert.Equal(6, failed.Attempts);
        Assert.All(handler.Requests, request => Assert.Equal("/inbox/v2/conversations", request.Path));
        Assert.Equal(6, handler.Requests.Count);
    }

    [Fact]
    public async Task The_same_id_as_a_visitor_and_as_a_member_is_looked_up_for_each()
    {
        var handler = new StubHandler(request =>
            request.Path == "/inbox/v2/conversations" ? Answer.Conversation(Sample.ConversationId) : Answer.Sent());
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);

        await SendAsync(sender, s_contact, "a");
        await SendAsync(sender, new Recipient(RecipientKind.AnonymousVisitor, Sample.ContactId), "b");
        await SendAsync(sender, new Recipient(RecipientKind.Member, Sample.ContactId.ToUpperInvariant()), "c");

        Assert.Equal(2, handler.Requests.Count(request => request.Path == "/inbox/v2/conversations"));
    }

    [Fact]
    public async Task A_malformed_recipient_costs_no_request()
    {
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);

        Assert.Equal(
            "ContactIdInvalid",
            Assert.Single(
                (await SendAsync(sender, new Recipient(RecipientKind.Contact, "42"), "a")).Failure!.Violations).Rule);
        Assert.Equal(
            "ConversationIdInvalid",
            Assert.Single((await SendAsync(
                sender, new Recipient(RecipientKind.Conversation, "42"), "a")).Failure!.Violations).Rule);
        Assert.Equal(
            "ConversationIdInvalid", Assert.Single((await SendAsync(sender, default, "a")).Failure!.Violations).Rule);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_run_that_is_ended_ends_what_is_under_way_and_what_waits()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);
        var underWay = SendAsync(sender, s_conversation, "a");
        await server.NextAsync();
        var waiting = SendAsync(sender, s_conversation, "b");
        var lookedUp = SendAsync(sender, s_contact, "c");
        await server.NextAsync();

        await sender.DisposeAsync();

        foreach (var row in new[] { underWay, waiting, lookedUp, SendAsync(sender, s_conversation, "d") })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => row);
        }

        Assert.Equal(2, server.Handler.Requests.Count);
    }

    [Fact]
    public async Task A_run_that_is_stopped_sees_through_what_is_under_way_and_begins_nothing_else()
    {
        var server = new HeldServer();
        using var client = TestClient.Over(server.Handler);
        var sender = BulkRuns.Open(client);
        var underWay = SendAsync(sender, s_conversation, "a");
        var request = await server.NextAsync();
        var waiting = SendAsync(sender, s_conversation, "b");

        sender.Stop();

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.RunEnded, 0),
            ((await waiting).Kind, (await waiting).Failure!.Cause, (await waiting).Attempts));
        request.Answer(Answer.Sent());
        Assert.Equal(OutcomeKind.Succeeded, (await underWay).Kind);
        Assert.Equal(FailureCause.RunEnded, (await SendAsync(sender, s_other, "c")).Failure!.Cause);
    }

    [Theory]
    [InlineData(RecipientKind.Conversation)]
    [InlineData(RecipientKind.Member)]
    public async Task Without_a_token_nothing_leaves(RecipientKind kind)
    {
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(
            handler,
            authentication: Authentication.TokenProvider(_ => throw new InvalidOperationException("Locked.")));

        var outcome = await SendAsync(BulkRuns.Open(client), new Recipient(kind, Sample.ConversationId), "a");

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.Token, 0),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Attempts));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Requests_are_not_made_on_the_callers_thread()
    {
        // A mark on the thread itself: its object and its number may be given to another.
        using var isCaller = new ThreadLocal<bool>();
        var madeByCaller = new ConcurrentBag<bool>();
        using var client = TestClient.Over(new StubHandler(request =>
        {
            madeByCaller.Add(isCaller.Value);
            return request.Path.EndsWith("conversations", StringComparison.Ordinal)
                ? Answer.Conversation(Sample.OtherConversationId)
                : Answer.Sent();
        }));
        var sender = BulkRuns.Open(client);
        Task<Outcome<Message>>[] sending = [];

        // A thread of its own, so that the pool cannot be it.
        var caller = new Thread(() =>
        {
            isCaller.Value = true;
            sending = [SendAsync(sender, s_conversation, "a"), SendAsync(sender, s_contact, "b")];
        });
        caller.Start();
        caller.Join();
        await Task.WhenAll(sending);

        Assert.Equal([false, false, false], madeByCaller);
    }

    [Fact]
    public async Task A_row_and_a_request_are_needed()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Sent()));

        await Assert.ThrowsAsync<ArgumentNullException>("row", () => BulkRuns.Open(client).SendAsync(null!));
        Assert.Throws<ArgumentNullException>("request", () => new BulkMessage(s_contact, (SendMessageRequest)null!));
        Assert.Throws<ArgumentNullException>("request", () => BulkRun.Validate(s_contact, null!));
        Assert.Throws<ArgumentNullException>("id", () => new Recipient(RecipientKind.Contact, null!));
    }

    private static Task<Outcome<Message>> SendAsync(BulkRun sender, Recipient recipient, string text) =>
        sender.SendAsync(recipient, Sample.Text(text).With(request => request.ConversationId = null));

    private static string? TextOf(RecordedRequest request)
    {
        using var body = JsonDocument.Parse(request.Utf8);
        return body.RootElement.GetProperty("message").GetProperty("content").GetProperty("basic")
            .GetProperty("items")[0].GetProperty("text").GetString();
    }
}
