using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WixInbox.Rows;

/// <summary>A script block that was typed for a parameter, and is run once for each row.</summary>
/// <param name="parameter">The parameter's name.</param>
/// <param name="block">The block.</param>
/// <param name="type">The type that the parameter takes.</param>
internal sealed class RowBlock(string parameter, ScriptBlock block, Type type)
{
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
    public IReadOnlyList<string> Columns { get; } = BlockColumns.Find(block.Ast);

    /// <summary>Gets those of these columns that a row must have: the block does not ask whether it has them.</summary>
    public IReadOnlyList<string> Required { get; } = BlockColumns.FindRequired(block.Ast);

    /// <summary>Gets the columns that the block reads for each row, whatever stands in the row.</summary>
    public IReadOnlyList<string> Certain { get; } = BlockColumns.FindCertain(block.Ast);

    /// <inheritdoc cref="BlockColumns.FindIndexed"/>
    public IReadOnlyList<string> Indexed { get; } = BlockColumns.FindIndexed(block.Ast);

    /// <summary>
    /// Gets the columns, and what is read in them, that the block writes into its texts as they are, or joined:
    /// <c>"$($_.Items)"</c>, <c>$_.Order.Items -join ', '</c>.
    /// </summary>
    public IReadOnlyList<string[]> Written => field ??= BlockColumns.FindWritten(block.Ast);

    /// <inheritdoc cref="BlockColumns.FindWholeRows"/>
    public IReadOnlyList<string?> WholeRows => field ??= BlockColumns.FindWholeRows(block.Ast);

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
        found => BlockColumns.IsRow(found)
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
                ? BlockVariables.IsOwn(variable.Name) || !BlockVariables.IsSet(StateOf(cmdlet), variable.Name)
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
        return (block.Module is null && state.Module is not null) || BlockVariables.IsSet(state, variable);
    }

    private SessionState StateOf(PSCmdlet cmdlet) => block.Module?.SessionState ?? cmdlet.SessionState;

    // A row, or a list that begins with one, which has all the columns of the row.
    private static bool IsOfSameFile(object value, RowShape shape)
    {
        var first = RowValues.Unwrap(value) is IList several ? several.Count > 0 ? several[0] : null : value;
        return first is PSObject { BaseObject: PSCustomObject } other
            && Array.TrueForAll(shape.Columns, column => other.Properties[column] is not null);
    }

    private static bool IsUnset(ParameterAst parameter) => parameter.DefaultValue is null;
}
