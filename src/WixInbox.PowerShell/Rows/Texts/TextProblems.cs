using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Checks a text against the row that it was made for.</summary>
internal static class TextProblems
{
    private const string Property = "{get;";
    private const int LongestShown = 40;
    private const int LongestName = 100;
    private const int MostItems = 100;

    private static readonly string[] s_types =
    [
        "System.Object[]",
        "System.Collections.",
        "System.Management.Automation.",
        "System.Xml.",
        "System.Data.",

        // What Format-Table gives.
        "Microsoft.PowerShell.Commands.Internal.Format.",

        // A property with parameters: what $_.Group.Item is, where a column of the group was meant.
        Property,
    ];

    // What other programs put around the name of a column.
    private static readonly (string Open, string Close)[] s_marks =
        [("{", "}"), ("[", "]"), ("%", "%"), ("<<", ">>"), ("«", "»"), ("<", ">")];

    // What ends the name of a property in @{first=Ada; last=Byron}, and what is in none.
    private static readonly char[] s_endsOfName = ['=', '{', '}', ';', '\r', '\n'];

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
    // <%= FirstName %>, [[FIRSTNAME default="you"]], {!Contact.FirstName}, [INSERT NAME HERE]. The name comes last.
    private static readonly Regex s_foreign = new(
        @"<%[-=]?\s*(?:[\w@$]+\.)*(?<name>[\p{L}_][\p{L}\p{N}_ -]*)[^%<>\r\n]*%>"
            + @"|\[\[\s*(?:\w+\.)*(?<name>\p{L}[\p{L}\p{N}_-]*)[^\[\]\r\n]*\]\]"
            + @"|\{!\s*(?:[\w$]+\.)*(?<name>[\p{L}_]\w*)\s*\}"
            + @"|\[\s*(?:insert|enter|add|type|put)\s+(?:(?:your|the|customer)\s+)?(?<name>\w[^\[\]\r\n]*?)\s+here\s*\]"
            + @"|\[\s*insert\s+(?<name>\w[^\[\]\r\n]*)\]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

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

    // A method that is not called is written as its signatures: string Trim(), string Trim(char trimChar)
    private static readonly Regex s_method = new(
        @"(?<![\w.])(?:void|string|bool|byte|char|short|int|long|float|double|decimal|type|datetime|timespan|guid|uri"
            + @"|regex|version|cultureinfo|psobject|System\.[\w.+]+)(?:\[\])* (\w+)"
            + @"\((?:\)|(?:Params |\[ref\] )?[\w.\[\]<>+]+ \w+ ?[,)=])",
        RegexOptions.CultureInvariant);

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

        if (isOn(TextCheck.RowInText) && s_method.Match(text) is { Success: true } method && !text.Contains(Property))
        {
            return (
                ErrorIds.RowInText,
                $"it has a method in it that is not called: {Around(text, method.Index)}. With brackets, its result "
                    + $"stands there: .{method.Groups[1].Value}(). {SkipHint(TextCheck.RowInText)}");
        }

        if (isOn(TextCheck.RowInText) && FindRow(text, row) is { } found)
        {
            return (
                ErrorIds.RowInText,
                $"it has {found} in it: {Around(text, found)}. Name the column: {{ "
                    + $"\"Hi $({Meant(text, row)})\" }}. {SkipHint(TextCheck.RowInText)}");
        }

        if (isOn(TextCheck.PlaceholderInText) && FindPlaceholder(text, row) is var (placeholder, column))
        {
            return (
                ErrorIds.PlaceholderInText,
                $"it has '{placeholder}' in it, which nothing has replaced: {Around(text, placeholder)}. "
                    + $"A column is written {{ \"Hi $({ColumnExpression.For(column)})\" }}, in "
                    + $"braces and double quotes. {SkipHint(TextCheck.PlaceholderInText)}");
        }

        if (isOn(TextCheck.PlaceholderInText) && s_lineEnd.Match(text) is { Success: true } match)
        {
            return (
                ErrorIds.PlaceholderInText,
                $"it has '\\n' in it, which PowerShell does not read as a line end: {Around(text, match.Index)}. "
                    + $"A line end is written `n, in double quotes. {SkipHint(TextCheck.PlaceholderInText)}");
        }

        if (isOn(TextCheck.PlaceholderInText) && s_backtick.Match(text) is { Success: true } written)
        {
            var (escape, meant) = written.Value == "`$" ? (written.Value, "dollar sign") : ("`n", "line end");
            return (
                ErrorIds.PlaceholderInText,
                $"it has '{escape}' in it, which PowerShell reads as a {meant} in double quotes alone: "
                    + $"{Around(text, written.Index)}. {SkipHint(TextCheck.PlaceholderInText)}");
        }

        if (isOn(TextCheck.TextUnreadable) && text.IndexOf('\uFFFD') is >= 0 and var at)
        {
            return (
                ErrorIds.TextUnreadable,
                "it has a '\uFFFD', which stands for a letter that could not be read: "
                    + $"'{WordWith(text, text.Substring(at, 1))}'. The file may have another encoding: "
                    + $"Import-WixInboxCsv finds out the right one. {SkipHint(TextCheck.TextUnreadable)}");
        }

        if (isOn(TextCheck.TextUnreadable) && FindEntity(text) is { } entity)
        {
            var from = Array.Find(row.Shape.Columns, one => row.TextIn(one)?.Contains(entity) == true);
            return (
                ErrorIds.TextUnreadable,
                $"it has '{entity}' in it, which is HTML for '{WebUtility.HtmlDecode(entity)}', and stands so in the "
                    + $"message: '{WordWith(text, entity)}'. The letter itself comes of "
                    + $"[System.Net.WebUtility]::HtmlDecode({(from is null ? "…" : ColumnExpression.For(from))}). "
                    + SkipHint(TextCheck.TextUnreadable));
        }

        // Before control characters, which letters that were misread are among.
        if (isOn(TextCheck.TextMisread) && Misread.FindIn(text) is { } misread && misread[0] != '\uFFFD')
        {
            return (
                ErrorIds.TextMisread,
                $"it was read in another encoding than its file has: '{WordWith(text, misread)}'. "
                    + "Import-WixInboxCsv finds out the right one. If it has read the file, the file was saved so: "
                    + $"export it anew from where it comes. {SkipHint(TextCheck.TextMisread)}");
        }

        // What ends a line or a page is meant so, and a table of Excel has the vertical tab for a line end. Who sends
        // letters that were misread sends those among them too.
        if (isOn(TextCheck.TextUnreadable)
            && Array.FindIndex(text.ToCharArray(), IsControl) is >= 0 and var place
            && (text[place] < '\u0080' || Misread.FindIn(text) is null))
        {
            return (
                ErrorIds.TextUnreadable,
                FormattableString.Invariant($"it has a control character, U+{(int)text[place]:X4}, in it: ")
                    + $"'{Unseen.Show(WordWith(text, text.Substring(place, 1)))}'. The file may have another "
                    + $"encoding: Import-WixInboxCsv finds out the right one. {SkipHint(TextCheck.TextUnreadable)}");
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
            || text.Contains("System.") || text.Contains("WixInbox.") || text.Contains("Microsoft.")
            || (text.IndexOf('(') > 0 && s_method.IsMatch(text));
    }

    private static bool IsControl(char character) =>
        character is (< ' ' and not ('\t' or '\n' or '\v' or '\f' or '\r')) or (>= '\u007F' and <= '\u009F');

    // A web address has parameters behind each ampersand, and may stand before a semicolon: ?id=1&copy; In one, &amp;
    // alone comes of a page.
    private static string? FindEntity(string text)
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

    private static string? FindRow(string text, Row row)
    {
        if (IndexOf(text, "@{", 0) >= 0 && (HasRow(text, row.Shape.Columns) || FindObject(text) is not null))
        {
            return "@{";
        }

        foreach (var type in s_types)
        {
            if (text.Contains(type))
            {
                return type;
            }
        }

        var own = row.Input?.BaseObject is { } input and not string ? input.GetType().FullName : null;
        return own is not null && own.IndexOf('.') > 0 && text.Contains(own) ? own : null;
    }

    private static bool HasRow(string text, string[] columns) =>
        columns.Any(column => text.Contains($"@{{{column}="));

    // An object that stands in a column, such as one of a JSON file: its properties are no columns.
    private static string? FindObject(string text)
    {
        for (var at = IndexOf(text, "@{", 0); at >= 0; at = IndexOf(text, "@{", at + 2))
        {
            var (start, end) = (at + 2, text.IndexOfAny(s_endsOfName, at + 2));
            if (end > start && text[end] == '=' && !char.IsWhiteSpace(text[start]) && text.IndexOf('}', end) > 0)
            {
                return text.Substring(start, end - start);
            }
        }

        return null;
    }

    // Of an object in a column, the property that it begins with; else, any column.
    private static string Meant(string text, Row row)
    {
        var part = FindObject(text);
        var column = part is null ? null : row.Shape.Nested.FirstOrDefault(one =>
            RowShape.RowsIn(row.Columns!, one).Any(inner => inner.Properties[part] is not null));
        return column is null
            ? ColumnExpression.For(row.Shape.Columns.FirstOrDefault() ?? "Name")
            : Write([column, part!], row.TryRead(column, out var value) && RowValues.Unwrap(value) is IList);
    }

    // The expression that reads a property of an object, or of each of several, in a column.
    private static string Write(string[] path, bool areSeveral) =>
        "$_" + string.Concat(path.Select(name => ColumnExpression.For(name).Substring("$_".Length)))
        + (areSeveral ? " -join ', '" : string.Empty);

    /// <summary>
    /// Finds objects that a block writes into its texts, where PowerShell writes none of what they have: nothing for
    /// each of several, or the name of a class.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="texts">The texts that it gave.</param>
    /// <param name="row">The row.</param>
    /// <returns>The problem; null if there is none.</returns>
    public static string? FindObject(RowBlock block, string[] texts, Row row)
    {
        foreach (var path in block.Written)
        {
            var value = ValueAt(row, path);
            if (value is null or string or ValueType)
            {
                continue;
            }

            var several = value is ICollection list and not IDictionary
                ? list.Cast<object?>().Take(MostItems).ToArray()
                : null;
            var item = RowValues.Unwrap(
                (several ?? [value]).FirstOrDefault(one => HasNoText(one, isOne: several is null)));
            if (item is not null
                && (several is not null || Array.Exists(texts, text => text.Contains(item.GetType().FullName!))))
            {
                var read = Write([.. path, RowValues.ColumnOf(PSObject.AsPSObject(item))], several is not null);
                return (several is null
                        ? $"It has {item.GetType().FullName} in it, the name of the class of what stands in "
                        : "It has nothing in it of the objects in ")
                    + $"{Write(path, areSeveral: false)}. Name the part that is meant: {{ \"Hi $({read})\" }}. "
                    + SkipHint(TextCheck.RowInText);
            }
        }

        return null;
    }

    // One plain object that stands in a text is found there.
    private static bool HasNoText(object? value, bool isOne) => RowValues.Unwrap(value) switch
    {
        null or string or ValueType => false,
        PSObject plain => !isOne && plain.Members["ToString"] is not (PSScriptMethod or PSCodeMethod),
        var other => LanguagePrimitives.ConvertTo<string>(value) == other.GetType().FullName,
    };

    private static object? ValueAt(Row row, string[] path)
    {
        try
        {
            var value = row.PropertyOf(path[0])?.Value;
            for (var depth = 1; depth < path.Length && value is not null; depth++)
            {
                value = RowValues.Unwrap(value) is IDictionary pairs ? pairs[path[depth]]
                    : PSObject.AsPSObject(value).Properties[path[depth]]?.Value;
            }

            return RowValues.Unwrap(value);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            // What reads the column says so.
            return null;
        }
    }

    // The column is the one that is meant, or most like it.
    private static (string Found, string Column)? FindPlaceholder(string text, Row row)
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

    private static int IndexOf(string text, string part, int start) =>
        text.IndexOf(part, start, StringComparison.Ordinal);

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
        return Words.Shorten(text.Substring(start, end - start), LongestShown);
    }

    private static string ColumnLike(string name, Row row) =>
        NearestName.Find(name, row.Shape.Columns) ?? row.Shape.Columns.FirstOrDefault() ?? "Name";

    private static string Around(string text, string found) => Around(text, IndexOf(text, found, 0));

    private static string Around(string text, int at)
    {
        var start = Math.Max(0, at - 10);
        return $"'{(start > 0 ? "…" : string.Empty)}{Words.Shorten(text.Substring(start), LongestShown)}'";
    }
}
