using System.Text.Json.Serialization;
using WixInbox.Json;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// What a message says: exactly one of <see cref="Basic"/>, <see cref="Template"/>, <see cref="Minimal"/> and
/// <see cref="Form"/>.
/// </summary>
public sealed class MessageContent : WixObject
{
    /// <summary>Gets or sets the summary that the dashboard's list of messages shows, at most 256 characters.</summary>
    public string? PreviewText { get; set; }

    /// <summary>
    /// Gets or sets a title. Wix's own samples set it on messages to the e-mail channel; what each channel makes of it
    /// is not documented.
    /// </summary>
    public string? Title { get; set; }

    /// <summary>Gets or sets the kind of content, where a response states it. It is not sent.</summary>
    [JsonIgnore]
    public ContentType? ContentType
    {
        get => EnumName.Parse<ContentType>(ContentTypeName);
        set => ContentTypeName = EnumName.Of(value);
    }

    /// <summary>Gets or sets text, images and files.</summary>
    public BasicContent? Basic { get; set; }

    /// <summary>Gets or sets a card with a picture, lines of text and buttons.</summary>
    public TemplateContent? Template { get; set; }

    /// <summary>Gets or sets one line that reports an event.</summary>
    public MinimalContent? Minimal { get; set; }

    /// <summary>Gets or sets a form that was filled in.</summary>
    public FormContent? Form { get; set; }

    /// <summary>Gets or sets a message of Wix itself. It is received only: the API refuses to send one.</summary>
    public SystemContent? System { get; set; }

    /// <summary>Gets the texts that are not empty, in the order in which they are shown.</summary>
    internal IEnumerable<string> Texts
    {
        get
        {
            string?[] texts =
            [
                .. Basic?.Items?.Select(item => item?.Text) ?? [],
                Template?.Title,
                .. Template?.TextLines ?? [],
                Minimal?.Text,
                Form?.Title,
                Form?.Description,
                System?.Text,
            ];
            return texts.Where(text => !string.IsNullOrWhiteSpace(text))!;
        }
    }

    /// <summary>
    /// Gets the start of the content's first text, as long as <see cref="PreviewText"/> may be and cut where a reader
    /// sees a boundary; nothing where the content has no text.
    /// </summary>
    /// <returns>At most 256 characters.</returns>
    public string? GetDefaultPreviewText()
    {
        // The limit's unit is not documented. Cut in UTF-16 units, it holds in any.
        return Texts.FirstOrDefault() is { } first
            ? TextCut.AtElement(first, MessageValidator.LongestPreviewText)
            : null;
    }

    /// <summary>
    /// Copies the content as it may be sent: what it holds is shared, and what the API does not take is left out.
    /// </summary>
    /// <returns>The copy.</returns>
    public MessageContent ToSendable()
    {
        var copy = (MessageContent)MemberwiseClone();
        copy.ContentType = null;
        return copy;
    }

    /// <summary>Copies the content, with other items.</summary>
    internal MessageContent With(BasicItem[] items)
    {
        var copy = (MessageContent)MemberwiseClone();
        copy.Basic = new BasicContent { Items = items, Extra = Basic?.Extra };
        return copy;
    }

    /// <summary>Gets what a list, or a column of a CSV, shows of the content.</summary>
    /// <returns>The preview, or else the start of the first text; nothing where there is neither.</returns>
    public override string ToString() => PreviewText ?? GetDefaultPreviewText() ?? string.Empty;

    [JsonInclude]
    [JsonPropertyName("contentType")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? ContentTypeName { get; set; }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<ContentType>(fields, "contentType", ContentTypeName);
    }
}
