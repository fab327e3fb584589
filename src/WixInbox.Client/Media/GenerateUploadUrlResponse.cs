namespace WixInbox.Media;

/// <summary>An address to upload a file to: a secret, since whoever has it can.</summary>
internal sealed class GenerateUploadUrlResponse
{
    public string? UploadUrl { get; set; }
}
