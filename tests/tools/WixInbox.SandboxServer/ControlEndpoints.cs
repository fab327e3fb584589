using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>
/// What a test may ask of the sandbox itself: /sandbox/ledger, /requests, /faults, /known, /contacts and /reset.
/// </summary>
internal sealed class ControlEndpoints(SandboxHandler handler, IReadOnlyList<SandboxContact> seed)
{
    // Someone reads this with curl: letters of any script go out as themselves.
    private static readonly JsonSerializerOptions s_readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            (int Status, JsonNode Body) answer = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("GET", "/sandbox/ledger") => (200, Ledger()),
                ("GET", "/sandbox/requests") => (200, Requests()),
                ("POST", "/sandbox/faults") => (200, AddFaults(await BodyAsync(context))),
                ("POST", "/sandbox/known") => (200, AddKnown(await BodyAsync(context))),
                ("POST", "/sandbox/contacts") => (200, AddContacts(await BodyAsync(context))),
                ("POST", "/sandbox/reset") => (200, Reset()),
                (_, "/sandbox/ledger" or "/sandbox/requests") => (405, Message("Use GET.")),
                (_, "/sandbox/faults" or "/sandbox/known" or "/sandbox/contacts" or "/sandbox/reset") =>
                    (405, Message("Use POST.")),
                _ => (404, Message("There are /sandbox/ledger, /requests, /faults, /known, /contacts and /reset.")),
            };
            await WriteAsync(context, answer.Status, answer.Body);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException)
        {
            await WriteAsync(context, 400, Message(exception.Message));
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpContext context)
    {
        using JsonDocument document =
            await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        return document.RootElement.Clone();
    }

    private static Task WriteAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString(s_readable), context.RequestAborted);
    }

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private JsonArray Ledger() =>
    [
        .. handler.Ledger.Select(entry => new JsonObject
        {
            ["conversationId"] = entry.ConversationId,
            ["messageId"] = entry.MessageId,
            ["text"] = entry.Text,
            ["receivedAt"] = entry.ReceivedAt.UtcDateTime,
            ["message"] = JsonNode.Parse(entry.Json),
        }),
    ];

    private JsonArray Requests() =>
    [
        .. handler.RequestCounts.Select(line => new JsonObject
        {
            ["method"] = line.Method,
            ["path"] = line.Path,
            ["status"] = line.Status,
            ["count"] = line.Count,
        }),
    ];

    private JsonObject AddFaults(JsonElement list)
    {
        List<Fault> faults = FaultList.Read(list);
        handler.AddFaults(faults);
        return new JsonObject { ["queued"] = faults.Count };
    }

    private JsonObject AddKnown(JsonElement known)
    {
        if (known.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Send an object of lists of ids.");
        }

        foreach (JsonProperty list in known.EnumerateObject())
        {
            Action<string> add = list.Name switch
            {
                "conversations" => handler.AddConversation,
                "contacts" => id => handler.AddParticipant(ParticipantKind.Contact, id),
                "members" => id => handler.AddParticipant(ParticipantKind.Member, id),
                "anonymousVisitors" => id => handler.AddParticipant(ParticipantKind.AnonymousVisitor, id),
                _ => throw new FormatException($"There is no list {list.Name}."),
            };
            foreach (JsonElement id in list.Value.ValueKind == JsonValueKind.Array
                ? list.Value.EnumerateArray()
                : throw new FormatException($"{list.Name} is not a list."))
            {
                add(id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText());
            }
        }

        return [];
    }

    private JsonObject AddContacts(JsonElement list)
    {
        IReadOnlyList<string> ids = handler.AddContacts(ContactList.Read(list));
        return new JsonObject { ["contactIds"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };
    }

    // The contacts of the command line are part of how the server was started, and stay.
    private JsonObject Reset()
    {
        handler.Reset();
        handler.AddContacts(seed);
        return [];
    }
}
