namespace WixInbox.Pace;

/// <summary>
/// Stops everything when most requests fail for lack of a network or a server: 15 seconds of silence, then one request to try. When three of those
/// have failed, it gives up, and says so to all who wait. It knows no tasks and no clock: it is told the time.
/// </summary>
internal sealed class CircuitBreaker
{
    /// <summary>How many tries in a row may fail before it gives up.</summary>
    public const int Tries = 3;

    /// <summary>How long it is silent before a try.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    // It looks at the requests of the last 30 seconds, and at 20 at least: where connections hang, so many take longer than that.
    private const int Fewest = 20;
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(30);

    private readonly Queue<(TimeSpan At, bool Failed)> _latest = new();
    private int _failures;
    private TimeSpan? _openUntil;
    private bool _trying;
    private int _failedTries;

    /// <summary>Gets how many times it has given up. Whoever has waited while that changed is not to wait any longer.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Gets a value indicating whether it is open: it lets nothing through but a try.</summary>
    public bool IsOpen => _openUntil is not null;

    /// <summary>Asks whether a request may leave.</summary>
    /// <param name="now">The time, since any moment.</param>
    /// <returns>Zero if it may; how long to wait; or <see cref="RequestWindow.UntilAnAnswer"/> while another one is the try.</returns>
    public TimeSpan WaitFor(TimeSpan now)
    {
        if (_openUntil is not { } until)
        {
            return TimeSpan.Zero;
        }

        return _trying ? RequestWindow.UntilAnAnswer : until > now ? until - now : TimeSpan.Zero;
    }

    /// <summary>Notes that a request leaves, which <see cref="WaitFor"/> has allowed.</summary>
    /// <returns>Whether it is the try that decides.</returns>
    public bool Enter()
    {
        _trying = IsOpen;
        return _trying;
    }

    /// <summary>Notes what became of a request.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isTry">What <see cref="Enter"/> gave back for it.</param>
    /// <param name="failed">Whether it failed for lack of a network or a server; null if it was cancelled.</param>
    /// <returns>Whether that was the last try.</returns>
    public bool Leave(TimeSpan now, bool isTry, bool? failed)
    {
        if (isTry)
        {
            return LeaveTry(now, failed);
        }

        // What was under way when it opened says nothing new.
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
                Open(now + Pause);
            }
        }

        return false;
    }

    private bool LeaveTry(TimeSpan now, bool? failed)
    {
        _trying = false;
        switch (failed)
        {
            case null:
                _openUntil = now;
                return false;
            case false:
                _openUntil = null;
                _failedTries = 0;
                return false;
            case true when ++_failedTries < Tries:
                _openUntil = now + Pause;
                return false;
            default:
                // Whoever comes next may try at once: somebody has typed the command again. If that fails too, it is over at once.
                GivenUp++;
                _failedTries = Tries - 1;
                _openUntil = now;
                return true;
        }
    }

    private void Open(TimeSpan until)
    {
        _openUntil = until;
        _failedTries = 0;
        _latest.Clear();
        _failures = 0;
    }
}
