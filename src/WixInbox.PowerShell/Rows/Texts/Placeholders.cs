using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// Finds placeholders that nothing has replaced: those of PowerShell outside of a block, and those of other programs.
/// </summary>
internal static class Placeholders
{
    private const int LongestName = 100;

    // What other programs put around the name of a column.
    private static readonly (string Open, string Close)[] s_marks =
        [("{", "}"), ("[", "]"), ("%", "%"), ("<<", ">>"), ("«", "»"), ("<", ">")];

    // What is not in a tag of Mailchimp: a table has *|* too.
    private static readonly char[] s_notInTag = ['*', '|', '\r', '\n'];

    // {{First Name}}, $_.Name, $_.'First Name', $($_.Name)
    private static readonly Regex s_placeholder =
        new(@"(?:\{\{|\$_\.'?)([\p{L}\p{N} _-]+)", RegexOptions.CultureInvariant);

    // A block that has been a text, as one that came from a job or a file of settings: Get-Greeting $_
    private static readonly Regex s_row =
        new(@"\$(_|PSItem)(?!\w)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // {0} of -f, where the operator stands at another text or was forgotten.
    private static readonly Regex s_numbered = new(@"\{\d\d?(:[^{}]*)?\}", RegexOptions.CultureInvariant);

    // Placeholders of other programs in a form that no text has, and places of a template that somebody was to fill in:
    // <%= FirstName %>, [[FIRSTNAME default="you"]], {!Contact.FirstName}, {contact.first_name}, {order_number},
    // ##FirstName##, <<Salutation>>, «GreetingLine», [Guest name], [INSERT NAME HERE]. The name comes last.
    private static readonly Regex s_foreign = new(
        @"<%[-=]?\s*(?:[\w@$]+\.)*(?<name>[\p{L}_][\p{L}\p{N}_ -]*)[^%<>\r\n]*%>"
            + @"|\[\[\s*(?:\w+\.)*(?<name>\p{L}[\p{L}\p{N}_-]*)[^\[\]\r\n]*\]\]"
            + @"|\{!\s*(?:[\w$]+\.)*(?<name>[\p{L}_]\w*)\s*\}"
            + @"|\{\s*(?:contact|customer|client|order|guest|recipient|user|subscriber|lead|person|member|donor"
            + @"|contribution|event|participant|company|account|booking|reservation|invoice|product|student|parent"
            + @"|merge|custom)(?:\.\w+)*\.(?<name>\p{L}\w*)\s*\}|\{(?<name>\p{L}+(_\p{L}+)+)\}"
            + @"|%(?:\p{L}+\.)+(?<name>\p{L}+)%|\#\#(?<name>\p{L}\w*)\#\#"
            + @"|(«|<<)(?<name>\p{L}+_\w+|(?-i:\w*(Name|Salutation|Greeting|Address|Line)\w*))(»|>>)"
            + @"|\[(?<name>\p{L}+(_\p{L}+)+)\]|\[(?<name>((first|last|full|your|guest|parent|customer|client|donor"
            + @"|recipient|contact|member|student|company)['’]?s?\s)?name)\]"
            + @"|\[\s*(?:insert|enter|add|type|put)\s+(?:(?:your|the|customer)\s+)?(?<name>\w[^\[\]\r\n]*?)\s+here\s*\]"
            + @"|\[\s*insert\s+(?<name>\w[^\[\]\r\n]*)\]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    /// <summary>Finds a placeholder in a text.</summary>
    /// <returns>It, and the column that is meant, or the one most like it; null if there is none.</returns>
    public static (string Found, string Column)? Find(string text, Row row)
    {
        var found = text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var open
                && text.IndexOf("}}", open, StringComparison.Ordinal) > 0
            ? "{{"
            : text.Contains("$_.") ? "$_."
            : text.Contains("$($") ? "$($"
            : s_row.Match(text) is { Success: true, Value: var own } ? own
            : null;
        return found is not null ? (found, ColumnLike(s_placeholder.Match(text).Groups[1].Value.Trim(), row))
            : FindVariable(text, row.Shape.Columns) is var (variable, read) ? (variable, read)
            : FindTag(text) is { } tag ? ($"*|{tag}|*", ColumnLike(MeaningOf(tag.Trim()), row))
            : s_foreign.Match(text) is { Success: true } foreign
                ? (foreign.Value, ColumnLike(foreign.Groups["name"].Value.Trim(), row))
            : FindMarked(text, row.Shape.Columns) is var (marked, named) ? (marked, named)
            : s_numbered.Match(text) is { Success: true, Value: var numbered }
                ? (numbered, ColumnLike(string.Empty, row))
            : null;
    }

    // A dollar before a word is a price in many a text: only the name of a column makes a placeholder of it.
    private static (string Found, string Column)? FindVariable(string text, string[] columns)
    {
        for (var at = text.IndexOf('$'); at >= 0; at = text.IndexOf('$', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (end > at + 1 && char.IsLetter(text[at + 1]))
            {
                var name = ColumnNames.Normalize(text.Substring(at + 1, end - at - 1));
                foreach (var column in columns)
                {
                    if (ColumnNames.Normalize(column) == name)
                    {
                        return (text.Substring(at, end - at), column);
                    }
                }
            }
        }

        return null;
    }

    private static string? FindTag(string text)
    {
        for (var at = IndexOf(text, "*|", 0); at >= 0; at = IndexOf(text, "*|", at + 2))
        {
            var (start, end) = (at + 2, IndexOf(text, "|*", at + 2));
            if (end > start && text.IndexOfAny(s_notInTag, start, end - start) < 0)
            {
                return text.Substring(start, end - start);
            }
        }

        return null;
    }

    // The names that Mailchimp gives to columns.
    private static string MeaningOf(string tag) => tag.ToUpperInvariant() switch
    {
        "FNAME" => "First Name",
        "LNAME" => "Last Name",
        _ => tag,
    };

    // Braces, brackets and percents stand in many a text that is meant so: only the name of a column makes a
    // placeholder of them.
    private static (string Found, string Column)? FindMarked(string text, string[] columns)
    {
        foreach (var (open, close) in s_marks)
        {
            for (var at = IndexOf(text, open, 0); at >= 0; at = IndexOf(text, open, at + 1))
            {
                var start = at + open.Length;
                var longest = Math.Min(text.Length - start, LongestName);
                var end = text.IndexOf(close, start, longest, StringComparison.Ordinal);
                foreach (var column in columns)
                {
                    if (end > start
                        && ColumnNames.IsNameIn(text, start, end, column)
                        && !(open == "<" && IsElement(text, start, end)))
                    {
                        return (text.Substring(at, end + close.Length - at), column);
                    }
                }
            }
        }

        return null;
    }

    // HTML or XML, which has the name again where it ends: <code>A1</code>
    private static bool IsElement(string text, int start, int end) =>
        IndexOf(text, $"</{text.Substring(start, end - start)}>", end) > 0;

    private static string ColumnLike(string name, Row row) =>
        NearestName.Find(name, row.Shape.Columns) ?? row.Shape.Columns.FirstOrDefault() ?? "Name";

    private static int IndexOf(string text, string part, int start) =>
        text.IndexOf(part, start, StringComparison.Ordinal);
}
