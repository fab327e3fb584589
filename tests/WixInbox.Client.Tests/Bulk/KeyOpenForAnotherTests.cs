using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A key of a row that an earlier run left open, given to somebody else since: what was written to the one is no
/// message to the other.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class KeyOpenForAnotherTests
{
    [Fact]
    public void A_message_that_is_found_in_the_conversation_of_another_is_not_that_of_the_row()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();

        // The message arrives, its answer does not, and the run is cut off before anybody looks.
        sandbox.AddFault(new Fault { Kind = FaultKind.ResetAfter, Method = "POST" });
        Assert.Equal(
            OutcomeKind.Ambiguous, Send(SandboxRun.Conversation, AmbiguousAction.Skip).Outcome.Kind);

        // The address behind the order was mended, and the same line is typed again.
        storage = new MemoryStorage(storage.Written);
        var (row, outcome) = Send(SandboxRun.Other, AmbiguousAction.Reconcile);

        Assert.DoesNotContain(sandbox.Ledger, entry => entry.ConversationId == Sample.OtherConversationId);
        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.Key, FailureCodes.KeyOfAnother),
            (outcome.Kind, outcome.Failure?.Cause, outcome.Failure?.Code));
        Assert.False(row.MayHaveBeenSent);

        (BulkRow Row, Outcome<Message> Outcome) Send(Recipient to, AmbiguousAction onAmbiguous)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
            var row = run.Take(new BulkMessage(to, Sample.Text("Ready")) { Key = "4711" });
            return (row, row.IsKeyOfAnother ? new() : VirtualTime.Run(time, () => run.SendAsync(row)));
        }
    }
}
