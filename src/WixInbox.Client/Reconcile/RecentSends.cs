namespace WixInbox.Reconcile;

/// <summary>
/// The messages that a client has sent in the last seconds: one that is looked for in a conversation is none of these, though it may say the same.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RecentSends(TimeProvider time)
{
    // A little longer than Reconciler.Slack: what was sent before that cannot be taken for what is looked for.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    private readonly Queue<(long At, string ConversationId, string MessageId)> _latest = new();
    private readonly Dictionary<string, List<string>> _byConversation = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string conversationId, string messageId)
    {
        lock (_latest)
        {
            Forget();
            _latest.Enqueue((time.GetTimestamp(), conversationId, messageId));
            if (!_byConversation.TryGetValue(conversationId, out var messages))
            {
                _byConversation[conversationId] = messages = [];
            }

            messages.Add(messageId);
        }
    }

    /// <returns>The ids of those that were sent to a conversation.</returns>
    public string[] To(string conversationId)
    {
        lock (_latest)
        {
            Forget();
            return _byConversation.TryGetValue(conversationId, out var messages) ? [.. messages] : [];
        }
    }

    private void Forget()
    {
        while (_latest.Count > 0 && time.GetElapsedTime(_latest.Peek().At) > s_memory)
        {
            var (_, conversationId, messageId) = _latest.Dequeue();
            var messages = _byConversation[conversationId];
            messages.Remove(messageId);
            if (messages.Count == 0)
            {
                _byConversation.Remove(conversationId);
            }
        }
    }
}
