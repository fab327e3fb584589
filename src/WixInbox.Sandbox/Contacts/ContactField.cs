namespace WixInbox.Sandbox;

/// <summary>A field that a query of contacts can filter by.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Operators">The operators that it takes.</param>
/// <param name="Values">What a contact has there: nothing, one value, or several.</param>
internal sealed record ContactField(
    string Name, IReadOnlyList<string> Operators, Func<Contact, IEnumerable<string>> Values)
{
    public const string Id = "id";
    public const string PrimaryEmail = "primaryInfo.email";
    public const string AnyEmail = "info.emails.email";
    public const string MainEmail = "email.email";

    private static readonly string[] s_text = ["$eq", "$ne", "$in", "$exists", "$startsWith"];
    private static readonly string[] s_status = ["$eq", "$ne", "$in", "$nin"];
    private static readonly string[] s_date = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"];
    private static readonly string[] s_dateV5 = ["$eq", "$gt", "$gte", "$lt", "$lte"];
    private static readonly string[] s_textV5 = ["$eq", "$in", "$exists"];

    /// <summary>
    /// Gets what Contacts v4 filters by: the documented fields of which the sandbox knows something.
    /// <c>info.emails.email</c>, which Wix's newest article has, means every address of a contact, and
    /// <c>primaryInfo.email</c> the main one.
    /// </summary>
    public static IReadOnlyDictionary<string, ContactField> V4 { get; } = Table(
        new(Id, ["$eq", "$ne", "$in", "$exists"], contact => [contact.Id]) { IsGuid = true },
        new(PrimaryEmail, s_text, contact => contact.Emails.Take(1)),
        new(AnyEmail, s_text, contact => contact.Emails),
        new("primaryInfo.phone", s_text, contact => contact.Phones.Take(1)),
        new("info.name.first", s_text, contact => One(contact.FirstName)),
        new("info.name.last", s_text, contact => One(contact.LastName)),
        new("info.labelKeys", ["$hasSome", "$hasAll"], contact => contact.LabelKeys),
        new("primaryEmail.email", s_status, contact => contact.Emails.Take(1)),
        new("primaryEmail.subscriptionStatus", s_status, Subscription),
        new("primaryEmail.deliverabilityStatus", s_status, Deliverability),
        new("info.extendedFields.emailSubscriptions.subscriptionStatus", s_status, Subscription),
        new("info.extendedFields.emailSubscriptions.deliverabilityStatus", s_status, Deliverability),
        new("createdDate", s_date, _ => []) { Date = contact => contact.Created },
        new("updatedDate", s_date, _ => []) { Date = contact => contact.Updated },
        new("lastActivity.activityDate", s_date, _ => []) { Date = contact => contact.LastActivityDate });

    /// <summary>
    /// Gets what Contacts v5 filters by: its types know these fields and no others. Addresses are kept in lower case.
    /// Our choice: what is asked for is compared as it is, so that a client that forgets the lower case is caught.
    /// </summary>
    public static IReadOnlyDictionary<string, ContactField> V5 { get; } = Table(
        new(Id, ["$eq", "$in"], contact => [contact.Id]) { IsGuid = true },
        new(MainEmail, s_textV5, contact => contact.Emails.Take(1).Select(Normal)) { IsExact = true },
        new("phone.phone", s_textV5, contact => contact.Phones.Take(1)) { IsExact = true },
        new("externalId", s_textV5, _ => []) { IsExact = true },
        new("createdDate", s_dateV5, _ => []) { Date = contact => contact.Created },
        new("updatedDate", s_dateV5, _ => []) { Date = contact => contact.Updated });

    /// <summary>Gets the moment that a contact has there, for a field of time.</summary>
    public Func<Contact, DateTimeOffset>? Date { get; init; }

    public bool IsGuid { get; init; }

    /// <summary>
    /// Gets a value indicating whether upper and lower case differ. Where they do not: our choice, as mail systems do
    /// not distinguish them in practice.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>An address as v5 keeps it.</summary>
    public static string Normal(string address) => address.Trim().ToLowerInvariant();

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];

    // A contact without an address has no primaryEmail.
    private static IEnumerable<string> Subscription(Contact contact) =>
        contact.PrimaryEmail is null ? [] : [contact.SubscriptionStatus];

    private static IEnumerable<string> Deliverability(Contact contact) =>
        contact.PrimaryEmail is null ? [] : [contact.DeliverabilityStatus];

    private static Dictionary<string, ContactField> Table(params ContactField[] fields) =>
        fields.ToDictionary(field => field.Name);
}
