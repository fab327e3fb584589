using WixInbox.Clocks;

namespace WixInbox.Pace;

/// <summary>
/// Lets requests leave at the pace that the API allows, over all that share a connection, and none while there is no
/// network or no server. Of those that wait for a slot of their run, the earliest leaves first.
/// </summary>
/// <remarks>
/// What happens on a 429: <see cref="Hold"/> stops all requests until the server's time is over and lowers the rate
/// (<see cref="RequestWindow"/>); whoever waits leaves in the order of the rows when the time is over, the refused
/// request among them. What happens in an outage: the <see cref="CircuitBreaker"/> lets one request through every 15
/// seconds, each time another one, until one succeeds.
/// </remarks>
internal sealed class RequestPace
{
    private readonly RequestWindow _window;
    private readonly CircuitBreaker _breaker;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly List<SlotPool> _pools = [];
    private readonly SlotPool _unlimited = new(int.MaxValue);

    // Held while any of these is used.
    private readonly object _gate = new();

    // The runs whose requests were recalled, with the date of the latest: a journal that is opened again brings the
    // same ones.
    private readonly Dictionary<string, DateTimeOffset> _recalled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ownRuns = new(StringComparer.Ordinal);
    private long _lastOrder;
    private bool _isClosed;

    // When the earliest request may leave, and for when the next look is planned, both since the start.
    private TimeSpan _nextAt;
    private TimeSpan _lookAt = TimeSpan.MaxValue;

    /// <summary>Initializes a new instance of the <see cref="RequestPace"/> class.</summary>
    /// <param name="requestsPerMinute">The most requests in any 60 seconds; zero for any number.</param>
    /// <param name="time">The clock.</param>
    /// <param name="longestOutage">How long an outage may last, once a request has succeeded.</param>
    public RequestPace(int requestsPerMinute, TimeProvider time, TimeSpan longestOutage)
    {
        _window = new RequestWindow(requestsPerMinute);
        _breaker = new CircuitBreaker(longestOutage);
        _time = time;
        _start = time.GetTimestamp();
        _pools.Add(_unlimited);
    }

    /// <summary>Gets how long nothing may leave because the server asks to wait.</summary>
    public TimeSpan HeldFor
    {
        get
        {
            lock (_gate)
            {
                return _window.HeldFor(Now());
            }
        }
    }

    /// <summary>
    /// Gets how long it is until the earliest request that waits for the pace may leave; zero if none waits.
    /// </summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                var wait = _nextAt - Now();
                return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
            }
        }
    }

    /// <summary>
    /// Gets a value indicating whether nothing leaves but a probe now and then, since most requests have failed.
    /// </summary>
    public bool IsOutage
    {
        get
        {
            lock (_gate)
            {
                return _breaker.IsOpen;
            }
        }
    }

    /// <summary>Gets how many runs have a request in flight, or one that waits.</summary>
    internal int Runs
    {
        get
        {
            lock (_gate)
            {
                return _pools.Count - 1;
            }
        }
    }

    /// <summary>Takes the next place in the order of all rows and calls of the connection.</summary>
    public long NextOrder() => Interlocked.Increment(ref _lastOrder);

    /// <summary>Takes the next place for a call that belongs to no run.</summary>
    public QueuePlace NextPlace() => new(null, NextOrder());

    /// <summary>Ends the wait of all, and of all that come later: the connection is closed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        LetLeave();
    }

    /// <summary>Waits until a request may leave. <see cref="Release"/> follows, whatever becomes of it.</summary>
    /// <param name="place">Its place among those that wait.</param>
    /// <param name="failedProbes">How many outages it has failed to end. One with fewer leaves first.</param>
    /// <param name="longestHold">
    /// How long the server may ask to wait: where it asks for more, there is no lease.
    /// </param>
    /// <param name="cancellationToken">Ends the wait without a lease.</param>
    /// <returns>The lease, or why there is none.</returns>
    public async Task<Lease> AcquireAsync(
        QueuePlace place, int failedProbes, TimeSpan longestHold, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LeaseRequest request;
        lock (_gate)
        {
            var pool = place.Slots ?? _unlimited;
            if (!_pools.Contains(pool))
            {
                _pools.Add(pool);
            }

            request = new LeaseRequest(pool, (failedProbes, place.Order), longestHold, _breaker.GivenUp);
            pool.Add(request);
        }

        using var cancelled = cancellationToken.Register(() => Cancel(request, cancellationToken));
        LetLeave();
        return await request.Task.ConfigureAwait(false);
    }

    /// <summary>Notes that a request has its answer, or will have none.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="failed">Whether it failed for lack of a network or a server; null if it was cancelled.</param>
    /// <param name="mayArrive">
    /// Whether it was given up after it had left, so that the server may have it later still.
    /// </param>
    /// <returns>
    /// Whether there is an outage now, and whether the wait for its end is given up with this request.
    /// </returns>
    public (bool IsOutage, bool IsGivenUp) Release(Lease lease, bool? failed, bool mayArrive)
    {
        (bool IsOutage, bool IsGivenUp) state;
        lock (_gate)
        {
            Free(lease);
            _window.Leave(Now(), mayArrive);
            var isGivenUp = _breaker.Leave(Now(), lease.IsProbe, failed);
            state = (_breaker.IsOpen, isGivenUp);
        }

        LetLeave();
        return state;
    }

    /// <summary>Gives back the lease of a request that has not left.</summary>
    public void Return(Lease lease)
    {
        lock (_gate)
        {
            Free(lease);
            _window.Return();
            _breaker.Leave(Now(), lease.IsProbe, failed: null);
        }

        LetLeave();
    }

    /// <summary>Stops everything until the time that the server asks for is over.</summary>
    /// <param name="lease">The lease of the request that was refused.</param>
    /// <param name="wait">How long to wait.</param>
    public void Hold(Lease lease, TimeSpan wait)
    {
        lock (_gate)
        {
            _window.Hold(Now(), lease.Left, wait);
        }

        LetLeave();
    }

    /// <summary>Notes that a run is this connection's own: its requests are counted as they are made.</summary>
    public void AddOwnRun(string run)
    {
        lock (_gate)
        {
            _ownRuns.Add(run);
        }
    }

    /// <summary>
    /// Counts requests that another process has made, so that those of both together keep to the limit.
    /// </summary>
    /// <param name="requests">
    /// The requests. Those of this connection's own runs, and those that were counted before, are left out.
    /// </param>
    /// <returns>How many of them count.</returns>
    public int Recall(IEnumerable<EarlierRequest> requests)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var earlier = requests
                .Where(request => !_ownRuns.Contains(request.Run ?? string.Empty) && !IsRecalled(request))
                .ToList();
            foreach (var run in earlier.GroupBy(request => request.Run ?? string.Empty))
            {
                _recalled[run.Key] = run.Max(request => request.Date);
            }

            // A clock that was set back makes an earlier request a later one: it counts as one of just now.
            var since = Now();
            _window.Recall(earlier.Select(
                request => (since - (request.Date > now ? TimeSpan.Zero : now - request.Date), request.MayArrive)));
            return earlier.Count;
        }
    }

    private void Free(Lease lease)
    {
        var slots = lease.Slots ?? _unlimited;
        slots.Free++;
        DropIfIdle(slots);
    }

    private void Withdraw(LeaseRequest request)
    {
        request.Slots.Remove(request);
        DropIfIdle(request.Slots);
    }

    // A connection outlives many runs.
    private void DropIfIdle(SlotPool slots)
    {
        if (slots.IsIdle && slots != _unlimited)
        {
            _pools.Remove(slots);
        }
    }

    private bool IsRecalled(EarlierRequest request) =>
        _recalled.TryGetValue(request.Run ?? string.Empty, out var latest) && request.Date <= latest;

    private void Cancel(LeaseRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Withdraw(request);
        }

        request.TrySetCanceled(cancellationToken);
        LetLeave();
    }

    // Gives leases to all that may leave now, and plans the next look if only time is in the way.
    private void LetLeave()
    {
        (TimeSpan Wait, TimeSpan At) look;
        lock (_gate)
        {
            look = (GrantAll(), _lookAt);
        }

        if (look.Wait > TimeSpan.Zero)
        {
            _ = LookAfterAsync(look.Wait, look.At);
        }
    }

    // Returns how long to wait for the next look; zero if nobody waits, or only an answer can make room.
    private TimeSpan GrantAll()
    {
        RefuseAll();
        _nextAt = TimeSpan.Zero;
        while (FirstWithASlot() is { } request)
        {
            var now = Now();
            var wait = _breaker.WaitFor(now);
            if (wait == TimeSpan.Zero)
            {
                wait = _window.TryEnter(now);
            }

            if (wait == RequestWindow.UntilAnAnswer)
            {
                return TimeSpan.Zero;
            }

            if (wait > TimeSpan.Zero)
            {
                _nextAt = now + wait;
                if (_lookAt <= _nextAt)
                {
                    return TimeSpan.Zero;
                }

                _lookAt = _nextAt;
                return wait;
            }

            request.Slots.Remove(request);
            request.Slots.Free--;
            request.TrySetResult(new Lease(now, _breaker.Enter()) { Slots = request.Slots });
        }

        return TimeSpan.Zero;
    }

    // Ends the wait of each request that can no longer be granted, wherever it queues.
    private void RefuseAll()
    {
        var held = _window.HeldFor(Now());
        if (held == TimeSpan.Zero && !_breaker.IsOpen && !_isClosed)
        {
            return;
        }

        foreach (var request in _pools.SelectMany(pool => pool.Waiting).ToList())
        {
            if (Refusal(request, held) is { } refusal)
            {
                Withdraw(request);
                request.TrySetResult(new Lease { Refusal = refusal });
            }
        }
    }

    private LeaseRefusal? Refusal(LeaseRequest request, TimeSpan held) =>
        _isClosed ? LeaseRefusal.Closed
        : request.GivenUp != _breaker.GivenUp ? LeaseRefusal.Outage
        : held > request.LongestHold ? LeaseRefusal.HeldTooLong
        : null;

    private LeaseRequest? FirstWithASlot()
    {
        LeaseRequest? first = null;
        foreach (var pool in _pools)
        {
            if (pool.Free > 0
                && pool.First() is { } request
                && (first is null || request.CompareTo(first) < 0))
            {
                first = request;
            }
        }

        return first;
    }

    private async Task LookAfterAsync(TimeSpan wait, TimeSpan at)
    {
        await _time.WaitAsync(wait, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            // Whatever the time is: a planned look that is over must not keep another one from being planned.
            if (_lookAt <= at)
            {
                _lookAt = TimeSpan.MaxValue;
            }
        }

        LetLeave();
    }

    private TimeSpan Now() => _time.GetElapsedTime(_start);
}
