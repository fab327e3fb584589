using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using WixInbox.Http;

namespace WixInbox.Tests.Invariants;

/// <summary>Whatever a server writes into Retry-After, it is a wait of a day at the most, or none.</summary>
public sealed class RetryAfterTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> s_date =
        Gen.Long[0, 4_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds);

    [Fact]
    public void Seconds_are_that_wait() =>
        Gen.Int[0, int.MaxValue].Sample(
            seconds => Assert.Equal(TimeSpan.FromSeconds(Math.Min(seconds, s_day.TotalSeconds)),
                Read(seconds.ToString(CultureInfo.InvariantCulture))),
            iter: 2_000);

    [Fact]
    public void A_date_is_the_wait_until_then_by_the_servers_clock_or_else_by_ours() =>
        Gen.Select(Gen.Int[-200_000, 200_000], s_date.Nullable()).Sample(
            (seconds, date) =>
            {
                var until = (date ?? s_noon).AddSeconds(seconds);
                var expected = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, s_day.TotalSeconds));

                Assert.Equal(expected, Read(until.ToString("R", CultureInfo.InvariantCulture), date));
            },
            iter: 2_000);

    [Fact]
    public void Any_other_text_is_a_wait_of_a_day_at_the_most_or_none() =>
        Gen.OneOf(
            Gen.String[Gen.Char["0123456789-+.,:; GMTSunNov\""], 0, 40],
            Gen.String[Gen.Char[' ', '~'], 0, 40],
            Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
            s_date.Select(date => date.ToString("R", CultureInfo.InvariantCulture)[3..])).Sample(
            text =>
            {
                if (Read(text) is { } wait)
                {
                    Assert.InRange(wait, TimeSpan.Zero, s_day);
                }
            },
            iter: 5_000);

    private static TimeSpan? Read(string retryAfter, DateTimeOffset? date = null)
    {
        using var response = Answer.Status(503, ("Retry-After", retryAfter));
        response.Headers.Date = date;
        return RetryAfterHeader.Read(response, new FakeTimeProvider(s_noon));
    }
}
