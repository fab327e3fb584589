namespace WixInbox.Contacts;

/// <summary>What the site knows of an e-mail address or a contact id.</summary>
/// <param name="Asked">The address or id, as it was given.</param>
/// <param name="ContactIds">
/// The contacts that it means: none where it was not found, several where it is ambiguous.
/// </param>
internal sealed record ContactLookup(string Asked, IReadOnlyList<string> ContactIds)
{
    /// <summary>
    /// Gets the contact, if there is exactly one. A contact that was merged into another is that other one.
    /// </summary>
    public string? ContactId => ContactIds.Count == 1 ? ContactIds[0] : null;

    /// <summary>Gets the addresses of the contact, as far as they came, in lower case.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>
    /// Gets the id of the site's member who the contact is; null for one who is no member, and where that did not come:
    /// Contacts v4, which is asked where v5 refuses, does not tell. Wix wants a member's conversation to be asked for
    /// with this id.
    /// </summary>
    public string? MemberId { get; init; }

    /// <summary>
    /// Gets whether the contact has agreed to get messages; null where no status came, or one that this version does
    /// not know. Null is no consent, and is to be said aloud. Of several contacts, it is
    /// <see cref="WixInbox.SubscriptionStatus.Unsubscribed"/> if any of them has unsubscribed, and null otherwise.
    /// </summary>
    public SubscriptionStatus? SubscriptionStatus { get; init; }
}
