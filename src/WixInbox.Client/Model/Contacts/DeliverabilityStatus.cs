namespace WixInbox;

/// <summary>Whether mail arrives at a contact's main address, as Wix last saw it.</summary>
public enum DeliverabilityStatus
{
    /// <summary>Nothing is known (<c>NOT_SET</c>).</summary>
    NotSet,

    /// <summary>Mail arrives (<c>VALID</c>).</summary>
    Valid,

    /// <summary>The last mail came back (<c>BOUNCED</c>).</summary>
    Bounced,

    /// <summary>The contact has reported mail as spam (<c>SPAM_COMPLAINT</c>).</summary>
    SpamComplaint,

    /// <summary>The contact has not reacted to several mails (<c>INACTIVE</c>).</summary>
    Inactive,
}
