using System.Management.Automation.Language;

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
            : [.. names.Except(SetIn(block), StringComparer.OrdinalIgnoreCase)];
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

    // An assignment after the use, or in another branch, counts too: the block's author knows the name.
    private static IEnumerable<string> SetIn(Ast block) =>
        All<Ast>(block).SelectMany(ast => CountedIn(ast) is { } counted ? TargetsOf(counted) : SetBy(ast));

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
