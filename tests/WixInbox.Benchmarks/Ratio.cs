using System.Globalization;

namespace WixInbox.Benchmarks;

/// <summary>
/// How often something is as much as something else, over rounds: the middle one, and the least and the most.
/// </summary>
/// <param name="Rounds">The ratio in each round.</param>
internal sealed record Ratio(IReadOnlyList<double> Rounds)
{
    /// <summary>Compares what was measured in the same rounds.</summary>
    public static Ratio Of(IEnumerable<double> these, IEnumerable<double> those) =>
        new([.. these.Zip(those, (one, other) => one / other)]);

    public override string ToString()
    {
        double[] sorted = [.. Rounds.Order()];
        return $"**{Text(sorted[sorted.Length / 2])}** ({Text(sorted[0])} – {Text(sorted[^1])})";
    }

    // Two figures or three: no more are true on any other day.
    private static string Text(double ratio) =>
        ratio.ToString(ratio < 2 ? "0.00" : ratio < 20 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
