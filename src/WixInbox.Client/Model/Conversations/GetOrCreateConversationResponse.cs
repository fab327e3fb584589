namespace WixInbox;

/// <summary>The answer to <c>POST /inbox/v2/conversations</c>.</summary>
public sealed class GetOrCreateConversationResponse : WixObject
{
    /// <summary>Gets or sets the participant's conversation.</summary>
    public Conversation? Conversation { get; set; }

    /// <summary>Gets or sets whether the call has just created the conversation.</summary>
    public bool NewConversation { get; set; }
}
