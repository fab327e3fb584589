using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Holds a text against the row that it was made for.</summary>
internal static class TextProblems
{
    private const int LongestShown = 40;

    private static readonly string[] s_types = ["System.Object[]", "System.Collections.", "System.Management.Automation.", "System.Xml.", "System.Data."];

    // The letters that code page 1252 has where Latin 1 has control characters: a byte of UTF-8 that is no letter's first may be any of them.
    private const string Windows1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

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
            return (ErrorIds.RowInText, $"it has {found} in it: {Around(text, found)}. Name the column: {{ \"Hi $($_.'{row.Shape.Columns.FirstOrDefault() ?? "Name"}')\" }}. {Off(TextCheck.RowInText)}");
        }

        if (isOn(TextCheck.Placeholder) && FindPlaceholder(text) is { } placeholder)
        {
            return (ErrorIds.PlaceholderInText, $"it has '{placeholder}' in it, which nothing has replaced: {Around(text, placeholder)}. A column is written {{ \"Hi $($_.'{row.Shape.Columns.FirstOrDefault() ?? "Name"}')\" }}, in braces and double quotes. {Off(TextCheck.Placeholder)}");
        }

        if (isOn(TextCheck.UnreadableLetter) && text.IndexOf('\uFFFD') is >= 0 and var at)
        {
            return (ErrorIds.TextUnreadable, $"it has a '\uFFFD', which stands for a letter that could not be read: {Around(text, text.Substring(at, 1))}. The file may have another encoding: Import-WixInboxCsv finds out the right one. {Off(TextCheck.UnreadableLetter)}");
        }

        return isOn(TextCheck.WrongEncoding) && FindMisread(text) is { } misread
            ? (ErrorIds.TextMisread, $"it was read in another encoding than its file has: {Around(text, misread)}. Import-WixInboxCsv finds out the right one. {Off(TextCheck.WrongEncoding)}")
            : null;
    }

    private static string Off(TextCheck check) => $"If it is meant so, -SkipCheck {check} sends it.";

    // What only a mistake brings into a text begins with one of these, or with the name of a type.
    private static bool IsSuspect(string text)
    {
        foreach (var character in text)
        {
            if (character is '{' or '$' or '@' or '\uFFFD' or 'Â' or 'Ã' or 'â' or 'ð' or 'Ð' or 'Ñ')
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
        text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var open && text.IndexOf("}}", open, StringComparison.Ordinal) > 0 ? "{{"
        : text.Contains("$_.") ? "$_."
        : text.Contains("$($") ? "$($"
        : null;

    // Each of these pairs is one letter of UTF-8 taken for two or more of code page 1252. Of Cyrillic two such pairs have to follow each other: one alone may be meant.
    private static string? FindMisread(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var length = text[i] switch
            {
                'Â' or 'Ã' when IsContinuation(text[i + 1]) => 2,
                'â' when text[i + 1] == '€' && i + 2 < text.Length && IsContinuation(text[i + 2]) => 3,
                'ð' when text[i + 1] == 'Ÿ' => 2,
                'Ð' or 'Ñ' when IsContinuation(text[i + 1]) && i + 3 < text.Length && text[i + 2] is 'Ð' or 'Ñ' && IsContinuation(text[i + 3]) => 4,
                _ => 0,
            };
            if (length > 0)
            {
                return text.Substring(i, length);
            }
        }

        return null;
    }

    private static bool IsContinuation(char character) => character is >= '\u0080' and <= '\u00BF' || Windows1252.Any(letter => letter == character);

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var start = Math.Max(0, at - 10);
        return $"'{(start > 0 ? "…" : string.Empty)}{Row.Shorten(text.Substring(start), LongestShown)}'";
    }
}
