using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Holds a text against the row that it was made for.</summary>
internal static class TextProblems
{
    private const int LongestShown = 40;

    private static readonly string[] s_types =
    [
        "System.Object[]",
        "System.Collections.",
        "System.Management.Automation.",
        "System.Xml.",
        "System.Data.",
    ];

    // {{First Name}}, $_.Name, $_.'First Name', $($_.Name)
    private static readonly Regex s_placeholder =
        new(@"(?:\{\{|\$_\.'?)([\p{L}\p{N} _-]+)", RegexOptions.CultureInvariant);

    /// <summary>Finds what is wrong with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="row">The row.</param>
    /// <param name="isOn">Tells whether a check is on.</param>
    /// <returns>The error id, and what is wrong, as it goes on after where it is; null if nothing is.</returns>
    public static (string Rule, string Problem)? Find(string text, Row row, Func<TextCheck, bool> isOn)
    {
        if (!IsSuspect(text))
        {
            return null;
        }

        if (isOn(TextCheck.RowInText) && FindRow(text, row) is { } found)
        {
            return (
                ErrorIds.RowInText,
                $"it has {found} in it: {Around(text, found)}. Name the column: {{ "
                    + $"\"Hi $($_.'{row.Shape.Columns.FirstOrDefault() ?? "Name"}')\" }}. {Off(TextCheck.RowInText)}");
        }

        if (isOn(TextCheck.Placeholder) && FindPlaceholder(text) is { } placeholder)
        {
            return (
                ErrorIds.PlaceholderInText,
                $"it has '{placeholder}' in it, which nothing has replaced: {Around(text, placeholder)}. "
                    + $"A column is written {{ \"Hi $($_.'{NamedIn(text, row)}')\" }}, in "
                    + $"braces and double quotes. {Off(TextCheck.Placeholder)}");
        }

        if (isOn(TextCheck.UnreadableLetter) && text.IndexOf('\uFFFD') is >= 0 and var at)
        {
            return (
                ErrorIds.TextUnreadable,
                "it has a '\uFFFD', which stands for a letter that could not be read: "
                    + $"'{WordWith(text, text.Substring(at, 1))}'. The file may have another encoding: "
                    + $"Import-WixInboxCsv finds out the right one. {Off(TextCheck.UnreadableLetter)}");
        }

        return isOn(TextCheck.WrongEncoding) && Misread.FindIn(text) is { } misread && misread[0] != '\uFFFD'
            ? (
                ErrorIds.TextMisread,
                $"it was read in another encoding than its file has: '{WordWith(text, misread)}'. "
                    + $"Import-WixInboxCsv finds out the right one. {Off(TextCheck.WrongEncoding)}")
            : null;
    }

    private static string Off(TextCheck check) => $"To send it anyway: -SkipCheck {check}.";

    // What only a mistake brings into a text begins with one of these or a letter beyond ASCII, or with the name of a
    // type.
    private static bool IsSuspect(string text)
    {
        foreach (var character in text)
        {
            if (character is '{' or '$' or '@' or >= '\u0080')
            {
                return true;
            }
        }

        return text.Contains("System.") || text.Contains("WixInbox.");
    }

    private static string? FindRow(string text, Row row)
    {
        if (text.Contains("@{") && row.Shape.Columns.Any(column => text.Contains($"@{{{column}=")))
        {
            return "@{";
        }

        if (s_types.FirstOrDefault(type => text.Contains(type)) is { } named)
        {
            return named;
        }

        var own = row.Input?.BaseObject is { } input and not string ? input.GetType().FullName : null;
        return own is not null && own.IndexOf('.') > 0 && text.Contains(own) ? own : null;
    }

    private static string? FindPlaceholder(string text) =>
        text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var open
            && text.IndexOf("}}", open, StringComparison.Ordinal) > 0
            ? "{{"
        : text.Contains("$_.") ? "$_."
        : text.Contains("$($") ? "$($"
        : null;

    // Of a text that may be private, the word alone: an error is sent on to others.
    private static string WordWith(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var (start, end) = (at, at + found.Length);
        while (start > 0 && at - start < LongestShown / 2 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        return Row.Shorten(text.Substring(start, end - start), LongestShown);
    }

    private static string NamedIn(string text, Row row)
    {
        var name = s_placeholder.Match(text).Groups[1].Value.Trim();
        return ColumnNames.FindNearest(name, row.Shape.Columns) ?? row.Shape.Columns.FirstOrDefault() ?? "Name";
    }

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var start = Math.Max(0, at - 10);
        return $"'{(start > 0 ? "…" : string.Empty)}{Row.Shorten(text.Substring(start), LongestShown)}'";
    }
}
