using WixInbox.Outcomes;

namespace WixInbox.Tests.Outcomes;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(1, 0, 187.5)]
    [InlineData(1, 1, 250)]
    [InlineData(2, 1, 1_000)]
    [InlineData(3, 1, 4_000)]
    [InlineData(4, 0.5, 14_000)]
    [InlineData(4, 1, 16_000)]
    [InlineData(5, 0, 15_000)]
    [InlineData(5, 1, 20_000)]
    public void A_wait_is_four_times_as_long_as_the_one_before_up_to_twenty_seconds(
        int failures, double random, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryPolicy.Next(failures, null, random));

    [Theory]
    [InlineData(100, 187.5)]
    [InlineData(3_000, 3_000)]
    public void The_server_may_ask_for_a_longer_wait_and_not_for_a_shorter_one(int asked, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryPolicy.Next(1, TimeSpan.FromMilliseconds(asked), 0));

    [Fact]
    public void There_are_six_attempts_over_half_a_minute_at_least()
    {
        var waits = Enumerable.Range(1, 5).Select(failures => RetryPolicy.Next(failures, null, 0)!.Value).ToArray();

        Assert.True(TimeSpan.FromTicks(waits.Sum(wait => wait.Ticks)) > TimeSpan.FromSeconds(30));
        Assert.Null(RetryPolicy.Next(6, null, 0));
        Assert.Equal(6, RetryPolicy.MostAttempts);
    }
}
