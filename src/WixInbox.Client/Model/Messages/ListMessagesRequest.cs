namespace WixInbox;

/// <summary>Which messages of a conversation to read (<c>GET /inbox/v2/messages</c>), newest first.</summary>
public sealed class ListMessagesRequest
{
    /// <summary>The most messages that a page has.</summary>
    public const int LargestPage = 100;

    /// <summary>Gets or sets the conversation: a GUID. Required.</summary>
    public string? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets which messages to read: with <see cref="MessageVisibility.Business"/> all of them, as the site's
    /// collaborators see them; with <see cref="MessageVisibility.BusinessAndParticipant"/> those alone that both sides
    /// see. It has to stay the same from page to page.
    /// </summary>
    public MessageVisibility Visibility { get; set; } = MessageVisibility.Business;

    /// <summary>
    /// Gets or sets how many messages a page has at most: 1 to 100. Wix's own default is 30, and its pages differ on
    /// whether more than that is honoured.
    /// </summary>
    public int? Limit { get; set; }

    /// <summary>
    /// Gets or sets where the page begins: <see cref="ListMessagesResponse.NextCursor"/> of the page before.
    /// </summary>
    public string? Cursor { get; set; }

    internal string ToPath()
    {
        var path = $"inbox/v2/messages?conversationId={Uri.EscapeDataString(ConversationId ?? string.Empty)}"
            + $"&visibility={Json.EnumName.Of<MessageVisibility>(Visibility)}";
        path += Limit is { } limit ? FormattableString.Invariant($"&paging.limit={limit}") : string.Empty;
        return path + (Cursor is null ? string.Empty : $"&paging.cursor={Uri.EscapeDataString(Cursor)}");
    }
}
