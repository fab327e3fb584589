namespace WixInbox;

/// <summary>
/// The messages of a run that were sent, or may have been, each with its conversation: a later row that says the same
/// there is known, however it names the person.
/// </summary>
internal sealed class DeliveredMessages
{
    // 16 bytes of each message, and not its text.
    private readonly Dictionary<Hash128, int> _rows = [];

    /// <summary>Notes that a row's message was sent to a conversation, or may have been.</summary>
    public void Add(BulkRow row, Recipient conversation)
    {
        var content = row.ContentHash(conversation);
        lock (_rows)
        {
            if (!_rows.ContainsKey(content))
            {
                _rows.Add(content, row.Number);
            }
        }
    }

    /// <summary>Finds the number of the first row that has sent a row's message to a conversation.</summary>
    public int? Find(BulkRow row, Recipient conversation)
    {
        var content = row.ContentHash(conversation);
        lock (_rows)
        {
            return _rows.TryGetValue(content, out var first) ? first : null;
        }
    }
}
