namespace WixInbox.Pace;

/// <summary>
/// Says when the next request may leave, so that no 60 seconds of the server's clock see more than a number of
/// requests. It knows no tasks and no clock: it is told the time.
/// </summary>
/// <remarks>
/// A request takes a place when it leaves and gives it back 60 seconds after its answer has come. The server took it up
/// at some moment between the two, so that a request which takes the place over reaches the server at least 60 seconds
/// after it, however long either was on its way. One that was given up without an answer may be on its way still, and
/// keeps its place for another <see cref="Afterwards"/>. Wix documents 200 requests a minute for an app instance. It
/// documents neither the kind of window nor whether a refused request counts: here, all that leaves counts.
/// </remarks>
internal sealed class RequestWindow
{
    /// <summary>What <see cref="TryEnter"/> gives back where only an answer can make room.</summary>
    public static readonly TimeSpan UntilAnAnswer = Timeout.InfiniteTimeSpan;

    /// <summary>How long a request counts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For how long a request that was given up may still reach the server. For the same time, its message is looked
    /// for.
    /// </summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(BulkRunOptions.DefaultReconcileWaitSeconds);

    // After a 429 the rate falls to 70 %, and rises again by 5 % of the limit every 10 seconds: it is back after a
    // minute.
    private const double Fall = 0.7;
    private const double Recovery = 0.05;
    private static readonly TimeSpan s_recoveryStep = TimeSpan.FromSeconds(10);

    private readonly int _limit;
    private Queue<TimeSpan> _answered = new();
    private Queue<TimeSpan> _givenUp = new();
    private int _underWay;
    private double _reduced;
    private TimeSpan _reducedAt;
    private TimeSpan _heldUntil;

    /// <summary>Initializes a new instance of the <see cref="RequestWindow"/> class.</summary>
    /// <param name="limit">The most requests in 60 seconds; zero for any number.</param>
    public RequestWindow(int limit)
    {
        _limit = limit;
        _reduced = limit;
    }

    /// <summary>Takes a place if there is one.</summary>
    /// <param name="now">The time, since any moment.</param>
    /// <returns>Zero if the place is taken; else how long to wait at least before asking again.</returns>
    public TimeSpan TryEnter(TimeSpan now)
    {
        if (HeldFor(now) is var held && held > TimeSpan.Zero)
        {
            return held;
        }

        var next = Min(Next(_answered, now, Length), Next(_givenUp, now, Length + Afterwards));
        if (_limit > 0 && _underWay + _answered.Count + _givenUp.Count >= LimitAt(now))
        {
            next = Min(next, NextStep(now));
            return next == TimeSpan.MaxValue ? UntilAnAnswer : next;
        }

        _underWay++;
        return TimeSpan.Zero;
    }

    /// <summary>Notes that a request has its answer, or will have none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="mayArrive">
    /// Whether it was given up after it had left, so that the server may have it later still.
    /// </param>
    public void Leave(TimeSpan now, bool mayArrive)
    {
        _underWay--;
        if (_limit > 0)
        {
            (mayArrive ? _givenUp : _answered).Enqueue(now);
        }
    }

    /// <summary>Gives back the place of a request that has not left.</summary>
    public void Return() => _underWay--;

    /// <summary>Counts requests that were made before this window was there.</summary>
    /// <param name="requests">
    /// When each had its answer, or was given up and may still arrive; negative before the start that <c>now</c> counts
    /// from.
    /// </param>
    public void Recall(IEnumerable<(TimeSpan At, bool MayArrive)> requests)
    {
        if (_limit > 0)
        {
            var earlier = requests.ToLookup(request => request.MayArrive, request => request.At);
            _answered = new(earlier[false].Concat(_answered).OrderBy(time => time));
            _givenUp = new(earlier[true].Concat(_givenUp).OrderBy(time => time));
        }
    }

    /// <summary>
    /// Notes that the server asks to wait (429): nothing leaves until then, and the rate falls for a while.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="left">
    /// When the request left that was refused. Of several that were under way together, the first alone lowers the
    /// rate.
    /// </param>
    /// <param name="wait">How long to wait.</param>
    public void Hold(TimeSpan now, TimeSpan left, TimeSpan wait)
    {
        var isFirst = left >= _reducedAt;
        if (isFirst)
        {
            _reduced = Math.Max(1, LimitAt(now) * Fall);
        }

        var isLonger = now + wait > _heldUntil;
        if (isLonger)
        {
            _heldUntil = now + wait;
        }

        // The rate begins to rise when something may leave again.
        if (isFirst || isLonger)
        {
            _reducedAt = _heldUntil;
        }
    }

    /// <summary>Tells how long nothing may leave because the server asks to wait.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The rest of that wait; zero if there is none.</returns>
    public TimeSpan HeldFor(TimeSpan now) => _heldUntil > now ? _heldUntil - now : TimeSpan.Zero;

    // Gives back the places whose time is over, and tells how long it is until the next one's is.
    private static TimeSpan Next(Queue<TimeSpan> places, TimeSpan now, TimeSpan length)
    {
        while (places.Count > 0 && now - places.Peek() >= length)
        {
            places.Dequeue();
        }

        return places.Count > 0 ? places.Peek() + length - now : TimeSpan.MaxValue;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // How long it is until the limit, which a 429 has lowered, rises again; it may make room before a place is given
    // back.
    private TimeSpan NextStep(TimeSpan now)
    {
        if (LimitAt(now) >= _limit)
        {
            return TimeSpan.MaxValue;
        }

        var steps = Math.Max(0, Math.Floor((now - _reducedAt).TotalSeconds / s_recoveryStep.TotalSeconds));
        return _reducedAt + TimeSpan.FromTicks((long)(steps + 1) * s_recoveryStep.Ticks) - now;
    }

    private double LimitAt(TimeSpan now)
    {
        var steps = Math.Floor((now - _reducedAt).TotalSeconds / s_recoveryStep.TotalSeconds);
        return Math.Floor(Math.Min(_limit, _reduced + (steps * Recovery * _limit)));
    }
}
