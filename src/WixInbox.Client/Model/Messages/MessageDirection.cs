namespace WixInbox;

/// <summary>Who speaks to whom.</summary>
public enum MessageDirection
{
    /// <summary>The business writes to the participant (<c>BUSINESS_TO_PARTICIPANT</c>).</summary>
    BusinessToParticipant,

    /// <summary>The participant writes to the business (<c>PARTICIPANT_TO_BUSINESS</c>).</summary>
    ParticipantToBusiness,
}
