using System.Collections;

namespace WixInbox.Sandbox;

/// <summary>
/// Everything that the sandbox stored, in storing order: the proof of what a client really delivered, whatever the
/// client believes. Safe to read while requests run; each enumeration is a snapshot.
/// </summary>
public sealed class SandboxLedger : IReadOnlyList<LedgerEntry>
{
    private readonly List<LedgerEntry> _entries = [];

    internal SandboxLedger()
    {
    }

    /// <summary>Gets how many messages are stored.</summary>
    public int Count
    {
        get
        {
            lock (_entries)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Gets the message at a position, counted from 0 in storing order.</summary>
    /// <param name="index">The position, below <see cref="Count"/>.</param>
    public LedgerEntry this[int index]
    {
        get
        {
            lock (_entries)
            {
                return _entries[index];
            }
        }
    }

    /// <summary>Goes through the messages that are stored at this moment.</summary>
    /// <returns>An enumerator over a snapshot.</returns>
    public IEnumerator<LedgerEntry> GetEnumerator()
    {
        LedgerEntry[] snapshot;
        lock (_entries)
        {
            snapshot = [.. _entries];
        }

        return ((IEnumerable<LedgerEntry>)snapshot).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(LedgerEntry entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }
    }

    internal void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
        }
    }
}
