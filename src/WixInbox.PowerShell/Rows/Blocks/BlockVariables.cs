using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Finds the variables that a script block reads and nothing in it sets: <c>$FirstName</c>, where
/// <c>$($_.FirstName)</c> was meant.
/// </summary>
internal static class BlockVariables
{
    // Variables that the engine sets while a block runs, and that do not exist before.
    private static readonly HashSet<string> s_automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "PSItem", "args", "input", "this", "null", "true", "false", "Matches", "foreach", "switch", "MyInvocation",
        "PSBoundParameters", "PSCmdlet", "PSScriptRoot", "PSCommandPath", "PSDebugContext", "StackTrace",
        "LASTEXITCODE", "ErrorActionPreference",
    };

    /// <summary>Finds the names of these variables.</summary>
    /// <param name="block">The source of the block.</param>
    /// <returns>The names, in their order.</returns>
    public static string[] Find(Ast block)
    {
        string[] names =
        [
            .. All<VariableExpressionAst>(block)
                .Where(variable => !variable.Splatted && variable.VariablePath.IsUnqualified)
                .Select(variable => variable.VariablePath.UserPath)
                .Where(name => !s_automatic.Contains(name))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

        // Another script that runs in the scope of the block may set anything.
        return names.Length == 0
            || All<CommandAst>(block).Any(command => command.InvocationOperator == TokenKind.Dot)
            ? []
            : [.. names.Except(FindSet(block), StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Finds what a block reads of these variables as if they were the row: <c>$row.FirstName</c>,
    /// <c>$rows[0].FirstName</c>.
    /// </summary>
    /// <param name="block">The source of the block.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>Each variable and member, with the source that reads it.</returns>
    public static (string Variable, string Member, string Source)[] FindMembers(Ast block, string[] variables) =>
    [
        .. All<MemberExpressionAst>(block)
            .Where(member => member is not InvokeMemberExpressionAst && !member.Static)
            .Select(member => (
                Variable: VariableOf(member.Expression),
                Member: (member.Member as StringConstantExpressionAst)?.Value,
                Source: member.Extent.Text))
            .Where(member => member.Member is not null
                && variables.Contains(member.Variable, StringComparer.OrdinalIgnoreCase))
            .Select(member => (member.Variable!, member.Member!, member.Source)),
    ];

    /// <summary>
    /// Finds the variables that nothing in a block sets and whose values go into its texts as they are: <c>"It is
    /// $12.50."</c>, <c>"team $($Team.Name)"</c>.
    /// </summary>
    /// <param name="block">The source of the block.</param>
    public static UnsetVariable[] FindInTexts(Ast block)
    {
        UnsetVariable[] found =
        [
            .. All<ExpandableStringExpressionAst>(block)
                .SelectMany(text => text.NestedExpressions.Select(nested => (
                    Text: text, Nested: nested, Path: InText(nested)?.VariablePath)))
                .Where(one => one.Path is { } path && IsLookedFor(path))
                .Select(one => new UnsetVariable(
                    one.Path!.UserPath, IsSign(one.Path.UserPath), Meant(one.Text, one.Nested)))
                .GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                .Select(same => same.First()),
        ];
        if (found.Length == 0)
        {
            return [];
        }

        HashSet<string> set = new(FindSet(block), StringComparer.OrdinalIgnoreCase);
        var runsOthers = All<CommandAst>(block).Any(command => command.InvocationOperator == TokenKind.Dot);
        return [.. found.Where(one => !set.Contains(NameOf(one.Name)) && (one.IsSign || !runsOthers))];
    }

    /// <summary>Finds the names that a block sets.</summary>
    /// <param name="block">The source of the block.</param>
    /// <returns>
    /// The names; some occur more than once. One that is set after its use, or in another branch, counts too: the
    /// block's author knows it.
    /// </returns>
    public static IEnumerable<string> FindSet(Ast block) =>
        All<Ast>(block).SelectMany(ast => CountedIn(ast) is { } counted ? TargetsOf(counted) : SetBy(ast));

    /// <summary>
    /// Finds the variables that a block counts with and does not initialize: <c>$codes[$i++]</c>. A block has its own
    /// variables, so each row would start from the caller's value.
    /// </summary>
    /// <param name="block">The source of the block.</param>
    /// <returns>Each variable, with the source that counts.</returns>
    public static (string Variable, string Source)[] FindCounters(Ast block)
    {
        var counts = All<Ast>(block)
            .Select(ast => (Variable: CountedIn(ast) as VariableExpressionAst, Source: ast.Extent.Text))
            .Where(count => count.Variable is { VariablePath.IsUnqualified: true })
            .Select(count => (Name: count.Variable!.VariablePath.UserPath, count.Source))
            .ToArray();
        if (counts.Length == 0)
        {
            return [];
        }

        var begun = block.FindAll(ast => CountedIn(ast) is null, searchNestedScriptBlocks: true).SelectMany(SetBy);
        return [.. counts.Where(count => !begun.Contains(count.Name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>
    /// Tells whether a variable has a value. <c>$env:NAME</c>, no variable to the engine, may have one.
    /// </summary>
    public static bool IsSet(SessionState state, string variable) =>
        (state.PSVariable.Get(variable) ?? state.PSVariable.GetValue(variable)) is not null;

    /// <summary>Tells whether a variable is the engine's: <c>$$</c>, <c>$^</c> or <c>$?</c>.</summary>
    public static bool IsOwn(string variable) => variable.Length == 1 && !char.IsLetterOrDigit(variable[0]);

    // The variable of $i++, of $i += 2 and of $i = $i + 2. What is put behind a text of the caller is no count.
    private static ExpressionAst? CountedIn(Ast ast) => ast switch
    {
        UnaryExpressionAst
        {
            TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus
                or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus,
        } step => step.Child,
        AssignmentStatementAst
        {
            Operator: TokenKind.PlusEquals or TokenKind.MinusEquals,
            Left: var left,
            Right: CommandExpressionAst { Expression: ConstantExpressionAst { Value: int } },
        } => left,
        AssignmentStatementAst
        {
            Left: VariableExpressionAst own,
            Right: CommandExpressionAst
            {
                Expression: BinaryExpressionAst
                {
                    Operator: TokenKind.Plus or TokenKind.Minus,
                    Left: VariableExpressionAst read,
                    Right: ConstantExpressionAst { Value: int },
                },
            },
        } when string.Equals(
            own.VariablePath.UserPath, read.VariablePath.UserPath, StringComparison.OrdinalIgnoreCase) => own,
        _ => null,
    };

    private static VariableExpressionAst? InText(ExpressionAst expression) => expression switch
    {
        VariableExpressionAst variable => variable,
        SubExpressionAst
        {
            SubExpression.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst only] }],
        } => InText(only.Expression),
        MemberExpressionAst { Static: false } member and not InvokeMemberExpressionAst => InText(member.Expression),
        _ => null,
    };

    private static bool IsLookedFor(VariablePath path) =>
        !s_automatic.Contains(path.UserPath)
        && (path.IsUnqualified || path.IsScript || path.IsGlobal
            || (path.IsDriveQualified && !path.UserPath.StartsWith("using:", StringComparison.OrdinalIgnoreCase)));

    // $12 is a variable that nobody sets. $$, $^ and $? are PowerShell's own: the last line that was typed, and whether
    // it worked.
    private static bool IsSign(string name) => name is "$" or "^" or "?" || char.IsDigit(name[0]);

    // Of "It is $12.50.", `$12.50; of "You owe $$($_.Amount).", `$$($_.Amount).
    private static string Meant(Ast text, Ast nested)
    {
        var source = text.Extent.Text.Substring(nested.Extent.StartOffset - text.Extent.StartOffset);
        var (start, end, open) = (nested.Extent.Text.Length, nested.Extent.Text.Length, 0);
        while (end < source.Length
            && (open > 0 || !(char.IsWhiteSpace(source[end]) || source[end] is '"' or ')' or '$')))
        {
            open += source[end] == '(' ? 1 : source[end] == ')' ? -1 : 0;
            end++;
            if (open == 0 && source[end - 1] == ')')
            {
                break;
            }
        }

        while (end > start && source[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'')
        {
            end--;
        }

        return "`" + Words.Shorten(source.Substring(0, end));
    }

    private static string? VariableOf(ExpressionAst expression) => expression switch
    {
        VariableExpressionAst variable => variable.VariablePath.UserPath,
        IndexExpressionAst { Index: ConstantExpressionAst } index => VariableOf(index.Target),
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst only] } } =>
            VariableOf(only.Expression),
        _ => null,
    };

    private static IEnumerable<T> All<T>(Ast block)
        where T : Ast =>
        block.FindAll(ast => ast is T, searchNestedScriptBlocks: true).Cast<T>();

    private static IEnumerable<string> SetBy(Ast ast) => ast switch
    {
        AssignmentStatementAst assignment => TargetsOf(assignment.Left),
        ForEachStatementAst loop => TargetsOf(loop.Variable),
        ParameterAst parameter => TargetsOf(parameter.Name),
        ConvertExpressionAst reference when IsReference(reference) => TargetsOf(reference.Child),

        // Set-Variable Name, and -OutVariable +Name of any command.
        StringConstantExpressionAst { Parent: CommandAst or CommandParameterAst } word => [word.Value.TrimStart('+')],
        _ => [],
    };

    private static bool IsReference(ConvertExpressionAst value) =>
        string.Equals(value.Type.TypeName.Name, "ref", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> TargetsOf(Ast target) => target switch
    {
        VariableExpressionAst variable => [NameOf(variable.VariablePath.UserPath)],
        ArrayLiteralAst several => several.Elements.SelectMany(TargetsOf),
        AttributedExpressionAst typed => TargetsOf(typed.Child),
        _ => [],
    };

    // $script:Name is read as $Name too.
    private static string NameOf(string path) => path.Substring(path.LastIndexOf(':') + 1);
}
