namespace WixInbox.Rows;

/// <summary>The name that was probably meant by one that is not there.</summary>
internal static class NearestName
{
    /// <summary>Finds the name that is most like a missing one.</summary>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="names">Those that there are.</param>
    /// <returns>The nearest; null if none is near.</returns>
    public static string? Find(string name, IEnumerable<string> names)
    {
        var wanted = ColumnNames.Normalize(name);
        var farthest = Math.Max(1, wanted.Length / 3);
        return names
            .Select(other => (Name: other, Distance: DistanceOf(wanted, ColumnNames.Normalize(other))))
            .Where(other => other.Distance <= farthest)
            .OrderBy(other => other.Distance)
            .Select(other => other.Name)
            .FirstOrDefault();
    }

    // The number of letters that are put in, left out, replaced or swapped with their neighbour.
    private static int DistanceOf(string from, string to)
    {
        // The names of columns are short. A similar name for a long one is of no use.
        if (Math.Abs(from.Length - to.Length) > from.Length || from.Length > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[from.Length, to.Length];
    }
}
