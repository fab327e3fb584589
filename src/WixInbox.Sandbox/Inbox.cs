using System.Globalization;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// What a site's inbox holds: conversations, participants and messages. Ids are in their lower-case form throughout.
/// One lock guards everything but the contacts, since a request holds it for microseconds.
/// </summary>
internal sealed class Inbox(bool strict, TimeProvider timeProvider)
{
    public const string NoOne = "00000000-0000-0000-0000-000000000000";

    private readonly object _gate = new();
    private readonly Dictionary<string, Conversation> _conversations = [];
    private readonly Dictionary<Participant, Conversation> _byParticipant = [];
    private readonly HashSet<Participant> _knownParticipants = [];
    private readonly Dictionary<string, List<StoredMessage>> _messages = [];
    private readonly Dictionary<string, string> _mergedInto = [];
    private long _lastSequence;

    public SandboxLedger Ledger { get; } = new();

    public ContactBook Contacts { get; } = new(strict, timeProvider);

    /// <summary>
    /// The conversation with an id, or null where there is none: see <see cref="SandboxOptions.Strict"/>. One that was
    /// merged into another is none. Wix says that its id goes out of use and not what the calls that still have it are
    /// answered; our choice is what they are answered for any id that does not exist.
    /// </summary>
    public Conversation? FindConversation(string id)
    {
        lock (_gate)
        {
            return FindLocked(id);
        }
    }

    /// <summary>The conversation with a participant, or null where there is no such participant.</summary>
    public Conversation? GetOrCreate(Participant participant, out bool created)
    {
        // What the id of a merged contact yields is not documented. Our choice: a conversation that it has, or else
        // that of the contact that it was merged into, as for Get Contact.
        Contact? contact = participant.Kind == ParticipantKind.Contact ? Contacts.Find(participant.Id) : null;
        lock (_gate)
        {
            created = false;
            Participant survivor = contact is null ? participant : participant with { Id = contact.Id };
            if (_byParticipant.TryGetValue(participant, out var known)
                || _byParticipant.TryGetValue(survivor, out known))
            {
                return Current(known);
            }

            if (contact is null && !IsSomeone(participant))
            {
                return null;
            }

            // The id may be there already, without a participant of its own: someone sent to it before.
            var id = NameBasedId.Of($"conversation:{Participant.FieldName(survivor.Kind)}:{survivor.Id}");
            if (_mergedInto.ContainsKey(id))
            {
                Conversation current = Current(new Conversation(id, survivor));
                _byParticipant[survivor] = current;
                return current;
            }

            created = !_conversations.ContainsKey(id);
            return Add(new Conversation(id, survivor));
        }
    }

    public void AddConversation(string id, Participant? participant)
    {
        lock (_gate)
        {
            _mergedInto.Remove(id);
            Add(new Conversation(id, participant ?? MadeUpParticipant(id)));
        }
    }

    /// <summary>
    /// Merges one conversation into another, which is made where it is not there yet. Its messages and its participant
    /// are the other's from then on; where the other is there already, its own participant stays beside.
    /// </summary>
    public void Merge(string oldId, string newId)
    {
        lock (_gate)
        {
            if (oldId == newId)
            {
                throw new ArgumentException("A conversation cannot be merged into itself.");
            }

            if (_mergedInto.ContainsKey(newId))
            {
                throw new ArgumentException($"The conversation {newId} was itself merged into another.");
            }

            Conversation old = FindLocked(oldId) ?? throw new ArgumentException($"There is no conversation {oldId}.");
            if (!_conversations.ContainsKey(newId))
            {
                Add(new Conversation(newId, old.Participant));
            }

            if (_messages.TryGetValue(oldId, out var moved))
            {
                _messages.TryGetValue(newId, out var messages);
                _messages[newId] = [.. moved.Concat(messages ?? []).OrderBy(message => message.Sequence)];
                _messages.Remove(oldId);
            }

            _conversations.Remove(oldId);
            _mergedInto[oldId] = newId;
        }
    }

    public void AddParticipant(Participant participant)
    {
        if (participant.Kind == ParticipantKind.Contact)
        {
            Contacts.Know(participant.Id);
            return;
        }

        lock (_gate)
        {
            _knownParticipants.Add(participant);
        }
    }

    /// <summary>The conversation as the API returns it. A contact has its name there where it has one.</summary>
    public JsonObject ToJson(Conversation conversation) => conversation.ToJson(
        conversation.Participant.Kind == ParticipantKind.Contact
            ? Contacts.Find(conversation.Participant.Id)?.FullName
            : null);

    /// <summary>Gives a message its id, stores it, and returns it as the API does.</summary>
    public string Store(Conversation conversation, DateTimeOffset receivedAt, NewMessage message)
    {
        lock (_gate)
        {
            // Microseconds as Wix has them; messages within one microsecond get the next free ones, since ids are
            // unique and the sequence orders.
            var now = (timeProvider.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(0)).Ticks / 10;
            _lastSequence = Math.Max(now, _lastSequence + 1);
            var json = message.ToJson(_lastSequence);

            // It may have been merged since it was found; the message must not be lost with it.
            conversation = Current(conversation);
            if (!_messages.TryGetValue(conversation.Id, out var messages))
            {
                messages = [];
                _messages.Add(conversation.Id, messages);
            }

            messages.Add(new StoredMessage(_lastSequence, message.Visibility, json));
            var id = _lastSequence.ToString(CultureInfo.InvariantCulture);
            Ledger.Add(new LedgerEntry(conversation.Id, id, message.Content.Text, json, receivedAt));
            Contacts.Note(
                conversation.Participant,
                message.Direction == EnumNames.ParticipantToBusiness
                    ? "INBOX_MESSAGE_FROM_CUSTOMER"
                    : "INBOX_MESSAGE_TO_CUSTOMER");
            return json;
        }
    }

    /// <summary>The messages of a conversation at this moment, oldest first.</summary>
    public StoredMessage[] MessagesOf(Conversation conversation)
    {
        lock (_gate)
        {
            return _messages.TryGetValue(Current(conversation).Id, out var messages) ? [.. messages] : [];
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
            _mergedInto.Clear();
            Ledger.Clear();
        }

        Contacts.Clear();
    }

    // A conversation that nobody made has to be with someone: a visitor, the same one each time.
    private static Participant MadeUpParticipant(string conversationId) =>
        new(ParticipantKind.AnonymousVisitor, NameBasedId.Of("visitor:" + conversationId));

    private bool IsSomeone(Participant participant) =>
        participant.Kind != ParticipantKind.Contact
        && participant.Id != NoOne
        && (!strict
            || _knownParticipants.Contains(participant)
            || (participant.Kind == ParticipantKind.Member && Contacts.HasMember(participant.Id)));

    private Conversation? FindLocked(string id)
    {
        if (_conversations.TryGetValue(id, out var known))
        {
            return known;
        }

        return strict || id == NoOne || _mergedInto.ContainsKey(id)
            ? null
            : Add(new Conversation(id, MadeUpParticipant(id)));
    }

    // The conversation itself or, where it was merged, the one that it is part of now.
    private Conversation Current(Conversation conversation)
    {
        var id = conversation.Id;
        while (_mergedInto.TryGetValue(id, out var target))
        {
            id = target;
        }

        return id == conversation.Id ? conversation : _conversations[id];
    }

    private Conversation Add(Conversation conversation)
    {
        if (_conversations.TryGetValue(conversation.Id, out var earlier))
        {
            _byParticipant.Remove(earlier.Participant);
        }

        _conversations[conversation.Id] = conversation;
        _byParticipant[conversation.Participant] = conversation;
        return conversation;
    }
}
