using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Tells of files that a script block finds by a column which is empty: <c>Get-ChildItem "$($_.Order)*.pdf"</c> finds
/// the files of all there.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class FileWarnings(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private const int LongestFound = 200;

    private static readonly string[] s_parameters = ["ImageUrl", "ImagePath", "FileUrl", "FilePath"];

    private readonly (string Parameter, RowTally[] Empty)[] _blocks =
    [
        .. blocks.Where(block => s_parameters.Contains(block.Parameter))
            .Select(block => (block.Parameter, block.Columns.Select(column => new RowTally(column)).ToArray())),
    ];

    /// <summary>Takes the files of a row, before it is sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="saysFirst">Whether the first such row is told of at once.</param>
    public void Add(Row row, bool saysFirst)
    {
        foreach (var (parameter, empty) in _blocks)
        {
            var found = row.Get<string[]>(parameter) ?? [];
            foreach (var column in found.Length == 0 ? [] : empty)
            {
                if (row.NothingIn(column.Name) is not { } nothing || !Row.IsUnseen(nothing))
                {
                    continue;
                }

                column.Add(row.Number ?? 1);
                if (column.Count == 1 && saysFirst && row.Number is not null)
                {
                    cmdlet.WriteWarning(row.Begin(
                        $"{column.Name} is empty, and the block of -{parameter} reads it. What it found may be "
                            + $"another's: {Row.Shorten(string.Join(", ", found), LongestFound)}. Further such rows "
                            + "are counted at the end."));
                }
            }
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    /// <param name="saidFirst">Whether the first was told of.</param>
    public void Warn(bool saidFirst)
    {
        foreach (var (parameter, empty) in _blocks)
        {
            foreach (var column in empty.Where(column => column.Count > (saidFirst ? 1 : 0)))
            {
                cmdlet.WriteWarning(
                    $"{column.Name} is empty in {column.Describe()}, and the block of -{parameter} reads it: what it "
                        + "finds then may be another's.");
            }
        }
    }
}
