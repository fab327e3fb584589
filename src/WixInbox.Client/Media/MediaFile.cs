using System.Text.Json;
using System.Text.Json.Serialization;
using WixInbox.Json;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// A file of the site's Media Manager. It can be sent as an image or as a file: it converts to an
/// <see cref="ImageMessage"/> and to a <see cref="FileMessage"/>.
/// </summary>
public sealed class MediaFile : WixObject
{
    private int? _width;
    private int? _height;

    /// <summary>Gets or sets the file's id, by which a message names it.</summary>
    public string? Id { get; set; }

    /// <summary>Gets or sets the name that the Media Manager shows, at most 255 characters.</summary>
    public string? DisplayName { get; set; }

    /// <summary>
    /// Gets or sets the file's address. Whoever has it can read the file. While the file is pending, it leads nowhere.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>Gets or sets how many bytes the file has. Of one that Wix still fetches, it is not known.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public long? SizeInBytes { get; set; }

    /// <summary>Gets or sets what the Media Manager takes the file for.</summary>
    [JsonIgnore]
    public MediaType? MediaType
    {
        get => EnumName.Parse<MediaType>(MediaTypeName);
        set => MediaTypeName = EnumName.Of(value);
    }

    /// <summary>Gets or sets how far Wix is with the file.</summary>
    [JsonIgnore]
    public OperationStatus? OperationStatus
    {
        get => EnumName.Parse<OperationStatus>(OperationStatusName);
        set => OperationStatusName = EnumName.Of(value);
    }

    /// <summary>Gets or sets the address of a small picture of the file.</summary>
    public string? ThumbnailUrl { get; set; }

    /// <summary>
    /// Gets or sets the file's media type. It is not the API's: it is known of a file that was uploaded from here.
    /// </summary>
    [JsonIgnore]
    public string? MimeType { get; set; }

    /// <summary>
    /// Gets or sets an image's width in pixels: as Wix tells it, or else as it is stored in a file that was uploaded
    /// from here.
    /// </summary>
    [JsonIgnore]
    public int? Width
    {
        get => Pixels("width") ?? _width;
        set => _width = value;
    }

    /// <summary>
    /// Gets or sets an image's height in pixels: as Wix tells it, or else as it is stored in a file that was uploaded
    /// from here.
    /// </summary>
    [JsonIgnore]
    public int? Height
    {
        get => Pixels("height") ?? _height;
        set => _height = value;
    }

    /// <summary>Gets or sets the file on this machine that was uploaded. It is not the API's.</summary>
    [JsonIgnore]
    public string? Path { get; set; }

    /// <summary>Makes an image of a message of it.</summary>
    /// <param name="file">The file.</param>
    public static implicit operator ImageMessage?(MediaFile? file) => file?.ToImageMessage();

    /// <summary>Makes a file of a message of it.</summary>
    /// <param name="file">The file.</param>
    public static implicit operator FileMessage?(MediaFile? file) => file?.ToFileMessage();

    /// <summary>Makes an image of a message of it.</summary>
    /// <returns>The image, with id, address, name and size, as far as they are known.</returns>
    public ImageMessage ToImageMessage() =>
        new() { Id = Id, Url = Url, Filename = Filename, Width = Width, Height = Height };

    /// <summary>Makes a file of a message of it.</summary>
    /// <returns>The file, with id, address, name and media type, as far as they are known.</returns>
    public FileMessage ToFileMessage() => new() { Id = Id, Url = Url, Filename = Filename, MimeType = MimeType };

    /// <summary>Gets the name of the file, and how far Wix is with it, if that is known.</summary>
    /// <returns>For example <c>opening.png (Ready)</c>.</returns>
    public override string ToString()
    {
        var name = DisplayName ?? Id ?? string.Empty;
        return (OperationStatus?.ToString() ?? OperationStatusName) is { } status ? $"{name} ({status})" : name;
    }

    [JsonInclude]
    [JsonPropertyName("mediaType")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? MediaTypeName { get; set; }

    [JsonInclude]
    [JsonPropertyName("operationStatus")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? OperationStatusName { get; set; }

    // What kind of file it is decides what this has.
    [JsonInclude]
    [JsonPropertyName("media")]
    internal JsonElement? Media { get; set; }

    /// <summary>Notes what is known of the file that was uploaded.</summary>
    internal void Describe(LocalFile file)
    {
        Path = file.Path;
        MimeType = file.MimeType;
        Width = file.Width;
        Height = file.Height;
        DisplayName ??= file.Name;
        SizeInBytes ??= file.Size;
    }

    private string? Filename =>
        DisplayName is null ? null : TextCut.AtElement(DisplayName, MessageValidator.LongestFilename);

    private int? Pixels(string name)
    {
        var image = Media;
        foreach (var step in new[] { "image", "image", name })
        {
            image = image is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(step, out var child)
                ? child
                : null;
        }

        return image is { ValueKind: JsonValueKind.Number } number
            && number.TryGetDouble(out var pixels)
            && pixels is >= 1 and <= int.MaxValue
            ? (int)pixels
            : null;
    }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<MediaType>(fields, "mediaType", MediaTypeName);
        EnumName.AddUnknown<OperationStatus>(fields, "operationStatus", OperationStatusName);
    }
}
