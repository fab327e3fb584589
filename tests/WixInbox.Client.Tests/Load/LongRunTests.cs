using System.Diagnostics;
using System.Globalization;
using WixInbox.Simulation;

namespace WixInbox.Tests.Load;

/// <summary>
/// A run that goes on for hours, at the limit and with faults, takes no more at its end than after its first half hour.
/// The environment's WIXINBOX_LOAD_HOURS is how
/// long it is in virtual time (2).
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class LongRunTests(ITestOutputHelper output)
{
    private const int RowsAnHour = 200 * 60;
    private const int Conversations = 1_000;

    // What a garbage collection leaves differs by this from one to the next; a row that left 10 bytes behind would come
    // to more in a day.
    private const long MemoryMargin = 1 << 21;
    private const int HandleMargin = 8;
    private const int ThreadMargin = 8;

    [Fact]
    public void A_run_takes_no_more_memory_handles_or_threads_the_longer_it_is()
    {
        var hours = int.TryParse(Environment.GetEnvironmentVariable("WIXINBOX_LOAD_HOURS"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var given) ? given : 2;
        var rows = hours * RowsAnHour;
        var time = new SimulatedTime();
        using var server = new ForgetfulServer(time, rows);
        using var client = TestClient.Over(server, time, random: () => 0.5);
        using var run = BulkRuns.Open(client, new BulkRunOptions { ThrottleLimit = 8 });

        var (sent, unknown, before, after) = VirtualTime.Run(time, () => SendAsync(run, rows));

        output.WriteLine($"{rows:N0} rows and {server.Faults:N0} faults in {time.Now.TotalHours:N1} hours.");
        output.WriteLine($"Before: {before}; after: {after}.");
        Assert.Equal(rows, sent + unknown);
        Assert.Equal(sent, server.StoredTimes(1));
        Assert.Equal(unknown, server.StoredTimes(0));
        Assert.InRange(unknown, 0, rows / 10_000);
        Assert.InRange(server.Faults, rows / 100, rows / 25);
        Assert.InRange(after.Memory, 0, before.Memory + MemoryMargin);
        Assert.InRange(after.Handles, 0, before.Handles + HandleMargin);
        Assert.InRange(after.Threads, 0, before.Threads + ThreadMargin);

        // 97 % of the limit: what goes wrong costs its waits.
        Assert.InRange(time.Now.TotalHours, hours * 0.98, hours * 1.35);
    }

    private static async Task<(int Sent, int Unknown, Usage Before, Usage After)> SendAsync(BulkRun run, int rows)
    {
        var (sent, unknown, before) = (0, 0, default(Usage));
        var messages = Enumerable.Range(0, rows).Select(row => new BulkMessage(
            Recipient.Conversation($"6202c3bb-f263-3c16-8c90-{row % Conversations:x12}"),
            Message.OfText(row.ToString(CultureInfo.InvariantCulture))));
        await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
        {
            (sent, unknown) = result.IsSent ? (sent + 1, unknown) : (sent, unknown + 1);
            if (result.Row.Number == RowsAnHour / 2)
            {
                before = Usage.Now();
            }
        }

        return (sent, unknown, before, Usage.Now());
    }

    private readonly record struct Usage(long Memory, int Handles, int Threads)
    {
        public static Usage Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            return new Usage(GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count);
        }

        public override string ToString() => $"{Memory / 1048576.0:N1} MiB, {Handles} handles, {Threads} threads";
    }
}
