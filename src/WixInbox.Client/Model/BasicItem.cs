namespace WixInbox;

/// <summary>One item of a basic message: a text, an image or a file.</summary>
public sealed class BasicItem : WixObject
{
    /// <summary>Gets or sets a text of 1 to 16,384 characters.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets an image.</summary>
    public ImageMessage? Image { get; set; }

    /// <summary>Gets or sets a file.</summary>
    public FileMessage? File { get; set; }
}
