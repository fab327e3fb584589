namespace WixInbox.Contacts;

/// <summary>A contact as either version of the API gives it.</summary>
/// <param name="Id">The contact's id.</param>
/// <param name="Email">The main address.</param>
/// <param name="Emails">The addresses, as far as they came.</param>
internal sealed record Person(string Id, string? Email, IReadOnlyList<string> Emails)
{
    public string? MemberId { get; init; }

    public SubscriptionStatus? SubscriptionStatus { get; init; }

    // The other version may know what this one does not, and whoever has unsubscribed by either has.
    public Person With(Person other) => this with
    {
        Email = Email ?? other.Email,
        Emails = [.. Emails.Union(other.Emails)],
        MemberId = MemberId ?? other.MemberId,
        SubscriptionStatus = other.SubscriptionStatus == WixInbox.SubscriptionStatus.Unsubscribed
            ? other.SubscriptionStatus
            : SubscriptionStatus ?? other.SubscriptionStatus,
    };

    public static Person Of(ContactV5 contact) =>
        new(
            contact.Id!,
            contact.Email?.Email is { } email ? Normal(email) : null,
            [.. contact.AdditionalEmails?.Select(further => further?.Email).OfType<string>().Select(Normal) ?? []])
    {
        MemberId = contact.MemberInfo?.MemberId,
        SubscriptionStatus = contact.SubscriptionStatus,
    };

    public static Person Of(Contact contact) =>
        new(contact.Id!, contact.Email is { } email ? Normal(email) : null, [.. contact.Emails.Select(Normal)])
    {
        SubscriptionStatus = contact.SubscriptionStatus,
    };

    /// <summary>
    /// Makes one of a contact that came twice: from both versions, or from two pages, since contacts came in between.
    /// </summary>
    public static List<Person> Join(IEnumerable<Person> people) =>
        [.. people.GroupBy(person => person.Id).Select(same => same.Aggregate((one, other) => one.With(other)))];

    /// <summary>Writes an address as v5 keeps it, or an id as it is on the wire: in lower case.</summary>
    public static string Normal(string text) => text.Trim().ToLowerInvariant();
}
