namespace WixInbox.Pace;

/// <summary>The permission of one request to leave, or the reason why it has none.</summary>
/// <param name="Left">When the request goes out, since the pace began.</param>
/// <param name="IsProbe">Whether the request is the one that finds out whether an outage is over.</param>
internal readonly record struct Lease(TimeSpan Left, bool IsProbe)
{
    /// <summary>The server asks for a longer wait than the caller accepts.</summary>
    public static readonly Lease HeldTooLong = new(TimeSpan.MinValue, false);

    /// <summary>Neither network nor server can be reached, and the wait for them has been given up.</summary>
    public static readonly Lease Outage = new(TimeSpan.MinValue, true);

    /// <summary>The connection was closed meanwhile.</summary>
    public static readonly Lease Closed = new(TimeSpan.MinValue + TimeSpan.FromTicks(1), false);

    /// <summary>Gets a value indicating whether the request may go out.</summary>
    public bool IsGranted => Left >= TimeSpan.Zero;

    /// <summary>Gets the slot that the request occupies until it is released.</summary>
    public SlotPool? Slots { get; init; }
}
