namespace WixInbox.Pace;

/// <summary>
/// Stops everything when most requests fail for lack of a network or a server, or since the server fails: 15 seconds of
/// silence, then one request as a probe. A connection over which nothing has ever succeeded is given up after three
/// probes; later on, an outage may last as long as it is told. It knows no tasks and no clock: it is told the time.
/// </summary>
/// <param name="longest">How long an outage may last once a request has succeeded.</param>
internal sealed class CircuitBreaker(TimeSpan longest)
{
    /// <summary>
    /// How many probes in a row may fail before a connection over which nothing has succeeded yet is given up.
    /// </summary>
    private const int Probes = 3;

    /// <summary>How long it is silent before a probe.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    // It looks at the requests of the last 30 seconds, and at 20 at least: where connections hang, so many take longer
    // than that.
    private const int Fewest = 20;
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(30);

    private readonly Queue<(TimeSpan At, bool Failed)> _latest = new();
    private int _failures;
    private TimeSpan? _openUntil;
    private TimeSpan _openedAt;
    private bool _isProbing;
    private bool _hasSucceeded;
    private bool _hasGivenUp;
    private int _failedProbes;

    /// <summary>
    /// Gets how many times the breaker has given up. A request that waited while the number changed waits no longer.
    /// </summary>
    public int GivenUp { get; private set; }

    /// <summary>Gets a value indicating whether it is open: it lets nothing through but a probe.</summary>
    public bool IsOpen => _openUntil is not null;

    /// <summary>Asks whether a request may leave.</summary>
    /// <param name="now">The time, since any moment.</param>
    /// <returns>
    /// Zero if it may; how long to wait; or <see cref="RequestWindow.UntilAnAnswer"/> while another one is the probe.
    /// </returns>
    public TimeSpan WaitFor(TimeSpan now)
    {
        if (_openUntil is not { } until)
        {
            return TimeSpan.Zero;
        }

        return _isProbing ? RequestWindow.UntilAnAnswer : until > now ? until - now : TimeSpan.Zero;
    }

    /// <summary>Notes that a request leaves, which <see cref="WaitFor"/> has allowed.</summary>
    /// <returns>Whether it is the probe that decides.</returns>
    public bool Enter()
    {
        _isProbing = IsOpen;
        return _isProbing;
    }

    /// <summary>Notes what became of a request.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isProbe">What <see cref="Enter"/> gave back for it.</param>
    /// <param name="failed">Whether it failed for lack of a network or a server; null if it was cancelled.</param>
    /// <returns>Whether the outage is given up.</returns>
    public bool Leave(TimeSpan now, bool isProbe, bool? failed)
    {
        _hasSucceeded |= failed == false;
        if (isProbe)
        {
            return LeaveProbe(now, failed);
        }

        // The outcome of a request that was in flight when the breaker opened says nothing new.
        if (!IsOpen && failed is { } sample)
        {
            _latest.Enqueue((now, sample));
            _failures += sample ? 1 : 0;
            while (_latest.Count > Fewest && now - _latest.Peek().At > s_memory)
            {
                _failures -= _latest.Dequeue().Failed ? 1 : 0;
            }

            if (_latest.Count >= Fewest && _failures * 2 >= _latest.Count)
            {
                Open(now);
            }
        }

        return false;
    }

    private bool LeaveProbe(TimeSpan now, bool? failed)
    {
        _isProbing = false;
        if (failed is null)
        {
            _openUntil = now;
            return false;
        }

        if (failed == false)
        {
            _openUntil = null;
            _hasGivenUp = false;
            return false;
        }

        _failedProbes++;
        if (!_hasGivenUp && (_hasSucceeded ? now - _openedAt < longest : _failedProbes < Probes))
        {
            _openUntil = now + Pause;
            return false;
        }

        // The next request may leave immediately, since somebody has typed the command again. If it fails too, the
        // breaker gives up immediately.
        GivenUp++;
        _hasGivenUp = true;
        _openUntil = now;
        return true;
    }

    private void Open(TimeSpan now)
    {
        _openUntil = now + Pause;
        _openedAt = now;
        _latest.Clear();
        _failures = 0;
    }
}
