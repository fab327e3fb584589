namespace WixInbox.Outcomes;

/// <summary>
/// Why all calls of a kind are refused, once that is known, so that no further one is made in vain: a 403 with a code
/// says so at once. One without a code has to come three times, a minute apart, with no success in between, since Wix
/// has been seen to throttle a burst that way.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class KnownRefusal(TimeProvider time)
{
    private const int Enough = 3;

    private static readonly TimeSpan s_apart = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private volatile Failure? _failure;
    private int _count;
    private long _latest;

    /// <summary>Gets why; null as long as another call may go through.</summary>
    public Failure? Failure => _failure;

    /// <summary>Notes what became of a call.</summary>
    /// <param name="failure">Why it failed; null if it went through. What is no 403 tells nothing.</param>
    public void Note(Failure? failure)
    {
        lock (_gate)
        {
            if (failure is null)
            {
                (_failure, _count) = (null, 0);
            }
            else if (failure is { StatusCode: 403, Code: not null })
            {
                _failure = failure;
            }
            else if (failure.StatusCode == 403 && (_count == 0 || time.GetElapsedTime(_latest) >= s_apart))
            {
                _latest = time.GetTimestamp();
                _failure = ++_count >= Enough ? failure : _failure;
            }
        }
    }
}
