namespace WixInbox.Sandbox;

/// <summary>One condition of a filter.</summary>
/// <param name="Field">The field.</param>
/// <param name="Operator">The operator, one that the field takes.</param>
/// <param name="Values">What the field is compared with; empty for <c>$exists</c> and for times.</param>
/// <param name="Exists">Whether the field must be there, for <c>$exists</c>.</param>
/// <param name="Time">What a field of time is compared with.</param>
internal sealed record ContactCondition(
    ContactField Field, string Operator, ISet<string> Values, bool Exists, DateTimeOffset Time)
{
    /// <summary>
    /// Gets the values that the field must have one of, and that therefore name the contacts that are meant.
    /// </summary>
    public IEnumerable<string> Named => Operator is "$eq" or "$in" ? Values : [];

    // A contact can have several addresses. Our choice: one of them is enough, and for $ne none may be the one.
    public bool Holds(Contact contact)
    {
        if (Field.Date is not null)
        {
            // Times are on the wire to the millisecond, and so they are compared.
            var order = Milliseconds(Field.Date(contact)).CompareTo(Milliseconds(Time));
            return Operator switch
            {
                "$eq" => order == 0,
                "$ne" => order != 0,
                "$gt" => order > 0,
                "$gte" => order >= 0,
                "$lt" => order < 0,
                _ => order <= 0,
            };
        }

        var values = Field.Values(contact);
        return Operator switch
        {
            "$ne" or "$nin" => !values.Any(Values.Contains),
            "$exists" => values.Any() == Exists,
            "$startsWith" => values.Any(value => value.StartsWith(Values.Single(), StringComparison.OrdinalIgnoreCase)),
            "$hasAll" => Values.IsSubsetOf(values),
            _ => values.Any(Values.Contains),
        };
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
