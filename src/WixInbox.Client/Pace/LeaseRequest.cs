namespace WixInbox.Pace;

/// <summary>A request that waits for its lease.</summary>
internal sealed class LeaseRequest(SlotPool slots, (int Probes, long Order) rank, TimeSpan longestHold, int givenUp)
    : TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously), IComparable<LeaseRequest>
{
    public SlotPool Slots { get; } = slots;

    /// <summary>Gets the rank: requests with fewer failed probes come first, then those of earlier rows.</summary>
    public (int Probes, long Order) Rank { get; } = rank;

    /// <summary>Gets the longest wait that the server may ask for.</summary>
    public TimeSpan LongestHold { get; } = longestHold;

    /// <summary>Gets how many outages had been given up when the wait began.</summary>
    public int GivenUp { get; } = givenUp;

    public int CompareTo(LeaseRequest? other) => other is null ? 1 : Rank.CompareTo(other.Rank);
}
