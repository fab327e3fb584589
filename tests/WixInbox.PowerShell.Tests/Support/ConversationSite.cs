namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A site whose conversations are read and asked for.</summary>
internal static class ConversationSite
{
    /// <summary>The member that each conversation is with.</summary>
    public const string Guid3 = "2d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

    /// <summary>Gets the requests for conversations: contacts are looked up before.</summary>
    public static RecordedRequest[] Asked(StubHandler handler) =>
        [.. handler.Requests.Where(request => request.Path == "/inbox/v2/conversations")];

    /// <summary>Makes a site that has each conversation, but the one that fails.</summary>
    public static StubHandler Conversations(
        string? failing = null, Func<HttpResponseMessage>? failure = null, string name = "Ada") => new((request, _) =>
    {
        var id = request.Path.Split('/')[^1];
        return Task.FromResult(id == failing ? failure!() : Answer(id, name));
    });

    public static HttpResponseMessage Answer(string id, string name = "Ada") => StubHandler.Json(
        200,
        $$$$"""{"conversation":{"id":"{{{{id}}}}","participant":{"memberId":"{{{{Guid3}}}}","contactId":"{{{{Engine.Guid2}}}}"},"participantDisplayData":{"name":"{{{{name}}}}"}}}""");
}
