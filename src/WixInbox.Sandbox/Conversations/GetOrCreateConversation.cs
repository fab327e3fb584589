using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>POST /inbox/v2/conversations.</summary>
internal static class GetOrCreateConversation
{
    private static readonly ParticipantKind[] s_kinds =
        [ParticipantKind.Contact, ParticipantKind.AnonymousVisitor, ParticipantKind.Member];

    public static Answer Handle(JsonElement body, Inbox inbox)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        Participant? participant =
            request.Object("participantId", optional: false) is InputObject ids ? Read(ids) : null;
        if (violations.Any || participant is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        if (inbox.GetOrCreate(participant, out var created) is not Conversation conversation)
        {
            // What an unknown participant yields is not documented. Our choice: 404 with a code in the style of Wix's.
            return ErrorAnswers.Application(
                (int)HttpStatusCode.NotFound,
                "PARTICIPANT_NOT_FOUND",
                $"No {Participant.FieldName(participant.Kind)} {participant.Id} was found.");
        }

        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["conversation"] = inbox.ToJson(conversation),
            ["newConversation"] = created,
        }));
    }

    private static Participant? Read(InputObject ids)
    {
        var given = ids.OneOf([.. s_kinds.Select(Participant.FieldName)]);
        if (given is null || ids.RequiredGuid(given) is not string id)
        {
            return null;
        }

        return new Participant(s_kinds.First(kind => Participant.FieldName(kind) == given), id);
    }
}
