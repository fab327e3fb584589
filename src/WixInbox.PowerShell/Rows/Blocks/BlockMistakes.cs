using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The mistakes of a script block by which it would give every row the same, or nothing, without an error.
/// </summary>
/// <param name="cmdlet">The cmdlet that the block was typed for.</param>
/// <param name="block">The block.</param>
/// <param name="seenIn">The shape of the last row that had a column, by its name, for all blocks of the cmdlet.</param>
internal sealed class BlockMistakes(PSCmdlet cmdlet, RowBlock block, Dictionary<string, RowShape> seenIn)
{
    // Those that a row must have: the block does not ask whether it has them.
    private readonly string[] _required = BlockColumns.FindRequired(block.Ast);
    private readonly string[] _indexed = BlockColumns.FindIndexed(block.Ast);

    // The variables that only the caller can have set: as a rule, none.
    private readonly string[] _variables = BlockVariables.Find(block.Ast);

    // It waits for arguments, which it is not given: the row is $_.
    private readonly bool _takesArguments =
        block.Ast is ScriptBlockAst { ParamBlock.Parameters: var parameters } && parameters.Any(IsUnset)
        || block.Ast.Find(
            found => found is VariableExpressionAst { VariablePath.UserPath: var name }
                && string.Equals(name, "args", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: false) is not null;

    private (string Variable, string Member, string Source)[]? _members;

    // The shape of the latest row that had all of the required columns, and of that whose columns are no variables.
    private RowShape? _complete;
    private RowShape? _lookedAt;

    public RowBlock Block => block;

    /// <summary>
    /// Gets the variables that are set nowhere and stand in the block's texts: <c>"It is $12.50."</c>, <c>"team
    /// $Company"</c>.
    /// </summary>
    public IReadOnlyList<UnsetVariable> UnsetInTexts => field ??=
    [
        .. BlockVariables.FindInTexts(block.Ast).Where(variable => variable.IsSign
            ? BlockVariables.IsOwn(variable.Name) || !BlockVariables.IsSet(State, variable.Name)
            : !MayBeSet(variable.Name)),
    ];

    private SessionState State => block.Module?.SessionState ?? cmdlet.SessionState;

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
    /// <returns>The variable, and the source that counts; null if there is none.</returns>
    public (string Variable, string Source)? FindCounter()
    {
        foreach (var counter in BlockVariables.FindCounters(block.Ast))
        {
            if (State.PSVariable.GetValue(counter.Variable) is not null)
            {
                return counter;
            }
        }

        return null;
    }

    /// <summary>Finds the mistake of a block that does not read a column of the row.</summary>
    /// <param name="row">The row that it would be run for.</param>
    /// <returns>What is wrong and what to write, in sentences; null if nothing is.</returns>
    public string? Find(Row row)
    {
        if (UnsetInTexts.FirstOrDefault(one => one.IsSign) is { Name: { } sign, Meant: var sum })
        {
            return $"In double quotes, a dollar sign begins a variable, and the block has ${sign} there, which is none "
                + $"that was set. A dollar sign itself is written with a backtick: {sum}.";
        }

        if (row.Input is null)
        {
            return block.Columns.Count == 0 ? null
                : $"The block reads {ColumnExpression.For(block.Columns[0])}, and no row is piped into the "
                    + $"command. In ForEach-Object, write it without braces: -{block.Parameter} "
                    + $"\"… $({ColumnExpression.For(block.Columns[0])}) …\". Or pipe the rows into one command: "
                    + $"$rows | {cmdlet.MyInvocation.MyCommand.Name} -{block.Parameter} {{ … }}.";
        }

        if (_takesArguments)
        {
            return "The block waits for an argument, by param or $args, and gets none. The row is $_: "
                + $"{{ {ColumnExpression.For(row.Shape.Columns.FirstOrDefault() ?? "Name")} }}.";
        }

        if (MissingOf(row) is { } missing)
        {
            return $"The block reads a column '{missing}', which the row does not have.{HintAt(missing, row)}";
        }

        if (row.Input.BaseObject is PSCustomObject
            && _indexed.FirstOrDefault(name => block.Certain.Contains(name)) is { } indexed)
        {
            return $"The block reads $_['{indexed}'], and an index gives nothing of such a row. Write "
                + $"{ColumnExpression.For(indexed)}.";
        }

        if (FindUnset(row.Shape) is var (variable, meant))
        {
            return $"The block reads a variable ${variable}, which is set nowhere. The row has a column "
                + $"'{Unseen.Show(meant)}', which is written $({ColumnExpression.For(meant)}).";
        }

        return FindOtherRow(row) is var (source, column)
            ? $"The block reads {source}, which comes from other rows and is the same for each row that is sent. "
                + $"For the row itself, write {ColumnExpression.For(column)}."
            : null;
    }

    private static string HintAt(string missing, Row row)
    {
        if (row.Inner.FirstOrDefault(one => one.Row.HasColumn(missing)).Column is { } inner)
        {
            return row.Input!.BaseObject is MessageTest
                ? $" The row that was tested is in its {inner}: … | ForEach-Object {inner} | …."
                : $" What stands in its column {inner} has one: {ColumnExpression.For([inner, missing])}.";
        }

        var nearest = NearestName.Find(missing, row.Shape.Columns);
        return nearest is null ? row.Misread ?? row.Hint
            : ColumnExpression.AskFor(nearest, ColumnExpression.For(nearest));
    }

    // A column that an earlier row had may be optional. A row that has other columns in its place, as in a second file,
    // lacks it.
    private string? MissingOf(Row row)
    {
        if (row.Input is null || ReferenceEquals(_complete, row.Shape))
        {
            return null;
        }

        var isComplete = true;
        foreach (var column in _required)
        {
            if (HasMember(row, column) || (_indexed.Contains(column) && !HasNamedIndex(row.Input.BaseObject)))
            {
                seenIn[column] = row.Shape;
                continue;
            }

            isComplete = false;
            if (!seenIn.TryGetValue(column, out var shape)
                || row.Shape.Columns.Except(shape.Columns, StringComparer.OrdinalIgnoreCase).Any())
            {
                return column;
            }
        }

        if (isComplete)
        {
            _complete = row.Shape;
        }

        return null;
    }

    // Some dictionaries tell upper from lower case, those of ConvertFrom-Json -AsHashtable among them: what counts is
    // what the block finds.
    private static bool HasMember(Row row, string name) => row.Input!.BaseObject is IDictionary pairs
        ? HasKey(pairs, name)
            || name.Equals(nameof(IDictionary.Keys), StringComparison.OrdinalIgnoreCase)
            || name.Equals(nameof(IDictionary.Values), StringComparison.OrdinalIgnoreCase)
        : (row.Columns ?? row.Input).Members[name] is not null;

    private static bool HasKey(IDictionary pairs, string name)
    {
        try
        {
            return pairs.Contains(name);
        }
        catch (InvalidOperationException)
        {
            // A sorted list with keys of another type cannot compare them with a name.
            return false;
        }
    }

    // What an index finds in an object of another class is not known.
    private static bool HasNamedIndex(object input) =>
        input is IDictionary or PSCustomObject or System.Data.DataRow or System.Data.DataRowView;

    // A variable that is set nowhere and has the name of a column: "Hi $FirstName", which is "Hi " for everybody.
    private (string Variable, string Column)? FindUnset(RowShape shape)
    {
        if (_variables.Length == 0 || ReferenceEquals(shape, _lookedAt))
        {
            return null;
        }

        foreach (var variable in _variables)
        {
            var name = ColumnNames.Normalize(variable);
            if (shape.Columns.FirstOrDefault(column => ColumnNames.Normalize(column) == name) is { } meant
                && !MayBeSet(variable))
            {
                return (variable, meant);
            }
        }

        _lookedAt = shape;
        return null;
    }

    // A column that is read from other rows, because the block uses the variable of the list, or of an earlier loop, as
    // the row: "Hi $($rows.FirstName)" has the names of all, and $row.FirstName the last one.
    private (string Source, string Column)? FindOtherRow(Row row)
    {
        _members ??= BlockVariables.FindMembers(block.Ast, _variables);
        foreach (var (variable, member, source) in row.Columns is null ? [] : _members)
        {
            if (row.HasColumn(member)
                && State.PSVariable.GetValue(variable) is { } value
                && !ReferenceEquals(value, row.Input)
                && IsOfSameFile(value, row.Shape))
            {
                return (source, member);
            }
        }

        return null;
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
    private bool MayBeSet(string variable)
    {
        var state = State;
        return (block.Module is null && state.Module is not null) || BlockVariables.IsSet(state, variable);
    }

    // A row, or a list that begins with one, which has all the columns of the row.
    private static bool IsOfSameFile(object value, RowShape shape)
    {
        var first = RowValues.Unwrap(value) is IList several ? several.Count > 0 ? several[0] : null : value;
        return first is PSObject { BaseObject: PSCustomObject } other
            && Array.TrueForAll(shape.Columns, column => other.Properties[column] is not null);
    }

    private static bool IsUnset(ParameterAst parameter) => parameter.DefaultValue is null;
}
