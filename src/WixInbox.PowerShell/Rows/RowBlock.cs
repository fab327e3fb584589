using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>A script block that was typed for a parameter, and is run once for each row.</summary>
/// <param name="parameter">The parameter's name.</param>
/// <param name="block">The block.</param>
/// <param name="type">The type that the parameter takes.</param>
internal sealed class RowBlock(string parameter, ScriptBlock block, Type type)
{
    // Members that PowerShell gives every object, and that are no mistake. Count and Length, which it gives too, are:
    // they say 1 of any row that has no such column.
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

    // PowerShell 7.4 and later gives the whole statement; earlier ones, the line on which it begins.
    private static readonly PropertyInfo? s_statement = typeof(InvocationInfo).GetProperty("Statement");

    private static readonly Regex s_member =
        new(@"(?<!\()(\$(?:_|PSItem)\.\w+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // The variables that only the caller can have set: as a rule, none.
    private readonly string[] _variables = BlockVariables.Find(block.Ast);
    private (string Variable, string Member, string Source)[]? _members;
    private (string Name, bool IsSign, string Meant)[]? _inTexts;
    private RowShape? _lookedAt;

    public string Parameter { get; } = parameter;

    public Type Type { get; } = type;

    /// <summary>Gets the block as it was typed.</summary>
    public string Source => block.Ast.Extent.Text;

    /// <summary>
    /// Gets the columns that the block reads of the row, as its source shows them: <c>$_.FirstName</c>,
    /// <c>$_.'First Name'</c>.
    /// </summary>
    public IReadOnlyList<string> Columns { get; } = Find(block.Ast);

    /// <summary>Gets those of these columns that a row must have: the block does not ask whether it has them.</summary>
    public IReadOnlyList<string> Required { get; } =
        [.. Find(block.Ast).Except(FindAskedFor(block.Ast), StringComparer.OrdinalIgnoreCase)];

    /// <summary>Gets the columns that the block reads for each row, whatever stands in the row.</summary>
    public IReadOnlyList<string> Certain { get; } = [.. NamesOf(ReadsIn(block.Ast).Where(read => !IsInBranch(read)))];

    /// <summary>
    /// Gets the columns, and what is read in them, that the block writes into its texts as they are, or joined:
    /// <c>"$($_.Items)"</c>, <c>$_.Order.Items -join ', '</c>.
    /// </summary>
    public IReadOnlyList<string[]> Written => field ??=
    [
        .. OpenText.FindValues(block.Ast)
            .Concat(block.Ast.FindAll(
                ast => ast is BinaryExpressionAst { Operator: TokenKind.Join }
                    or UnaryExpressionAst { TokenKind: TokenKind.Join },
                searchNestedScriptBlocks: false))
            .Select(PathOf)
            .OfType<string[]>(),
    ];

    /// <summary>Gets the places of the block's texts that are open where an expression gives nothing.</summary>
    public IReadOnlyList<OpenText> OpenTexts => field ??= OpenText.Find(block.Ast);

    /// <summary>Gets or sets the shape of the latest row that had all of these columns.</summary>
    public RowShape? Complete { get; set; }

    /// <summary>
    /// Gets a value indicating whether the block waits for arguments, which it is not given: the row is <c>$_</c>.
    /// </summary>
    public bool TakesArguments { get; } =
        block.Ast is ScriptBlockAst { ParamBlock.Parameters: var parameters } && parameters.Any(IsUnset)
        || block.Ast.Find(
            found => found is VariableExpressionAst { VariablePath.UserPath: var name }
                && string.Equals(name, "args", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: false) is not null;

    /// <summary>
    /// Gets a value indicating whether the block gives the same for each row: it reads nothing of the row, and neither
    /// calls nor counts anything.
    /// </summary>
    public bool IsConstant { get; } = block.Ast.Find(
        found => IsRow(found)
            || found is CommandAst or InvokeMemberExpressionAst or MemberExpressionAst { Static: true }
                or AssignmentStatementAst or UnaryExpressionAst
            || found is VariableExpressionAst { VariablePath.UserPath: "input" or "args" },
        searchNestedScriptBlocks: true) is null;

    /// <summary>
    /// Gets the block that another one gives and nothing else, as Import-PowerShellDataFile makes one around each that
    /// it reads.
    /// </summary>
    public static ScriptBlock InnermostOf(ScriptBlock block)
    {
        while (block.Ast is ScriptBlockAst
            {
                ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null,
                EndBlock.Statements:
                [
                    PipelineAst { PipelineElements: [CommandExpressionAst { Expression: ScriptBlockExpressionAst }] },
                ],
            }
            && RowValues.Unwrap(block.InvokeReturnAsIs()) is ScriptBlock inner)
        {
            block = inner;
        }

        return block;
    }

    /// <summary>Finds out whether an expression is the row.</summary>
    public static bool IsRow(Ast ast) =>
        ast is VariableExpressionAst variable
        && (variable.VariablePath.UserPath == "_"
            || string.Equals(variable.VariablePath.UserPath, "PSItem", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Finds a value of the command line that reads <c>$_</c> outside of a script block, where it is evaluated once,
    /// before the first row comes: <c>-Text "Hi $($_.Name)"</c>.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The error that says so; null if there is none.</returns>
    public static ErrorRecord? FindMissing(PSCmdlet cmdlet)
    {
        // In the block of ForEach-Object, in a function, a switch or a catch, $_ has a value.
        if (FindReading(cmdlet) is not var (parameter, value) || Outer(cmdlet) is not null)
        {
            return null;
        }

        // In a text, "$_.Name" is the whole row and ".Name".
        var source = value.Extent.Text;
        var meant = value is ExpandableStringExpressionAst ? s_member.Replace(source, "$$($1)") : source;
        return ParameterErrors.BlockMissing(parameter, source, meant);
    }

    /// <summary>
    /// Finds the variables that are set nowhere and stand in a text of the command line: <c>-Text "It is $12.50."</c>.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>
    /// Each variable with its parameter, whether it can be nothing but a dollar sign that was meant as one, and how
    /// that is written.
    /// </returns>
    public static (string Parameter, string Name, bool IsSign, string Meant)[] FindUnsetInValues(PSCmdlet cmdlet)
    {
        var statement = StatementOf(cmdlet);
        return statement.IndexOf('$') < 0 || statement.IndexOf('"') < 0 ? [] :
        [
            .. ValuesIn(statement, cmdlet)
                .SelectMany(one => BlockVariables.FindInTexts(one.Value).Select(found => (
                    one.Parameter, found.Name, found.IsSign, found.Meant)))
                .Where(one => IsOwn(one.Name) || !IsSet(cmdlet.SessionState, one.Name)),
        ];
    }

    /// <summary>
    /// Finds a value of the command line that reads a property of <c>$_</c> of the <c>ForEach-Object</c> around it,
    /// where the row has a column of that name too.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="row">The row.</param>
    /// <returns>The parameter, and the column; null if there is none.</returns>
    public static (string Parameter, string Column)? FindOuter(PSCmdlet cmdlet, Row row)
    {
        if (FindReading(cmdlet) is not var (parameter, value) || Outer(cmdlet) is not { } outer)
        {
            return null;
        }

        foreach (var column in Find(value))
        {
            if (row.HasColumn(column) && !Equals(ValueIn(outer, column), ValueIn(row.Columns!, column)))
            {
                return (parameter, column);
            }
        }

        return null;
    }

    /// <summary>
    /// Finds a <c>break</c> or <c>continue</c> that is in no loop of the block, or an <c>exit</c>: the engine would
    /// look for a loop outside, and end the pipeline there, or the whole script, with no error.
    /// </summary>
    /// <returns>The statement; null if there is none.</returns>
    public string? FindWayOut() => block.Ast.Find(
        found => found is ExitStatementAst
            || (found is BreakStatementAst or ContinueStatementAst && !IsInLoop(found)),
        searchNestedScriptBlocks: true)?.Extent.Text;

    /// <summary>
    /// Finds a variable of the caller that the block counts with: it would begin anew for each row.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The variable, and the source that counts; null if there is none.</returns>
    public (string Variable, string Source)? FindCounter(PSCmdlet cmdlet)
    {
        foreach (var counter in BlockVariables.FindCounters(block.Ast))
        {
            if (StateOf(cmdlet).PSVariable.GetValue(counter.Variable) is not null)
            {
                return counter;
            }
        }

        return null;
    }

    /// <summary>
    /// Finds a variable that is set nowhere and has the name of a column: <c>"Hi $FirstName"</c>, which is "Hi " for
    /// everybody.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="shape">The columns of the row.</param>
    /// <returns>The variable and the column; null if there is none.</returns>
    public (string Variable, string Column)? FindUnset(PSCmdlet cmdlet, RowShape shape)
    {
        if (_variables.Length == 0 || ReferenceEquals(shape, _lookedAt))
        {
            return null;
        }

        foreach (var variable in _variables)
        {
            var name = ColumnNames.Normalize(variable);
            if (shape.Columns.FirstOrDefault(column => ColumnNames.Normalize(column) == name) is { } meant
                && !MayBeSet(cmdlet, variable))
            {
                return (variable, meant);
            }
        }

        _lookedAt = shape;
        return null;
    }

    /// <summary>
    /// Finds the variables that are set nowhere and stand in the block's texts: <c>"It is $12.50."</c>, <c>"team
    /// $Company"</c>.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>
    /// Each variable, whether it can be nothing but a dollar sign that was meant as one, and how that is written.
    /// </returns>
    public IReadOnlyList<(string Name, bool IsSign, string Meant)> FindUnsetInTexts(PSCmdlet cmdlet) =>
        _inTexts ??=
        [
            .. BlockVariables.FindInTexts(block.Ast).Where(variable => variable.IsSign
                ? IsOwn(variable.Name) || !IsSet(StateOf(cmdlet), variable.Name)
                : !MayBeSet(cmdlet, variable.Name)),
        ];

    /// <summary>
    /// Finds a column that is read from other rows, because the block uses the variable of the list, or of an earlier
    /// loop, as the row: <c>"Hi $($rows.FirstName)"</c> has the names of all, and <c>$row.FirstName</c> the last one.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="row">The row.</param>
    /// <returns>The source that reads it, and the column; null if there is none.</returns>
    public (string Source, string Column)? FindOtherRow(PSCmdlet cmdlet, Row row)
    {
        _members ??= BlockVariables.FindMembers(block.Ast, _variables);
        foreach (var (variable, member, source) in row.Columns is null ? [] : _members)
        {
            if (row.HasColumn(member)
                && StateOf(cmdlet).PSVariable.GetValue(variable) is { } value
                && !ReferenceEquals(value, row.Input)
                && IsOfSameFile(value, row.Shape))
            {
                return (source, member);
            }
        }

        return null;
    }

    /// <summary>Runs the block, with the row as <c>$_</c>, where the variables of its caller are in sight.</summary>
    /// <param name="row">The row.</param>
    /// <returns>What it gave.</returns>
    /// <exception cref="RuntimeException">An error occurred in it, or the pipeline is being stopped.</exception>
    /// <remarks>
    /// An error ends the block, whatever <c>$ErrorActionPreference</c> says outside: what it gives after one is not
    /// what was meant. The engine takes <c>$_</c> out of the list that it is given, so that each row needs one of its
    /// own.
    /// </remarks>
    public Collection<PSObject> Run(PSObject? row) =>
        block.InvokeWithContext(
            null, [new PSVariable("_", row), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);

    private static PSObject? Outer(PSCmdlet cmdlet) =>
        cmdlet.SessionState.PSVariable.GetValue("_") is { } outer ? PSObject.AsPSObject(outer) : null;

    private static object? ValueIn(PSObject of, string property)
    {
        try
        {
            return of.Properties[property]?.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private static (string Parameter, ExpressionAst Value)? FindReading(PSCmdlet cmdlet)
    {
        var statement = StatementOf(cmdlet);
        if (!statement.Contains("$_") && statement.IndexOf("$PSItem", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return null;
        }

        foreach (var (parameter, value) in ValuesIn(statement, cmdlet))
        {
            if (value.Find(IsRow, searchNestedScriptBlocks: false) is not null)
            {
                return (parameter, value);
            }
        }

        return null;
    }

    private static string StatementOf(PSCmdlet cmdlet) =>
        s_statement?.GetValue(cmdlet.MyInvocation) as string ?? cmdlet.MyInvocation.Line ?? string.Empty;

    // The values that are made once, and not for each row.
    private static IEnumerable<(string Parameter, ExpressionAst Value)> ValuesIn(string statement, PSCmdlet cmdlet)
    {
        var command = Parser.ParseInput(statement, out _, out _)
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: false)
            .Cast<CommandAst>()
            .FirstOrDefault(one =>
                string.Equals(
                    one.GetCommandName(), cmdlet.MyInvocation.InvocationName, StringComparison.OrdinalIgnoreCase));
        string? parameter = null;
        foreach (var element in command?.CommandElements.Skip(1) ?? [])
        {
            parameter = (element as CommandParameterAst)?.ParameterName ?? parameter;
            var value = element is CommandParameterAst named ? named.Argument : element as ExpressionAst;
            if (value is not (null or ScriptBlockExpressionAst))
            {
                yield return (parameter ?? "Text", value);
            }

            parameter = value is null ? parameter : null;
        }
    }

    private bool IsInLoop(Ast statement)
    {
        for (var outer = statement.Parent; outer != block.Ast; outer = outer.Parent)
        {
            if (outer is LoopStatementAst or SwitchStatementAst)
            {
                return true;
            }
        }

        return false;
    }

    // A block runs in the session state that it was made in. Of the one outside of all modules, a cmdlet that a module
    // calls sees the global variables alone, and not those of the function that the block stands in.
    private bool MayBeSet(PSCmdlet cmdlet, string variable)
    {
        var state = StateOf(cmdlet);
        return (block.Module is null && state.Module is not null) || IsSet(state, variable);
    }

    // $env:NAME is no variable to the engine, and has a value nevertheless.
    private static bool IsSet(SessionState state, string variable) =>
        (state.PSVariable.Get(variable) ?? state.PSVariable.GetValue(variable)) is not null;

    // $$, $^ and $?
    private static bool IsOwn(string variable) => variable.Length == 1 && !char.IsLetterOrDigit(variable[0]);

    private SessionState StateOf(PSCmdlet cmdlet) => block.Module?.SessionState ?? cmdlet.SessionState;

    // A row, or a list that begins with one, which has all the columns of the row.
    private static bool IsOfSameFile(object value, RowShape shape)
    {
        var first = RowValues.Unwrap(value) is IList several ? several.Count > 0 ? several[0] : null : value;
        return first is PSObject { BaseObject: PSCustomObject } other
            && Array.TrueForAll(shape.Columns, column => other.Properties[column] is not null);
    }

    private static bool IsUnset(ParameterAst parameter) => parameter.DefaultValue is null;

    /// <summary>Finds the columns that a part of a block reads. A block within it has rows of its own.</summary>
    internal static string[] Find(Ast ast) => [.. NamesOf(ReadsIn(ast))];

    private static IEnumerable<MemberExpressionAst> ReadsIn(Ast ast) => ast
        .FindAll(
            found => found is MemberExpressionAst and not InvokeMemberExpressionAst, searchNestedScriptBlocks: false)
        .Cast<MemberExpressionAst>()
        .Where(member => !member.Static && IsRow(member.Expression));

    private static IEnumerable<string> NamesOf(IEnumerable<MemberExpressionAst> reads) => reads
        .Select(member => (member.Member as StringConstantExpressionAst)?.Value)
        .OfType<string>()
        .Where(name => name.Length > 0)
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
        InvokeMemberExpressionAst => null,
        MemberExpressionAst
        {
            Static: false, Member: StringConstantExpressionAst { Value: { Length: > 0 } name },
        } member => IsRow(member.Expression) ? [name]
            : PathOf(member.Expression) is { } outer ? [.. outer, name]
            : null,
        _ => null,
    };
}
