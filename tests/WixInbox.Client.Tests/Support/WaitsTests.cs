using WixInbox.Clocks;

namespace WixInbox.Tests;

/// <summary>
/// A wait is never shorter than it was asked to be, and whoever waits for a task can be let go before it has ended.
/// </summary>
public sealed class WaitsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(599_999_999, 60_000)]
    public async Task A_wait_is_rounded_up_to_what_a_timer_counts(long ticks, int milliseconds)
    {
        var clock = new SkippingClock();

        await clock.WaitAsync(TimeSpan.FromTicks(ticks), TestClient.Cancellation);

        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], clock.Waits);
    }

    [Fact]
    public async Task Who_waits_for_a_task_learns_whether_it_has_ended()
    {
        using var cancellation = new CancellationTokenSource();
        var task = new TaskCompletionSource<bool>();

        var waiting = task.Task.HasEndedAsync(cancellation.Token);
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();

        Assert.False(await waiting);
        task.SetException(new InvalidOperationException());
        Assert.True(await task.Task.HasEndedAsync(cancellation.Token));
        Assert.True(await task.Task.HasEndedAsync(CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => task.Task);
    }
}
