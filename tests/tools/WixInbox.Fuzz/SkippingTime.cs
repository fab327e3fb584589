namespace WixInbox.Fuzz;

/// <summary>A clock on which every wait is over at once, but for the time of a request.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>The time of a request, unlike any wait.</summary>
    public static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(29.5);

    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != RequestTime && dueTime != Timeout.InfiniteTimeSpan)
        {
            _now += dueTime.Ticks;
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

        return new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
