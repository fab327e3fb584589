using System.Globalization;

namespace WixInbox.Simulation.Tests;

/// <summary>
/// The whole engine in virtual time: clock, network, server, disk and crashes. The environment's WIXINBOX_SIMULATION_SENDS is how many messages are sent in all
/// (100,000), and WIXINBOX_SIMULATION_SEED the first run's seed.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_row_is_lost_or_sent_twice_or_out_of_order_and_no_request_is_too_many()
    {
        var wanted = Number("WIXINBOX_SIMULATION_SENDS", 100_000);
        var seed = Number("WIXINBOX_SIMULATION_SEED", 1);
        var (sent, runs, crashes, took) = (0, 0, 0, TimeSpan.Zero);
        while (sent < wanted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using var simulation = new SimulatedRun(seed++, rows: 1_000);
            var run = await simulation.RunAsync();
            sent += run.Sent;
            crashes += run.Crashes;
            took += run.Took;
            runs++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent:N0} messages in {runs} runs with {crashes} crashes, in {took.TotalHours:N0} hours of virtual time."));
        Assert.True(wanted < 10_000 || crashes > runs / 2, "The crashes are missing.");
    }

    [Fact]
    public async Task A_seed_gives_the_same_run_each_time()
    {
        // Lanes side by side, trouble and crashes: if threads decided anything, two runs would not be alike.
        var first = await DigestsAsync();
        Assert.Equal(first, await DigestsAsync());
        Assert.Equal(first.Length, first.Distinct().Count());

        static async Task<string[]> DigestsAsync()
        {
            var digests = new List<string>();
            for (var seed = 60; seed < 66; seed++)
            {
                using var simulation = new SimulatedRun(seed, rows: 300);
                await simulation.RunAsync();
                digests.Add(simulation.Digest);
            }

            return [.. digests];
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
