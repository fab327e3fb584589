namespace WixInbox;

/// <summary>
/// The messages of a run that were sent, or may have been, each with its conversation: a later row that says the same
/// there is known, however it names the person.
/// </summary>
internal sealed class DeliveredMessages
{
    // 16 bytes of each message, and not its text.
    private readonly Dictionary<Hash128, int> _rows = [];

    // The conversations that were replaced during the run, each with its replacement, in the order in which that came.
    private readonly List<(Recipient From, Recipient To)> _moves = [];

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
            if (!_moves.Contains((from, to)))
            {
                _moves.Add((from, to));
            }
        }
    }

    /// <summary>Finds the number of the first row that has sent a row's message to a conversation.</summary>
    public int? Find(BulkRow row, Recipient conversation)
    {
        lock (_rows)
        {
            return _moves.Count == 0
                ? FirstIn(conversation, row)
                : AllMergedInto(conversation).Min(one => FirstIn(one, row));
        }
    }

    private int? FirstIn(Recipient conversation, BulkRow row) =>
        _rows.TryGetValue(row.ContentHash(conversation), out var first) ? first : null;

    private HashSet<Recipient> AllMergedInto(Recipient conversation)
    {
        HashSet<Recipient> all = [conversation];
        for (var index = _moves.Count - 1; index >= 0; index--)
        {
            if (all.Contains(_moves[index].To))
            {
                all.Add(_moves[index].From);
            }
        }

        return all;
    }
}
