namespace WixInbox;

/// <summary>Who sees a message.</summary>
public enum MessageVisibility
{
    /// <summary>Both sides see it (<c>BUSINESS_AND_PARTICIPANT</c>).</summary>
    BusinessAndParticipant,

    /// <summary>Only the site's collaborators see it (<c>BUSINESS</c>).</summary>
    Business,
}
