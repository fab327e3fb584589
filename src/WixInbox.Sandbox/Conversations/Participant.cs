namespace WixInbox.Sandbox;

/// <summary>Who a conversation is with.</summary>
internal sealed record Participant(ParticipantKind Kind, string Id)
{
    /// <summary>The field that holds an id of this kind.</summary>
    public static string FieldName(ParticipantKind kind) => kind switch
    {
        ParticipantKind.AnonymousVisitor => "anonymousVisitorId",
        ParticipantKind.Contact => "contactId",
        ParticipantKind.Member => "memberId",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of participant."),
    };
}
