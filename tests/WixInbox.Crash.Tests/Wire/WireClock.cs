using Microsoft.Extensions.Time.Testing;

namespace WixInbox.Crash.Tests.Wire;

/// <summary>
/// A clock on which a wait of the client is over as soon as the server has done what it was asked before. That holds
/// the server to what the guarantee rests on: it is done with a request when the message is looked for the last time.
/// </summary>
internal sealed class WireClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero))
{
    /// <summary>The time of an attempt, unlike every wait.</summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(29.5);

    /// <summary>Gets or sets what waits for the server.</summary>
    public Func<Task> Settle { get; set; } = () => Task.CompletedTask;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != AttemptTime && dueTime != Timeout.InfiniteTimeSpan)
        {
            _ = AdvanceAsync(dueTime);
        }

        return timer;
    }

    private async Task AdvanceAsync(TimeSpan wait)
    {
        await Settle();
        Advance(wait);
    }
}
