namespace WixInbox.Sandbox;

/// <summary>The faults that wait for requests, first come first served among those that match.</summary>
internal sealed class FaultQueue
{
    private readonly LinkedList<Fault> _waiting = new();

    /// <summary>Queues all of the faults or, where one of them makes no sense, none.</summary>
    public void Add(IEnumerable<Fault> faults)
    {
        Fault[] copies =
        [
            .. faults.Select(fault => (fault ?? throw new ArgumentException("A fault is null.")).CheckedCopy()),
        ];
        lock (_waiting)
        {
            foreach (Fault copy in copies)
            {
                _waiting.AddLast(copy);
            }
        }
    }

    public Fault? Take(string method, string path)
    {
        lock (_waiting)
        {
            for (LinkedListNode<Fault>? node = _waiting.First; node is not null; node = node.Next)
            {
                Fault fault = node.Value;
                if (Matches(fault, method, path))
                {
                    if (--fault.Times == 0)
                    {
                        _waiting.Remove(node);
                    }

                    return fault;
                }
            }

            return null;
        }
    }

    public void Clear()
    {
        lock (_waiting)
        {
            _waiting.Clear();
        }
    }

    private static bool Matches(Fault fault, string method, string path) =>
        (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
        && (fault.PathPrefix is null || path.StartsWith(fault.PathPrefix, StringComparison.Ordinal));
}
