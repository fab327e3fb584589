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

    // Of an opt-out and a death, the opt-out: it also holds for others who have the address.
    private static OptOut? Find(Row row, int depth)
    {
        OptOut? found = null;
        foreach (var (column, meaning) in row.Shape.OptOuts)
        {
            foreach (var value in row.ReadAll(column, meaning == OptOutMeaning.Status))
            {
                if (Read(row, column, meaning, value) is { } optOut
                    && !(optOut.HasDied && (found is not null || row.Shape.AreOtherDead)))
                {
                    found = optOut;
                    if (!optOut.HasDied)
                    {
                        return found;
                    }
                }
            }
        }

        foreach (var (_, inner) in depth == 0 ? [] : row.Inner)
        {
            if (Find(inner, depth - 1) is { } optOut && !(optOut.HasDied && found is not null))
            {
                found = optOut;
                if (!optOut.HasDied)
                {
                    return found;
                }
            }
        }

        return found;
    }

    private static OptOut? Read(Row row, string column, OptOutMeaning meaning, string value)
    {
        if (meaning is not (OptOutMeaning.Status or OptOutMeaning.StatusOrNo or OptOutMeaning.No)
            && EmptyText.StandsForNothing(value))
        {
            return null;
        }

        // A list of those who have unsubscribed gives the address that it has for the row: =VLOOKUP(…).
        var isOptOut = meaning is OptOutMeaning.Yes or OptOutMeaning.Filled && IsOwnAddress(row, column, value)
            ? true
            : OptOutWords.IsOptOut(meaning, value);
        return isOptOut == false
            ? null
            : new OptOut(
                row.Shape.Path + column,
                value.Trim(),
                isOptOut == true,
                HasDied: OptOutWords.IsDeath(value)
                    || (OptOutColumns.IsDeath(meaning) && OptOutWords.FindAlone(value) is null));
    }

    private static bool IsOwnAddress(Row row, string column, string value) =>
        AddressText.Read(value)?.Address is { } address
        && row.Shape.Columns.Any(other => other != column
            && row.TextIn(other) is { } text
            && AddressText.ReadAll(text).Contains(address, StringComparer.OrdinalIgnoreCase));
}
