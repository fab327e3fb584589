using System.Globalization;

namespace WixInbox.Crash.Tests;

/// <summary>
/// A run that is killed at any moment and started again loses no row and sends none twice. The environment's
/// WIXINBOX_CRASH_RUNS is how many runs there are (6), WIXINBOX_SHELL_KILLS how often PowerShell itself is killed at
/// least (4), and WIXINBOX_CRASH_SEED the first one's seed.
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
            new ParallelOptions
            {
                MaxDegreeOfParallelism = 2,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (seed, cancellationToken) =>
            {
                // Every fourth one without faults of the network: what is left is the crash alone.
                var run = new CrashRun(SendingProgram.Client, seed, withFaults: seed % 4 != 0);
                await run.RunAsync(cancellationToken);
                Interlocked.Add(ref kills, run.Kills);

                // A run of hours is looked at while it goes on: -showLiveOutput.
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"Seed {seed}: killed {run.Kills} times."));
            });

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} runs of {CrashSender.Workload.Rows} rows, killed {kills} times: each row once."));
        Assert.True(kills >= runs, $"Only {kills} kills in {runs} runs: the test does not test what it says.");
    }

    [Fact]
    public async Task PowerShell_that_is_killed_again_and_again_sends_each_row_once()
    {
        var wanted = Number("WIXINBOX_SHELL_KILLS", 4);
        var seed = Number("WIXINBOX_CRASH_SEED", 1);
        var (runs, kills) = (0, 0);
        var folder = Directory.CreateTempSubdirectory("wixinbox-shell-");
        try
        {
            var shell = SendingProgram.PowerShell(folder.FullName);
            for (; kills < wanted; runs++)
            {
                // The fewer kills are asked for, the more is sent between two of them.
                var run = new CrashRun(shell, seed + runs, (seed + runs) % 4 != 0, mostBetween: wanted < 50 ? 300 : 60);
                await run.RunAsync(TestContext.Current.CancellationToken);
                kills += run.Kills;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seed {seed + runs}: {CrashSender.Workload.Rows} rows, killed {run.Kills} times, {kills} in all."));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static int Number(string variable, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number) ? number : otherwise;
}
