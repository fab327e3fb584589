namespace WixInbox.Http;

/// <summary>What the server's clock shows: ours may be wrong by hours, and dates of messages are the server's.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    private long _ahead;

    /// <summary>Gets the server's time, as far as its answers have told; to the second.</summary>
    public DateTimeOffset Now => ToServer(time.GetUtcNow());

    /// <summary>Gets what the server's clock showed when ours showed a time.</summary>
    public DateTimeOffset ToServer(DateTimeOffset ours) => ours + new TimeSpan(Volatile.Read(ref _ahead));

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
