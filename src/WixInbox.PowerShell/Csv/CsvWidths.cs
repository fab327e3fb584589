using WixInbox.Errors;

namespace WixInbox.Csv;

/// <summary>
/// Brings the lines of a file to one width. A cell that a line has too many or too few may have moved the others into
/// the wrong columns, one that says who wants no messages among them.
/// </summary>
/// <param name="columns">The names of the columns.</param>
/// <param name="warn">Takes a warning.</param>
internal sealed class CsvWidths(IReadOnlyList<string> columns, Action<string> warn)
{
    private int _tooLong;
    private int _tooShort;

    /// <summary>
    /// Gets the cells of a line, as many as there are columns: null for one that the line does not have.
    /// </summary>
    /// <param name="line">The number of the line.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="isTitle">Whether it may be a title, which has one cell, and is told of elsewhere.</param>
    public string?[] Fit(int line, IReadOnlyList<string> cells, bool isTitle)
    {
        var row = new string?[columns.Count];
        for (var index = 0; index < Math.Min(cells.Count, row.Length); index++)
        {
            row[index] = cells[index];
        }

        if (cells.Count > row.Length && !cells.Skip(row.Length).All(CsvLayout.IsEmpty) && ++_tooLong == 1)
        {
            warn(FormattableString.Invariant($"line {line} has {cells.Count} cells, and there are {row.Length} ")
                + "columns: the last ones were left out. Perhaps one of its cells contains a separator but is not in "
                + "quotation marks, so that those after it are in the wrong columns.");
        }

        if (cells.Count < row.Length && !isTitle && ++_tooShort == 1)
        {
            warn(FormattableString.Invariant($"line {line} has {Words.Count(cells.Count, "cell")}, and there are ")
                + FormattableString.Invariant($"{row.Length} columns, so these are taken as empty: ")
                + $"{Words.Columns([.. columns.Skip(cells.Count)])}. If the cell that is missing is not the last one, "
                + "those after it are in the wrong columns.");
        }

        return row;
    }

    /// <summary>Tells how many lines there were, where it was more than the one that was told of.</summary>
    public void WarnOfAll()
    {
        foreach (var (lines, what) in new[] { (_tooLong, "more"), (_tooShort, "fewer") })
        {
            if (lines > 1)
            {
                warn(FormattableString.Invariant($"in all, {lines:N0} lines have {what} cells than there are ")
                    + "columns.");
            }
        }
    }
}
