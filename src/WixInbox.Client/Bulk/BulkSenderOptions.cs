namespace WixInbox;

/// <summary>How many messages are sent.</summary>
public sealed class BulkSenderOptions
{
    private readonly TimeSpan _reconcileWait = TimeSpan.FromSeconds(10);

    /// <summary>Gets where it is written what is sent. The caller disposes of it, after the last message.</summary>
    public SendJournal? Journal { get; init; }

    /// <summary>Gets what to do with a message that may or may not have been sent. Default: find out.</summary>
    public AmbiguousAction OnAmbiguous { get; init; }

    /// <summary>
    /// Gets for how long a conversation is looked through for a message that may have been sent, before it counts as not sent. Default: 10 seconds.
    /// Whoever is written to twice has been so by a server that took longer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or more than an hour.</exception>
    public TimeSpan ReconcileWait
    {
        get => _reconcileWait;
        init => _reconcileWait = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not negative, and an hour at most.");
    }

    /// <summary>Gets a value indicating whether contacts that want no messages get them. It holds for those who are found by their e-mail address.</summary>
    public bool IncludeUnsubscribed { get; init; }

    /// <summary>
    /// Gets who is told of retries and searches, from any thread: short lines without any text of a message, address or secret.
    /// </summary>
    public Action<string>? Note { get; init; }
}
