namespace WixInbox.Http;

/// <summary>
/// Reads <c>Retry-After</c>: seconds or a date (RFC 9110, 10.2.3). Wix documents neither that it sends one nor that it
/// does not.
/// </summary>
internal static class RetryAfterHeader
{
    // No wait is longer than this. A server that asks for years is mistaken, and its date may be the last that .NET can
    // represent.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Gets how long the server asks to wait.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="time">
    /// The clock that a date is compared with, where the answer does not say what the server's own shows.
    /// </param>
    /// <returns>
    /// The wait: zero if its date has passed, a day at most; null if the header is missing or cannot be read.
    /// </returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta
            ?? (header?.Date is { } date ? DurationUntil(date, response.Headers.Date ?? time.GetUtcNow()) : null);
        return wait < TimeSpan.Zero ? null : wait > s_longest ? s_longest : wait;
    }

    private static TimeSpan DurationUntil(DateTimeOffset date, DateTimeOffset now) =>
        date < now ? TimeSpan.Zero : date - now;
}
