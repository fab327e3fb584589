namespace WixInbox;

/// <summary>The last thing that a contact did on the site, or that was done to it. Wix keeps no earlier one.</summary>
public sealed class ContactActivity : WixObject
{
    /// <summary>Gets or sets when it was, in UTC.</summary>
    public DateTimeOffset? ActivityDate { get; set; }

    /// <summary>
    /// Gets or sets what it was, as Wix calls it: <c>INBOX_MESSAGE_FROM_CUSTOMER</c> for a message that the contact
    /// wrote, <c>INBOX_MESSAGE_TO_CUSTOMER</c> for one that it got, and some fifty others.
    /// </summary>
    public string? ActivityType { get; set; }

    /// <inheritdoc/>
    public override string ToString() => ActivityType ?? string.Empty;
}
