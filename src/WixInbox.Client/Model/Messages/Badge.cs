using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>A badge that tells where a message comes from.</summary>
public sealed class Badge : WixObject
{
    /// <summary>Initializes a new instance of the <see cref="Badge"/> class.</summary>
    public Badge()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Badge"/> class from its text.</summary>
    /// <param name="text">What the badge says.</param>
    public Badge(string text)
    {
        Text = text;
    }

    /// <summary>Gets or sets what the badge says. No limit is documented.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets the address of the icon: http or https.</summary>
    public string? IconUrl { get; set; }

    /// <summary>Gets or sets who sees the badge (<c>badgeVisibility</c>). The chat widget does not honour it.</summary>
    [JsonIgnore]
    public BadgeVisibility? Visibility
    {
        get => EnumName.Parse<BadgeVisibility>(VisibilityName);
        set => VisibilityName = EnumName.Of(value);
    }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The text, or else the address of the icon.</returns>
    public override string ToString() => Text ?? IconUrl ?? string.Empty;

    [JsonInclude]
    [JsonPropertyName("badgeVisibility")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? VisibilityName { get; set; }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<BadgeVisibility>(fields, "badgeVisibility", VisibilityName);
    }
}
