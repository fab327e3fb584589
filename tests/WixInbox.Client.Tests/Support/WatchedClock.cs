using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace WixInbox.Tests;

/// <summary>
/// A clock that tells when somebody has begun to wait on it, so that a test moves it on neither too early nor too late.
/// </summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Moves the clock on when the next wait has begun. The timers of attempts are none.</summary>
    public async Task AdvanceAfterAWaitAsync(TimeSpan time)
    {
        await _waits.Reader.ReadAsync(TestClient.Cancellation).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30), TestClient.Cancellation);
        Advance(time);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != TestClient.AttemptTime && dueTime != Timeout.InfiniteTimeSpan)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }
}
