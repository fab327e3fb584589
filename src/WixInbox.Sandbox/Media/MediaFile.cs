using System.Globalization;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>A file of the site's media.</summary>
internal sealed record MediaFile
{
    // Documented: a longer name is cut.
    private const int LongestName = 255;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? MimeType { get; init; }

    /// <summary>Gets what the client says that it is; null to tell it from the media type.</summary>
    public string? MediaType { get; init; }

    /// <summary>Gets the bytes of an upload; null for an import, which the sandbox does not fetch.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Gets when it stops being PENDING.</summary>
    public required DateTimeOffset Ends { get; init; }

    public bool Fails { get; init; }

    public string Status(DateTimeOffset now) => now < Ends ? "PENDING" : Fails ? "FAILED" : "READY";

    /// <summary>
    /// The file descriptor. The address is one that can never resolve (RFC 2606): nobody is to fetch it.
    /// </summary>
    public JsonObject ToJson(string status)
    {
        var type = MediaType ?? TypeOf(MimeType);
        var url = $"https://media.invalid/{Id}/{Uri.EscapeDataString(Name)}";
        var json = new JsonObject
        {
            ["id"] = Id,
            ["displayName"] = Name.Length <= LongestName ? Name : Name.Remove(LongestName),
            ["url"] = url,
        };
        json.AddText("sizeInBytes", Content?.Length.ToString(CultureInfo.InvariantCulture));
        json["mediaType"] = type;
        json["operationStatus"] = status;
        json.AddText("thumbnailUrl", type == "IMAGE" ? url : null);
        return json;
    }

    // The names are those of Wix's SDK; which media type has which is our choice.
    private static string TypeOf(string? mimeType) => mimeType switch
    {
        null => "UNKNOWN",
        "image/svg+xml" => "VECTOR",
        "application/zip" or "application/x-zip-compressed" => "ARCHIVE",
        _ => mimeType.Split('/')[0] switch
        {
            "image" => "IMAGE",
            "video" => "VIDEO",
            "audio" => "AUDIO",
            _ => "DOCUMENT",
        },
    };
}
