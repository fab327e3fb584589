namespace WixInbox.Outcomes;

/// <summary>
/// Says whether a failed request is made again, and when. The attempts of one request are spread over at least half a
/// minute, so that a server that restarts costs no row. A longer outage is waited out by all together
/// (<see cref="Pace.CircuitBreaker"/>), and its failures count as nobody's attempts.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>How often one request is tried at the most.</summary>
    public const int MostAttempts = 6;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    /// <summary>Tells when a request is tried again.</summary>
    /// <param name="failures">How many attempts have failed: 1 or more.</param>
    /// <param name="asked">How long the server asks to wait at least.</param>
    /// <param name="random">A number from 0 to 1, which spreads clients that failed together.</param>
    /// <returns>How long to wait before the next attempt; null if there is none.</returns>
    public static TimeSpan? Next(int failures, TimeSpan? asked, double random)
    {
        if (failures >= MostAttempts)
        {
            return null;
        }

        // 0.25 s, 1 s, 4 s, 16 s and 20 s, of which at least three quarters: 31 to 41 seconds in all.
        var longest = Math.Min(s_longest.TotalMilliseconds, s_first.TotalMilliseconds * Math.Pow(4, failures - 1));
        var wait = TimeSpan.FromMilliseconds(longest * (0.75 + (random / 4)));
        return asked > wait ? asked : wait;
    }
}
