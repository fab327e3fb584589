namespace WixInbox.Pace;

/// <summary>
/// The requests of one run that may be in flight at once, and those that wait for a slot. The earliest of them gets the
/// next one. The pace guards all members with its own lock.
/// </summary>
internal sealed class SlotPool
{
    private readonly int _size;
    private readonly SortedSet<LeaseRequest> _waiting = [];

    /// <summary>Initializes a new instance of the <see cref="SlotPool"/> class.</summary>
    /// <param name="size">The number of slots.</param>
    public SlotPool(int size)
    {
        _size = size;
        Free = size;
    }

    /// <summary>Gets or sets how many slots are free.</summary>
    public int Free { get; set; }

    /// <summary>Gets the requests that wait, the earliest first.</summary>
    public IReadOnlyCollection<LeaseRequest> Waiting => _waiting;

    /// <summary>Gets a value indicating whether no request is in flight, and none waits.</summary>
    public bool IsIdle => Free == _size && _waiting.Count == 0;

    /// <exception cref="InvalidOperationException">Another request waits in that place.</exception>
    public void Add(LeaseRequest request)
    {
        if (!_waiting.Add(request))
        {
            throw new InvalidOperationException("Two requests have one place.");
        }
    }

    public void Remove(LeaseRequest request) => _waiting.Remove(request);

    /// <summary>Gets the earliest request; null if none waits.</summary>
    public LeaseRequest? First() => _waiting.Min;
}
