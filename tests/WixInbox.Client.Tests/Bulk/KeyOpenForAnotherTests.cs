using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A key of a row that an earlier run left open, given to somebody else since: what was written to the one is no
/// message to the other.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class KeyOpenForAnotherTests : IDisposable
{
    private readonly SimulatedTime _time = new();
    private readonly SandboxHandler _sandbox;
    private MemoryStorage _storage = new();

    public KeyOpenForAnotherTests()
    {
        _sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });

        // The message arrives, its answer does not, and the run is cut off before anybody looks.
        _sandbox.AddFault(
            new Fault { Kind = FaultKind.ResetAfter, Method = "POST", PathPrefix = "/inbox/v2/messages" });
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_message_that_is_found_in_the_conversation_of_another_is_not_that_of_the_row()
    {
        Assert.Equal(OutcomeKind.Ambiguous, Send(SandboxRun.Conversation, AmbiguousAction.Skip).Outcome.Kind);

        // The address behind the order was mended, and the same line is typed again.
        var (row, outcome) = Send(SandboxRun.Other, AmbiguousAction.Reconcile);

        Assert.DoesNotContain(_sandbox.Ledger, entry => entry.ConversationId == Sample.OtherConversationId);
        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.Key, FailureCodes.KeyOfAnother),
            (outcome.Kind, outcome.Failure?.Cause, outcome.Failure?.Code));
        Assert.False(row.MayHaveBeenSent);
    }

    [Fact]
    public void One_that_is_found_in_the_conversation_of_the_same_person_by_another_name_is()
    {
        _sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        Assert.Equal(
            OutcomeKind.Ambiguous, Send(Recipient.Email("ann@example.com"), AmbiguousAction.Skip).Outcome.Kind);

        var outcome = Send(SandboxRun.Contact, AmbiguousAction.Reconcile).Outcome;

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value?.Delivery);
        Assert.Single(_sandbox.Ledger);
    }

    private (BulkRow Row, Outcome<Message> Outcome) Send(Recipient to, AmbiguousAction onAmbiguous)
    {
        _storage = new MemoryStorage(_storage.Written);
        using var client = TestClient.Over(_sandbox, _time);
        using var journal = Journals.Open(_storage, time: _time);
        using var run = BulkRuns.Open(client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal);
        var row = run.Take(new BulkMessage(to, Sample.Text("Ready")) { Key = "4711" });
        return (row, row.IsKeyOfAnother ? new() : VirtualTime.Run(_time, () => run.SendAsync(row)));
    }
}
