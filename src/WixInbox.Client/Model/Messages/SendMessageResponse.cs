namespace WixInbox;

/// <summary>The answer to <c>POST /inbox/v2/messages</c>.</summary>
internal sealed class SendMessageResponse
{
    /// <summary>Gets or sets the message as it was stored.</summary>
    public Message? Message { get; set; }
}
