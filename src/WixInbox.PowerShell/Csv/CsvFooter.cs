namespace WixInbox.Csv;

/// <summary>
/// The lines that programs write below the rows: totals and notes. A row for a person has an address or an id; they
/// have neither, and fill few cells.
/// </summary>
internal static class CsvFooter
{
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

    /// <summary>Tells whether a line may be one below the rows.</summary>
    /// <param name="cells">Its cells, one of which is filled.</param>
    /// <param name="isApart">Whether it stands behind an empty line, or behind another one of its kind.</param>
    public static bool Is(IReadOnlyList<string> cells, bool isApart)
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

    /// <summary>
    /// Tells whether a line that was taken for one below the rows may be a row all the same. A total has a number
    /// beside its word, and Count Basie a name.
    /// </summary>
    public static bool MayBePerson(IReadOnlyList<string> cells)
    {
        string[] filled = [.. cells.Where(cell => !CsvLayout.IsEmpty(cell))];
        var first = filled[0].Trim(' ', '-', '=', '*', '#', '(', ')', ':', '.');
        return filled.Length > 1
            && first.SkipWhile(char.IsLetter).Any(char.IsLetter)
            && !s_totalWords.Contains(first, StringComparer.OrdinalIgnoreCase);
    }

    private static bool BeginsFooter(string cell, IReadOnlyList<string> cells)
    {
        var text = cell.TrimStart(' ', '-', '=', '*', '#', '(');
        return s_footerWords.Any(Begins) || (s_totalWords.Any(Begins) && cells.Any(one => one.Any(char.IsDigit)));

        bool Begins(string word) =>
            text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            && (text.Length == word.Length || !char.IsLetter(text[word.Length]));
    }
}
