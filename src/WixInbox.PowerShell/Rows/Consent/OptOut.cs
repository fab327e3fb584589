namespace WixInbox.Rows;

/// <summary>What a row says by which its person wants no messages.</summary>
/// <param name="Column">The column, with those in which its row stands in front of it.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="IsClear">Whether it says so without doubt; otherwise the person may want none.</param>
/// <param name="HasDied">
/// Whether the person has died. Somebody else may have the same address: the one with whom they shared it.
/// </param>
internal readonly record struct OptOut(string Column, string Value, bool IsClear, bool HasDied)
{
    /// <summary>How deep rows are read that stand in a row: one may lead back to itself.</summary>
    public const int DeepestRow = 5;

    /// <summary>
    /// Finds the opt-out of a row, or of one of the rows that it is made of: Group-Object makes one row of all rows of
    /// a person.
    /// </summary>
    public static OptOut? Find(Row row) => Find(row, DeepestRow);

    private static OptOut? Find(Row row, int depth)
    {
        foreach (var (column, meaning) in row.Shape.OptOuts)
        {
            foreach (var value in row.ReadAll(column, meaning == OptOutMeaning.Status))
            {
                if (!(meaning is OptOutMeaning.Filled or OptOutMeaning.Yes or OptOutMeaning.Death
                        && EmptyText.StandsForNothing(value))
                    && OptOutWords.IsOptOut(meaning, value) is not false and var isOptOut)
                {
                    return new OptOut(
                        row.Shape.Path + column,
                        value.Trim(),
                        isOptOut == true,
                        HasDied: meaning == OptOutMeaning.Death || OptOutWords.IsDeath(value));
                }
            }
        }

        foreach (var (_, inner) in depth == 0 ? [] : row.Inner)
        {
            if (Find(inner, depth - 1) is { } optOut)
            {
                return optOut;
            }
        }

        return null;
    }
}
