namespace WixInbox;

/// <summary>By what a recipient is named.</summary>
public enum RecipientKind
{
    /// <summary>The id of a conversation: what the API sends to.</summary>
    Conversation,

    /// <summary>The id of a contact, whose conversation has to be found.</summary>
    Contact,

    /// <summary>The id of a member of the site, whose conversation has to be found.</summary>
    Member,

    /// <summary>The id of a visitor who is not signed in, whose conversation has to be found.</summary>
    AnonymousVisitor,

    /// <summary>An e-mail address of a contact, who has to be found, and then the conversation.</summary>
    Email,
}
