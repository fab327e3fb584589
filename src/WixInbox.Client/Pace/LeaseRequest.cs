namespace WixInbox.Pace;

/// <summary>A request that waits for its lease.</summary>
internal sealed class LeaseRequest(SlotPool slots, (int Probes, long Order) place, TimeSpan longestHold, int givenUp)
    : TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously), IComparable<LeaseRequest>
{
    public SlotPool Slots { get; } = slots;

    /// <summary>
    /// Gets what decides who is next: the order of the rows, behind those that have failed to end fewer outages.
    /// </summary>
    public (int Probes, long Order) Place { get; } = place;

    /// <summary>Gets the longest wait that the server may ask for.</summary>
    public TimeSpan LongestHold { get; } = longestHold;

    /// <summary>Gets how many outages had been given up when the wait began.</summary>
    public int GivenUp { get; } = givenUp;

    public int CompareTo(LeaseRequest? other) => other is null ? 1 : Place.CompareTo(other.Place);
}
