namespace WixInbox;

/// <summary>Which side of a conversation wrote a message.</summary>
public enum MessageAuthor
{
    /// <summary>The participant: the contact, member or visitor.</summary>
    Participant,

    /// <summary>The business: the site, its collaborators and apps.</summary>
    Business,
}
