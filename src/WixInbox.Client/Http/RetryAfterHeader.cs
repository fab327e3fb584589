namespace WixInbox.Http;

/// <summary>Reads <c>Retry-After</c>: seconds or a date (RFC 9110, 10.2.3). Wix documents neither that it sends one nor that it does not.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Gets how long the server asks to wait.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="time">The clock against which a date is held.</param>
    /// <returns>The wait, zero if its date has passed; null if there is none, or none that can be read.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        if (header?.Delta is { } delta)
        {
            return delta < TimeSpan.Zero ? null : delta;
        }

        if (header?.Date is { } date)
        {
            // The server's own clock, where it says what that is: ours may be wrong by hours.
            var wait = date - (response.Headers.Date ?? time.GetUtcNow());
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        return null;
    }
}
