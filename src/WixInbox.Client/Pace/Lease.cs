namespace WixInbox.Pace;

/// <summary>The permission of one request to leave, or the reason why it has none.</summary>
/// <param name="Left">When the request goes out, since the pace began.</param>
/// <param name="IsProbe">Whether the request is the one that finds out whether an outage is over.</param>
internal readonly record struct Lease(TimeSpan Left, bool IsProbe)
{
    /// <summary>Gets why the request may not go out; null if it may.</summary>
    public LeaseRefusal? Refusal { get; init; }

    /// <summary>Gets a value indicating whether the request may go out.</summary>
    public bool IsGranted => Refusal is null;

    /// <summary>Gets the slot that the request occupies until it is released.</summary>
    public SlotPool? Slots { get; init; }
}
