namespace WixInbox.Csv;

/// <summary>
/// The names of columns, as rows can have them: each but once, and without what cannot be seen or typed.
/// </summary>
internal static class CsvColumns
{
    /// <summary>
    /// Makes names of a line's cells. The second of two equal names gets a number, and so does one that is empty.
    /// </summary>
    /// <param name="cells">The cells. Empty ones at the end get no name.</param>
    public static IReadOnlyList<string> Name(IReadOnlyList<string> cells)
    {
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var count = cells.Count;
        while (count > 0 && CsvLayout.IsEmpty(cells[count - 1]))
        {
            count--;
        }

        // A name of the file keeps its form, even if it comes after a column that would get that name by its number.
        var given = cells.Take(count).Select(Clean).ToArray();
        var plain = new HashSet<string>(given, StringComparer.OrdinalIgnoreCase);
        var unnamed = 0;
        foreach (var cell in given)
        {
            var basis = cell.Length > 0 ? cell : FormattableString.Invariant($"H{++unnamed}");
            var name = basis;
            for (var number = 2; !known.Add(name);)
            {
                do
                {
                    name = FormattableString.Invariant($"{basis} {number++}");
                }
                while (plain.Contains(name));
            }

            names.Add(name);
        }

        return names;
    }

    // A line break within a name, which Excel lets one type, is a blank; a mark, a NUL and a character of no width are
    // nothing.
    private static string Clean(string cell)
    {
        var visible = string.Concat(cell.Where(letter => letter is not ('\uFEFF' or '\u200B' or '\u200E' or '\u200F')
            && (!char.IsControl(letter) || char.IsWhiteSpace(letter))));
        return string.Join(" ", visible.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
