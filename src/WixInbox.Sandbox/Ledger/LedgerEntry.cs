namespace WixInbox.Sandbox;

/// <summary>One message that the sandbox stored.</summary>
public sealed class LedgerEntry
{
    internal LedgerEntry(string conversationId, string messageId, string? text, string json, DateTimeOffset receivedAt)
    {
        ConversationId = conversationId;
        MessageId = messageId;
        Text = text;
        Json = json;
        ReceivedAt = receivedAt;
    }

    /// <summary>Gets the conversation that the message was appended to, in lower case.</summary>
    public string ConversationId { get; }

    /// <summary>
    /// Gets the id that the sandbox gave the message: Unix time in microseconds, as a decimal string.
    /// </summary>
    public string MessageId { get; }

    /// <summary>
    /// Gets the first text of basic content, the text of minimal content, or the title of a template or form; null
    /// where the content has none of these.
    /// </summary>
    public string? Text { get; }

    /// <summary>Gets the message as stored, as the API returns it.</summary>
    public string Json { get; }

    /// <summary>Gets when the request arrived, which is before any latency.</summary>
    public DateTimeOffset ReceivedAt { get; }
}
