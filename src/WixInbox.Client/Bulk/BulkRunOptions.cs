namespace WixInbox;

/// <summary>How a <see cref="BulkRun"/> sends.</summary>
public sealed class BulkRunOptions
{
    /// <summary>The most messages that may be in flight at once.</summary>
    public const int MostInFlight = 256;

    /// <summary>The number of <see cref="ThrottleLimit"/>, unless it is set.</summary>
    public const int DefaultThrottleLimit = 5;

    /// <summary>The seconds of <see cref="ReconcileWait"/>, unless it is set.</summary>
    public const int DefaultReconcileWaitSeconds = 10;

    private readonly TimeSpan _reconcileWait = TimeSpan.FromSeconds(DefaultReconcileWaitSeconds);
    private readonly int _throttleLimit = DefaultThrottleLimit;

    /// <summary>
    /// Gets the file by which the run can be resumed; null for none. A file that exists is resumed, else one is begun.
    /// </summary>
    public string? Journal { get; init; }

    /// <summary>
    /// Gets the identity of the connection in the journal, which has to be the same in each run; null for the site,
    /// account or app that the client signs in for. It is written to the file, so it should not be a secret.
    /// </summary>
    public string? JournalIdentity { get; init; }

    /// <summary>
    /// Gets the name of the property that has the rows' keys, such as a column; null if the rows are identified by
    /// their content. It has to stay the same in each run.
    /// </summary>
    public string? KeyProperty { get; init; }

    /// <summary>Gets how many rows the run has, if that is known beforehand.</summary>
    public int? ExpectedCount { get; init; }

    /// <summary>
    /// Gets how many requests of the run may be in flight at once, 1 to 256. Default: 5, which is enough to use all of
    /// Wix's 200 requests a minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less or more.</exception>
    public int ThrottleLimit
    {
        get => _throttleLimit;
        init => _throttleLimit = value is >= 1 and <= MostInFlight
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"1 to {MostInFlight}.");
    }

    /// <summary>Gets what to do with a message that may or may not have been sent. Default: find out.</summary>
    public AmbiguousAction OnAmbiguous { get; init; }

    /// <summary>
    /// Gets for how long a message that may have been sent is looked for before it counts as not sent. Default: 10
    /// seconds. If the server takes longer than that to store it, the message is sent twice.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or more than an hour.</exception>
    public TimeSpan ReconcileWait
    {
        get => _reconcileWait;
        init => _reconcileWait = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Not negative, and an hour at most.");
    }

    /// <summary>
    /// Gets a value indicating whether rows that failed in an earlier run are tried again, though they are as they were
    /// then. Default: false.
    /// </summary>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// Gets a value indicating whether contacts that have unsubscribed are written to. Default: false.
    /// </summary>
    public bool IncludeUnsubscribed { get; init; }

    /// <summary>
    /// Gets a value indicating whether a message is left out that an earlier row of the run has sent to the same
    /// conversation, or may have: its row ends with <see cref="FailureCause.Duplicate"/>. Default: false.
    /// </summary>
    public bool SkipDuplicates { get; init; }

    /// <summary>
    /// Gets the callback for a line on each retry and look, without any message's text, address or secret. It is called
    /// from any thread; what it throws is ignored.
    /// </summary>
    public Action<string>? Note { get; init; }

    /// <summary>
    /// Gets the callback for each warning of the run. It is called from any thread, once for each kind of warning; what
    /// it throws is ignored.
    /// </summary>
    public Action<string>? Warn { get; init; }

    /// <summary>
    /// Gets how many rows may be under way or done before the earliest of them is through: enough that one row in
    /// trouble for half a minute holds up nobody else at any pace that a server is likely to take. With one request at
    /// a time it is one row, so that no message is sent before the outcome of the one before it was given back.
    /// </summary>
    public int Window => ThrottleLimit == 1 ? 1 : Math.Max(1_024, 4 * ThrottleLimit);

    /// <summary>
    /// Gets how many rows may be under way, with no outcome yet: enough that no slot is ever without a row, and that
    /// recipients are looked up by the <see cref="BulkRun.LookUpSize"/>. More of them would leave no earlier, and the
    /// garbage collector would go through them again and again. A row that waits for an earlier one to the same
    /// conversation does not count.
    /// </summary>
    public int MostUnderWay => 4 * Math.Max(BulkRun.LookUpSize, ThrottleLimit);
}
