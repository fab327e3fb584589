namespace WixInbox.Sandbox;

/// <summary>
/// The documented "200 requests a minute for an app instance". Wix does not say how it counts. Our choice is the
/// strictest reading that a well-behaved client can keep: a sliding window, all operations together, by the time of
/// arrival. A request that is refused does not count.
/// </summary>
internal sealed class RateLimit(int requestsPerMinute, TimeProvider timeProvider)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly Queue<long> _arrivals = new();

    /// <summary>Takes a place in the window; false where it is full.</summary>
    public bool TryEnter()
    {
        if (requestsPerMinute == 0)
        {
            return true;
        }

        lock (_arrivals)
        {
            var now = timeProvider.GetTimestamp();
            while (_arrivals.Count > 0 && timeProvider.GetElapsedTime(_arrivals.Peek(), now) >= s_window)
            {
                _arrivals.Dequeue();
            }

            if (_arrivals.Count >= requestsPerMinute)
            {
                return false;
            }

            _arrivals.Enqueue(now);
            return true;
        }
    }

    public void Clear()
    {
        lock (_arrivals)
        {
            _arrivals.Clear();
        }
    }
}
