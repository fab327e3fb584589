namespace WixInbox.Pace;

/// <summary>A request that waits for its lease.</summary>
internal sealed class LeaseRequest(SlotPool slots, QueuePlace place, TimeSpan longestHold, int givenUp)
    : TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously), IComparable<LeaseRequest>
{
    public SlotPool Slots { get; } = slots;

    /// <summary>Gets the place: requests with fewer failed probes come first, then those of earlier rows.</summary>
    public QueuePlace Place { get; } = place;

    /// <summary>Gets the longest wait that the server may ask for.</summary>
    public TimeSpan LongestHold { get; } = longestHold;

    /// <summary>Gets how many outages had been given up when the wait began.</summary>
    public int GivenUp { get; } = givenUp;

    public int CompareTo(LeaseRequest? other) => other is null
        ? 1
        : (Place.FailedProbes, Place.Order).CompareTo((other.Place.FailedProbes, other.Place.Order));
}
