using WixInbox.Clocks;
using WixInbox.Json;

namespace WixInbox.Reconcile;

/// <summary>
/// The messages that a connection has sent. A lost message that is looked for in a conversation is not one of them,
/// even if one says the same. All runs and calls of the connection share the list, and it is asked at the moment of the
/// look.
/// </summary>
/// <remarks>
/// The answers also tell how the service dates a message, and under which sender it lists this connection's messages.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class SentMessages(TimeProvider time, ServerClock clock)
{
    // At 200 a minute, the oldest of these is 50 minutes old. A message is forgotten once it is older than the time
    // below and than this many others.
    private const int Most = 10_000;

    private static readonly TimeSpan s_memory = Reconciler.Slack + Reconciler.Slack;
    private static readonly string? s_caller = EnumName.Of<SendAs>(SendAs.Caller);

    private readonly Queue<(long At, string ConversationId, string MessageId, DateTimeOffset? Left)> _latest = new();
    private readonly Dictionary<(string, string), (DateTimeOffset? Date, string? Sender, string? Owner)> _known = [];

    // The caller's names in answers, and whether lists use them too: null until a list has shown it.
    private readonly HashSet<string> _callers = new(StringComparer.OrdinalIgnoreCase);
    private bool? _listsNameCaller;

    /// <summary>
    /// Gets a value indicating whether the service dates messages by the clock that its answers show; null as long as
    /// nothing has told.
    /// </summary>
    public bool? DatesAreTrue { get; private set; }

    /// <summary>Notes a message that was sent.</summary>
    /// <param name="message">The message as it was stored.</param>
    /// <param name="left">When its request left; null if it was found by a look.</param>
    /// <param name="sendAsName">In whose name it was sent; null for the caller's.</param>
    public void Add(Message message, DateTimeOffset? left, string? sendAsName = null)
    {
        // The participant is another sender in each conversation.
        var caller = left is not null && IsCaller(sendAsName) ? SenderOf(message) : null;
        var place = PlaceOf(message.ConversationId!, message.Id!);
        lock (_latest)
        {
            Forget();
            if (!_known.ContainsKey(place))
            {
                _latest.Enqueue((time.GetTimestamp(), message.ConversationId!, message.Id!, left));
                _known[place] = (message.CreatedDate, caller, null);
            }

            if (caller is not null)
            {
                _callers.Add(caller);
            }

            if (left is { } since)
            {
                Learn(message, since);
            }
        }
    }

    /// <summary>Notes what an earlier run has learnt of the service's dates.</summary>
    public void LearnDates(bool? areTrue)
    {
        lock (_latest)
        {
            DatesAreTrue = areTrue is null ? DatesAreTrue : areTrue.Value && DatesAreTrue != false;
        }
    }

    /// <summary>Notes which journal a message is a row of, whether or not it could be written down there.</summary>
    public void SetOwner(string? conversationId, string messageId, string journal)
    {
        lock (_latest)
        {
            if (conversationId is not null
                && PlaceOf(conversationId, messageId) is var place
                && _known.TryGetValue(place, out var known))
            {
                _known[place] = known with { Owner = journal };
            }
        }
    }

    /// <summary>Tells whether a message is one that was sent.</summary>
    /// <param name="conversationId">Where it is.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="exceptOwner">
    /// A journal whose own messages do not count: it says itself which of them it knows.
    /// </param>
    public bool Contains(string conversationId, string messageId, string? exceptOwner = null)
    {
        lock (_latest)
        {
            return _known.TryGetValue(PlaceOf(conversationId, messageId), out var known)
                && (exceptOwner is null || known.Owner != exceptOwner);
        }
    }

    /// <summary>Gets the latest of the messages whose answers came at least so long ago.</summary>
    /// <returns>Where it is, its id, and when its request left; null if there is none.</returns>
    public (string ConversationId, string MessageId, DateTimeOffset Left)? LatestStored(TimeSpan age)
    {
        lock (_latest)
        {
            var stored = _latest.LastOrDefault(sent => sent.Left is not null && time.GetElapsedTime(sent.At) >= age);
            return stored.Left is { } left ? (stored.ConversationId, stored.MessageId, left) : null;
        }
    }

    /// <summary>Tells whether a list has other dates than the answers had in which its messages were sent.</summary>
    public bool HasOtherDates(string conversationId, IEnumerable<Message> messages)
    {
        lock (_latest)
        {
            return messages.Any(message => message.Id is { } id
                && _known.TryGetValue(PlaceOf(conversationId, id), out var sent)
                && sent.Date is { } date
                && !IsSame(message.CreatedDate, date));
        }
    }

    /// <summary>
    /// Gets a value indicating whether it is still to be learnt under which sender lists show this connection's
    /// messages.
    /// </summary>
    public bool HasUnknownSender
    {
        get
        {
            lock (_latest)
            {
                return _listsNameCaller is null && _callers.Count > 0;
            }
        }
    }

    /// <summary>
    /// Learns from a list whether it names the caller as the answers do. Once one does not, no sender tells anything.
    /// </summary>
    public void LearnSenders(string conversationId, IEnumerable<Message> messages)
    {
        lock (_latest)
        {
            foreach (var message in messages)
            {
                if (message.Id is { } id
                    && SenderOf(message) is { } listed
                    && _known.TryGetValue(PlaceOf(conversationId, id), out var sent)
                    && sent.Sender is { } answered)
                {
                    _listsNameCaller = _listsNameCaller != false
                        && string.Equals(listed, answered, StringComparison.OrdinalIgnoreCase);
                }
            }
        }
    }

    /// <summary>Tells whether a listed message is by another sender than one that this connection sends.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sendAsName">In whose name the connection sends; null for the caller's.</param>
    /// <returns>Null until a list has shown the sender of this connection's messages.</returns>
    public bool? IsByAnother(Message message, string? sendAsName)
    {
        lock (_latest)
        {
            return !IsCaller(sendAsName)
                || _listsNameCaller == false
                || _callers.Count == 0
                || SenderOf(message) is not { } sender
                || _callers.Contains(sender)
                    ? false
                    : _listsNameCaller;
        }
    }

    // Case does not matter in a conversation's id, and two conversations may each have a message of the same id.
    private static (string ConversationId, string MessageId) PlaceOf(string conversationId, string messageId) =>
        (conversationId.ToLowerInvariant(), messageId);

    private static bool IsCaller(string? sendAsName) => sendAsName is null || sendAsName == s_caller;

    private static bool IsSame(DateTimeOffset? listed, DateTimeOffset answered) =>
        listed is { } date && (date - answered).Duration() <= TimeSpan.FromSeconds(1);

    private static string? SenderOf(Message message) =>
        message.Sender?.AppId
        ?? message.Sender?.WixUserId
        ?? message.Sender?.MemberId
        ?? message.Sender?.AnonymousVisitorId;

    private void Learn(Message message, DateTimeOffset left)
    {
        // An answer without a date tells nothing of how the service dates messages.
        if (clock.Ahead is null || message.CreatedDate is null)
        {
            return;
        }

        var isTrue = message.CreatedDate >= clock.ToServer(new ClockReading(left)) - Reconciler.Slack
            && message.CreatedDate <= clock.ToServer(new ClockReading(time.GetUtcNow())) + Reconciler.Slack;
        LearnDates(isTrue);
    }

    private void Forget()
    {
        while (_latest.Count > Most && time.GetElapsedTime(_latest.Peek().At) > s_memory)
        {
            var (_, conversationId, messageId, _) = _latest.Dequeue();
            _known.Remove(PlaceOf(conversationId, messageId));
        }
    }
}
