using System.Text.Json.Serialization;

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

    /// <summary>
    /// Gets or sets the file on this machine that <see cref="Image"/> or <see cref="File"/> stands for. It is not the
    /// API's: a <see cref="BulkRun"/> uploads it before the message leaves, and sends its id and address.
    /// </summary>
    [JsonIgnore]
    public LocalFile? LocalFile { get; set; }

    /// <summary>Makes an item of a file that is still to be uploaded.</summary>
    /// <param name="file">The file.</param>
    /// <param name="asImage">Whether it is sent as an image.</param>
    /// <returns>The item.</returns>
    public static BasicItem Of(LocalFile file, bool asImage)
    {
        if (file is null)
        {
            throw new ArgumentNullException(nameof(file));
        }

        return new BasicItem
        {
            LocalFile = file,
            Image =
                asImage ? new ImageMessage { Filename = file.Name, Width = file.Width, Height = file.Height } : null,
            File = asImage ? null : new FileMessage { Filename = file.Name, MimeType = file.MimeType },
        };
    }

    /// <summary>Copies the item, with what is known of the file once it has been uploaded.</summary>
    internal BasicItem Filled(MediaFile media)
    {
        var copy = (BasicItem)MemberwiseClone();
        copy.Image = Image is null ? null : media.ToImageMessage();
        copy.File = File is null ? null : media.ToFileMessage();
        return copy;
    }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The text, or else the name or address of the image or file.</returns>
    public override string ToString() => Text ?? Image?.ToString() ?? File?.ToString() ?? string.Empty;
}
