namespace WixInbox.Rows;

/// <summary>What a row says by which its person wants no messages, or has died.</summary>
/// <param name="Column">The column, with those in which its row stands in front of it.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="IsClear">Whether it says so without doubt; otherwise it may say so.</param>
/// <param name="HasDied">Whether it is a death.</param>
/// <param name="HoldsForAddress">
/// Whether it holds for all who have the address. A death alone does not: the address may be that of a widow.
/// </param>
internal readonly record struct OptOut(
    string Column, string Value, bool IsClear, bool HasDied, bool HoldsForAddress)
{
    /// <summary>How deep rows are read that stand in a row: one may lead back to itself.</summary>
    public const int DeepestRow = 5;

    /// <summary>
    /// Finds the opt-out of a row, or of one of the rows that it is made of: Group-Object makes one row of all rows of
    /// a person. Of an opt-out and a death, the opt-out is found, which also holds for others who have the address.
    /// </summary>
    public static OptOut? Find(Row row)
    {
        if (row.Shape.Consent.OptOuts.Length == 0 && row.Inner.Count == 0)
        {
            return null;
        }

        OptOut? death = null;
        foreach (var optOut in In(row, DeepestRow))
        {
            if (optOut.HoldsForAddress)
            {
                return optOut;
            }

            death ??= optOut;
        }

        return death;
    }

    private static IEnumerable<OptOut> In(Row row, int depth)
    {
        foreach (var (column, meaning) in row.Shape.Consent.OptOuts)
        {
            foreach (var value in ConsentAnswers.In(row, column, meaning == OptOutMeaning.Status))
            {
                if (!(meaning is OptOutMeaning.Filled or OptOutMeaning.Yes or OptOutMeaning.Death
                        && EmptyText.StandsForNothing(value))
                    && OptOutCells.IsOptOut(meaning, value) is not false and var isOptOut)
                {
                    var hasDied = IsDeath(column, meaning, value);
                    yield return new OptOut(
                        row.Shape.Path + column,
                        value.Trim(),
                        isOptOut == true,
                        hasDied,
                        HoldsForAddress: !(hasDied && OptOutWords.IsNothingButDeath(value)));
                }
            }
        }

        foreach (var optOut in depth == 0 ? [] : row.Inner.SelectMany(inner => In(inner.Row, depth - 1)))
        {
            yield return optOut;
        }
    }

    // Where a column of opt-outs says that somebody has died, it has opted out the address.
    private static bool IsDeath(string column, OptOutMeaning meaning, string value) =>
        OptOutColumns.IsOfDeath(column)
            ? OptOutWords.IsDeath(value) || OptOutWords.FindAlone(value) is null
            : meaning is OptOutMeaning.Status or OptOutMeaning.StatusOrNo && OptOutWords.IsDeath(value);
}
