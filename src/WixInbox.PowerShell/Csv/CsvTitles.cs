using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Csv;

/// <summary>
/// Titles in a file by which the people below them may want no messages: "Unsubscribed contacts". What a title says
/// stands in none of their rows, so that nothing else finds it.
/// </summary>
/// <param name="warn">Takes a warning.</param>
internal sealed class CsvTitles(Action<string> warn)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(int Line, string Text)> _open = [];

    /// <summary>Takes a line above the names of the columns.</summary>
    public void AddAbove(int line, IReadOnlyList<string> cells)
    {
        foreach (var cell in cells)
        {
            Add(line, cell);
        }
    }

    /// <summary>Takes a line that may be a row.</summary>
    /// <returns>Whether it may be a title: it has one cell, with such a word in it.</returns>
    public bool Add(int line, IReadOnlyList<string> cells)
    {
        // Not with LINQ: it is asked for each row.
        string? only = null;
        foreach (var cell in cells)
        {
            if (CsvLayout.IsEmpty(cell))
            {
                continue;
            }

            if (only is not null)
            {
                return false;
            }

            only = cell;
        }

        return Add(line, only!);
    }

    /// <summary>Tells of the titles so far. For when a row has come below them.</summary>
    public void Warn()
    {
        foreach (var (line, text) in _open)
        {
            warn(FormattableString.Invariant($"line {line}, '{Unseen.Show(Words.Shorten(text))}', may be a title by ")
                + "which those below it want no messages. Nobody is left out for it: if it is one, take their rows "
                + "out, or give the file a column Unsubscribed with Yes in them.");
        }

        _open.Clear();
    }

    private bool Add(int line, string cell)
    {
        if (cell.Contains('@') || OptOutCells.IsOptOut(OptOutMeaning.Status, cell) != true)
        {
            return false;
        }

        // A file that has one title often has it once for each part.
        var text = cell.Trim();
        if (_known.Add(text))
        {
            _open.Add((line, text));
        }

        return true;
    }
}
