using System.Collections.Concurrent;
using System.Diagnostics;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A clock on which every wait is over at once, and written down. The time of an attempt is none of them.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    /// <summary>How long a request may take on a connection over this clock: the one wait that never ends.</summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(77);

    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly ConcurrentQueue<Action> _endless = new();
    private long _skipped;
    private volatile bool _areEnded;

    /// <summary>Gets a wait that never ends, beside the time of an attempt.</summary>
    public TimeSpan Endless { get; init; } = AttemptTime;

    /// <summary>
    /// Gets a value indicating whether no time passes but what is skipped: what a test counts does not depend on how
    /// busy the machine is.
    /// </summary>
    public bool StandsStill { get; init; }

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves the clock on.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

    /// <summary>Ends the endless waits, and those that begin later.</summary>
    public void EndWaits()
    {
        _areEnded = true;
        while (_endless.TryDequeue(out var end))
        {
            end();
        }
    }

    public override DateTimeOffset GetUtcNow() =>
        (StandsStill ? DateTimeOffset.UnixEpoch : DateTimeOffset.UtcNow).AddTicks(Interlocked.Read(ref _skipped));

    public override long GetTimestamp() =>
        (StandsStill ? 0 : Stopwatch.GetElapsedTime(0).Ticks) + Interlocked.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Endless && dueTime != AttemptTime && !_areEnded)
        {
            _endless.Enqueue(() => callback(state));
        }
        else if (dueTime != AttemptTime && dueTime != Timeout.InfiniteTimeSpan)
        {
            _waits.Enqueue(dueTime);
            Interlocked.Add(ref _skipped, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
