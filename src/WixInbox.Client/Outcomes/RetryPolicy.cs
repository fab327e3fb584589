namespace WixInbox.Outcomes;

/// <summary>
/// Says whether a failed request is made again, and when. All requests of a client share one budget: where nearly everything fails, it is soon spent, and further
/// requests fail at their first attempt in place of adding to the load.
/// </summary>
/// <remarks>The figures are those of the AWS SDKs' standard mode as of 2026, but for one attempt more. Throttled answers get a longer wait and cost less.</remarks>
/// <param name="random">Gives a number from 0 to 1: waits are spread over the whole of their length, so that clients that failed together do not come back together.</param>
internal sealed class RetryPolicy(Func<double> random)
{
    private const int MostAttempts = 4;
    private const int FullBudget = 500;
    private const int CostOfTransient = 14;
    private const int CostOfThrottled = 5;

    private static readonly TimeSpan s_transientBase = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_throttledBase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private readonly object _gate = new();
    private int _budget = FullBudget;

    /// <summary>Takes the next attempt at a request from the budget.</summary>
    /// <param name="attempts">How many attempts were made: 1 or more.</param>
    /// <param name="throttled">Whether the server itself said that it did not take the request up.</param>
    /// <param name="asked">How long the server asks to wait at least.</param>
    /// <returns>How long to wait before the next attempt; null if there is none.</returns>
    public TimeSpan? Next(int attempts, bool throttled, TimeSpan? asked)
    {
        if (attempts >= MostAttempts)
        {
            return null;
        }

        lock (_gate)
        {
            var cost = throttled ? CostOfThrottled : CostOfTransient;
            if (_budget < cost)
            {
                return null;
            }

            _budget -= cost;
            var first = throttled ? s_throttledBase : s_transientBase;
            var longest = Math.Min(s_longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, attempts - 1));
            var wait = TimeSpan.FromMilliseconds(random() * longest);
            return asked > wait ? asked : wait;
        }
    }

    /// <summary>Notes a request that the server took up: it pays back a little.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _budget = Math.Min(FullBudget, _budget + 1);
        }
    }
}
