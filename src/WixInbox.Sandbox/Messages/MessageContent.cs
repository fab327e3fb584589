using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// A message's content as read from a request, with what the rest of the sandbox wants to know about it.
/// </summary>
internal sealed class MessageContent(JsonObject json)
{
    /// <summary>Gets the content in camelCase, ready to be stored.</summary>
    public JsonObject Json { get; } = json;

    /// <summary>Gets or sets the text that the ledger shows.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets the path of the first image or file url that is no web address.</summary>
    public string? BadMediaUrl { get; set; }

    /// <summary>Gets the images and files with a url, which get an expiry when the message is stored.</summary>
    public List<JsonObject> ExpiringMedia { get; } = [];
}
