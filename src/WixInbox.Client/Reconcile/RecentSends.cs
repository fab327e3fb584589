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
    private readonly Dictionary<string, List<(string Id, string? Journal)>> _byConversation = new(StringComparer.OrdinalIgnoreCase);

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

            messages.Add((messageId, null));
        }
    }

    /// <summary>Notes which journal a message is written down in.</summary>
    public void Claim(string? conversationId, string messageId, string journal)
    {
        lock (_latest)
        {
            // A message that was sent and then found is listed twice.
            var messages = conversationId is not null && _byConversation.TryGetValue(conversationId, out var sent) ? sent : [];
            for (var index = 0; index < messages.Count; index++)
            {
                messages[index] = messages[index].Id == messageId ? (messageId, journal) : messages[index];
            }
        }
    }

    /// <summary>Gets the messages that were sent to a conversation in the last seconds.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="journal">A journal whose own messages are left out.</param>
    /// <returns>Their ids.</returns>
    public string[] To(string conversationId, string? journal = null)
    {
        lock (_latest)
        {
            Forget();
            return _byConversation.TryGetValue(conversationId, out var messages)
                ? [.. messages.Where(message => journal is null || message.Journal != journal).Select(message => message.Id)]
                : [];
        }
    }

    private void Forget()
    {
        while (_latest.Count > 0 && time.GetElapsedTime(_latest.Peek().At) > s_memory)
        {
            var (_, conversationId, messageId) = _latest.Dequeue();
            var messages = _byConversation[conversationId];
            messages.RemoveAt(messages.FindIndex(message => message.Id == messageId));
            if (messages.Count == 0)
            {
                _byConversation.Remove(conversationId);
            }
        }
    }
}
