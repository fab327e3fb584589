using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>Finds the columns that a script block reads of its row, by the source of the block.</summary>
internal static class BlockColumns
{
    // Members of every object, which a block may read. Count and Length are left out: both are 1 for a row without such
    // a column.
    private static readonly string[] s_always =
    [
        "PSObject", "PSTypeNames", "PSBase", "PSAdapted", "PSExtended",
    ];

    // What lists the columns of a row, and of one that is a hashtable.
    private static readonly string[] s_lists = ["PSObject", "Keys", "Contains", "ContainsKey"];

    private static readonly TokenKind[] s_membership =
    [
        TokenKind.Iin, TokenKind.Inotin, TokenKind.Icontains, TokenKind.Inotcontains, TokenKind.Ieq,
        TokenKind.Cin, TokenKind.Cnotin, TokenKind.Ccontains, TokenKind.Cnotcontains, TokenKind.Ceq,
    ];

    // A name behind a variable in a string, where it is read as text.
    private static readonly Regex s_member = new(@"\G\.(\w+)", RegexOptions.CultureInvariant);

    /// <summary>Finds out whether an expression is the row.</summary>
    public static bool IsRow(Ast ast) =>
        ast is VariableExpressionAst variable
        && (variable.VariablePath.UserPath == "_"
            || string.Equals(variable.VariablePath.UserPath, "PSItem", StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the columns that a part of a block reads. A block within it has rows of its own.</summary>
    public static string[] Find(Ast ast) => [.. NamesOf(ReadsIn(ast))];

    /// <summary>
    /// Finds those of these columns that a row must have: the block does not ask whether it has them.
    /// </summary>
    public static string[] FindRequired(Ast block) =>
        [.. Find(block).Except(FindAskedFor(block), StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds the columns that a block reads for each row, whatever stands in the row.</summary>
    public static string[] FindCertain(Ast block) => [.. NamesOf(ReadsIn(block).Where(read => !IsInBranch(read)))];

    /// <summary>
    /// Finds the columns, and what is read in them, that a block writes into its texts as they are, or joined.
    /// </summary>
    public static string[][] FindWritten(Ast block) =>
    [
        .. OpenText.FindValues(block)
            .Concat(block.FindAll(
                ast => ast is BinaryExpressionAst { Operator: TokenKind.Join }
                    or UnaryExpressionAst { TokenKind: TokenKind.Join },
                searchNestedScriptBlocks: false))
            .Select(PathOf)
            .OfType<string[]>(),
    ];

    /// <summary>
    /// Finds where a block writes the whole row into its texts, and the name that stands behind it as that of a column
    /// does: <c>"Hi $_.FirstName"</c>. The name is null where none stands there.
    /// </summary>
    public static string?[] FindWholeRows(Ast block) =>
    [
        .. block.FindAll(ast => ast is ExpandableStringExpressionAst, searchNestedScriptBlocks: false)
            .Cast<ExpandableStringExpressionAst>()
            .SelectMany(text => text.NestedExpressions.Where(IsRow).Select(row =>
                s_member.Match(text.Extent.Text, row.Extent.EndOffset - text.Extent.StartOffset)
                    is { Success: true } member ? member.Groups[1].Value : null)),
    ];

    /// <summary>
    /// Finds the columns that a block reads by an index, as hashtables and rows of a database have it:
    /// <c>$_['Name']</c>.
    /// </summary>
    public static string[] FindIndexed(Ast block) =>
        [.. ReadsIn(block).OfType<IndexExpressionAst>().Select(NameOf).OfType<string>()];

    /// <summary>Gets the column that an expression reads of the row; null if it is anything else.</summary>
    public static string? NameOf(Ast ast) => ast switch
    {
        InvokeMemberExpressionAst => null,
        MemberExpressionAst
        {
            Static: false, Member: StringConstantExpressionAst { Value: { Length: > 0 } name },
        } member when IsRow(member.Expression) => name,
        IndexExpressionAst { Index: StringConstantExpressionAst { Value: { Length: > 0 } name } } index
            when IsRow(index.Target) => name,
        _ => null,
    };

    private static IEnumerable<Ast> ReadsIn(Ast ast) =>
        ast.FindAll(found => NameOf(found) is not null, searchNestedScriptBlocks: false);

    private static IEnumerable<string> NamesOf(IEnumerable<Ast> reads) => reads
        .Select(NameOf)
        .OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Except(s_always, StringComparer.OrdinalIgnoreCase);

    // What an if, a switch, a loop or a try runs. PowerShell 7 has a shorter if.
    private static bool IsInBranch(Ast ast)
    {
        for (; ast.Parent is { } outer; ast = outer)
        {
            if (ast is StatementBlockAst && outer is not (SubExpressionAst or ArrayExpressionAst)
                || outer.GetType().Name == "TernaryExpressionAst")
            {
                return true;
            }
        }

        return false;
    }

    // $_.PSObject.Properties['Note'], 'Note' -in $_.PSObject.Properties.Name, $_.ContainsKey('Note'),
    // $_ | Get-Member Note; and, of PowerShell 7, $_.Note ?? 'none'.
    private static IEnumerable<string> FindAskedFor(Ast block) => block
        .FindAll(
            ast => ast is IndexExpressionAst or InvokeMemberExpressionAst or BinaryExpressionAst or PipelineAst,
            searchNestedScriptBlocks: false)
        .SelectMany(AskedForIn);

    private static IEnumerable<string> AskedForIn(Ast ast) => ast switch
    {
        BinaryExpressionAst either when either.Operator.ToString() == "QuestionQuestion" => Find(either.Left),
        BinaryExpressionAst { Operator: var comparison } when !s_membership.Contains(comparison) => [],
        PipelineAst pipeline => pipeline.PipelineElements.Any(IsGetMember) ? WordsIn(ast) : [],
        _ => ast.Find(IsListOfColumns, searchNestedScriptBlocks: false) is null ? [] : WordsIn(ast),
    };

    private static IEnumerable<string> WordsIn(Ast ast) => ast
        .FindAll(
            word => word is StringConstantExpressionAst && (word.Parent as MemberExpressionAst)?.Member != word,
            searchNestedScriptBlocks: false)
        .Select(word => ((StringConstantExpressionAst)word).Value);

    private static bool IsListOfColumns(Ast ast) =>
        ast is MemberExpressionAst { Static: false, Member: StringConstantExpressionAst { Value: var name } } member
        && IsRow(member.Expression)
        && s_lists.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsGetMember(CommandBaseAst command) =>
        (command as CommandAst)?.GetCommandName() is { } name
        && (name.Equals("Get-Member", StringComparison.OrdinalIgnoreCase)
            || name.Equals("gm", StringComparison.OrdinalIgnoreCase));

    private static string[]? PathOf(Ast value) => value switch
    {
        SubExpressionAst
        {
            SubExpression.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst only] }],
        } => PathOf(only.Expression),
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst only] } } =>
            PathOf(only.Expression),
        BinaryExpressionAst { Operator: TokenKind.Join } join => PathOf(join.Left),
        UnaryExpressionAst { TokenKind: TokenKind.Join } join => PathOf(join.Child),
        _ when NameOf(value) is { } column => [column],
        InvokeMemberExpressionAst => null,
        MemberExpressionAst
        {
            Static: false, Member: StringConstantExpressionAst { Value: { Length: > 0 } name },
        } member => PathOf(member.Expression) is { } outer ? [.. outer, name] : null,
        _ => null,
    };
}
