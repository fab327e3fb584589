using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>The order of messages to a person whose conversation was merged into another since.</summary>
[Collection(VirtualTime.Name)]
public sealed class MovedOrderTests
{
    [Theory]
    [InlineData(RecipientKind.Conversation, Sample.OtherConversationId)]
    [InlineData(RecipientKind.Member, Sample.ContactId)]
    public void A_row_that_names_the_conversation_of_today_does_not_overtake_one_that_the_journal_sends_to_the_old_one(
        RecipientKind kind, string id)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions
        {
            TimeProvider = time,
            Latency = TimeSpan.FromMilliseconds(100),
        });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        sandbox.AddConversation(Sample.OtherConversationId, ParticipantKind.Member, Sample.ContactId);
        var storage = new MemoryStorage();
        Send((SandboxRun.Contact, "0"));
        sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        storage = new MemoryStorage(storage.Written);

        Send((SandboxRun.Contact, "1"), (new Recipient(kind, id), "2"), (SandboxRun.Contact, "3"));

        Assert.Equal(["0", "1", "2", "3"], sandbox.Ledger.Select(entry => entry.Text));

        void Send(params (Recipient To, string Text)[] rows)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, journal: journal);
            VirtualTime.Run(
                time, () => Task.WhenAll(rows.Select(row => run.SendAsync(row.To, Sample.Text(row.Text)))));
        }
    }
}
