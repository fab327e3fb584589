namespace WixInbox.Csv;

/// <summary>
/// The lines that programs write below the rows: totals and notes. A row for a person has an address or an id; they
/// have neither, and fill few cells. A line that may be one of them is held back until another row shows that it is
/// none.
/// </summary>
/// <param name="columns">How many columns the file has.</param>
internal sealed class CsvFooter(int columns)
{
    private const int Longest = 20;

    // With a number in the line.
    private static readonly string[] s_totalWords =
    [
        "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt", "somme",
        "totale", "totaal", "suma", "razem", "итого", "всего", "合計", "count", "records", "rows",
    ];

    private static readonly string[] s_footerWords =
    [
        "copyright", "©", "confidential", "generated", "report", "exported", "end of",
    ];

    private readonly List<(int Line, string[] Cells, bool IsTitle)> _held = [];
    private bool _hasRow;
    private bool _isAfterBlank;

    /// <summary>Gets how many lines are held back: at the end of the file, those that are no rows.</summary>
    public int Count => _held.Count;

    /// <summary>Gets the first of these lines; 0 if there is none.</summary>
    public int FirstLine => _held.Count > 0 ? _held[0].Line : 0;

    /// <summary>Gets those of these lines that may be rows all the same.</summary>
    public IEnumerable<int> Doubtful => _held.Where(one => MayBePerson(one.Cells)).Select(one => one.Line);

    /// <summary>Takes an empty line.</summary>
    public void AddBlank() => _isAfterBlank = true;

    /// <summary>Takes a line, and holds it back if it may be one below the rows. Any other is a row.</summary>
    /// <param name="line">The number of the line.</param>
    /// <param name="cells">Its cells, one of which is filled.</param>
    /// <param name="isTitle">Whether it may be a title.</param>
    /// <returns>Whether it is held back.</returns>
    public bool Hold(int line, List<string> cells, bool isTitle)
    {
        if (_hasRow && _held.Count < Longest && columns > 1 && Is(cells, _isAfterBlank || _held.Count > 0))
        {
            _held.Add((line, [.. cells], isTitle));
            return true;
        }

        _hasRow = true;
        _isAfterBlank = false;
        return false;
    }

    /// <summary>Gives back the lines that were held back, which are rows.</summary>
    public (int Line, string[] Cells, bool IsTitle)[] Release()
    {
        if (_held.Count == 0)
        {
            return [];
        }

        var lines = _held.ToArray();
        _held.Clear();
        return lines;
    }

    // Apart is what stands behind an empty line, or behind another one of its kind.
    private static bool Is(List<string> cells, bool isApart)
    {
        string? first = null;
        foreach (var cell in cells)
        {
            if (CsvLayout.IsEmpty(cell))
            {
                continue;
            }

            first ??= cell;
            if (cell.Contains('@') || Guid.TryParse(cell, out _))
            {
                return false;
            }
        }

        return (isApart && cells.Count == 1) || BeginsFooter(first!, cells);
    }

    // A total has a number beside its word, and Count Basie a name.
    private static bool MayBePerson(string[] cells)
    {
        string[] filled = [.. cells.Where(cell => !CsvLayout.IsEmpty(cell))];
        var first = filled[0].Trim(' ', '-', '=', '*', '#', '(', ')', ':', '.');
        return filled.Length > 1
            && first.SkipWhile(char.IsLetter).Any(char.IsLetter)
            && !s_totalWords.Contains(first, StringComparer.OrdinalIgnoreCase);
    }

    private static bool BeginsFooter(string cell, List<string> cells)
    {
        var text = cell.TrimStart(' ', '-', '=', '*', '#', '(');
        return s_footerWords.Any(Begins) || (s_totalWords.Any(Begins) && cells.Any(one => one.Any(char.IsDigit)));

        bool Begins(string word) =>
            text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            && (text.Length == word.Length || !char.IsLetter(text[word.Length]));
    }
}
