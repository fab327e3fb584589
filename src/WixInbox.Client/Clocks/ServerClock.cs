namespace WixInbox.Clocks;

/// <summary>Knows what the server's clock shows: messages have its dates, and ours may be wrong by hours.</summary>
/// <remarks>
/// An answer's <c>Date</c> was written, to the second, between the moment the request left and the moment the answer's
/// headers came. So each answer says how far the server's clock is ahead at least and at most, and all answers together
/// say so more closely than any of them. How long a body takes plays no part.
/// </remarks>
internal sealed class ServerClock(TimeProvider time)
{
    private readonly object _gate = new();
    private (TimeSpan Least, TimeSpan Most)? _ahead;

    /// <summary>
    /// Gets how far the server's clock is ahead of ours at least; null as long as no answer has told.
    /// </summary>
    public TimeSpan? Ahead
    {
        get
        {
            lock (_gate)
            {
                return _ahead?.Least;
            }
        }
    }

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read() => new(time.GetUtcNow(), Ahead);

    /// <summary>
    /// Gets what the server's clock showed at a reading, at the earliest. If the reading does not say how far it was
    /// ahead, what has become known since counts; if nothing has, both clocks are taken to agree.
    /// </summary>
    public DateTimeOffset ToServer(ClockReading reading) => reading.Ours + (reading.Ahead ?? Ahead ?? TimeSpan.Zero);

    /// <summary>Learns from an answer.</summary>
    /// <param name="date">Its <c>Date</c>, if it has one.</param>
    /// <param name="left">When the request left, by our clock.</param>
    /// <param name="came">When the answer's headers came, by our clock.</param>
    public void Observe(DateTimeOffset? date, DateTimeOffset left, DateTimeOffset came)
    {
        if (date is not { } theirs)
        {
            return;
        }

        var (least, most) = (theirs - came, theirs + TimeSpan.FromSeconds(1) - left);
        lock (_gate)
        {
            if (_ahead is { } known)
            {
                var (highest, lowest) = (Max(least, known.Least), Min(most, known.Most));

                // Where no time fits both, one of the clocks was set, and the latest answer counts alone.
                (least, most) = highest <= lowest ? (highest, lowest) : (least, most);
            }

            _ahead = (least, most);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
