namespace WixInbox.Clocks;

/// <summary>Knows what the server's clock shows: messages have its dates, and ours may be wrong by hours.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private const long Untold = long.MinValue;

    private long _ahead = Untold;

    /// <summary>Gets how far the server's clock is ahead of ours; null as long as no answer has told.</summary>
    public TimeSpan? Ahead => Volatile.Read(ref _ahead) is var ahead and not Untold ? new TimeSpan(ahead) : null;

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read() => new(time.GetUtcNow(), Ahead);

    /// <summary>
    /// Gets what the server's clock showed at a reading, to the second. If the reading does not say how far it was ahead, what has become known since counts; if
    /// nothing has, both clocks are taken to agree.
    /// </summary>
    public DateTimeOffset ToServer(ClockReading reading) => reading.Ours + (reading.Ahead ?? Ahead ?? TimeSpan.Zero);

    /// <summary>Learns from an answer.</summary>
    /// <param name="date">Its <c>Date</c>, if it has one.</param>
    public void Observe(DateTimeOffset? date)
    {
        if (date is { } theirs)
        {
            Volatile.Write(ref _ahead, (theirs - time.GetUtcNow()).Ticks);
        }
    }
}
