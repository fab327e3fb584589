namespace WixInbox.Sandbox;

/// <summary>One condition of a filter. Case never counts: our choice, as mail systems do not distinguish it in practice.</summary>
/// <param name="Field">The field, one of <see cref="ContactFilter"/>'s.</param>
/// <param name="Operator">The operator, one that the field takes.</param>
/// <param name="Values">What the field is compared with; empty for <c>$exists</c>.</param>
/// <param name="Exists">Whether the field must be there, for <c>$exists</c>.</param>
internal sealed record ContactCondition(string Field, string Operator, ISet<string> Values, bool Exists)
{
    /// <summary>Gets the values that the field must have one of, and that therefore name the contacts that are meant.</summary>
    public IEnumerable<string> Named => Operator is "$eq" or "$in" ? Values : [];

    // A contact can have several addresses. Our choice: one of them is enough, and for $ne none may be the one.
    public bool Holds(Contact contact)
    {
        IEnumerable<string> values = ValuesOf(contact);
        return Operator switch
        {
            "$ne" => !values.Any(Values.Contains),
            "$exists" => values.Any() == Exists,
            "$startsWith" => values.Any(value => value.StartsWith(Values.Single(), StringComparison.OrdinalIgnoreCase)),
            _ => values.Any(Values.Contains),
        };
    }

    private IEnumerable<string> ValuesOf(Contact contact) => Field switch
    {
        ContactFilter.Id => [contact.Id],
        ContactFilter.PrimaryEmail => contact.Emails.Take(1),
        _ => contact.Emails,
    };
}
