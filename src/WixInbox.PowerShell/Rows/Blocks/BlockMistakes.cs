using System.Collections;
using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The mistakes of script blocks by which they would give every row the same, or nothing, without an error.
/// </summary>
/// <param name="cmdlet">The cmdlet that the blocks were typed for.</param>
internal sealed class BlockMistakes(PSCmdlet cmdlet)
{
    // The shape of the last row that had a column, by its name.
    private readonly Dictionary<string, RowShape> _seenIn = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the mistake of a block that does not read a column of the row.</summary>
    /// <param name="block">The block.</param>
    /// <param name="row">The row that it would be run for.</param>
    /// <returns>What is wrong and what to write, in sentences; null if nothing is.</returns>
    public string? Find(RowBlock block, Row row)
    {
        if (block.FindUnsetInTexts(cmdlet).FirstOrDefault(one => one.IsSign) is { Name: { } sign, Meant: var sum })
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

        if (block.TakesArguments)
        {
            return "The block waits for an argument, by param or $args, and gets none. The row is $_: "
                + $"{{ {ColumnExpression.For(row.Shape.Columns.FirstOrDefault() ?? "Name")} }}.";
        }

        if (MissingOf(block, row) is { } missing)
        {
            return $"The block reads a column '{missing}', which the row does not have.{HintAt(missing, row)}";
        }

        if (row.Input.BaseObject is PSCustomObject
            && block.Indexed.FirstOrDefault(name => block.Certain.Contains(name)) is { } indexed)
        {
            return $"The block reads $_['{indexed}'], and an index gives nothing of such a row. Write "
                + $"{ColumnExpression.For(indexed)}.";
        }

        if (block.FindUnset(cmdlet, row.Shape) is var (variable, meant))
        {
            return $"The block reads a variable ${variable}, which is set nowhere. The row has a column "
                + $"'{Unseen.Show(meant)}', which is written $({ColumnExpression.For(meant)}).";
        }

        return block.FindOtherRow(cmdlet, row) is var (source, column)
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
    private string? MissingOf(RowBlock block, Row row)
    {
        if (row.Input is null || ReferenceEquals(block.Complete, row.Shape))
        {
            return null;
        }

        var isComplete = true;
        foreach (var column in block.Required)
        {
            if (HasMember(row, column) || (block.Indexed.Contains(column) && !HasNamedIndex(row.Input.BaseObject)))
            {
                _seenIn[column] = row.Shape;
                continue;
            }

            isComplete = false;
            if (!_seenIn.TryGetValue(column, out var shape)
                || row.Shape.Columns.Except(shape.Columns, StringComparer.OrdinalIgnoreCase).Any())
            {
                return column;
            }
        }

        block.Complete = isComplete ? row.Shape : block.Complete;
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
}
