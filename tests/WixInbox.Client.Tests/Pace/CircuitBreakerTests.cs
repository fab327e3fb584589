using WixInbox.Pace;

namespace WixInbox.Tests.Pace;

/// <summary>When everything stops, when one may try, and when it is over; in time that the test tells.</summary>
public sealed class CircuitBreakerTests
{
    private readonly CircuitBreaker _breaker = new(TimeSpan.FromMinutes(15));

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(10, 10, true)]
    [InlineData(19, 0, false)]
    [InlineData(9, 11, false)]
    [InlineData(50, 50, true)]

    // 49 %.
    [InlineData(49, 51, false)]
    public void It_opens_when_half_of_twenty_or_more_have_failed(int failures, int successes, bool opens)
    {
        // The failures last: it does not matter which of them completes the number.
        Answer(successes, 0, failed: false);
        Answer(failures, 0, failed: true);

        Assert.Equal(opens, _breaker.IsOpen);
        Assert.Equal(opens ? CircuitBreaker.Pause : TimeSpan.Zero, _breaker.WaitFor(TimeSpan.Zero));
        Assert.Equal(0, _breaker.GivenUp);
    }

    [Fact]
    public void It_opens_in_the_midst_of_successes_too()
    {
        Answer(10, 0, failed: true);
        Answer(9, 0, failed: false);
        Assert.False(_breaker.IsOpen);

        Answer(1, 0, failed: false);

        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void What_is_older_than_30_seconds_is_forgotten_but_for_what_makes_up_twenty()
    {
        Answer(200, 0, failed: false);
        Answer(9, 30.1, failed: true);
        Assert.False(_breaker.IsOpen);

        Answer(1, 30.1, failed: true);

        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void What_is_not_older_than_30_seconds_counts()
    {
        Answer(200, 0, failed: false);
        Answer(199, 30, failed: true);
        Assert.False(_breaker.IsOpen);

        Answer(1, 30, failed: true);

        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void Failures_that_are_forgotten_do_not_count_among_the_younger_ones()
    {
        Answer(9, 0, failed: true);
        Answer(11, 0, failed: false);
        Answer(20, 40, failed: false);
        Answer(10, 41, failed: true);

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void It_opens_also_where_twenty_take_longer_than_30_seconds()
    {
        // Five at once, each of which hangs for half a minute.
        for (var at = 30; at <= 120; at += 30)
        {
            Assert.False(_breaker.IsOpen);
            Answer(5, at, failed: true);
        }

        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void What_its_caller_gave_up_says_nothing()
    {
        Answer(100, 0, failed: null);
        Answer(19, 0, failed: true);

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void It_is_silent_for_15_seconds_and_then_lets_one_try_at_a_time()
    {
        Open(at: 100);

        Assert.Equal(Seconds(15), _breaker.WaitFor(Seconds(100)));
        Assert.Equal(Seconds(0.5), _breaker.WaitFor(Seconds(114.5)));
        Assert.Equal(TimeSpan.Zero, _breaker.WaitFor(Seconds(115)));
        Assert.True(_breaker.Enter());
        Assert.Equal(RequestWindow.UntilAnAnswer, _breaker.WaitFor(Seconds(115)));
        Assert.Equal(RequestWindow.UntilAnAnswer, _breaker.WaitFor(Seconds(1_000)));

        Assert.False(_breaker.Leave(Seconds(116), isProbe: true, failed: true));

        Assert.Equal(Seconds(15), _breaker.WaitFor(Seconds(116)));
    }

    [Fact]
    public void What_leaves_while_all_is_well_is_no_try()
    {
        Assert.False(_breaker.Enter());
        Assert.False(_breaker.Enter());
        Assert.Equal(TimeSpan.Zero, _breaker.WaitFor(TimeSpan.Zero));
    }

    [Fact]
    public void A_try_that_succeeds_ends_it_and_the_count_begins_anew()
    {
        Open(at: 0);
        Try(15, failed: true);
        Try(30, failed: false);

        Assert.False(_breaker.IsOpen);
        Assert.Equal(TimeSpan.Zero, _breaker.WaitFor(Seconds(30)));
        Answer(19, 30, failed: true);
        Assert.False(_breaker.IsOpen);
        Answer(1, 30, failed: true);

        // Something has succeeded: the outage may last as long as it is told.
        for (var at = 45; at < 30 + (15 * 60); at += 15)
        {
            Assert.False(Try(at, failed: true));
        }

        Assert.True(Try(30 + (15 * 60), failed: true));
    }

    [Fact]
    public void Three_tries_that_fail_are_the_end()
    {
        Open(at: 0);

        Assert.False(Try(15, failed: true));
        Assert.False(Try(30, failed: true));
        Assert.Equal(0, _breaker.GivenUp);
        Assert.True(Try(45, failed: true));

        Assert.Equal(1, _breaker.GivenUp);
        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void After_the_end_the_next_one_may_try_at_once_and_if_it_fails_that_is_the_end_again()
    {
        GiveUp(at: 45);

        Assert.Equal(TimeSpan.Zero, _breaker.WaitFor(Seconds(45)));
        Assert.True(Try(45, failed: true));

        Assert.Equal(2, _breaker.GivenUp);
    }

    [Fact]
    public void A_try_after_the_end_that_succeeds_ends_the_outage()
    {
        GiveUp(at: 45);
        Try(50, failed: true);
        Assert.False(Try(60, failed: false));

        Assert.False(_breaker.IsOpen);
        Open(at: 60);
        Assert.False(Try(75, failed: true));
        Assert.False(Try(90, failed: true));
        Assert.False(Try(105, failed: true));
        Assert.True(Try(60 + (15 * 60), failed: true));
    }

    [Fact]
    public void A_try_that_its_caller_cancelled_lets_another_one_try_at_once()
    {
        Open(at: 0);

        Assert.False(Try(15, failed: null));

        Assert.True(_breaker.IsOpen);
        Assert.False(Try(15, failed: true));
        Assert.False(Try(30, failed: true));
        Assert.True(Try(45, failed: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void Late_answers_of_before_the_outage_change_nothing(bool? failed)
    {
        Open(at: 0);
        Answer(100, 1, failed);
        Assert.Equal(Seconds(14), _breaker.WaitFor(Seconds(1)));
        Assert.True(_breaker.Enter());
        Answer(100, 16, failed);
        Assert.Equal(RequestWindow.UntilAnAnswer, _breaker.WaitFor(Seconds(16)));

        _breaker.Leave(Seconds(17), isProbe: true, failed: false);

        Answer(19, 17, failed: true);
        Assert.False(_breaker.IsOpen);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Answer(int times, double at, bool? failed)
    {
        for (var request = 0; request < times; request++)
        {
            Assert.False(_breaker.Leave(Seconds(at), isProbe: false, failed));
        }
    }

    private void Open(double at)
    {
        Answer(20, at, failed: true);
        Assert.True(_breaker.IsOpen);
    }

    private void GiveUp(double at)
    {
        Open(at - 45);
        Try(at - 30, failed: true);
        Try(at - 15, failed: true);
        Assert.True(Try(at, failed: true));
    }

    private bool Try(double at, bool? failed)
    {
        Assert.Equal(TimeSpan.Zero, _breaker.WaitFor(Seconds(at)));
        Assert.True(_breaker.Enter());
        return _breaker.Leave(Seconds(at), isProbe: true, failed);
    }
}
