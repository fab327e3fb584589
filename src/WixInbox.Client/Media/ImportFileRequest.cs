namespace WixInbox.Media;

/// <summary>Asks Wix to fetch a file.</summary>
internal sealed class ImportFileRequest
{
    public required string Url { get; init; }

    public string? DisplayName { get; init; }
}
