using System.Text.Json.Serialization;

namespace WixInbox.Media;

/// <summary>What Communication Channels Media answers of a file that it fetches: flat, and without a status.</summary>
internal sealed class ChannelFileResponse
{
    public string? FileId { get; set; }

    public string? DisplayName { get; set; }

    public string? Url { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? SizeInBytes { get; set; }
}
