using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>Which operation a method and path mean, and how its input is read.</summary>
internal sealed class SandboxApi(Inbox inbox)
{
    public const string Messages = "/inbox/v2/messages";
    public const string Conversations = "/inbox/v2/conversations";
    public const string OneConversation = "/inbox/v2/conversations/{conversationId}";

    /// <summary>The path under which a request is counted: its route where it has one.</summary>
    public static string Route(string path) => ConversationIdIn(path) is null ? path : OneConversation;

    public Answer Handle(IncomingRequest request, DateTimeOffset receivedAt)
    {
        try
        {
            return (request.Method, Route(request.Path)) switch
            {
                ("POST", Messages) => Body(request, out JsonElement body)
                    ?? SendMessage.Handle(body, inbox, receivedAt),
                ("GET", Messages) => ListMessages.Handle(Json.ReadObject(QueryString.ToJson(request.Query)), inbox),
                ("POST", Conversations) => Body(request, out JsonElement body)
                    ?? GetOrCreateConversation.Handle(body, inbox),
                ("GET", OneConversation) => GetConversation.Handle(ConversationIdIn(request.Path)!, inbox),
                (_, Messages) => ErrorAnswers.WrongMethod(request.Method, request.Path, "GET, POST"),
                (_, Conversations) => ErrorAnswers.WrongMethod(request.Method, request.Path, "POST"),
                (_, OneConversation) => ErrorAnswers.WrongMethod(request.Method, request.Path, "GET"),
                _ => ErrorAnswers.NoSuchPath(request.Path),
            };
        }
        catch (FormatException exception)
        {
            // Wix documents nothing for a body or query that cannot be read. Our choice: 400 without field violations.
            return ErrorAnswers.MalformedRequest(exception.Message);
        }
    }

    private static Answer? Body(IncomingRequest request, out JsonElement body)
    {
        body = default;

        // Wix documents nothing for another or a missing media type. Our choice: 415, so that a client that forgets the
        // header is caught.
        if (!string.Equals(request.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return ErrorAnswers.Application(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json.");
        }

        body = Json.ReadObject(request.Body);
        return null;
    }

    private static string? ConversationIdIn(string path)
    {
        if (!path.StartsWith(Conversations + "/", StringComparison.Ordinal))
        {
            return null;
        }

        string id = path.Substring(Conversations.Length + 1);
        return id.Length == 0 || id.Contains('/') ? null : Uri.UnescapeDataString(id);
    }
}
