namespace WixInbox.Calls;

/// <summary>What is done around the attempts at a call, for whoever makes it.</summary>
internal sealed class CallObserver
{
    /// <summary>Gets what is done before the first byte of an attempt leaves. If it fails, nothing leaves.</summary>
    public Func<CancellationToken, Task>? Leaving { get; init; }

    /// <summary>
    /// Gets what is done when an attempt has failed and another follows. It is told why the attempt failed, Wix's id of its request, how many attempts there have
    /// been, and how long it is until the next.
    /// </summary>
    public Action<Failure, string?, int, TimeSpan>? Repeating { get; init; }
}
