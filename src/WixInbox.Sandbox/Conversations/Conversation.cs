using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>The one conversation with a participant.</summary>
internal sealed record Conversation(string Id, Participant Participant)
{
    /// <summary>
    /// The participant as IdentificationData, which is also the sender of a message sent as the participant.
    /// </summary>
    public JsonObject ParticipantJson() => new() { [Participant.FieldName(Participant.Kind)] = Participant.Id };

    // The names other than a contact's, and CHAT as the one channel, are made up; Wix fills them from the site.
    public JsonObject ToJson(string? name) => new()
    {
        ["id"] = Id,
        ["participant"] = ParticipantJson(),
        ["channels"] = new JsonArray("CHAT"),
        ["businessDisplayData"] = new JsonObject { ["name"] = "Sandbox" },
        ["participantDisplayData"] = new JsonObject
        {
            ["name"] = name
                ?? $"{(Participant.Kind == ParticipantKind.AnonymousVisitor ? "Visitor" : Participant.Kind)} "
                + $"{Participant.Id.Substring(0, 8)}",
        },
    };
}
