namespace WixInbox;

/// <summary>An image: one of the site's Media Manager by its id, or one elsewhere by its address.</summary>
public sealed class ImageMessage : WixObject
{
    /// <summary>Gets or sets the image's id in Wix Media, at most 2,000 characters.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// Gets or sets the image's address, at most 2,000 characters. In a response it is valid for ten hours.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>Gets or sets the file's name, at most 255 characters.</summary>
    public string? Filename { get; set; }

    /// <summary>Gets or sets the width in pixels.</summary>
    public double? Width { get; set; }

    /// <summary>Gets or sets the height in pixels.</summary>
    public double? Height { get; set; }

    /// <summary>Gets or sets when the address ceases to be valid. The server sets it.</summary>
    public DateTimeOffset? UrlExpiration { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The name of the file, or else its address or id.</returns>
    public override string ToString() => Filename ?? Url ?? Id ?? string.Empty;
}
