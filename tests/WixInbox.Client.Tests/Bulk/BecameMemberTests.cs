using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A contact who has become a member between two runs, and so has another conversation, and is named in another way.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class BecameMemberTests
{
    private const string MemberId = "33333333-0000-4000-8000-000000000001";

    [Theory]
    [InlineData(RecipientKind.Contact, RecipientKind.Email, false)]
    [InlineData(RecipientKind.Contact, RecipientKind.Email, true)]
    [InlineData(RecipientKind.Email, RecipientKind.Contact, false)]
    [InlineData(RecipientKind.Email, RecipientKind.Contact, true)]
    public void What_an_earlier_run_has_sent_to_the_contact_is_not_sent_to_the_member(
        RecipientKind before, RecipientKind now, bool isLost)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();
        if (isLost)
        {
            sandbox.AddFault(
                new Fault { Kind = FaultKind.ResetAfter, Method = "POST", PathPrefix = "/inbox/v2/messages" });
        }

        Send(before, AmbiguousAction.Skip);

        sandbox.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "ann@example.com" }, MemberId = MemberId,
        });
        sandbox.AddConversation(Sample.OtherConversationId, ParticipantKind.Member, MemberId);
        sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        storage = new MemoryStorage(storage.Written);
        Send(now, AmbiguousAction.Reconcile);

        Assert.Single(sandbox.Ledger);

        void Send(RecipientKind kind, AmbiguousAction onAmbiguous)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
            var name = kind == RecipientKind.Email ? Recipient.Email("ann@example.com") : SandboxRun.Contact;
            VirtualTime.Run(time, () => run.SendAsync(name, Sample.Text("Ready")));
        }
    }
}
