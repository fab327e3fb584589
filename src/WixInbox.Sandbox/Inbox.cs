using System.Globalization;

namespace WixInbox.Sandbox;

/// <summary>
/// What a site's inbox holds: conversations, participants and messages. Ids are in their lower-case form throughout. One
/// lock guards everything, since a request holds it for microseconds.
/// </summary>
internal sealed class Inbox(bool strict, TimeProvider timeProvider)
{
    private const string NoOne = "00000000-0000-0000-0000-000000000000";

    private readonly object _gate = new();
    private readonly Dictionary<string, Conversation> _conversations = [];
    private readonly Dictionary<Participant, Conversation> _byParticipant = [];
    private readonly HashSet<Participant> _knownParticipants = [];
    private readonly Dictionary<string, List<StoredMessage>> _messages = [];
    private long _lastSequence;

    public SandboxLedger Ledger { get; } = new();

    /// <summary>The conversation with an id, or null where there is none: see <see cref="SandboxOptions.Strict"/>.</summary>
    public Conversation? FindConversation(string id)
    {
        lock (_gate)
        {
            if (_conversations.TryGetValue(id, out Conversation? known))
            {
                return known;
            }

            return strict || id == NoOne ? null : Add(new Conversation(id, MadeUpParticipant(id)));
        }
    }

    /// <summary>The conversation with a participant, or null where there is no such participant.</summary>
    public Conversation? GetOrCreate(Participant participant, out bool created)
    {
        lock (_gate)
        {
            created = false;
            if (_byParticipant.TryGetValue(participant, out Conversation? known))
            {
                return known;
            }

            if (participant.Id == NoOne || (strict && !_knownParticipants.Contains(participant)))
            {
                return null;
            }

            // The id may be there already, without a participant of its own: someone sent to it before.
            string id = ConversationIds.FromName($"conversation:{Participant.FieldName(participant.Kind)}:{participant.Id}");
            created = !_conversations.ContainsKey(id);
            return Add(new Conversation(id, participant));
        }
    }

    public void AddConversation(string id, Participant? participant)
    {
        lock (_gate)
        {
            _ = Add(new Conversation(id, participant ?? MadeUpParticipant(id)));
        }
    }

    public void AddParticipant(Participant participant)
    {
        lock (_gate)
        {
            _ = _knownParticipants.Add(participant);
        }
    }

    /// <summary>Gives a message its id, stores it, and returns it as the API does.</summary>
    public string Store(Conversation conversation, DateTimeOffset receivedAt, NewMessage message)
    {
        lock (_gate)
        {
            // Microseconds as Wix has them; messages within one microsecond get the next free ones, since ids are unique
            // and the sequence orders.
            long now = (timeProvider.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(0)).Ticks / 10;
            _lastSequence = Math.Max(now, _lastSequence + 1);
            string json = message.ToJson(_lastSequence);
            if (!_messages.TryGetValue(conversation.Id, out List<StoredMessage>? messages))
            {
                messages = [];
                _messages.Add(conversation.Id, messages);
            }

            messages.Add(new StoredMessage(_lastSequence, message.Visibility, json));
            string id = _lastSequence.ToString(CultureInfo.InvariantCulture);
            Ledger.Add(new LedgerEntry(conversation.Id, id, message.Content.Text, json, receivedAt));
            return json;
        }
    }

    /// <summary>The messages of a conversation at this moment, oldest first.</summary>
    public StoredMessage[] MessagesOf(Conversation conversation)
    {
        lock (_gate)
        {
            return _messages.TryGetValue(conversation.Id, out List<StoredMessage>? messages) ? [.. messages] : [];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _conversations.Clear();
            _byParticipant.Clear();
            _knownParticipants.Clear();
            _messages.Clear();
            Ledger.Clear();
        }
    }

    // A conversation that nobody made has to be with someone: a visitor, the same one each time.
    private static Participant MadeUpParticipant(string conversationId) =>
        new(ParticipantKind.AnonymousVisitor, ConversationIds.FromName("visitor:" + conversationId));

    private Conversation Add(Conversation conversation)
    {
        if (_conversations.TryGetValue(conversation.Id, out Conversation? earlier))
        {
            _ = _byParticipant.Remove(earlier.Participant);
        }

        _conversations[conversation.Id] = conversation;
        _byParticipant[conversation.Participant] = conversation;
        return conversation;
    }
}
