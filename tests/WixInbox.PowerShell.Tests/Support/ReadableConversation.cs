using System.Globalization;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A conversation of messages a minute apart that can be read in pages, as Wix gives them: newest first.
/// </summary>
internal static class ReadableConversation
{
    /// <summary>When the first message was made, less a minute.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Answers with messages whose id is their number, from 1.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="mostPerPage">How many a page has at most, whatever is asked for.</param>
    public static StubHandler Of(int count, int mostPerPage = 100) =>
        new((request, _) => Task.FromResult(Page(request, count, mostPerPage)));

    /// <summary>
    /// Makes a site where everybody is called Ada Lovelace, and ada@example.com is the second contact.
    /// </summary>
    public static StubHandler Chats() => new((request, _) => Task.FromResult(request.Path switch
    {
        "/inbox/v2/conversations" => StubHandler.Json(
            200,
            StubHandler.Stored(request).Content.ReadAsStringAsync(CancellationToken.None).Result
                .Replace(
                    "\"},", "\",\"participantDisplayData\":{\"name\":\"Ada Lovelace\"}},", StringComparison.Ordinal)
                .Replace("true", "false", StringComparison.Ordinal)),
        "/contacts/v5/contacts/query" when request.Body.Contains("ada@example.com", StringComparison.Ordinal) =>
            StubHandler.Json(
                200,
                $$$"""{"contacts":[{"id":"{{{Engine.Guid2}}}","email":{"email":"ada@example.com"}}]}"""),
        "/contacts/v4/contacts/query" => StubHandler.Json(200, """{"contacts":[]}"""),
        "/contacts/v5/contacts/query" => StubHandler.Contacts(request),
        _ => Page(request, 1, 30),
    }));

    public static HttpResponseMessage Page(RecordedRequest request, int count, int mostPerPage)
    {
        var limit = Math.Min(
            mostPerPage, int.Parse(request.Query("paging.limit") ?? "30", CultureInfo.InvariantCulture));
        var newest =
            request.Query("paging.cursor") is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : count;
        var messages = Enumerable.Range(0, Math.Min(limit, newest)).Select(index => Message(newest - index));
        var next = newest - limit;
        return Answer(messages, next > 0 ? next.ToString(CultureInfo.InvariantCulture) : null);
    }

    public static HttpResponseMessage Answer(IEnumerable<JsonNode?> messages, string? cursor) => StubHandler.Json(
        200,
        new JsonObject
        {
            ["messages"] = new JsonArray([.. messages]),
            ["pagingMetadata"] =
                new JsonObject { ["cursors"] = cursor is null ? [] : new JsonObject { ["next"] = cursor } },
        }.ToJsonString());

    public static JsonObject Message(int number, string? text = null) => new()
    {
        ["id"] = number.ToString(CultureInfo.InvariantCulture),
        ["content"] = new JsonObject
        {
            ["basic"] = new JsonObject
            {
                ["items"] = new JsonArray(new JsonObject { ["text"] = text ?? $"confidential {number}" }),
            },
        },
        ["visibility"] = "BUSINESS_AND_PARTICIPANT",
        ["direction"] = "PARTICIPANT_TO_BUSINESS",
        ["createdDate"] = Start.AddMinutes(number).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    /// <summary>Gets a parameter of a request's query; null if it has none of that name.</summary>
    public static string? Query(this RecordedRequest request, string name) =>
        request.Uri.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1]))
        .SingleOrDefault();
}
