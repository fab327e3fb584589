using System.Net;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// GET /inbox/v2/conversations/{conversationId}. The official SDK repeats the id in the query, which is not looked at.
/// </summary>
internal static class GetConversation
{
    public static Answer Handle(string id, Inbox inbox)
    {
        var violations = new Violations();
        if (ValueRules.CheckGuid(id, "conversationId", violations) is not string conversationId)
        {
            return ErrorAnswers.Invalid(violations);
        }

        return inbox.FindConversation(conversationId) is Conversation conversation
            ? new Answer(
                (int)HttpStatusCode.OK, Json.Write(new JsonObject { ["conversation"] = inbox.ToJson(conversation) }))
            : ErrorAnswers.ConversationNotFound(conversationId);
    }
}
