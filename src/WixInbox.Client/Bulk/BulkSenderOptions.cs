namespace WixInbox;

/// <summary>How a <see cref="BulkSender"/> sends.</summary>
public sealed class BulkSenderOptions
{
    private readonly TimeSpan _reconcileWait = TimeSpan.FromSeconds(10);

    /// <summary>Gets the journal, which is written before and after each message; null for none. The caller disposes of it, after the last message.</summary>
    public SendJournal? Journal { get; init; }

    /// <summary>Gets what to do with a message that may or may not have been sent. Default: find out.</summary>
    public AmbiguousAction OnAmbiguous { get; init; }

    /// <summary>
    /// Gets for how long a message that may have been sent is looked for before it counts as not sent. Default: 10 seconds. If the server takes longer than that to
    /// store it, the message is sent twice.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or more than an hour.</exception>
    public TimeSpan ReconcileWait
    {
        get => _reconcileWait;
        init => _reconcileWait = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not negative, and an hour at most.");
    }

    /// <summary>
    /// Gets a value indicating whether contacts that have unsubscribed are written to. Only of recipients that are named by their e-mail address is it known that
    /// they have. Default: false.
    /// </summary>
    public bool IncludeUnsubscribed { get; init; }

    /// <summary>
    /// Gets what is called, from any thread, with a line on each retry and search: without any message's text, address or secret in it.
    /// </summary>
    public Action<string>? Note { get; init; }
}
