using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>A message of a conversation in a site's Inbox.</summary>
public sealed class Message : WixObject
{
    /// <summary>Gets or sets the message's id, at most 20 characters. The server sets it.</summary>
    public string? Id { get; set; }

    /// <summary>
    /// Gets or sets the id of the conversation that the message is in. The API's own message does not carry it: it is
    /// set on what was sent or read from here.
    /// </summary>
    [JsonIgnore]
    public string? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets how it is known that the message was sent. It is not the API's: set on what was sent from here,
    /// null on what was read.
    /// </summary>
    [JsonIgnore]
    public MessageDelivery? Delivery { get; set; }

    /// <summary>Gets or sets what the message says. Required to send.</summary>
    public MessageContent? Content { get; set; }

    /// <summary>
    /// Gets all texts of the content, a line each, so that a table or a file has them in a column; null where there is
    /// none. It is not the API's.
    /// </summary>
    [JsonIgnore]
    public string? Text => Content?.Texts.ToArray() is { Length: > 0 } texts ? string.Join("\n", texts) : null;

    /// <summary>
    /// Gets the summary that the dashboard's list of messages shows, or else the start of the first text: at most 256
    /// characters. It is not the API's.
    /// </summary>
    [JsonIgnore]
    public string? Preview => Content?.PreviewText ?? Content?.GetDefaultPreviewText();

    /// <summary>
    /// Gets or sets who sent the message. The server sets it; <see cref="SendMessageRequest.SendAs"/> chooses between
    /// two.
    /// </summary>
    public IdentificationData? Sender { get; set; }

    /// <summary>Gets or sets the message's badges: at most one.</summary>
    public Badge[]? Badges { get; set; }

    /// <summary>
    /// Gets or sets the channel to send to: at most one. Wix replaces it by <see cref="TargetChannelIds"/> and meant to
    /// remove it on 2026-06-30.
    /// </summary>
    [JsonIgnore]
    public ChannelType[]? TargetChannels
    {
        get => EnumName.Parse<ChannelType>(TargetChannelsNames);
        set => TargetChannelsNames = EnumName.Of(value);
    }

    /// <summary>
    /// Gets or sets the channel the message came from. Wix replaces it by <see cref="SourceChannelId"/> and meant to
    /// remove it on 2026-06-30.
    /// </summary>
    [JsonIgnore]
    public ChannelType? SourceChannel
    {
        get => EnumName.Parse<ChannelType>(SourceChannelName);
        set => SourceChannelName = EnumName.Of(value);
    }

    /// <summary>Gets or sets the ids of the channels to send to: at most 100, each of at most 100 characters.</summary>
    public string[]? TargetChannelIds { get; set; }

    /// <summary>Gets or sets the id of the channel the message came from, at most 100 characters.</summary>
    public string? SourceChannelId { get; set; }

    /// <summary>
    /// Gets or sets the id of the app that sent the message. The server sets it; the chat widget's messages have none.
    /// </summary>
    public string? AppId { get; set; }

    /// <summary>
    /// Gets or sets who sees the message. Always sent, since what the API takes without it is not documented.
    /// </summary>
    [JsonIgnore]
    public MessageVisibility? Visibility
    {
        get => EnumName.Parse<MessageVisibility>(VisibilityName);
        set => VisibilityName = EnumName.Of(value);
    }

    /// <summary>
    /// Gets or sets who speaks to whom. Always sent, since what the API takes without it is not documented.
    /// </summary>
    [JsonIgnore]
    public MessageDirection? Direction
    {
        get => EnumName.Parse<MessageDirection>(DirectionName);
        set => DirectionName = EnumName.Of(value);
    }

    /// <summary>
    /// Gets or sets the number that orders the messages of a conversation, finer than the date. The server sets it.
    /// </summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public long? Sequence { get; set; }

    /// <summary>Gets or sets when the message was made, to the millisecond, in UTC. The server sets it.</summary>
    public DateTimeOffset? CreatedDate { get; set; }

    /// <summary>
    /// Gets or sets whether the message leaves the unread count and the conversation's summary as they are.
    /// </summary>
    public bool? Silent { get; set; }

    [JsonInclude]
    [JsonPropertyName("sourceChannel")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? SourceChannelName { get; set; }

    [JsonInclude]
    [JsonPropertyName("visibility")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? VisibilityName { get; set; }

    [JsonInclude]
    [JsonPropertyName("direction")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? DirectionName { get; set; }

    [JsonInclude]
    [JsonPropertyName("targetChannels")]
    [JsonConverter(typeof(EnumNamesConverter))]
    internal string[]? TargetChannelsNames { get; set; }

    /// <summary>Makes a message of a text from the business to the participant, which both sides see.</summary>
    /// <param name="text">The text: 1 to 16,384 characters.</param>
    /// <returns>The message.</returns>
    public static Message OfText(string text) => new()
    {
        Content = new MessageContent { Basic = new BasicContent { Items = [new BasicItem { Text = text }] } },
        Visibility = MessageVisibility.BusinessAndParticipant,
        Direction = MessageDirection.BusinessToParticipant,
    };

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The preview.</returns>
    public override string ToString() => Preview ?? string.Empty;

    /// <summary>Copies the message, with other items.</summary>
    internal Message With(BasicItem[] items)
    {
        var copy = (Message)MemberwiseClone();
        copy.Content = Content?.With(items);
        return copy;
    }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<ChannelType>(fields, "sourceChannel", SourceChannelName);
        EnumName.AddUnknown<MessageVisibility>(fields, "visibility", VisibilityName);
        EnumName.AddUnknown<MessageDirection>(fields, "direction", DirectionName);
        EnumName.AddUnknown<ChannelType>(fields, "targetChannels", TargetChannelsNames);
    }
}
