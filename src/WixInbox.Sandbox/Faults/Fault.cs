namespace WixInbox.Sandbox;

/// <summary>
/// Something to go wrong. Faults wait in a queue, and each coming request takes the first one that matches it. A fault
/// is copied when it is queued.
/// </summary>
public sealed class Fault
{
    /// <summary>Gets or sets what goes wrong.</summary>
    public FaultKind Kind { get; set; }

    /// <summary>
    /// Gets or sets the HTTP status, for the kinds that leave a choice: 500-599 for server errors, 200-599 for HTML,
    /// 300-399 for a redirect, 400-499 for an application error or a message alone.
    /// </summary>
    public int? Status { get; set; }

    /// <summary>Gets or sets a wait before the answer or the failure, on top of the sandbox's own latency.</summary>
    public TimeSpan? Delay { get; set; }

    /// <summary>
    /// Gets or sets the value of the <c>Retry-After</c> header as it goes out: seconds, an HTTP date, or nonsense. None
    /// by default.
    /// </summary>
    public string? RetryAfter { get; set; }

    /// <summary>Gets or sets the code of an <see cref="FaultKind.ApplicationError"/>, which requires it.</summary>
    public string? Code { get; set; }

    /// <summary>
    /// Gets or sets how the path begins of the requests that take the fault, in upper and lower case as here; null for
    /// any path.
    /// </summary>
    public string? PathPrefix { get; set; }

    /// <summary>Gets or sets the HTTP method of the requests that take the fault; null for any method.</summary>
    public string? Method { get; set; }

    /// <summary>
    /// Gets or sets how many requests the fault strikes before it is used up; at least 1, the default.
    /// </summary>
    public int Times { get; set; } = 1;

    /// <summary>
    /// Copies the fault, so that the queue is not changed from outside, and refuses one that makes no sense.
    /// </summary>
    internal Fault CheckedCopy()
    {
        if (Times < 1)
        {
            throw new ArgumentException($"A fault strikes at least once; Times is {Times}.");
        }

        if (Delay < TimeSpan.Zero)
        {
            throw new ArgumentException($"A fault's Delay cannot be negative; it is {Delay}.");
        }

        if (Kind == FaultKind.Latency && Delay is null)
        {
            throw new ArgumentException("A fault of kind Latency needs a Delay.");
        }

        if ((Kind == FaultKind.ApplicationError) == string.IsNullOrEmpty(Code))
        {
            throw new ArgumentException("A fault of kind ApplicationError needs a Code, and no other kind takes one.");
        }

        if (Status is int status)
        {
            (var low, var high) = StatusRange();
            if (status < low || status > high)
            {
                throw new ArgumentException(high == 0
                    ? $"A fault of kind {Kind} takes no Status."
                    : $"The Status of a fault of kind {Kind} is {low}-{high}; it is {status}.");
            }
        }

        return (Fault)MemberwiseClone();
    }

    private (int Low, int High) StatusRange() => Kind switch
    {
        FaultKind.ServerErrorBefore or FaultKind.ServerErrorAfter => (500, 599),
        FaultKind.HtmlBody => (200, 599),
        FaultKind.Redirect => (300, 399),
        FaultKind.ApplicationError or FaultKind.MessageAlone => (400, 499),
        FaultKind.Latency or FaultKind.RateLimited or FaultKind.ResetBefore or FaultKind.ResetAfter or FaultKind.Timeout
            or FaultKind.TimeoutAfter or FaultKind.TruncatedBody or FaultKind.Unauthorized
                or FaultKind.EmptyForbidden =>
                (0, 0),
        _ => throw new ArgumentException($"There is no fault of kind {Kind}."),
    };
}
