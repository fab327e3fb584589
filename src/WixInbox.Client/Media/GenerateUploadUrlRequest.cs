using System.Text.Json.Serialization;

namespace WixInbox.Media;

/// <summary>Asks for an address to upload a file to.</summary>
internal sealed class GenerateUploadUrlRequest
{
    public required string MimeType { get; init; }

    /// <summary>Gets the name that the Media Manager shows; Wix cuts it at 255 characters.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the size, by which Wix can refuse a file before it is uploaded.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public required long SizeInBytes { get; init; }
}
