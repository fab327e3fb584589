namespace WixInbox.Calls;

/// <summary>What whoever makes a call wants to do around its attempts.</summary>
internal sealed class CallObserver
{
    /// <summary>Gets what has to be done before an attempt's first byte leaves. If it fails, nothing leaves.</summary>
    public Func<CancellationToken, Task>? Leaving { get; init; }

    /// <summary>
    /// Gets who is told of an attempt that was not taken up and is made again: why, the id of its request, how many there have been, and how long until
    /// the next one.
    /// </summary>
    public Action<Failure, string?, int, TimeSpan>? Repeating { get; init; }
}
