namespace WixInbox.Rows;

/// <summary>Where a value of a row came from.</summary>
/// <param name="Name">The column, the parameter with its hyphen, or the field of the request.</param>
/// <param name="IsColumn">Whether it is a column.</param>
internal readonly record struct ValueSource(string Name, bool IsColumn = false)
{
    public static ValueSource Column(string column) => new(column, IsColumn: true);

    public static ValueSource Parameter(string parameter) => new("-" + parameter);

    /// <summary>Names it as a sentence does, which tells a column from a parameter by the word.</summary>
    public override string ToString() => IsColumn ? "column " + Name : Name;
}
