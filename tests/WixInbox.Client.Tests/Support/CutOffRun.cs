using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests;

/// <summary>A run of one row that was cut off.</summary>
internal static class CutOffRun
{
    /// <summary>A row has left, and the power went.</summary>
    public static void LeaveOpen(MemoryStorage storage, SimulatedTime time, Recipient to, bool isKnown = true)
    {
        using var journal = Journals.Open(storage, time: time);
        if (isKnown)
        {
            journal.NoteConversation(to, Sample.ConversationId);
        }

        VirtualTime.Run(time, async () =>
        {
            await journal.IntendAsync(journal.Take("open", to, Sample.Text("1"), 1), ahead: TimeSpan.Zero);
            return true;
        });
    }

    /// <summary>The message of that row has arrived.</summary>
    public static void Store(SandboxHandler sandbox, SimulatedTime time)
    {
        using var client = TestClient.Over(sandbox, time);
        var outcome = VirtualTime.Run(
            time, () => client.SendMessageAsync(Sample.Text("1"), TestClient.Cancellation));
        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
    }
}
