namespace WixInbox;

/// <summary>An image or a file of a form.</summary>
public sealed class MediaItem : WixObject
{
    /// <summary>Gets or sets an image.</summary>
    public ImageMessage? Image { get; set; }

    /// <summary>Gets or sets a file.</summary>
    public FileMessage? File { get; set; }
}
