namespace WixInbox;

/// <summary>
/// The messages of a run that were sent, or may have been, each with its conversation: a later row that says the same
/// there is known, however it names the person.
/// </summary>
internal sealed class DeliveredMessages
{
    // 16 bytes of each message, and not its text.
    private readonly Dictionary<Hash128, int> _rows = [];

    // The conversations that were replaced during the run, by their replacement.
    private readonly Dictionary<Recipient, Recipient> _replaced = [];

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

    /// <summary>Notes that a conversation was replaced by another one, which has its messages now.</summary>
    public void Move(Recipient from, Recipient to)
    {
        lock (_rows)
        {
            _replaced[to] = from;
        }
    }

    /// <summary>Finds the number of the first row that has sent a row's message to a conversation.</summary>
    public int? Find(BulkRow row, Recipient conversation)
    {
        lock (_rows)
        {
            Recipient? place = conversation;
            for (var moves = 0; place is { } there && moves <= _replaced.Count; moves++)
            {
                if (_rows.TryGetValue(row.ContentHash(there), out var first))
                {
                    return first;
                }

                place = _replaced.TryGetValue(there, out var from) ? from : null;
            }

            return null;
        }
    }
}
