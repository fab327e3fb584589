using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;
using static WixInbox.Tests.CutOffRun;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What an earlier run has sent or left open is found where its person has another conversation since.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class MovedConversationTests
{
    [Theory]
    [InlineData("SUBSCRIBED")]
    [InlineData("UNSUBSCRIBED")]
    public void What_was_left_open_is_found_where_its_conversation_was_merged_into_another_since(string subscription)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, SubscriptionStatus = subscription });
        var storage = new MemoryStorage();
        Run(new() { OnAmbiguous = AmbiguousAction.Skip, IncludeUnsubscribed = true }, OutcomeKind.Ambiguous);

        sandbox.MergeConversation(sandbox.Ledger.Single().ConversationId, Sample.OtherConversationId);
        storage = new MemoryStorage(storage.Written);
        Run(new(), OutcomeKind.Succeeded);

        Assert.Single(sandbox.Ledger);

        void Run(BulkRunOptions options, OutcomeKind expected)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            var sender = BulkRuns.Open(client, options, journal);
            sandbox.AddFault(
                new Fault { Kind = FaultKind.ResetAfter, Method = "POST", PathPrefix = "/inbox/v2/messages" });
            var row = journal.Take("ann", SandboxRun.Contact, Sample.Text("Hi"), 1);
            Assert.Equal(expected, VirtualTime.Run(time, () => sender.SendAsync(row)).Kind);
        }
    }

    [Fact]
    public void Who_has_another_conversation_since_and_another_name_is_sent_nothing_again()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();
        Send(Recipient.Email("ann@example.com"), "1");
        sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        Send(SandboxRun.Contact, "2");

        var again = Send(SandboxRun.Contact, "1");

        Assert.Equal(MessageDelivery.Journaled, again.Value?.Delivery);
        Assert.Equal(["1", "2"], sandbox.Ledger.Select(entry => entry.Text));

        Outcome<Message> Send(Recipient recipient, string text)
        {
            storage = new MemoryStorage(storage.Written);
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            using var run = BulkRun.Open(client, new BulkRunOptions(), journal, default);
            return VirtualTime.Run(
                time, () => run.SendAsync(run.Take(new BulkMessage(recipient, Message.OfText(text)))));
        }
    }

    [Fact]
    public void What_is_found_where_its_conversation_was_merged_into_holds_back_nothing()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();
        LeaveOpen(storage, time, SandboxRun.Contact);
        Store(sandbox, time);
        sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);

        storage = new MemoryStorage(storage.Written);
        using var client = TestClient.Over(sandbox, time);
        using var journal = Journals.Open(storage, time: time);
        var sender = BulkRuns.Open(client, journal: journal);
        var outcomes = VirtualTime.Run(time, () => Task.WhenAll(
            sender.SendAsync(journal.Take("open", SandboxRun.Contact, Sample.Text("1"), 1)),
            sender.SendAsync(journal.Take("later", SandboxRun.Contact, Sample.Text("2"), 2))));

        Assert.Equal(
            [MessageDelivery.Reconciled, MessageDelivery.Sent], outcomes.Select(outcome => outcome.Value?.Delivery));
        Assert.Equal(["1", "2"], sandbox.Ledger.Select(entry => entry.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_left_open_in_a_conversation_that_is_its_persons_no_more_is_looked_for_there(bool isReadable)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.OtherConversationId, ParticipantKind.Contact, Sample.ContactId);
        sandbox.AddConversation(Sample.ConversationId);
        var storage = new MemoryStorage();
        LeaveOpen(storage, time, SandboxRun.Contact, isKnown: false);
        Store(sandbox, time);

        storage = new MemoryStorage(storage.Written);
        using var resumed = TestClient.Over(new Refusing(sandbox, isReadable ? null : Sample.ConversationId), time);
        using var journal = Journals.Open(storage, time: time);
        var sender = BulkRuns.Open(resumed, journal: journal);
        var row = journal.Take("open", SandboxRun.Contact, Sample.Text("1"), 1);
        var outcome = VirtualTime.Run(time, () => sender.SendAsync(row));

        Assert.Equal(isReadable ? OutcomeKind.Succeeded : OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(isReadable ? sandbox.Ledger[0].MessageId : null, outcome.Value?.Id);
        Assert.Single(sandbox.Ledger);
    }

    // One conversation may not be read.
    private sealed class Refusing(HttpMessageHandler server, string? conversationId) : DelegatingHandler(server)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            conversationId is not null
                && request.Method == HttpMethod.Get
                && request.RequestUri!.Query.Contains(conversationId, StringComparison.Ordinal)
                ? Task.FromResult(Answer.Status(403))
                : base.SendAsync(request, cancellationToken);
    }
}
