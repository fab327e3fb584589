using System.Globalization;

namespace WixInbox.Simulation;

/// <summary>
/// Sends rows in virtual time, with all that can go wrong on the way, once for each seed. A line tells what came of a
/// seed: its messages, crashes and virtual seconds, and a hash of what the server had in which order.
/// </summary>
public static class Program
{
    /// <param name="args">The first seed, how many seeds, and the rows of each.</param>
    /// <returns>
    /// 0; 1 if a row was lost, sent twice or overtaken, or a request was too many: the error says for which seed.
    /// </returns>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var first, var count, var rows])
        {
            await Console.Error.WriteLineAsync(
                "Usage: dotnet run --project tests/tools/WixInbox.Simulation -- <first seed> <seeds> <rows>");
            return 2;
        }

        for (var seed = Number(first); seed < Number(first) + Number(count); seed++)
        {
            using var run = new SimulatedRun(seed, Number(rows));
            try
            {
                await run.RunAsync();
            }
            catch (SimulationException exception)
            {
                await Console.Error.WriteLineAsync($"Seed {seed}: {exception.Message}");
                return 1;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{seed} {run.Sent} {run.Crashes} {run.Took.TotalSeconds:0} {Hash128.Of(run.Story)}"));
        }

        return 0;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
