using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>The body of <c>POST /inbox/v2/messages</c>: one message to one conversation.</summary>
public sealed class SendMessageRequest : WixObject
{
    /// <summary>Gets or sets the conversation to add the message to: a GUID. Required.</summary>
    public string? ConversationId { get; set; }

    /// <summary>Gets or sets the message. Required.</summary>
    public Message? Message { get; set; }

    /// <summary>Gets or sets whether the delivery raises notifications. The API takes false without it.</summary>
    public bool? SendNotifications { get; set; }

    /// <summary>
    /// Gets or sets whether the unread count and the conversation's summary stay as they are. Wix replaces it by
    /// <see cref="Message.Silent"/> and meant to remove it on 2026-06-01.
    /// </summary>
    public bool? Silent { get; set; }

    /// <summary>
    /// Gets or sets whose identity the message carries. The API takes <see cref="WixInbox.SendAs.Caller"/> without it.
    /// </summary>
    [JsonIgnore]
    public SendAs? SendAs
    {
        get => EnumName.Parse<SendAs>(SendAsName);
        set => SendAsName = EnumName.Of(value);
    }

    /// <summary>
    /// Gets or sets a delay for which the participant sees that someone is typing. The page's sample has it; no table
    /// does, and its unit is not documented.
    /// </summary>
    public int? TypingDelay { get; set; }

    [JsonInclude]
    [JsonPropertyName("sendAs")]
    [JsonConverter(typeof(EnumNameConverter))]
    internal string? SendAsName { get; set; }

    /// <summary>Copies the request for a conversation: one message may go to several at once.</summary>
    internal SendMessageRequest To(string conversationId)
    {
        var copy = (SendMessageRequest)MemberwiseClone();
        copy.ConversationId = conversationId;
        return copy;
    }

    /// <summary>Copies the request, with other items in its message.</summary>
    internal SendMessageRequest With(BasicItem[] items)
    {
        var copy = (SendMessageRequest)MemberwiseClone();
        copy.Message = Message?.With(items);
        return copy;
    }

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<SendAs>(fields, "sendAs", SendAsName);
    }
}
