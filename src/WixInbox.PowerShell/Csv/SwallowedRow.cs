using WixInbox.Rows;

namespace WixInbox.Csv;

/// <summary>
/// Finds a row that a quotation mark has swallowed. One that nobody has closed ends at the next one, which may be in
/// another row: that row, and all between, would be the text of a cell, and what is said behind it would be said of the
/// first one. A line of a text has hardly as many cells as a row, with an address in one.
/// </summary>
/// <param name="separator">What stands between cells.</param>
/// <param name="columns">How many columns the file has.</param>
internal sealed class SwallowedRow(char separator, int columns)
{
    /// <summary>Finds a row in the text of a cell.</summary>
    /// <param name="cells">The cells of a record.</param>
    /// <param name="quoted">Those in quotation marks, and the line that each begins with.</param>
    /// <returns>The line that the cell begins with, and that of the row; null if there is none.</returns>
    public (int Line, int Row)? Find(List<string> cells, List<(int Cell, int Line)> quoted)
    {
        var opening = -1;
        foreach (var (at, first) in quoted)
        {
            var lines = cells[at].Replace("\r\n", "\n").Split('\r', '\n');
            if (lines.Length == 1)
            {
                continue;
            }

            opening = opening < 0 ? at : opening;
            int[] addressed =
            [
                .. Enumerable.Range(0, Math.Min(opening, columns)).Where(cell => AddressText.IsAddress(cells[cell])),
            ];
            for (var index = 1; index < lines.Length; index++)
            {
                var isLast = index == lines.Length - 1;
                var text = lines[index];

                // "1 Main Street\nDublin, Ireland",ada@example.com ends with the address of its own row, unless a row
                // has ended before, with one in the same place: "Best customer ever,grace@example.com\nwants
                // 19",ada@example.com
                if (IsRow(
                    text.Replace("\"", "\"\"") + (isLast ? RestOfLine(cells, quoted, at) : string.Empty),
                    text,
                    addressed,
                    isLast && at == opening ? AddressBefore(cells, at, lines[0]) : -1))
                {
                    return (first, first + index);
                }
            }
        }

        return null;
    }

    // The cells behind one in quotation marks, as they stand in its last line.
    private string RestOfLine(List<string> cells, List<(int Cell, int Line)> quoted, int at)
    {
        var rest = string.Concat(cells.Skip(at + 1).Select((cell, index) => separator
            + (quoted.Exists(one => one.Cell == at + 1 + index) ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell)));
        var end = rest.IndexOfAny(['\r', '\n']);
        return "\"" + (end < 0 ? rest : rest.Substring(0, end));
    }

    // Where the line of the quotation mark has an address, if it is a row without the mark.
    private int AddressBefore(List<string> cells, int at, string text) =>
        at + 1 + SeparatorsIn(text) == columns
            ? cells.Take(at).Concat(text.Split(separator)).ToList().FindIndex(AddressText.IsAddress)
            : -1;

    // With an address in its part of the text, or in a certain cell. Most lines of texts have none, and need no parser.
    // Where the row itself has an address in front, a line with blanks behind all its separators, as a signature has
    // them, is a row only if it has one in the same place.
    private bool IsRow(string line, string text, int[] addressed, int column)
    {
        if (!line.Contains('@') || SeparatorsIn(line) < columns - 1)
        {
            return false;
        }

        var parser = new CsvParser(new StringReader(line), separator);
        try
        {
            return parser.Read()
                && parser.Cells.Count >= columns
                && parser.Cells.Skip(columns).All(CsvLayout.IsEmpty)
                && ((column >= 0 && AddressText.IsAddress(parser.Cells[column]))
                    || (addressed.Length > 0 && text.Split(separator).Skip(1).All(cell => cell is [' ', ..])
                        ? addressed.Any(cell => AddressText.IsAddress(parser.Cells[cell]))
                        : text.Split(separator).Any(AddressText.IsAddress)));
        }
        catch (CsvException)
        {
            // A cell of it goes on in the next line, which is looked at too.
            return false;
        }
    }

    private int SeparatorsIn(string text) => text.Count(letter => letter == separator);
}
