namespace WixInbox.Sandbox;

/// <summary>Which of the three ids of Get or Create Conversation's <c>participantId</c> names a person.</summary>
public enum ParticipantKind
{
    /// <summary><c>anonymousVisitorId</c>: a visitor who has not said who they are.</summary>
    AnonymousVisitor,

    /// <summary><c>contactId</c>: a contact of the site.</summary>
    Contact,

    /// <summary><c>memberId</c>: a member of the site.</summary>
    Member,
}
