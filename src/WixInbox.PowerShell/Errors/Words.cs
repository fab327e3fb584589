using System.Globalization;

namespace WixInbox.Errors;

/// <summary>
/// The parts of sentences that errors, warnings and views have in common. They are English, whatever the computer's
/// language is.
/// </summary>
internal static class Words
{
    /// <summary>How many characters of a value, or of the name of a column, a sentence shows.</summary>
    public const int LongestShown = 60;

    /// <summary>How many characters of a longer text a sentence shows, around what is wrong in it.</summary>
    public const int LongestExcerpt = 40;

    private const int MostColumns = 20;

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

    /// <summary>Gets a sentence with a capital at its beginning.</summary>
    public static string Capitalize(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence.Substring(1);

    /// <summary>Joins what is wrong, one thing after the other: each but the first begins with a capital.</summary>
    public static string Join(IEnumerable<string> sentences) =>
        string.Join(" ", sentences.Select((sentence, index) => index == 0 ? sentence : Capitalize(sentence)));

    /// <summary>Ends a sentence, if it has not ended.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[trimmed.Length - 1] is '.' or '!' or '?' ? trimmed : trimmed + ".";
    }

    /// <summary>Gets what an exception says, without the name that a parameter has in .NET.</summary>
    public static string Reason(Exception exception) =>
        exception is ArgumentException { ParamName: not null }
            ? exception.Message.Split([" (Parameter '", Environment.NewLine], StringSplitOptions.None)[0]
            : exception.Message;

    /// <summary>Gets as much of a value as an error names: a column may hold a page of text.</summary>
    public static string Shorten(string value, int longest = LongestShown)
    {
        if (value.Length <= longest)
        {
            return value;
        }

        // Not between the two halves of one character.
        return value.Remove(char.IsHighSurrogate(value[longest - 1]) ? longest - 1 : longest) + "…";
    }

    /// <summary>Gets the first of many items, and how many more there are.</summary>
    /// <param name="shown">The first.</param>
    /// <param name="count">How many there are with those.</param>
    /// <returns>For example <c>a, b</c> or <c>a, b and 3 more</c>.</returns>
    public static string First(IReadOnlyCollection<string> shown, int count) =>
        string.Join(", ", shown)
        + (count > shown.Count ? $" and {Number(count - shown.Count)} more" : string.Empty);

    /// <summary>Names columns in a sentence, the first of many.</summary>
    public static string Columns(string[] columns) =>
        First([.. columns.Take(MostColumns).Select(Visible)], columns.Length);

    // A blank at the end of a name is seen only between quotes.
    private static string Visible(string column)
    {
        var shown = Unseen.Show(Shorten(column));
        return shown.Length == shown.Trim().Length ? shown : $"'{shown}'";
    }
}
