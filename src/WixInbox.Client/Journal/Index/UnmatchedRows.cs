namespace WixInbox.Journal;

/// <summary>
/// The rows of earlier runs that this run has not come to, by recipient, text and conversation. Each table is made when
/// it is first asked for: in a run whose rows are all known, none is. Not safe for several threads.
/// </summary>
/// <param name="replay">The rows.</param>
internal sealed class UnmatchedRows(JournalReplay replay)
{
    // How many were sent, by recipient: 0 for a recipient of earlier runs to whom nothing was.
    private Dictionary<ulong, int>? _recipients;
    private Dictionary<(ulong Recipient, ulong Text), int>? _texts;
    private Dictionary<ulong, int>? _conversations;

    // Also those that may have been sent.
    private Dictionary<(ulong Conversation, ulong Text), List<Hash128>>? _messages;

    /// <summary>Tells whether earlier runs have sent a recipient messages that this run has not matched.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="places">
    /// The recipient's conversation and those that it has replaced; empty if it is not known yet. A recipient under
    /// another name in earlier runs is recognized by them.
    /// </param>
    /// <param name="text">The fingerprint of the message.</param>
    public JournalNews FindNews(Hash128 recipient, IReadOnlyList<string> places, Hash128 text)
    {
        _recipients ??= CountRecipients();
        _conversations ??= Count(facts => facts.Conversation);
        return _recipients.TryGetValue(recipient.High, out var rows) && rows > 0 ? JournalNews.Message
            : places.Any(HasAny) ? Find(places, text) is null ? JournalNews.Message : JournalNews.Undecided
            : _recipients.ContainsKey(recipient.High) ? JournalNews.Undecided
            : JournalNews.Recipient;

        bool HasAny(string place) => _conversations.TryGetValue(RowFacts.HashOf(place), out var there) && there > 0;
    }

    /// <summary>
    /// Tells whether earlier runs have sent a text to a recipient under a key that this run has not come to.
    /// </summary>
    public bool HasText(Hash128 recipient, Hash128 text)
    {
        _texts ??= Count(facts => (facts.Recipient, facts.Fingerprint));
        return _texts.TryGetValue((recipient.High, text.High), out var rows) && rows > 0;
    }

    /// <summary>Finds a row that earlier runs have sent to a conversation, or may have.</summary>
    /// <param name="places">The conversation, and those that it has replaced.</param>
    /// <param name="text">The fingerprint of the message.</param>
    /// <returns>The key of the row; null if there is none.</returns>
    public Hash128? Find(IReadOnlyList<string> places, Hash128 text)
    {
        _messages ??= FindMessages();
        foreach (var place in places)
        {
            if (_messages.TryGetValue((RowFacts.HashOf(place), text.High), out var keys)
                && keys.FindIndex(key => !replay[key].IsTaken) is >= 0 and var first)
            {
                return keys[first];
            }
        }

        return null;
    }

    /// <summary>Notes that this run has come to a row.</summary>
    /// <param name="facts">The row, as it was until now.</param>
    public void Take(RowFacts facts)
    {
        if (!facts.IsUnmatched)
        {
            return;
        }

        if (_texts is not null)
        {
            _texts[(facts.Recipient, facts.Fingerprint)]--;
        }

        if (_recipients is not null && --_recipients[facts.Recipient] == 0)
        {
            _recipients.Remove(facts.Recipient);
        }

        if (_conversations is not null)
        {
            _conversations[facts.Conversation]--;
        }
    }

    private Dictionary<T, int> Count<T>(Func<RowFacts, T> by)
        where T : notnull
    {
        var counts = new Dictionary<T, int>();
        foreach (var facts in replay.Rows.Values.Where(facts => facts.IsUnmatched))
        {
            var one = by(facts);
            counts.TryGetValue(one, out var rows);
            counts[one] = rows + 1;
        }

        return counts;
    }

    private Dictionary<ulong, int> CountRecipients()
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var facts in replay.Rows.Values.Where(facts => !facts.IsTaken))
        {
            counts.TryGetValue(facts.Recipient, out var rows);
            counts[facts.Recipient] = facts.IsUnmatched ? rows + 1 : rows;
        }

        return counts;
    }

    private Dictionary<(ulong Conversation, ulong Text), List<Hash128>> FindMessages()
    {
        var messages = new Dictionary<(ulong Conversation, ulong Text), List<Hash128>>();
        foreach (var row in replay.Rows.Where(row => row.Value is { MayHaveLeft: true, IsTaken: false }))
        {
            var message = (row.Value.Conversation, row.Value.Fingerprint);
            if (!messages.TryGetValue(message, out var keys))
            {
                messages[message] = keys = new List<Hash128>(1);
            }

            keys.Add(row.Key);
        }

        return messages;
    }
}
