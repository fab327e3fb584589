using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>A conversation between a site and one participant.</summary>
public sealed class Conversation : WixObject
{
    /// <summary>
    /// Gets or sets the conversation's id. A participant who goes from visitor to contact to member gets a new
    /// conversation with a new id, and the old one is merged into it.
    /// </summary>
    public string? Id { get; set; }

    /// <summary>
    /// Gets or sets whether the call that gave the conversation has just created it. It is not the API's: null where
    /// the call creates none.
    /// </summary>
    [JsonIgnore]
    public bool? Created { get; set; }

    /// <summary>Gets or sets the participant.</summary>
    public IdentificationData? Participant { get; set; }

    /// <summary>
    /// Gets or sets the channels that the conversation has used. Wix meant to remove it on 2026-06-30.
    /// </summary>
    [JsonIgnore]
    public ChannelType[]? Channels
    {
        get => EnumName.Parse<ChannelType>(ChannelsNames);
        set => ChannelsNames = EnumName.Of(value);
    }

    /// <summary>Gets or sets how the business is shown.</summary>
    public DisplayData? BusinessDisplayData { get; set; }

    /// <summary>Gets or sets how the participant is shown.</summary>
    public DisplayData? ParticipantDisplayData { get; set; }

    /// <summary>Gets the name of the participant, as <see cref="ParticipantDisplayData"/> has it.</summary>
    [JsonIgnore]
    public string? ParticipantName => ParticipantDisplayData?.Name;

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The name of the participant, or else the id.</returns>
    public override string ToString() => ParticipantName ?? Id ?? string.Empty;

    [JsonInclude]
    [JsonPropertyName("channels")]
    [JsonConverter(typeof(EnumNamesConverter))]
    internal string[]? ChannelsNames { get; set; }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<ChannelType>(fields, "channels", ChannelsNames);
    }
}
