using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>A card with a picture, a title, lines of text and buttons.</summary>
public sealed class TemplateContent : WixObject
{
    /// <summary>Gets or sets the title.</summary>
    public string? Title { get; set; }

    /// <summary>Gets or sets the address of the picture: http or https, at most 2,000 characters.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>Gets or sets the lines of text: at most 10, each of at most 512 characters.</summary>
    public string[]? TextLines { get; set; }

    /// <summary>Gets or sets the buttons: at most 10.</summary>
    public Button[]? Buttons { get; set; }

    /// <summary>Gets or sets the layout. The API takes <see cref="TemplateOrientation.Portrait"/> without it.</summary>
    [JsonIgnore]
    public TemplateOrientation? Orientation
    {
        get => EnumName.Parse<TemplateOrientation>(OrientationName);
        set => OrientationName = EnumName.Of(value);
    }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The title, or else the lines of text.</returns>
    public override string ToString() => Title ?? string.Join(", ", TextLines ?? []);

    [JsonInclude]
    [JsonPropertyName("orientation")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? OrientationName { get; set; }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<TemplateOrientation>(fields, "orientation", OrientationName);
    }
}
