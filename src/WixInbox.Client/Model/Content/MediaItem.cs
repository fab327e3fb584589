namespace WixInbox;

/// <summary>An image or a file of a form.</summary>
public sealed class MediaItem : WixObject
{
    /// <summary>Gets or sets an image.</summary>
    public ImageMessage? Image { get; set; }

    /// <summary>Gets or sets a file.</summary>
    public FileMessage? File { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The name of the image or file, or else its address or id.</returns>
    public override string ToString() => (Image?.ToString() ?? File?.ToString()) ?? string.Empty;
}
