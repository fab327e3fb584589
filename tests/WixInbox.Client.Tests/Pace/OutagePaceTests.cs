using WixInbox.Pace;

namespace WixInbox.Tests.Pace;

/// <summary>
/// The pace while there is no network: nothing leaves but a try, and all who wait are told how it ends.
/// </summary>
public sealed class OutagePaceTests
{
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(15);

    private readonly WatchedClock _clock = new();
    private readonly RequestPace _pace;

    public OutagePaceTests()
    {
        _pace = new RequestPace(0, _clock, TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task All_who_wait_are_told_when_it_is_given_up()
    {
        await OpenAsync();
        Assert.True(_pace.IsOutage);
        var waiting = Enumerable.Range(0, 10).Select(_ => EnterAsync()).ToArray();

        for (var tries = 1; tries <= 3; tries++)
        {
            await _clock.AdvanceAfterAWaitAsync(CircuitBreaker.Pause);
            var entry = await waiting[tries - 1];
            Assert.True(entry.IsProbe);
            Assert.True(entry.IsGranted);
            Assert.Equal(tries == 3, _pace.Release(entry, failed: true, mayArrive: false).IsGivenUp);
        }

        Assert.All(
            await Task.WhenAll(waiting[3..]),
            entry => Assert.Equal((LeaseRefusal.Outage, false), (entry.Refusal, entry.IsGranted)));
        Assert.True(_pace.IsOutage);
    }

    [Fact]
    public async Task Nothing_leaves_during_the_pause_nor_while_another_one_tries()
    {
        await OpenAsync();
        var first = EnterAsync();
        var second = EnterAsync();

        await _clock.AdvanceAfterAWaitAsync(CircuitBreaker.Pause - TimeSpan.FromMilliseconds(1));
        Assert.False(first.IsCompleted);
        Assert.NotEqual(TimeSpan.Zero, _pace.Wait);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var entry = await first;
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(second.IsCompleted);

        _pace.Release(entry, failed: false, mayArrive: false);

        // The network is back: everything goes on.
        Assert.Equal((TimeSpan.FromSeconds(3615), false), ((await second).Left, (await second).IsProbe));
        Assert.False(_pace.IsOutage);
    }

    [Fact]
    public async Task A_try_that_is_given_up_hands_over_to_the_next_at_once()
    {
        await OpenAsync();
        var first = EnterAsync();
        var second = EnterAsync();
        await _clock.AdvanceAfterAWaitAsync(CircuitBreaker.Pause);

        _pace.Release(await first, failed: null, mayArrive: false);

        Assert.True((await second).IsProbe);
    }

    [Fact]
    public async Task Who_waits_in_the_pause_can_give_up_and_holds_up_nobody()
    {
        await OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var first = _pace.AcquireAsync(_pace.NextPlace(), 0, s_longestHold, giveUp.Token);
        var second = EnterAsync();
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await _clock.AdvanceAfterAWaitAsync(CircuitBreaker.Pause);
        Assert.True((await second).IsProbe);
    }

    [Fact]
    public async Task Who_waits_for_a_try_can_give_up_and_holds_up_nobody()
    {
        await OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var first = EnterAsync();
        await _clock.AdvanceAfterAWaitAsync(CircuitBreaker.Pause);
        var entry = await first;
        var second = _pace.AcquireAsync(_pace.NextPlace(), 0, s_longestHold, giveUp.Token);
        var third = EnterAsync();
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        _pace.Release(entry, failed: false, mayArrive: false);
        Assert.True((await third).IsGranted);
    }

    [Fact]
    public async Task After_it_was_given_up_the_next_one_tries_at_once()
    {
        await All_who_wait_are_told_when_it_is_given_up();

        var entry = await EnterAsync();
        Assert.True(entry.IsProbe);
        var waiting = EnterAsync();
        Assert.True(_pace.Release(entry, failed: true, mayArrive: false).IsGivenUp);

        Assert.Equal(LeaseRefusal.Outage, (await waiting).Refusal);
        Assert.True((await EnterAsync()).IsProbe);
    }

    [Fact]
    public async Task A_request_that_the_server_puts_off_for_too_long_is_not_called_an_outage()
    {
        var entry = await EnterAsync();
        _pace.Release(entry, failed: false, mayArrive: false);
        _pace.Hold(entry, TimeSpan.FromMinutes(16));

        Assert.Equal(LeaseRefusal.HeldTooLong, (await EnterAsync()).Refusal);
        Assert.False(_pace.IsOutage);
    }

    [Fact]
    public async Task However_many_wait_with_a_limit_too_nobody_waits_for_ever()
    {
        // The places of the failed requests are still taken when the first try leaves.
        var pace = new RequestPace(21, _clock, TimeSpan.FromMinutes(15));
        await OpenAsync(pace);
        var waiting = Enumerable.Range(0, 50).Select(_ => TryAndFailAsync(pace)).ToArray();
        var all = Task.WhenAll(waiting);

        for (var step = 0; step < 20 && !all.IsCompleted; step++)
        {
            await Task.WhenAny(all, _clock.AdvanceAfterAWaitAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.Equal(3, (await all).Count(tried => tried));
    }

    private static async Task<bool> TryAndFailAsync(RequestPace pace)
    {
        var entry = await pace.AcquireAsync(pace.NextPlace(), 0, s_longestHold, TestClient.Cancellation);
        if (entry.IsGranted)
        {
            pace.Release(entry, failed: true, mayArrive: false);
        }

        return entry.IsGranted;
    }

    private Task<Lease> EnterAsync() =>
        _pace.AcquireAsync(_pace.NextPlace(), 0, s_longestHold, TestClient.Cancellation);

    private Task OpenAsync() => OpenAsync(_pace);

    private static async Task OpenAsync(RequestPace pace)
    {
        for (var request = 0; request < 20; request++)
        {
            Assert.True(await TryAndFailAsync(pace));
        }
    }
}
