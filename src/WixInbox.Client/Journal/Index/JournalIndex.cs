using WixInbox.Clocks;
using WixInbox.Pace;

namespace WixInbox.Journal;

/// <summary>What a journal's lines come to, in memory: of several lines about a row, the last counts. Not for two threads at once.</summary>
/// <param name="recent">From when on the requests of earlier runs count towards the pace.</param>
internal sealed class JournalIndex(DateTimeOffset recent)
{
    private readonly Dictionary<Hash128, RowFacts> _rows = [];
    private readonly Dictionary<Hash128, RecipientFacts> _recipients = [];
    private readonly Dictionary<Hash128, UnsettledRow> _unsettled = [];
    private readonly List<UnsettledRow> _untimed = [];

    // Ids of conversations are GUIDs as Wix writes them, which take 16 bytes. Whatever else comes is kept as it came.
    private readonly Dictionary<Hash128, string> _otherConversations = [];
    private readonly List<EarlierRequest> _recentRequests = [];
    private readonly Dictionary<Hash128, int> _recentIntents = [];
    private readonly HashSet<string> _recentConversations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _sentIds = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _latest;

    /// <summary>Gets the rows of which nobody knows whether they were sent, in the order in which they were about to leave.</summary>
    public IReadOnlyList<UnsettledRow> Unsettled { get; private set; } = [];

    /// <summary>Gets the recent requests of earlier runs, as far as the lines tell: they do not tell of look-ups of contacts and of messages.</summary>
    public IReadOnlyList<EarlierRequest> RecentRequests => _recentRequests;

    public RowFacts this[Hash128 key]
    {
        get => _rows.TryGetValue(key, out var facts) ? facts : default;
        set => _rows[key] = value;
    }

    /// <summary>Gets what a row is after a line of a kind.</summary>
    /// <returns>The state; null if the line is about no row.</returns>
    public static JournalState? StateAfter(RecordKind kind) => kind switch
    {
        RecordKind.Intent => JournalState.Sending,
        RecordKind.Sent => JournalState.Sent,
        RecordKind.Failed => JournalState.Failed,
        RecordKind.NotSent => JournalState.NotSent,
        RecordKind.Unknown => JournalState.Unknown,
        _ => null,
    };

    public RecipientFacts Recipient(Hash128 recipient) => _recipients.TryGetValue(recipient, out var facts) ? facts : default;

    /// <summary>Notes that this run has come to a row that earlier ones have sent to a recipient.</summary>
    public void AddMatched(Hash128 recipient)
    {
        var facts = Recipient(recipient);
        facts.Matched++;
        _recipients[recipient] = facts;
    }

    /// <summary>Notes that earlier runs have sent a row to a recipient.</summary>
    public void AddSent(Hash128 recipient)
    {
        var facts = Recipient(recipient);
        facts.Sent++;
        _recipients[recipient] = facts;
    }

    public string? Conversation(Hash128 recipient) =>
        _otherConversations.TryGetValue(recipient, out var other) ? other
        : Recipient(recipient).Conversation is var known && known != Guid.Empty ? known.ToString()
        : null;

    public void SetConversation(Hash128 recipient, string conversationId)
    {
        var facts = Recipient(recipient);
        _otherConversations.Remove(recipient);
        if (Guid.TryParse(conversationId, out var id) && id.ToString() == conversationId)
        {
            facts.Conversation = id;
        }
        else
        {
            _otherConversations[recipient] = conversationId;
        }

        _recipients[recipient] = facts;
    }

    /// <summary>Takes in a line of an earlier run.</summary>
    /// <param name="record">The line.</param>
    /// <param name="offset">Where it begins.</param>
    public void Load(JournalRecord record, long offset)
    {
        _latest = record.Time ?? _latest;
        if (record.Kind == RecordKind.Recipient)
        {
            LoadLookUp(record.ConversationId!);
            SetConversation(record.Recipient!.Value, record.ConversationId!);
        }
        else if (StateAfter(record.Kind) is { } state)
        {
            var key = Hash128.Of(record.Key!);
            LoadRequest(key, record);
            var facts = this[key];
            facts.State = facts.Earlier = state;
            facts.IsLocal = state == JournalState.Failed && record.Attempts is null or 0;
            facts.Fingerprint = record.Fingerprint ?? facts.Fingerprint;
            facts.Recipient = record.Recipient ?? facts.Recipient;
            facts.IntentAt = state == JournalState.Sending ? offset : facts.IntentAt;
            facts.SentAt = state == JournalState.Sent ? offset : facts.SentAt;
            _rows[key] = facts;
            LoadUnsettled(key, facts, record, offset);
        }
    }

    /// <summary>Makes the index ready, when all lines were taken in.</summary>
    public void EndLoad()
    {
        Unsettled = [.. _unsettled.Values.OrderBy(row => row.Offset)];
        foreach (var facts in _rows.Values)
        {
            if (facts.State == JournalState.Sent)
            {
                AddSent(facts.Recipient);
            }
        }

        foreach (var row in Unsettled)
        {
            if (row.ConversationId is { } conversation && !_sentIds.ContainsKey(conversation))
            {
                _sentIds[conversation] = new HashSet<string>(StringComparer.Ordinal);
            }
        }

        _unsettled.Clear();
        _untimed.Clear();
        _recentIntents.Clear();
    }

    /// <summary>Finds the ids of the messages in the conversations of unsettled rows. Which those are is known only when all lines were taken in.</summary>
    /// <param name="scan">The lines once more.</param>
    public void LoadSentIds(JournalScan scan)
    {
        var conversations = new Dictionary<Hash128, string>();
        while (scan.Next() is { } record)
        {
            if (record.Kind == RecordKind.Intent)
            {
                var key = Hash128.Of(record.Key!);
                if (_sentIds.ContainsKey(record.ConversationId!))
                {
                    conversations[key] = record.ConversationId!;
                }
                else
                {
                    conversations.Remove(key);
                }
            }
            else if (record is { Kind: RecordKind.Sent, MessageId: { } id } && conversations.TryGetValue(Hash128.Of(record.Key!), out var conversation))
            {
                _sentIds[conversation].Add(id);
            }
        }
    }

    /// <summary>Notes that a message is a row's own, so that it is not taken for another's. Only the conversations of unsettled rows are searched for any.</summary>
    public void AddSentId(string? conversationId, string? messageId)
    {
        if (conversationId is not null && messageId is not null && _sentIds.TryGetValue(conversationId, out var ids))
        {
            ids.Add(messageId);
        }
    }

    public IReadOnlyCollection<string> SentIds(string conversationId) =>
        _sentIds.TryGetValue(conversationId, out var ids) ? [.. ids] : [];

    // Each request of a row has a line for its intent and one for its outcome, and the requests of a row come one after the other.
    private void LoadRequest(Hash128 key, JournalRecord record)
    {
        if (_latest < recent)
        {
            return;
        }

        if (record.Kind == RecordKind.Intent)
        {
            _recentIntents[key] = _recentRequests.Count;
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: true));
        }
        else if (_recentIntents.TryGetValue(key, out var request))
        {
            _recentRequests[request] = new EarlierRequest(_latest, MayArrive: false);
            _recentIntents.Remove(key);
        }
        else if (record.Attempts > 0)
        {
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: false));
        }
    }

    // One request finds a conversation, even where two lines note it: for a contact, and for its address.
    private void LoadLookUp(string conversationId)
    {
        if (_latest >= recent && _recentConversations.Add(conversationId))
        {
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: false));
        }
    }

    // The requests at the start of a run leave before any answer has told the server's time. The answers to them do.
    private void LoadClock(TimeSpan ahead)
    {
        foreach (var row in _untimed)
        {
            row.Started = row.Started with { Ahead = ahead };
        }

        _untimed.Clear();
    }

    private void LoadUnsettled(Hash128 key, RowFacts facts, JournalRecord record, long offset)
    {
        if (facts.State is not (JournalState.Sending or JournalState.Unknown))
        {
            _unsettled.Remove(key);
            return;
        }

        if (!_unsettled.TryGetValue(key, out var row))
        {
            row = new UnsettledRow { Key = record.Key!, KeyHash = key, Started = new ClockReading(record.Time!.Value), Offset = offset };
            _unsettled[key] = row;
            _untimed.Add(row);
        }

        if (record is { Kind: RecordKind.Intent, ServerTime: { } serverTime })
        {
            LoadClock(serverTime - record.Time!.Value);
        }

        row.Fingerprint = facts.Fingerprint;
        row.ConversationId = record.ConversationId ?? row.ConversationId;
        row.Number = record.Row ?? row.Number;
        row.Attempts = record.Attempts ?? row.Attempts;
    }
}
