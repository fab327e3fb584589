using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>
/// A warning that many rows may give cause for. A run tells of the first such row at once, before its message leaves;
/// the others are counted, and told of at the end.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="name">What the rows have in common, such as a column.</param>
internal sealed class CountedWarning(MessageCommand cmdlet, string name)
{
    /// <summary>Gets the rows.</summary>
    public RowTally Rows { get; } = new(name);

    /// <summary>
    /// Gets a value indicating whether a run also tells of a row that no other can follow, since none is piped in.
    /// </summary>
    public bool TellsOfLone { get; init; }

    /// <summary>Gets a value indicating whether the first row was told of.</summary>
    public bool IsTold { get; private set; }

    /// <summary>Gets a value indicating whether there are rows to tell of at the end.</summary>
    public bool IsDue => Rows.Count > (IsTold ? 1 : 0);

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Makes the sentence about the first row; null for a row that is counted and no more.</param>
    /// <param name="example">What stands in the row.</param>
    public void Add(Row row, Func<string>? first, string? example = null)
    {
        Rows.Add(row.Number ?? 1, example);
        if (first is null || IsTold || !cmdlet.Sends)
        {
            return;
        }

        IsTold = true;
        if (TellsOfLone || row.Number is not null)
        {
            cmdlet.WriteWarning(row.Begin(first() + " Further such rows are counted at the end."));
        }
    }
}
