namespace WixInbox.Media;

/// <summary>Asks Communication Channels Media for an address to upload a file to, or to fetch one.</summary>
internal sealed class ChannelFileRequest
{
    public required string MimeType { get; init; }

    /// <summary>Gets the name of a file that is uploaded: at most 200 characters.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the address of a file that Wix fetches.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the name of a file that Wix fetches: at most 200 characters.</summary>
    public string? DisplayName { get; init; }
}
