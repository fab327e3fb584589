namespace WixInbox.Sandbox;

/// <summary>A contact of the site, to be given to <see cref="SandboxHandler.AddContact"/>, which copies it.</summary>
public sealed class SandboxContact
{
    /// <summary>
    /// Gets or sets the id, a GUID; null for one that is made from the first e-mail address, another for each contact
    /// that has it.
    /// </summary>
    public string? Id { get; set; }

    /// <summary>
    /// Gets the e-mail addresses, the primary one first; none is allowed. Several contacts may share one.
    /// </summary>
    public IList<string> Emails { get; } = [];

    /// <summary>Gets the phone numbers, the primary one first.</summary>
    public IList<string> Phones { get; } = [];

    /// <summary>Gets the keys of the contact's labels, such as <c>custom.vip</c>.</summary>
    public IList<string> LabelKeys { get; } = [];

    /// <summary>
    /// Gets or sets the id of the member of the site who the contact is, a GUID; null (the default) for one who is
    /// none.
    /// </summary>
    public string? MemberId { get; set; }

    /// <summary>
    /// Gets or sets when the contact last did something; null (the default) for the moment when it is added.
    /// </summary>
    public DateTimeOffset? LastActivityDate { get; set; }

    /// <summary>
    /// Gets or sets what the contact did last, as it is on the wire: <c>CONTACT_CREATED</c> (the default),
    /// <c>INBOX_MESSAGE_FROM_CUSTOMER</c> or any other.
    /// </summary>
    public string LastActivityType { get; set; } = "CONTACT_CREATED";

    /// <summary>
    /// Gets or sets the first name, which is also part of the name that the contact's conversation shows.
    /// </summary>
    public string? FirstName { get; set; }

    /// <summary>Gets or sets the last name.</summary>
    public string? LastName { get; set; }

    /// <summary>
    /// Gets or sets whether the primary address takes mail, as it is on the wire: <c>NO_SUBSCRIPTION_STATUS</c>,
    /// <c>NOT_SET</c> (the default), <c>PENDING</c>, <c>SUBSCRIBED</c> or <c>UNSUBSCRIBED</c>.
    /// </summary>
    public string SubscriptionStatus { get; set; } = EnumNames.NotSet;

    /// <summary>
    /// Gets or sets whether mail arrives at the primary address, as it is on the wire: <c>NOT_SET</c> (the default),
    /// <c>VALID</c>, <c>BOUNCED</c>, <c>SPAM_COMPLAINT</c> or <c>INACTIVE</c>.
    /// </summary>
    public string DeliverabilityStatus { get; set; } = EnumNames.NotSet;

    /// <summary>Refuses a contact that Wix could not have.</summary>
    internal void Check()
    {
        if (Id is not null && !Guid.TryParseExact(Id, "D", out _))
        {
            throw new ArgumentException($"The contact's id \"{Id}\" is not a GUID.");
        }

        if (MemberId is not null && !Guid.TryParseExact(MemberId, "D", out _))
        {
            throw new ArgumentException($"The contact's member id \"{MemberId}\" is not a GUID.");
        }

        if (Id == Inbox.NoOne)
        {
            throw new ArgumentException("The all-zero id belongs to no one.");
        }

        if (Emails.Count > FieldLimits.Emails)
        {
            throw new ArgumentException($"A contact has at most {FieldLimits.Emails} e-mail addresses.");
        }

        CheckTexts("e-mail address", Emails, 1, FieldLimits.Email);
        CheckTexts("phone number", Phones, 1, FieldLimits.Phone);
        CheckTexts("label key", LabelKeys, 1, int.MaxValue);
        CheckTexts("last activity", [LastActivityType], 1, int.MaxValue);
        CheckTexts("name", [FirstName ?? string.Empty, LastName ?? string.Empty], 0, FieldLimits.Name);
        CheckName("SubscriptionStatus", SubscriptionStatus, EnumNames.SubscriptionStatus);
        CheckName("DeliverabilityStatus", DeliverabilityStatus, EnumNames.DeliverabilityStatus);
    }

    private static void CheckTexts(string what, IEnumerable<string> texts, int min, int max)
    {
        foreach (var text in texts)
        {
            if (text is null || ValueRules.Length(text) < min || ValueRules.Length(text) > max)
            {
                throw new ArgumentException($"A contact's {what} has {min}-{max} characters.");
            }
        }
    }

    private static void CheckName(string what, string name, IReadOnlyList<string> names)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException($"{what} is one of {string.Join(", ", names)}, not \"{name}\".");
        }
    }
}
