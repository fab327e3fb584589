using System.Diagnostics;
using System.Globalization;

namespace WixInbox.Simulation.Tests;

/// <summary>
/// The whole engine in virtual time: clock, network, server, disk and crashes. It is a program of its own, which has
/// one thread where a test has several. The environment's WIXINBOX_SIMULATION_SENDS is how many messages are sent in
/// all (100,000), and WIXINBOX_SIMULATION_SEED the first run's seed.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Rows = 1_000;

    // Each seed with which a run has ever failed: it stays here when what was wrong is mended.
    private static readonly int[] s_failedBefore = [2909, 7595, 90171, 90330, 91020, 91102];

    [Fact]
    public async Task No_row_is_lost_or_sent_twice_or_out_of_order_and_no_request_is_too_many()
    {
        var seeds = Math.Max(1, Number("WIXINBOX_SIMULATION_SENDS", 100_000) / Rows);
        var runs = await SimulateAsync(Number("WIXINBOX_SIMULATION_SEED", 1), seeds, Rows);

        var (sent, crashes, hours) =
            (runs.Sum(run => Figure(run, 1)), runs.Sum(run => Figure(run, 2)), runs.Sum(run => Figure(run, 3)) / 3600);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sent:N0} messages in {runs.Length} runs with {crashes} crashes, in {hours:N0} hours of virtual time."));

        // The program holds each run to its rows. Left out are those of people who have unsubscribed, and those that
        // wait for a person.
        Assert.InRange(sent, seeds * Rows / 2, seeds * Rows);
        Assert.True(seeds < 10 || crashes > seeds / 2, "The crashes are missing.");

        static int Figure(string run, int number) => int.Parse(run.Split(' ')[number], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_seed_that_has_failed_before_does_not_fail_again()
    {
        foreach (var seed in s_failedBefore)
        {
            Assert.Single(await SimulateAsync(seed, 1, Rows));
        }
    }

    [Fact]
    public async Task A_seed_gives_the_same_run_each_time()
    {
        // Lanes side by side, trouble and crashes: if threads decided anything, two runs would not be alike.
        var runs = await SimulateAsync(60, 6, 300);

        Assert.Equal(runs, await SimulateAsync(60, 6, 300));
        Assert.Equal(6, runs.Select(run => run.Split(' ')[^1]).Distinct().Count());
    }

    private static async Task<string[]> SimulateAsync(int seed, int seeds, int rows)
    {
        string[] arguments =
        [
            typeof(Program).Assembly.Location,
            .. new[] { seed, seeds, rows }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        ];
        using var program = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var lines = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(program.ExitCode == 0, await errors);
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        finally
        {
            program.Kill();
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number) ? number : otherwise;
}
