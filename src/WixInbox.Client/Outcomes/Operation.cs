namespace WixInbox;

/// <summary>Which call failed.</summary>
public enum Operation
{
    /// <summary><c>POST /inbox/v2/messages</c>.</summary>
    SendMessage,

    /// <summary><c>POST /inbox/v2/conversations</c>.</summary>
    GetOrCreateConversation,

    /// <summary><c>GET /inbox/v2/messages</c>.</summary>
    ListMessages,

    /// <summary><c>GET /inbox/v2/conversations/{id}</c>.</summary>
    GetConversation,
}
