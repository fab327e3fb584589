namespace WixInbox.Media;

/// <summary>What every call answers that is about one file.</summary>
internal sealed class FileResponse
{
    public MediaFile? File { get; set; }
}
