using WixInbox.Errors;

namespace WixInbox.Csv;

/// <summary>
/// The names of columns, as rows can have them: each but once, and without what cannot be seen or typed.
/// </summary>
internal static class CsvColumns
{
    /// <summary>
    /// Makes names of a line's cells. The second of two equal names gets the name of its group, or a number, and one
    /// that is empty gets a number.
    /// </summary>
    /// <param name="cells">The cells. Empty ones at the end get no name.</param>
    /// <param name="groups">
    /// The cells above them, each of which names its column and those to the right up to the next one; none if there is
    /// no such line.
    /// </param>
    public static IReadOnlyList<string> Name(IReadOnlyList<string> cells, IReadOnlyList<string> groups)
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
        for (var index = 0; index < count; index++)
        {
            var cell = given[index];
            var group = known.Contains(cell) ? GroupOf(given, groups, index) : string.Empty;
            var basis = group.Length > 0 ? $"{group} {cell}"
                : cell.Length > 0 ? cell
                : FormattableString.Invariant($"H{++unnamed}");
            var name = basis;
            for (var number = 2; (group.Length > 0 && plain.Contains(name)) || !known.Add(name);)
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

    // Two columns of one group are no better known by it.
    private static string GroupOf(string[] given, IReadOnlyList<string> groups, int index)
    {
        var first = Array.FindIndex(
            given, cell => string.Equals(cell, given[index], StringComparison.OrdinalIgnoreCase));
        var group = At(index);
        return string.Equals(group, At(first), StringComparison.OrdinalIgnoreCase) ? string.Empty : group;

        string At(int column) =>
            groups.Take(column + 1).Select(Clean).LastOrDefault(cell => cell.Length > 0) ?? string.Empty;
    }

    // A line break within a name, which Excel lets one type, is a blank; a mark, a NUL and a character of no width are
    // nothing, except within a word of Persian or an emoji, where the owner of the file would type it as well.
    private static string Clean(string cell)
    {
        var visible = string.Concat(cell.Where(letter =>
            letter is '\u200C' or '\u200D' or '\uFE0F' || !Unseen.IsInvisible(letter)));
        return string.Join(" ", visible.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
