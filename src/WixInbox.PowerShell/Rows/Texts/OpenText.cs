using System.Management.Automation.Language;
using System.Text;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// A place in the text of a block that is open where an expression gives nothing: that behind <c>"Your code is: "</c>.
/// </summary>
/// <param name="before">What the block writes before the expression.</param>
/// <param name="after">What it writes behind the expression.</param>
/// <param name="isEnd">Whether that is the end of the text.</param>
/// <param name="columns">The columns of the row that the expression reads.</param>
internal sealed class OpenText(string before, string after, bool isEnd, string[] columns)
{
    // What a colon, a comma, a path, a query, a number sign or a currency sign before a text announces.
    private static readonly Regex s_announces =
        new(@"(:\s*|[,;]\s+|\w[/=]|(?<=[\s(])[#€£$])\z", RegexOptions.CultureInvariant);

    private static readonly Regex s_wordAndBlank = new(@"[\p{L}\p{N}][^\S\r\n]+\z", RegexOptions.CultureInvariant);

    private static readonly Regex s_place = new(@"\{(\d+)[^{}]*\}", RegexOptions.CultureInvariant);

    /// <summary>Gets the columns of the row that the expression reads.</summary>
    public IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>Finds these places.</summary>
    /// <param name="block">The source of the block.</param>
    public static OpenText[] Find(Ast block)
    {
        HashSet<string> set = new(BlockVariables.FindSet(block), StringComparer.OrdinalIgnoreCase);
        HashSet<string> notes = set.Count == 0 ? set : new(set.Except(FindLookedUp(block, set)), set.Comparer);
        return
        [
            .. block.FindAll(IsText, searchNestedScriptBlocks: false)
                .Cast<ExpressionAst>()
                .Where(text => text.Parent is not BinaryExpressionAst { Operator: TokenKind.Plus })
                .SelectMany(text => In(text, set, notes)),
        ];
    }

    // The variables that stand for one value of the row: $code = $codes[$_.Name]. One that is set in an if, or more
    // than once, may be a note that most rows have not.
    private static IEnumerable<string> FindLookedUp(Ast block, HashSet<string> set)
    {
        var often = BlockVariables.FindSet(block)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Skip(1).Any())
            .Select(same => same.Key);
        return block.FindAll(
            ast => ast is AssignmentStatementAst { Operator: TokenKind.Equals, Parent: NamedBlockAst outer }
                && outer.Parent == block,
            searchNestedScriptBlocks: false)
            .Cast<AssignmentStatementAst>()
            .Where(assignment => !IsChoice(assignment.Right) && IsOfRow(assignment.Right, set))
            .Select(assignment => assignment.Left is AttributedExpressionAst typed ? typed.Child : assignment.Left)
            .OfType<VariableExpressionAst>()
            .Select(variable => variable.VariablePath.UserPath)
            .Except(often, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Finds the expressions whose values stand in the texts of a block.</summary>
    /// <param name="block">The source of the block.</param>
    public static IEnumerable<Ast> FindValues(Ast block)
    {
        List<(string? Written, Ast? Value)> parts = [];
        foreach (var text in block.FindAll(IsText, searchNestedScriptBlocks: false))
        {
            Take(text, parts);
        }

        return parts.Select(part => part.Value).OfType<Ast>();
    }

    /// <summary>Tells whether a text that the block gave has nothing at this place.</summary>
    public bool IsIn(string text) => isEnd
        ? text.EndsWith(before, StringComparison.Ordinal)
        : text.Contains(before + after);

    private static bool IsText(Ast ast) =>
        ast is ExpandableStringExpressionAst
            or BinaryExpressionAst { Operator: TokenKind.Plus or TokenKind.Format };

    private static IEnumerable<OpenText> In(ExpressionAst text, HashSet<string> set, HashSet<string> notes)
    {
        List<(string? Written, Ast? Value)> parts = [];
        if (!Take(text, parts))
        {
            yield break;
        }

        for (var at = 0; at < parts.Count; at++)
        {
            var before = WrittenFrom(parts, ref at);
            var first = at;
            while (at < parts.Count && parts[at].Value is not null)
            {
                at++;
            }

            Ast[] values = [.. parts.Skip(first).Take(at - first).Select(part => part.Value!)];
            var next = at;
            var after = WrittenFrom(parts, ref next);
            at--;
            if (values.Length > 0
                && IsOpen(before, after, values, notes)
                && !Array.Exists(values, IsChoice)
                && Array.Exists(values, value => IsOfRow(value, set)))
            {
                yield return new OpenText(
                    before, after, next == parts.Count && after.Length == 0, [.. values.SelectMany(BlockColumns.Find)]);
            }
        }
    }

    private static string WrittenFrom(List<(string? Written, Ast? Value)> parts, ref int at)
    {
        var written = new StringBuilder();
        for (; at < parts.Count && parts[at].Written is { } part; at++)
        {
            written.Append(part);
        }

        return written.ToString();
    }

    // A note that most rows have not leaves a blank behind a sentence.
    private static bool IsOpen(string before, string after, Ast[] values, HashSet<string> notes) =>
        (before.Length > 0 && after.Length > 0 && Array.Exists(
            TextGaps.EmptyPairs, pair => pair[0] == before[before.Length - 1] && pair[1] == after[0]))
        || (s_announces.IsMatch(before) && (after.Length == 0 || !char.IsLetterOrDigit(after[0])))
        || (s_wordAndBlank.IsMatch(before)
            && (after.Length == 0 || after[0] is '\r' or '\n')
            && !Array.Exists(values, value => value.Find(
                ast => IsSet(ast, notes), searchNestedScriptBlocks: true) is not null));

    // Whoever writes an if has thought of the rows for which it gives nothing. PowerShell 7 has a shorter one.
    private static bool IsChoice(Ast value) => value.Find(
        ast => ast is IfStatementAst or SwitchStatementAst || ast.GetType().Name == "TernaryExpressionAst",
        searchNestedScriptBlocks: true) is not null;

    // What is the same for all rows is meant to be as it is.
    private static bool IsOfRow(Ast value, HashSet<string> set) => value.Find(
        ast => BlockColumns.IsRow(ast) || ast is CommandAst or InvokeMemberExpressionAst || IsSet(ast, set),
        searchNestedScriptBlocks: true) is not null;

    private static bool IsSet(Ast ast, HashSet<string> set) =>
        ast is VariableExpressionAst { VariablePath: { IsUnqualified: true, UserPath: var name } }
        && set.Contains(name);

    // Takes a text apart into what is written there and what is read. False where that is not known.
    private static bool Take(Ast text, List<(string? Written, Ast? Value)> parts)
    {
        switch (text)
        {
            case StringConstantExpressionAst { StringConstantType: not StringConstantType.BareWord, Value: var value }:
                parts.Add((value, null));
                return true;
            case ExpandableStringExpressionAst { StringConstantType: not StringConstantType.BareWord } expandable:
                return TakeExpandable(expandable, parts);
            case BinaryExpressionAst { Operator: TokenKind.Plus } sum:
                return Take(sum.Left, parts) && Take(sum.Right, parts);
            case BinaryExpressionAst { Operator: TokenKind.Format } format:
                return TakeFormat(format, parts);
            case ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst only] } }
                when IsText(only.Expression):
                return Take(only.Expression, parts);
            case ExpandableStringExpressionAst:
                return false;
            default:
                parts.Add((null, text));
                return true;
        }
    }

    private static bool TakeExpandable(
        ExpandableStringExpressionAst text, List<(string? Written, Ast? Value)> parts)
    {
        var source = text.Extent.Text;
        var isHere = text.StringConstantType == StringConstantType.DoubleQuotedHereString;
        var (start, end) = isHere
            ? (source.IndexOf('\n') + 1, source.Length - (source.EndsWith("\r\n\"@", StringComparison.Ordinal) ? 4 : 3))
            : (1, source.Length - 1);
        foreach (var nested in text.NestedExpressions)
        {
            var at = nested.Extent.StartOffset - text.Extent.StartOffset;
            if (at < start || !TakeWritten(source.Substring(start, at - start), isHere, parts))
            {
                return false;
            }

            parts.Add((null, nested));
            start = nested.Extent.EndOffset - text.Extent.StartOffset;
        }

        return end >= start && TakeWritten(source.Substring(start, end - start), isHere, parts);
    }

    // With `n as the line end that it is.
    private static bool TakeWritten(string source, bool isHere, List<(string? Written, Ast? Value)> parts)
    {
        var value = source;
        if (source.Any(letter => letter == '`' || (letter == '"' && !isHere)))
        {
            value = (Parser.ParseInput(isHere ? $"@\"\n{source}\n\"@" : $"\"{source}\"", out _, out _)
                .Find(ast => ast is StringConstantExpressionAst, searchNestedScriptBlocks: false)
                as StringConstantExpressionAst)?.Value;
        }

        if (value is null)
        {
            return false;
        }

        if (value.Length > 0)
        {
            parts.Add((value, null));
        }

        return true;
    }

    private static bool TakeFormat(BinaryExpressionAst format, List<(string? Written, Ast? Value)> parts)
    {
        if (format.Left is not StringConstantExpressionAst { Value: var form } || form.Contains("{{"))
        {
            return false;
        }

        Ast[] values = format.Right is ArrayLiteralAst several ? [.. several.Elements] : [format.Right];
        var start = 0;
        foreach (Match place in s_place.Matches(form))
        {
            if (!int.TryParse(place.Groups[1].Value, out var index) || index >= values.Length)
            {
                return false;
            }

            parts.Add((form.Substring(start, place.Index - start), null));
            parts.Add((null, values[index]));
            start = place.Index + place.Length;
        }

        parts.Add((form.Substring(start), null));
        return true;
    }
}
