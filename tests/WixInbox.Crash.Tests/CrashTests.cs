using System.Globalization;

namespace WixInbox.Crash.Tests;

/// <summary>
/// A run that is killed at any moment and started again loses no row and sends none twice. The environment's WIXINBOX_CRASH_RUNS is how many runs there
/// are (6), and WIXINBOX_CRASH_SEED the first one's seed.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_run_that_is_killed_again_and_again_sends_each_row_once()
    {
        var runs = Number("WIXINBOX_CRASH_RUNS", 6);
        var first = Number("WIXINBOX_CRASH_SEED", 1);
        var kills = 0;
        await Parallel.ForAsync(
            first,
            first + runs,
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, cancellationToken) =>
            {
                // Every fourth one without faults of the network: what is left is the crash alone.
                var run = new CrashRun(seed, withFaults: seed % 4 != 0);
                await run.RunAsync(cancellationToken);
                Interlocked.Add(ref kills, run.Kills);
            });

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} runs of {CrashSender.Workload.Rows} rows, killed {kills} times: each row once."));
        Assert.True(kills >= runs, $"Only {kills} kills in {runs} runs: the test does not test what it says.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
