using WixInbox.Outcomes;

namespace WixInbox.Tests.Outcomes;

/// <summary>The arithmetic of trying again: how long, how often, and how much of it in all.</summary>
public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(1, false, 0, 0)]
    [InlineData(1, false, 0.5, 50)]
    [InlineData(1, false, 1, 100)]
    [InlineData(2, false, 0.5, 100)]
    [InlineData(2, false, 1, 200)]
    [InlineData(3, false, 0, 0)]
    [InlineData(3, false, 0.5, 200)]
    [InlineData(3, false, 1, 400)]
    [InlineData(1, true, 0, 0)]
    [InlineData(1, true, 0.5, 500)]
    [InlineData(1, true, 1, 1000)]
    [InlineData(2, true, 0.5, 1000)]
    [InlineData(2, true, 1, 2000)]
    [InlineData(3, true, 0, 0)]
    [InlineData(3, true, 0.5, 2000)]
    [InlineData(3, true, 1, 4000)]
    public void A_wait_is_spread_over_twice_as_much_each_time(int attempts, bool throttled, double random, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new RetryPolicy(() => random).Next(attempts, throttled, null));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(99, 100)]
    [InlineData(101, 101)]
    [InlineData(60_000, 60_000)]
    public void The_longer_of_our_wait_and_of_the_one_that_the_server_asks_for_counts(int asked, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new RetryPolicy(() => 1).Next(1, false, TimeSpan.FromMilliseconds(asked)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void There_are_four_attempts_at_most(bool throttled)
    {
        var policy = new RetryPolicy(() => 0);

        Assert.NotNull(policy.Next(3, throttled, null));
        Assert.Null(policy.Next(4, throttled, null));
        Assert.Null(policy.Next(5, throttled, TimeSpan.Zero));
    }

    [Fact]
    public void An_attempt_too_many_costs_nothing()
    {
        var policy = new RetryPolicy(() => 0);
        for (var request = 0; request < 1_000; request++)
        {
            policy.Next(4, false, null);
        }

        Assert.Equal(35, Count(policy, throttled: false));
    }

    [Fact]
    public void The_budget_of_all_requests_pays_35_transient_failures_or_100_throttled_ones()
    {
        var policy = new RetryPolicy(() => 0);

        // 35 times 14 leave 10 of 500, which are two throttled ones.
        Assert.Equal(35, Count(policy, throttled: false));
        Assert.Equal(2, Count(policy, throttled: true));
        Assert.Equal(0, Count(policy, throttled: false));
        Assert.Equal(100, Count(new RetryPolicy(() => 0), throttled: true));
    }

    [Fact]
    public void What_succeeds_pays_back_one_and_never_more_than_was_there()
    {
        var policy = new RetryPolicy(() => 0);
        Succeed(policy, 1_000);
        Assert.Equal(35, Count(policy, throttled: false));

        // 10 are left.
        Succeed(policy, 3);
        Assert.Equal(0, Count(policy, throttled: false));
        Succeed(policy, 1);
        Assert.Equal(1, Count(policy, throttled: false));
        Succeed(policy, 1_000);
        Assert.Equal(100, Count(policy, throttled: true));
    }

    private static void Succeed(RetryPolicy policy, int times)
    {
        for (var request = 0; request < times; request++)
        {
            policy.Succeeded();
        }
    }

    private static int Count(RetryPolicy policy, bool throttled)
    {
        var count = 0;
        while (policy.Next(1, throttled, null) is not null)
        {
            count++;
            Assert.True(count <= 1_000, "The budget does not end.");
        }

        return count;
    }
}
