using WixInbox.Clocks;
using WixInbox.Pace;
using WixInbox.Reconcile;

namespace WixInbox.Journal;

/// <summary>
/// What a run knows from its journal: the rows, the recipients, the messages that belong to rows, and the requests of
/// the last minute. Not safe for several threads.
/// </summary>
/// <param name="recent">From when on the requests of earlier runs count towards the pace.</param>
/// <param name="rows">About how many rows earlier runs had.</param>
internal sealed class JournalIndex(DateTimeOffset recent, int rows = 0)
{
    // Messages sent this shortly before the last line are kept for all conversations: a run that is restarted at once
    // may have to tell them from its own.
    private static readonly TimeSpan s_justNow = TimeSpan.FromMinutes(1);

    private readonly JournalReplay _replay = new(rows);

    // The rows of this run that earlier runs did not have: 28 bytes for each, where its facts would take 68.
    private readonly HashSet<Hash128> _new = [];
    private readonly Dictionary<Hash128, OpenRow> _open = [];

    // Wix's conversation ids are GUIDs, which take 16 bytes. Any other id is kept as text.
    private readonly Dictionary<Hash128, Guid> _conversations = [];
    private readonly Dictionary<Hash128, string> _otherConversations = [];

    // Conversations that were replaced, each with its replacement.
    private readonly Dictionary<string, string> _moved = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EarlierRequest> _recentRequests = [];
    private readonly Dictionary<Hash128, int> _recentIntents = [];
    private readonly HashSet<string> _recentConversations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _sentIds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<(DateTimeOffset At, string Conversation, string Id)> _justSent = new();
    private readonly Dictionary<Hash128, int> _repeats = [];
    private DateTimeOffset _latest;
    private TimeSpan? _latestAhead;
    private bool _hasUntimed;
    private string? _run;
    private OpenRow? _hole;

    /// <summary>
    /// Gets a value indicating whether the service's dates of the messages of earlier runs agree with the clock that
    /// its answers show; null if no line tells.
    /// </summary>
    public bool? DatesAreTrue { get; private set; }

    /// <summary>Gets the id of the first run; null if the journal is new.</summary>
    public string? FirstRun { get; private set; }

    /// <summary>
    /// Gets the tags of the journals that were begun beside this one, by tag and by the name of the connection.
    /// </summary>
    public Dictionary<string, string> Beside { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets a value indicating whether a row may have left in an earlier run, perhaps over another connection: not
    /// where all broke rules.
    /// </summary>
    public bool MayHaveSent =>
        _hole is not null || Beside.Count > 0 || _replay.Rows.Values.Any(facts => !facts.IsLocal);

    /// <summary>
    /// Gets a value indicating whether anything was left open, so that the ids of its conversations' messages are
    /// needed.
    /// </summary>
    public bool HasOpen => _open.Count > 0 || _hole is not null;

    /// <summary>
    /// Gets the recent requests of earlier runs, as far as the lines tell: they do not tell of look-ups of contacts and
    /// of messages.
    /// </summary>
    public IReadOnlyList<EarlierRequest> RecentRequests => _recentRequests;

    private UnmatchedRows Unmatched => field ??= new UnmatchedRows(_replay);

    /// <summary>Gets the facts that earlier runs have left of a row.</summary>
    public RowFacts this[Hash128 key] => _replay[key];

    /// <summary>
    /// Gets the open row of a key: the message may or may not have been sent. Null if its outcome is known, or the
    /// journal has no trace of it.
    /// </summary>
    public OpenRow? Open(Hash128 key) =>
        _open.TryGetValue(key, out var row) ? row
        : _replay.Rows.ContainsKey(key) || _new.Contains(key) ? null
        : _hole;

    /// <summary>Counts a row of this run, and the equal ones before it.</summary>
    /// <param name="content">The hash that equal rows have in common.</param>
    /// <returns>How many equal ones came before.</returns>
    public int CountEqual(Hash128 content)
    {
        // The first of equal rows is marked as taken, so that a count is kept only where there are several.
        if (!IsTaken(content))
        {
            return 0;
        }

        _repeats.TryGetValue(content, out var repeats);
        return _repeats[content] = repeats + 1;
    }

    /// <inheritdoc cref="UnmatchedRows.FindNews"/>
    /// <param name="recipient">The recipient.</param>
    /// <param name="conversationId">The recipient's conversation; null if it is not known yet.</param>
    /// <param name="text">The fingerprint of the message.</param>
    public JournalNews FindNews(Hash128 recipient, string? conversationId, Hash128 text) =>
        Unmatched.FindNews(recipient, conversationId is null ? [] : PlacesOf(conversationId), text);

    /// <inheritdoc cref="UnmatchedRows.HasText"/>
    public bool HasUnmatchedText(Hash128 recipient, Hash128 text) => Unmatched.HasText(recipient, text);

    /// <summary>
    /// Finds a row that earlier runs have sent to a conversation, or may have, and that this run has not come to.
    /// </summary>
    /// <param name="conversationId">The conversation, or the replacement of the row's.</param>
    /// <param name="text">The fingerprint of the message.</param>
    /// <returns>The key of the row; null if there is none.</returns>
    public Hash128? FindUnmatched(string conversationId, Hash128 text) =>
        Unmatched.Find(PlacesOf(conversationId), text);

    /// <summary>Tells whether a row was sent to a conversation, or to one that it has replaced.</summary>
    public bool WasSentTo(RowFacts facts, string conversationId) =>
        PlacesOf(conversationId).Exists(place => RowFacts.HashOf(place) == facts.Conversation);

    /// <summary>Tells whether this run has come to a row.</summary>
    public bool IsTaken(Hash128 key) => _new.Contains(key) || _replay[key].IsTaken;

    /// <summary>Notes that this run has come to a row.</summary>
    public void Take(Hash128 key)
    {
        if (!_replay.Rows.TryGetValue(key, out var facts))
        {
            _new.Add(key);
            return;
        }

        Unmatched.Take(facts);
        facts.IsTaken = true;
        _replay[key] = facts;
    }

    public string? Conversation(Hash128 recipient) =>
        _otherConversations.TryGetValue(recipient, out var other) ? other
        : _conversations.TryGetValue(recipient, out var known) ? known.ToString()
        : null;

    /// <summary>Notes the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="isAddress">
    /// Whether the recipient is an address, which may have passed to another person: the conversation that it had
    /// before was not replaced for that.
    /// </param>
    public void SetConversation(Hash128 recipient, string conversationId, bool isAddress)
    {
        if (!isAddress && Conversation(recipient) is { } before && before != conversationId)
        {
            _moved[before] = conversationId;
        }

        _otherConversations.Remove(recipient);
        if (Guid.TryParse(conversationId, out var id) && id.ToString() == conversationId)
        {
            _conversations[recipient] = id;
        }
        else
        {
            _otherConversations[recipient] = conversationId;
        }
    }

    /// <summary>Takes in a line of an earlier run.</summary>
    /// <param name="record">The line.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="followsHole">Whether zeros lie before it in which other lines may have been.</param>
    public void Load(JournalRecord record, long offset, bool followsHole)
    {
        if (followsHole)
        {
            // A row whose lines were in a hole may have left at any time between the lines on either side. Of several
            // holes, it may have been in any.
            _hole ??= new OpenRow { Since = new ClockReading(_latest, _latestAhead) };
            _hole.LastIntent = new ClockReading(record.Time ?? _latest, _latestAhead);
        }

        _latest = record.Time ?? _latest;
        _run = record.Kind == RecordKind.Run ? record.Run : _run;
        FirstRun ??= _run;
        if (record.Kind == RecordKind.Beside)
        {
            AddBeside(record.Connection!, record.Name);
        }
        else if (record.Kind is RecordKind.Recipient or RecordKind.Address)
        {
            LoadLookUp(record.ConversationId!);
            SetConversation(record.Recipient!.Value, record.ConversationId!, record.Kind == RecordKind.Address);
        }
        else if (_replay.Add(record, offset) is var (key, state, _))
        {
            LoadRequest(key, record);
            LoadOpen(key, state, record);
            LoadSent(record);
        }
    }

    /// <summary>Notes a journal that was begun beside this one.</summary>
    public void AddBeside(string tag, string? name)
    {
        Beside[tag] = tag;
        Beside[name ?? tag] = tag;
    }

    /// <summary>Makes the index ready, when all lines were taken in.</summary>
    public void EndLoad()
    {
        foreach (var row in _open.Values)
        {
            for (var place = row.ConversationId; place is not null; place = Replacement(place))
            {
                IdsIn(place);
            }
        }

        foreach (var (_, conversation, id) in _justSent)
        {
            IdsIn(conversation).Add(id);
        }

        _recentIntents.Clear();
        _justSent.Clear();
    }

    /// <summary>
    /// Finds the ids of the messages in the conversations of open rows. Which those are is known only when all lines
    /// were taken in.
    /// </summary>
    /// <param name="scan">The lines once more.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public void LoadSentIds(JournalScan scan, CancellationToken cancellationToken)
    {
        while (scan.Next() is { } record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record is { Kind: RecordKind.Sent, MessageId: { } id, ConversationId: { } conversation }
                && (_hole is not null || _sentIds.ContainsKey(conversation)))
            {
                IdsIn(conversation).Add(id);
            }
        }
    }

    /// <summary>
    /// Notes that a message is a row's own, so that it is not taken for another's. Only the conversations of open rows
    /// are searched for any.
    /// </summary>
    public void AddSentId(string? conversationId, string? messageId)
    {
        if (conversationId is not null
            && messageId is not null
            && (_hole is not null || _sentIds.ContainsKey(conversationId)))
        {
            IdsIn(conversationId).Add(messageId);
        }
    }

    public bool HasSentId(string conversationId, string messageId) =>
        _sentIds.TryGetValue(conversationId, out var ids) && ids.Contains(messageId);

    // The conversation, and those that it has replaced.
    private List<string> PlacesOf(string conversationId)
    {
        List<string> places = [conversationId];
        for (var index = 0; _moved.Count > 0 && index < places.Count; index++)
        {
            places.AddRange(_moved
                .Where(move => string.Equals(move.Value, places[index], StringComparison.OrdinalIgnoreCase))
                .Select(move => move.Key)
                .Except(places, StringComparer.OrdinalIgnoreCase)
                .ToArray());
        }

        return places;
    }

    // Null also for one whose ids are kept already, so that a circle comes to an end.
    private string? Replacement(string conversationId) =>
        _moved.TryGetValue(conversationId, out var next) && !_sentIds.ContainsKey(next) ? next : null;

    private HashSet<string> IdsIn(string conversationId)
    {
        if (!_sentIds.TryGetValue(conversationId, out var ids))
        {
            _sentIds[conversationId] = ids = new HashSet<string>(StringComparer.Ordinal);
        }

        return ids;
    }

    // Each request of a row has a line for its intent and one for its outcome, and the requests of a row come one after
    // the other.
    private void LoadRequest(Hash128 key, JournalRecord record)
    {
        if (_latest < recent)
        {
            return;
        }

        if (record.Kind == RecordKind.Intent)
        {
            _recentIntents[key] = _recentRequests.Count;
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: true, _run));
        }
        else if (_recentIntents.TryGetValue(key, out var request))
        {
            _recentRequests[request] = new EarlierRequest(_latest, MayArrive: false, _run);
            _recentIntents.Remove(key);
        }
        else if (record.Attempts > 0)
        {
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: false, _run));
        }
    }

    // One request finds a conversation, even where two lines note it: for a contact, and for its address.
    private void LoadLookUp(string conversationId)
    {
        if (_latest >= recent && _recentConversations.Add(conversationId))
        {
            _recentRequests.Add(new EarlierRequest(_latest, MayArrive: false, _run));
        }
    }

    private void LoadSent(JournalRecord record)
    {
        if (record is { Kind: RecordKind.Sent, MessageId: { } id, ConversationId: { } conversation })
        {
            _justSent.Enqueue((_latest, conversation, id));
            LoadDate(record);
        }

        while (_justSent.Count > 0 && _latest - _justSent.Peek().At > s_justNow)
        {
            _justSent.Dequeue();
        }
    }

    // The line was written right after the answer, which may have taken as long as an attempt may.
    private void LoadDate(JournalRecord record)
    {
        if (!record.Reconciled && _latestAhead is { } ahead && record is { ServerTime: { } made, Time: { } written })
        {
            var late = made - written - ahead;
            DatesAreTrue = late <= Reconciler.Slack && late >= -s_justNow && DatesAreTrue != false;
        }
    }

    private void LoadOpen(Hash128 key, JournalState state, JournalRecord record)
    {
        if (record is { Kind: RecordKind.Intent, ServerTime: { } serverTime })
        {
            LoadClock(serverTime - record.Time!.Value);
        }

        if (state is not (JournalState.Sending or JournalState.Unknown))
        {
            _open.Remove(key);
            return;
        }

        var reading = new ClockReading(
            record.Time!.Value, record is { Kind: RecordKind.Intent, ServerTime: not null } ? _latestAhead : null);
        if (!_open.TryGetValue(key, out var row))
        {
            _open[key] = row = new OpenRow { Since = reading, LastIntent = reading };
            _hasUntimed |= reading.Ahead is null;
        }

        row.LastIntent = state == JournalState.Sending ? reading : row.LastIntent;
        row.ConversationId = record.ConversationId ?? row.ConversationId;
    }

    // The requests at the start of a run leave before any answer has told the server's time. The answers to them do.
    private void LoadClock(TimeSpan ahead)
    {
        _latestAhead = ahead;
        foreach (var row in _hasUntimed ? _open.Values : Enumerable.Empty<OpenRow>())
        {
            row.Since = row.Since with { Ahead = row.Since.Ahead ?? ahead };
            row.LastIntent = row.LastIntent with { Ahead = row.LastIntent.Ahead ?? ahead };
        }

        _hasUntimed = false;
    }
}
