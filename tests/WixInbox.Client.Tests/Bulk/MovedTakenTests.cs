using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A row that was left open in a conversation that was merged into another one since, to which a later run has sent
/// another row that says the same.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class MovedTakenTests
{
    private const string Somebody = "66666666-0000-4000-8000-000000000001";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_message_of_the_other_row_is_not_taken_for_it(bool isMerged)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();

        // The first row never arrives, and nobody looks for it.
        sandbox.AddFault(
            new Fault { Kind = FaultKind.ResetBefore, Method = "POST", PathPrefix = "/inbox/v2/messages" });
        Assert.Equal(OutcomeKind.Ambiguous, Send("1", AmbiguousAction.Skip).Kind);
        if (isMerged)
        {
            sandbox.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        }

        // The second is in another file, somebody else in a third, and the first again in the last.
        Assert.Equal(MessageDelivery.Sent, Send("2", AmbiguousAction.Reconcile).Value?.Delivery);
        Send("3", AmbiguousAction.Reconcile, Recipient.Conversation(Somebody));
        Assert.Equal(2, sandbox.Ledger.Count);
        var outcome = Send("1", AmbiguousAction.Reconcile);

        Assert.Equal((MessageDelivery.Sent, 3), (outcome.Value?.Delivery, sandbox.Ledger.Count));

        Outcome<Message> Send(string key, AmbiguousAction onAmbiguous, Recipient? to = null)
        {
            storage = new MemoryStorage(storage.Written);
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
            return VirtualTime.Run(time, async () =>
            {
                await Task.Delay(TimeSpan.FromMinutes(2), time);
                return await run.SendAsync(run.Take(
                    new BulkMessage(to ?? SandboxRun.Contact, Sample.Text("Your order is ready")) { Key = key }));
            });
        }
    }
}
