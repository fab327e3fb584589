namespace WixInbox.Simulation;

/// <summary>
/// A clock that stands still until it is told to go to the next moment at which somebody waits for it.
/// </summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Order)> _waiting = new();
    private readonly object _gate = new();
    private long _order;
    private long _now;

    public TimeSpan Now => new(Volatile.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => s_start + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Goes to the next moment at which somebody waits, and wakes who waits. The caller knows that nothing runs.
    /// </summary>
    public void MoveOn()
    {
        while (true)
        {
            SimulatedTimer timer;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out var next, out var at))
                {
                    return;
                }

                if (next.Timer.Version != next.Version)
                {
                    continue;
                }

                timer = next.Timer;
                timer.Version++;
                Volatile.Write(ref _now, Math.Max(_now, at.Due));
            }

            timer.Fire();
            return;
        }
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        public int Version { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Version++;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time._waiting.Enqueue((this, Version), (time._now + dueTime.Ticks, time._order++));
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
