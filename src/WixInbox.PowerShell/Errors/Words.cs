using System.Globalization;

namespace WixInbox.Errors;

/// <summary>
/// The parts of sentences that errors, warnings and views have in common. They are English, whatever the computer's
/// language is.
/// </summary>
internal static class Words
{
    /// <summary>Gets a number with its thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Gets a number and what it counts.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="several">What several are called; by default, the same with an s.</param>
    /// <returns>For example <c>1 row</c> or <c>2,000 rows</c>.</returns>
    public static string Count(long count, string one, string? several = null) =>
        $"{Number(count)} {(count == 1 ? one : several ?? one + "s")}";

    /// <summary>Gets a list as a sentence has it.</summary>
    /// <param name="items">The items, at least one.</param>
    /// <param name="last">The word before the last of several.</param>
    /// <returns>For example <c>a</c>, <c>a and b</c> or <c>a, b and c</c>.</returns>
    public static string List(IEnumerable<string> items, string last = "and")
    {
        string[] all = [.. items];
        return all.Length == 1
            ? all[0]
            : $"{string.Join(", ", all.Take(all.Length - 1))} {last} {all[all.Length - 1]}";
    }
}
