using WixInbox.Sandbox;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>Files that Wix takes its time to process.</summary>
[Collection(VirtualTime.Name)]
public sealed class ReadyFileTests
{
    [Fact]
    public void Rows_whose_files_are_not_ready_yet_keep_no_others_from_being_uploaded()
    {
        using var folder = new TemporaryFolder();
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions
        {
            TimeProvider = time,
            MediaReadyAfter = TimeSpan.FromSeconds(60),
        });
        using var client = TestClient.Over(sandbox, time);
        using var run = BulkRuns.Open(client, new BulkRunOptions { ThrottleLimit = 2 });

        var outcomes = VirtualTime.Run(time, () => Task.WhenAll(Enumerable.Range(0, 12).Select(number =>
        {
            var file = LocalFile.Read(folder.Write($"{number}.txt", $"Invoice {number}"), TestClient.Cancellation);
            return run.SendAsync(
                Recipient.Conversation(Guid.NewGuid().ToString()),
                Sample.Basic(BasicItem.Of(file, asImage: false)));
        })));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.InRange(time.Now, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }
}
