namespace WixInbox;

/// <summary>The body of <c>POST /inbox/v2/conversations</c>.</summary>
internal sealed class GetOrCreateConversationRequest
{
    /// <summary>Gets or sets the participant: exactly one of contact, visitor and member id.</summary>
    public IdentificationData? ParticipantId { get; set; }
}
