using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>A run that sends again without looking, and is cut off while it waits to.</summary>
[Collection(VirtualTime.Name)]
public sealed class ResendTests
{
    [Fact]
    public void A_message_that_may_have_been_sent_is_looked_for_by_the_next_run_although_it_was_put_off_after_that()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        sandbox.AddFault(new Fault { Kind = FaultKind.ResetAfter, Method = "POST" });
        sandbox.AddFault(new Fault { Kind = FaultKind.RateLimited, Method = "POST", RetryAfter = "50" });

        Send(AmbiguousAction.Resend, TimeSpan.FromSeconds(30));
        Assert.Equal(2, sandbox.RequestCounts.Sum(count => count.Count));
        Send(AmbiguousAction.Reconcile, TimeSpan.FromMinutes(10));

        Assert.Single(sandbox.Ledger);

        void Send(AmbiguousAction onAmbiguous, TimeSpan until)
        {
            storage = new MemoryStorage(storage.Written);
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            using var ended = new CancellationTokenSource();
            using var run = BulkRun.Open(
                client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal, ended.Token);
            VirtualTime.Run(time, async () =>
            {
                var sending = run.SendAsync(run.Take(
                    new BulkMessage(SandboxRun.Conversation, Sample.Text("once")) { Key = "1" }));
                await Task.WhenAny(sending, Task.Delay(until, time));
                await ended.CancelAsync();
                return true;
            });
        }
    }
}
