using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Warns of files that a script block finds by an empty column: <c>Get-ChildItem "$($_.Order)*.pdf"</c> then finds
/// everybody's files; and of rows for which a block gives no file.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class FileWarnings(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private const int LongestFound = 200;

    private static readonly string[] s_parameters =
        ["ImageUrl", "ImagePath", "FileUrl", "FilePath", "Image", "File", "Media"];

    private readonly BlockFiles[] _blocks =
        [.. blocks.Where(block => s_parameters.Contains(block.Parameter)).Select(block => new BlockFiles(block))];

    /// <summary>Takes the files of a row, before it is sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="saysFirst">Whether the first such row is told of at once.</param>
    public void Add(Row row, bool saysFirst)
    {
        // What could not be read is not sent.
        if (row.Problems.Count > 0)
        {
            return;
        }

        foreach (var block in _blocks)
        {
            string[] found =
            [
                .. (row.Get<object[]>(block.Parameter) ?? [])
                    .Select(one => one?.ToString())
                    .OfType<string>()
                    .Where(one => !string.IsNullOrWhiteSpace(one)),
            ];
            if (found.Length == 0)
            {
                AddNone(block, row, saysFirst);
            }
            else
            {
                block.HasFound = true;
                AddEmpty(block, row, found, saysFirst);
            }
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    /// <param name="saidFirst">Whether the first was told of.</param>
    public void Warn(bool saidFirst)
    {
        foreach (var block in _blocks)
        {
            foreach (var column in block.Empty.Where(column => column.Count > (saidFirst ? 1 : 0)))
            {
                cmdlet.WriteWarning(
                    $"{column.Name} is empty in {column.Describe()}, and the block of -{block.Parameter} reads it: "
                        + "the files that it finds then may be another row's.");
            }

            if (block.None.Count > (block.IsSaid ? 1 : 0))
            {
                cmdlet.WriteWarning($"The block of -{block.Parameter} gives nothing in {block.None.Describe()}.");
            }
        }
    }

    // Where no row has a file, the first one is no odd one.
    private void AddNone(BlockFiles block, Row row, bool saysFirst)
    {
        block.None.Add(row.Number ?? 1);
        if (block.HasFound && !block.IsSaid && saysFirst && row.Number is not null)
        {
            block.IsSaid = true;
            cmdlet.WriteWarning(row.Begin(
                $"the block of -{block.Parameter} gives nothing, and an earlier row has something of it. Further such "
                    + "rows are counted at the end."));
        }
    }

    private void AddEmpty(BlockFiles block, Row row, string[] found, bool saysFirst)
    {
        foreach (var column in block.Empty)
        {
            if (row.NothingIn(column.Name) is not { } nothing || !EmptyText.IsUnseen(nothing))
            {
                continue;
            }

            column.Add(row.Number ?? 1);
            if (column.Count == 1 && saysFirst && row.Number is not null)
            {
                cmdlet.WriteWarning(row.Begin(
                    $"{column.Name} is empty, and the block of -{block.Parameter} reads it. The files that it found "
                        + $"may be another row's: {Words.Shorten(string.Join(", ", found), LongestFound)}. "
                        + "Further such rows are counted at the end."));
            }
        }
    }

    private sealed class BlockFiles(RowBlock block)
    {
        public string Parameter { get; } = block.Parameter;

        /// <summary>Gets the columns that the block reads, each with the rows where it is empty.</summary>
        public RowTally[] Empty { get; } = [.. block.Columns.Select(column => new RowTally(column))];

        /// <summary>Gets the rows for which the block gives nothing.</summary>
        public RowTally None { get; } = new("none");

        /// <summary>Gets or sets a value indicating whether the block has given something for a row.</summary>
        public bool HasFound { get; set; }

        /// <summary>Gets or sets a value indicating whether one without was told of.</summary>
        public bool IsSaid { get; set; }
    }
}
