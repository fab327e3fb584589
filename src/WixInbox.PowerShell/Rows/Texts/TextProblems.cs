using System.Net;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Checks a text against the row that it was made for.</summary>
internal static class TextProblems
{
    // A line end as other languages write it. In C:\new it is none: it comes after a sentence, or before a new one.
    private static readonly Regex s_lineEnd = new(
        @"(?<=[\s,.!?;)])\\n|\\n(?=\\n|\s|\p{Lu}|$)", RegexOptions.CultureInvariant);

    // The line end and the dollar sign of PowerShell, in single quotes, where they are none. In Rock `n Roll and a list
    // of names in backticks, `a`, `n`, they are none either.
    private static readonly Regex s_backtick = new(
        @"`r`n|`n`n|(?<=[,.!?;:)])`n(?![^\s`]*`(?![nrt]))|(?<=\S)`n(?=\p{Lu}|\z)|`\$(?=\d)(?![^\s`]*`)",
        RegexOptions.CultureInvariant);

    // &eacute; and &#39; of a web page. What else stands between an ampersand and a semicolon is none.
    private static readonly Regex s_entity = new(
        "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});", RegexOptions.CultureInvariant);

    // The tags of a text that was written for a mail. Other words in such brackets may be meant, and so may a letter.
    private static readonly Regex s_tag = new(
        @"<br\s*/?>|</(?:p|b|i|u|a|strong|em|div|span|ul|ol|li|h[1-6]|table|tr|td|font)>"
            + @"|<(?:strong|em|div|span|ul|ol|li|h[1-6]|tr|td)>"
            + @"|<(?:p|b|i|u|a|strong|em|div|span|ul|ol|li|h[1-6]|table|tr|td|img|font)\s+[\w-]+\s*=[^<>]*>",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // In the order in which they are asked: a text has the error of the first. Control characters come after what was
    // misread, since letters that were misread are among them.
    private static readonly (TextCheck Check, Func<string, Row, string?> Find)[] s_checks =
    [
        (TextCheck.RowInText, (text, _) => FindMethod(text)),
        (TextCheck.RowInText, FindObject),
        (TextCheck.PlaceholderInText, FindPlaceholder),
        (TextCheck.PlaceholderInText, (text, _) => FindLineEnd(text)),
        (TextCheck.PlaceholderInText, (text, _) => FindBacktick(text)),
        (TextCheck.TextUnreadable, (text, _) => FindLost(text)),
        (TextCheck.TextUnreadable, FindEntity),
        (TextCheck.TextUnreadable, (text, _) => FindTag(text)),
        (TextCheck.TextMisread, (text, _) => FindMisread(text)),
        (TextCheck.TextUnreadable, (text, _) => FindControl(text)),
    ];

    /// <summary>Finds what is wrong with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="row">The row.</param>
    /// <param name="isOn">Tells whether a check is on.</param>
    /// <returns>The check, and what is wrong, as it goes on after where it is; null if nothing is.</returns>
    public static (TextCheck Check, string Problem)? Find(string text, Row row, Func<TextCheck, bool> isOn)
    {
        foreach (var (check, find) in IsSuspect(text) ? s_checks : [])
        {
            if (isOn(check) && find(text, row) is { } problem)
            {
                return (check, problem);
            }
        }

        return null;
    }

    /// <summary>Says how a text is sent that a check takes for a mistake.</summary>
    public static string SkipHint(TextCheck check) => $"To send it anyway: -SkipCheck {check}.";

    // What only a mistake brings into a text begins with one of these or a letter beyond ASCII, or with the name of a
    // type. A bar is rarer than the star that stands before it in a tag.
    private static bool IsSuspect(string text)
    {
        foreach (var character in text)
        {
            if (character is '{' or '$' or '@' or '[' or '%' or '<' or '|' or '\\' or '`' or >= '\u0080'
                || IsControl(character))
            {
                return true;
            }
        }

        return (text.IndexOf('&') is >= 0 and var at && text.IndexOf(';', at) > 0)
            || text.Contains("##")
            || text.Contains("System.") || text.Contains("WixInbox.") || text.Contains("Microsoft.")
            || ObjectsInText.FindMethod(text) is not null;
    }

    private static string? FindMethod(string text) => ObjectsInText.FindMethod(text) is { } method
        ? $"it has a method in it that is not called: {Around(text, method.Index)}. With brackets, its result stands "
            + $"there: .{method.Groups[1].Value}()."
        : null;

    private static string? FindObject(string text, Row row) => ObjectsInText.Find(text, row) is { } found
        ? $"it has {found} in it: {Around(text, found)}. Name the column: {{ "
            + $"\"Hi $({ObjectsInText.Meant(text, row)})\" }}."
        : null;

    private static string? FindPlaceholder(string text, Row row) =>
        Placeholders.Find(text, row) is var (placeholder, column)
            ? $"it has '{placeholder}' in it, which nothing has replaced: {Around(text, placeholder)}. "
                + $"A column is written {{ \"Hi $({ColumnExpression.For(column)})\" }}, in braces and double quotes."
            : null;

    private static string? FindLineEnd(string text) => s_lineEnd.Match(text) is { Success: true } match
        ? $"it has '\\n' in it, which PowerShell does not read as a line end: {Around(text, match.Index)}. "
            + "A line end is written `n, in double quotes."
        : null;

    private static string? FindBacktick(string text)
    {
        if (s_backtick.Match(text) is not { Success: true } written)
        {
            return null;
        }

        var (escape, meant) = written.Value == "`$" ? (written.Value, "dollar sign") : ("`n", "line end");
        return $"it has '{escape}' in it, which PowerShell reads as a {meant} in double quotes alone: "
            + $"{Around(text, written.Index)}.";
    }

    private static string? FindLost(string text) => text.IndexOf('\uFFFD') is >= 0 and var at
        ? "it has a '\uFFFD', which stands for a letter that could not be read: "
            + $"'{WordWith(text, text.Substring(at, 1))}'. The file may have another encoding: "
            + "Import-WixInboxCsv finds out the right one."
        : null;

    private static string? FindEntity(string text, Row row)
    {
        if (EntityIn(text) is not { } entity)
        {
            return null;
        }

        var from = Array.Find(row.Shape.Columns, one => row.TextIn(one)?.Contains(entity) == true);
        return $"it has '{entity}' in it, which is HTML for '{WebUtility.HtmlDecode(entity)}', and appears literally "
            + $"in the message: '{WordWith(text, entity)}'. To get the letter itself: "
            + $"$([System.Net.WebUtility]::HtmlDecode({(from is null ? "…" : ColumnExpression.For(from))})).";
    }

    private static string? FindTag(string text) => s_tag.Match(text) is { Success: true, Value: var tag }
        ? $"it has '{Words.Shorten(tag)}' in it, which is HTML, and appears literally in the message: a message is "
            + "plain text."
        : null;

    private static string? FindMisread(string text) =>
        Misread.FindIn(text) is { } misread && misread[0] != '\uFFFD'
            ? $"it was read in another encoding than its file has: '{WordWith(text, misread)}'. "
                + "Import-WixInboxCsv finds out the right one. If it has read the file, the file was saved that "
                + "way: export it again from its source."
            : null;

    // What ends a line or a page is meant so, and a table of Excel has the vertical tab for a line end. Who sends
    // letters that were misread sends those among them too.
    private static string? FindControl(string text) =>
        Array.FindIndex(text.ToCharArray(), IsControl) is >= 0 and var at
        && (text[at] < '\u0080' || Misread.FindIn(text) is null)
            ? FormattableString.Invariant($"it has a control character, U+{(int)text[at]:X4}, in it: ")
                + $"'{Unseen.Show(WordWith(text, text.Substring(at, 1)))}'. The file may have another encoding: "
                + "Import-WixInboxCsv finds out the right one."
            : null;

    private static bool IsControl(char character) =>
        character is (< ' ' and not ('\t' or '\n' or '\v' or '\f' or '\r')) or (>= '\u007F' and <= '\u009F');

    // A web address has parameters behind each ampersand, and may stand before a semicolon: ?id=1&copy; In one, &amp;
    // alone comes of a page.
    private static string? EntityIn(string text)
    {
        for (var found = s_entity.Match(text); found.Success; found = found.NextMatch())
        {
            if (WebUtility.HtmlDecode(found.Value) != found.Value
                && (found.Value == "&amp;" || !IsInAddress(text, found.Index)))
            {
                return found.Value;
            }
        }

        return null;
    }

    private static bool IsInAddress(string text, int at)
    {
        var start = at;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        return text.IndexOf('?', start, at - start) is >= 0 and var query
            && text.IndexOf('=', query, at - query) >= 0;
    }

    // Of a text that may be private, the word alone: an error is sent on to others.
    private static string WordWith(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        var (start, end) = (at, at + found.Length);
        while (start > 0 && at - start < Words.LongestExcerpt / 2 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        return Words.Shorten(text.Substring(start, end - start), Words.LongestExcerpt);
    }

    private static string Around(string text, string found) =>
        Around(text, text.IndexOf(found, StringComparison.Ordinal));

    private static string Around(string text, int at)
    {
        var start = Math.Max(0, at - 10);
        return $"'{(start > 0 ? "…" : string.Empty)}{Words.Shorten(text.Substring(start), Words.LongestExcerpt)}'";
    }
}
