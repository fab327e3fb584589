namespace WixInbox;

/// <summary>The answer to <c>GET /inbox/v2/conversations/{id}</c>.</summary>
internal sealed class GetConversationResponse
{
    /// <summary>Gets or sets the conversation.</summary>
    public Conversation? Conversation { get; set; }
}
