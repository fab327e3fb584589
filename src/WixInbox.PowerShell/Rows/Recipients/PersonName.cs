namespace WixInbox.Rows;

/// <summary>An id or an address by which a row names its person.</summary>
/// <param name="Person">The id or address.</param>
/// <param name="Column">The column that it stands in; null where a parameter has it.</param>
/// <param name="IsCertain">
/// Whether the name is this person's alone. A further id, or the address of a buyer beside the id of a contact, may
/// stand in the rows of several people.
/// </param>
internal readonly record struct PersonName(Recipient Person, string? Column, bool IsCertain)
{
    /// <summary>Gets where it stands, as a sentence goes on with it.</summary>
    public string Place =>
        Column is null ? "by -" + RecipientParameters.NameOf(Person.Kind) : "in column " + Column;
}
