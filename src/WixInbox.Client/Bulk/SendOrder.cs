namespace WixInbox;

/// <summary>
/// Keeps the messages of one conversation in the order of their rows, one at a time, however they name it; and holds
/// back those behind a message that may still be sent later.
/// </summary>
/// <remarks>
/// A row queues for its participant, and then also for the conversation. An earlier row may turn out to be for the same
/// conversation: a row that names an address whose contact is not known yet may be for anybody's, and a row that names
/// another kind of id may be for this one until its conversation is known for sure. A row waits for such rows, and for
/// no others.
/// </remarks>
internal sealed class SendOrder
{
    private readonly object _gate = new();
    private readonly Dictionary<Recipient, Queue> _queues = [];
    private readonly HashSet<Recipient> _heldBack = [];

    // The rows whose participant is not known yet, and by the kind of their participant those whose conversation is
    // not.
    private readonly SortedSet<long> _unidentified = [];
    private readonly Dictionary<RecipientKind, SortedSet<long>> _unlocated = [];

    // The heads of queues that wait for an earlier row to be identified or located.
    private readonly SortedDictionary<long, Place> _waiting = [];

    /// <summary>Gets how many queues somebody is in.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _queues.Count;
            }
        }
    }

    /// <summary>
    /// Notes a row whose participant has to be found first. The order of the calls is the order of the rows.
    /// </summary>
    public void Announce(long order)
    {
        lock (_gate)
        {
            _unidentified.Add(order);
        }
    }

    /// <summary>
    /// Takes a row's place in the queue of a participant or a conversation, and waits until it is the row's turn.
    /// </summary>
    /// <param name="order">The row's place in the order of all.</param>
    /// <param name="key">The participant, or the conversation.</param>
    /// <param name="participant">The kind of the row's participant.</param>
    /// <param name="cancellationToken">Ends the wait; the place is left.</param>
    /// <param name="isSure">
    /// Whether <paramref name="key"/> is the row's for sure. Of a row whose conversation may yet turn out to be another
    /// one, later rows to any conversation wait for the end, as for a row whose conversation is not known.
    /// </param>
    /// <returns>The turn: disposing of it leaves the queue.</returns>
    public Task<IDisposable> EnterAsync(
        long order,
        Recipient key,
        RecipientKind participant,
        CancellationToken cancellationToken,
        bool isSure = true)
    {
        var place = new Place(this, order, key, participant);
        lock (_gate)
        {
            if (!_queues.TryGetValue(key, out var queue))
            {
                _queues[key] = queue = new Queue();
            }

            queue.Places.Add(order, place);
            if (key.Kind != RecipientKind.Conversation)
            {
                Unlocated(participant).Add(order);
            }
            else if (isSure && _unlocated.TryGetValue(participant, out var unlocated))
            {
                unlocated.Remove(order);
            }

            _unidentified.Remove(order);
            LetHeadGo(queue);
            LetWaitingGo();
        }

        return place.WaitAsync(cancellationToken);
    }

    /// <summary>Notes that a row will enter no queue, or no further one.</summary>
    public void Withdraw(long order)
    {
        lock (_gate)
        {
            _unidentified.Remove(order);
            foreach (var unlocated in _unlocated.Values)
            {
                unlocated.Remove(order);
            }

            LetWaitingGo();
        }
    }

    /// <summary>
    /// Holds back all later rows to a participant or a conversation: an earlier message may still be sent, and they
    /// would overtake it.
    /// </summary>
    public void HoldBack(Recipient key)
    {
        lock (_gate)
        {
            _heldBack.Add(key);
        }
    }

    /// <summary>Tells whether rows to one of these participants or conversations are held back.</summary>
    public bool IsHeldBack(params Recipient[] keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (_heldBack.Contains(key))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static long First(SortedSet<long> orders) => orders.Count == 0 ? long.MaxValue : orders.Min;

    private SortedSet<long> Unlocated(RecipientKind kind)
    {
        if (!_unlocated.TryGetValue(kind, out var unlocated))
        {
            _unlocated[kind] = unlocated = [];
        }

        return unlocated;
    }

    private void Leave(Place place)
    {
        lock (_gate)
        {
            _waiting.Remove(place.Order);
            if (_queues.TryGetValue(place.Key, out var queue) && queue.Places.Remove(place.Order))
            {
                queue.Holder = queue.Holder == place ? null : queue.Holder;
                if (queue.Places.Count == 0)
                {
                    _queues.Remove(place.Key);
                }
                else
                {
                    LetHeadGo(queue);
                }
            }
        }
    }

    private void LetHeadGo(Queue queue)
    {
        if (queue.Holder is not null)
        {
            return;
        }

        // A row that arrives late goes ahead of later rows that still wait.
        var head = queue.Places.Values[0];
        if (MayGo(head))
        {
            _waiting.Remove(head.Order);
            queue.Holder = head;
            head.Go();
        }
        else
        {
            _waiting[head.Order] = head;
        }
    }

    private void LetWaitingGo()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        foreach (var place in _waiting.Values.ToArray())
        {
            if (_queues.TryGetValue(place.Key, out var queue))
            {
                LetHeadGo(queue);
            }
        }
    }

    private bool MayGo(Place place)
    {
        if (First(_unidentified) < place.Order)
        {
            return false;
        }

        if (place.Key.Kind == RecipientKind.Conversation)
        {
            foreach (var kind in _unlocated)
            {
                if (kind.Key != place.Participant && First(kind.Value) < place.Order)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private sealed class Queue
    {
        public SortedList<long, Place> Places { get; } = [];

        public Place? Holder { get; set; }
    }

    private sealed class Place(SendOrder all, long order, Recipient key, RecipientKind participant) : IDisposable
    {
        private readonly TaskCompletionSource<IDisposable> _turn =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Order { get; } = order;

        public Recipient Key { get; } = key;

        public RecipientKind Participant { get; } = participant;

        public void Go() => _turn.TrySetResult(this);

        public Task<IDisposable> WaitAsync(CancellationToken cancellationToken) =>
            _turn.Task.IsCompleted ? _turn.Task : WaitForTurnAsync(cancellationToken);

        public void Dispose() => all.Leave(this);

        private async Task<IDisposable> WaitForTurnAsync(CancellationToken cancellationToken)
        {
            using var cancelled = cancellationToken.Register(() => _turn.TrySetCanceled(cancellationToken));
            try
            {
                return await _turn.Task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Dispose();
                throw;
            }
        }
    }
}
