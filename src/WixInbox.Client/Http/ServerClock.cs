namespace WixInbox.Http;

/// <summary>What the server's clock shows: ours may be wrong by hours, and dates of messages are the server's.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private const long Untold = long.MinValue;

    private long _ahead = Untold;

    /// <summary>Gets how far it is ahead of ours; null as long as no answer has told.</summary>
    public TimeSpan? Ahead => Volatile.Read(ref _ahead) is var ahead and not Untold ? new TimeSpan(ahead) : null;

    /// <summary>Notes what our clock shows now, and what is known of the server's.</summary>
    public ClockReading Read() => new(time.GetUtcNow(), Ahead);

    /// <summary>Gets what the server's clock showed at a moment; to the second. As long as no answer has told, it is taken to show what ours does.</summary>
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
