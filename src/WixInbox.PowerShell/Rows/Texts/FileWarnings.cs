using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Warns of files that a script block finds by an empty column: <c>Get-ChildItem "$($_.Order)*.pdf"</c> then finds
/// everybody's files; and of rows for which a block gives no file.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class FileWarnings(MessageCommand cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private const int LongestFound = 200;

    private static readonly string[] s_parameters =
        ["ImageUrl", "ImagePath", "FileUrl", "FilePath", "Image", "File", "Media"];

    private readonly BlockFiles[] _blocks =
    [
        .. blocks.Where(block => s_parameters.Contains(block.Parameter)).Select(block => new BlockFiles(cmdlet, block)),
    ];

    /// <summary>Takes the files of a row, before it is sent.</summary>
    public void Add(Row row)
    {
        // What could not be read is not sent.
        if (row.Problems.Count > 0)
        {
            return;
        }

        foreach (var block in _blocks)
        {
            var found = FilesOf(row, block.Parameter);
            if (found.Length == 0)
            {
                AddNone(block, row);
            }
            else
            {
                block.HasFound = true;
                AddEmpty(block, row, found);
            }
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    public void Warn()
    {
        foreach (var block in _blocks)
        {
            foreach (var column in block.Empty.Where(one => one.IsDue).Select(one => one.Rows))
            {
                cmdlet.WriteWarning(
                    $"{column.Name} is empty in {column.Describe()}, and the block of -{block.Parameter} reads it: "
                        + "the files that it finds then may be another row's.");
            }

            if (block.None.IsDue)
            {
                cmdlet.WriteWarning($"The block of -{block.Parameter} gives nothing in {block.None.Rows.Describe()}.");
            }
        }
    }

    /// <summary>Tells whether a row has a file of any kind.</summary>
    public static bool HasFile(Row row) => Array.Exists(s_parameters, parameter => FilesOf(row, parameter).Length > 0);

    private static string[] FilesOf(Row row, string parameter) =>
    [
        .. (row.Get<object[]>(parameter) ?? [])
            .Select(one => one?.ToString())
            .OfType<string>()
            .Where(one => !string.IsNullOrWhiteSpace(one)),
    ];

    // Where no row has a file, the first one is no odd one.
    private static void AddNone(BlockFiles block, Row row) => block.None.Add(
        row,
        block.HasFound
            ? () => $"the block of -{block.Parameter} gives nothing, although it gave something for an earlier row."
            : null);

    private static void AddEmpty(BlockFiles block, Row row, string[] found)
    {
        foreach (var column in block.Empty)
        {
            if (row.NothingIn(column.Rows.Name) is { } nothing && Unseen.IsBlank(nothing))
            {
                column.Add(
                    row,
                    () => $"{column.Rows.Name} is empty, and the block of -{block.Parameter} reads it. The files that "
                        + "it found may be another row's: "
                        + $"{Words.Shorten(string.Join(", ", found), LongestFound)}.");
            }
        }
    }

    private sealed class BlockFiles(MessageCommand cmdlet, RowBlock block)
    {
        public string Parameter { get; } = block.Parameter;

        /// <summary>Gets the columns that the block reads, each with the rows where it is empty.</summary>
        public CountedWarning[] Empty { get; } =
            [.. block.Columns.Select(column => new CountedWarning(cmdlet, column))];

        /// <summary>Gets the rows for which the block gives nothing.</summary>
        public CountedWarning None { get; } = new(cmdlet, "none");

        /// <summary>Gets or sets a value indicating whether the block has given something for a row.</summary>
        public bool HasFound { get; set; }
    }
}
