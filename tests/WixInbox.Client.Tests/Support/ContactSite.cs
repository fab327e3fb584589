using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.Tests;

/// <summary>A site with contacts: how it answers, and messages to those at its addresses.</summary>
internal static class ContactSite
{
    /// <summary>Gets the addresses of the contacts that are also looked up by their ids.</summary>
    public static string[] Addresses { get; } = ["a@example.com", "b@example.com"];

    /// <summary>Answers as a site does that has these contacts at each address.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="contactsOf">Gets the contacts of an address.</param>
    /// <param name="lookUps">Where the addresses of each request that looks some up are added.</param>
    public static HttpResponseMessage AnswerTo(
        RecordedRequest request, Func<string, JsonObject[]> contactsOf, List<string[]>? lookUps = null)
    {
        if (request.Path == "/inbox/v2/conversations")
        {
            return Answer.Conversation(
                JsonNode.Parse(request.Body)!["participantId"]!["contactId"]!.GetValue<string>());
        }

        if (request.Path == "/inbox/v2/messages")
        {
            return Answer.Sent();
        }

        if (request.Path == "/contacts/v4/contacts/query")
        {
            return Answer.Json(200, """{"contacts":[]}""");
        }

        if (JsonNode.Parse(request.Body)!["query"]!["filter"]!["id"]?["$in"] is JsonArray ids)
        {
            return Contacts(
                [
                    .. ids.Select(id => Addresses.First(address => Id(address) == id!.GetValue<string>()))
                        .SelectMany(contactsOf),
                ]);
        }

        string[] asked =
        [
            .. JsonNode.Parse(request.Body)!["query"]!["filter"]!["email.email"]!["$in"]!.AsArray()
                .Select(address => address!.GetValue<string>()),
        ];
        if (lookUps is not null)
        {
            lock (lookUps)
            {
                lookUps.Add(asked);
            }
        }

        return Contacts([.. asked.Select(address => address.ToLowerInvariant()).Distinct().SelectMany(contactsOf)]);
    }

    public static HttpResponseMessage Contacts(JsonObject[] contacts, string? next = null) => Answer.Json(
        200,
        new JsonObject
        {
            ["contacts"] = new JsonArray([.. contacts]),
            ["pagingMetadata"] = new JsonObject
            {
                ["count"] = contacts.Length,
                ["cursors"] = next is null ? [] : new JsonObject { ["next"] = next },
                ["hasNext"] = next is not null,
            },
        }.ToJsonString());

    public static JsonObject Contact(string address, string subscription = "NOT_SET", int twin = 0) => new()
    {
        ["id"] = Id(address + (twin == 0 ? "" : twin)),
        ["email"] = new JsonObject
        {
            ["email"] = address,
            ["subscriptionStatus"] = new JsonObject { ["status"] = subscription },
        },
    };

    public static string Id(string address) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(address))[..16]).ToString();

    public static Recipient Email(string address) => new(RecipientKind.Email, address);

    public static Task<Outcome<Message>> SendAsync(BulkRun sender, Recipient recipient, params Recipient[] contacts) =>
        sender.SendAsync(sender.Take(new BulkMessage(recipient, Sample.Text()) { Contacts = contacts }));
}
