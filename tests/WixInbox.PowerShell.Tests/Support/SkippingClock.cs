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
    private long _skipped;

    /// <summary>Gets a wait that never ends, beside the time of an attempt.</summary>
    public TimeSpan Endless { get; init; } = AttemptTime;

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves the clock on.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _skipped));

    public override long GetTimestamp() => Stopwatch.GetElapsedTime(0).Ticks + Interlocked.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != AttemptTime && dueTime != Endless && dueTime != Timeout.InfiniteTimeSpan)
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
