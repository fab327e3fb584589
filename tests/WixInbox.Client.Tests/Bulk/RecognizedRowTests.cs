using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>Rows that an earlier run has under another name of the person.</summary>
[Collection(VirtualTime.Name)]
public sealed class RecognizedRowTests
{
    private const string OtherContactId = "44444444-0000-4000-8000-000000000001";
    private static readonly Recipient s_ann = Recipient.Email("ann@example.com");

    private readonly SimulatedTime _time = new();
    private byte[] _written = [];

    [Fact]
    public void Who_has_the_address_of_another_since_gets_the_message_that_the_other_got()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        sandbox.AddConversation(Sample.OtherConversationId, ParticipantKind.Contact, OtherContactId);
        Send(sandbox, (s_ann, "Welcome", null));

        // The office's address is another person's from now on.
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann.now@example.com" } });
        sandbox.AddContact(new SandboxContact { Id = OtherContactId, Emails = { "ann@example.com" } });
        var results = Send(
            sandbox, (s_ann, "News", null), (Recipient.Contact(OtherContactId), "Welcome", null));

        Assert.All(results, result => Assert.True(result.IsSent));
        Assert.Equal(
            [
                (Sample.ConversationId, "Welcome"),
                (Sample.OtherConversationId, "News"),
                (Sample.OtherConversationId, "Welcome"),
            ],
            sandbox.Ledger.Select(entry => (entry.ConversationId, entry.Text)));
    }

    [Fact]
    public void Who_has_the_address_of_another_since_is_sent_nothing_twice()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        sandbox.AddConversation(Sample.OtherConversationId, ParticipantKind.Contact, OtherContactId);
        sandbox.AddFault(
            new Fault { Kind = FaultKind.Unauthorized, Method = "POST", PathPrefix = "/inbox/v2/messages" });
        Assert.False(Assert.Single(Send(sandbox, (s_ann, "Welcome", null))).IsSent);

        // What was to go to the one goes to the other, who is named by the contact's id afterwards.
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann.now@example.com" } });
        sandbox.AddContact(new SandboxContact { Id = OtherContactId, Emails = { "ann@example.com" } });
        Send(sandbox, (s_ann, "Welcome", null));
        Send(sandbox, (Recipient.Contact(OtherContactId), "Welcome", null));

        Assert.Equal(Sample.OtherConversationId, Assert.Single(sandbox.Ledger).ConversationId);
    }

    [Fact]
    public void Of_two_rows_under_two_names_only_one_is_what_an_earlier_run_has_sent()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        Send(sandbox, (SandboxRun.Contact, "Your order is ready", null));

        var results = Send(
            sandbox, (SandboxRun.Contact, "Your order is ready", null), (s_ann, "Your order is ready", null));

        Assert.Equal(
            [MessageDelivery.Journaled, MessageDelivery.Sent], results.Select(result => result.Message?.Delivery));
        Assert.Equal(2, sandbox.Ledger.Count);
    }

    [Fact]
    public void Who_was_refused_in_an_earlier_run_and_has_subscribed_since_is_written_to()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        AddAnn("UNSUBSCRIBED");
        var refused = Assert.Single(Send(sandbox, (s_ann, "News", "k1")));
        Assert.Equal(FailureCodes.ContactUnsubscribed, refused.Failure?.Code);

        AddAnn("SUBSCRIBED");
        var result = Assert.Single(Send(sandbox, (s_ann, "News", "k1")));

        Assert.Equal((JournalState.Failed, false), (result.Row.Earlier, result.Row.IsSettled));
        Assert.True(result.IsSent);

        void AddAnn(string subscription) => sandbox.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com" },
            SubscriptionStatus = subscription,
        });
    }

    [Fact]
    public void A_row_that_the_journal_has_not_is_known_by_another_key_only_where_that_row_does_not_come_as_well()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        Send(sandbox, (SandboxRun.Contact, "News", "k1"), (SandboxRun.Contact, "News", "k2"));

        var results = Send(
            sandbox,
            (SandboxRun.Contact, "News", "k1"),
            (SandboxRun.Contact, "News", "k3"),
            (SandboxRun.Contact, "News", "k2"),
            (SandboxRun.Contact, "News", "k4"));

        Assert.Equal([false, true, false, false], results.Select(result => result.Row.IsKnownByOtherKey));
    }

    [Fact]
    public void A_row_with_another_key_is_another_one_though_it_says_the_same()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        Send(sandbox, (s_ann, "Your order is ready", "k1"));

        var results = Send(sandbox, (SandboxRun.Contact, "Your order is ready", "k2"));

        Assert.Equal(MessageDelivery.Sent, Assert.Single(results).Message?.Delivery);
        Assert.Equal(2, sandbox.Ledger.Count);
    }

    [Fact]
    public void A_key_stands_for_the_same_person_though_the_conversation_was_merged_and_the_name_is_another()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        Send(sandbox, (s_ann, "1", "k1"));
        sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        Send(sandbox, (SandboxRun.Contact, "2", "k2"));

        var results = Send(sandbox, (SandboxRun.Contact, "1", "k1"));

        Assert.Equal([null], results.Select(result => result.Failure?.Code));
    }

    private List<BulkResult> Send(SandboxHandler sandbox, params (Recipient To, string Text, string? Key)[] rows)
    {
        var storage = new MemoryStorage(_written);
        using var client = TestClient.Over(sandbox, _time);
        using var journal = Journals.Open(storage, time: _time);
        using var run = BulkRuns.Open(client, journal: journal);
        var sent = VirtualTime.Run(_time, async () =>
        {
            List<BulkResult> results = [];
            await foreach (var result in run.SendAllAsync(
                rows.Select(row => new BulkMessage(row.To, Sample.Text(row.Text)) { Key = row.Key })))
            {
                results.Add(result);
            }

            return results;
        });
        _written = storage.Written;
        return sent;
    }
}
