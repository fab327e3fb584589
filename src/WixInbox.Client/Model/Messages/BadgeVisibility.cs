namespace WixInbox;

/// <summary>Who sees a badge. The chat widget does not honour it.</summary>
public enum BadgeVisibility
{
    /// <summary>Both sides see it (<c>BUSINESS_AND_PARTICIPANT</c>).</summary>
    BusinessAndParticipant,

    /// <summary>Only the site's collaborators see it (<c>BUSINESS</c>).</summary>
    Business,
}
