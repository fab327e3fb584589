using System.Diagnostics.CodeAnalysis;
using WixInbox.Journal;

namespace WixInbox.Simulation;

/// <summary>
/// A file that outlives the programs that write it, and loses what was not synced when the power goes.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A stream in memory holds nothing to be let go.")]
internal sealed class SimulatedDisk(Random random)
{
    private readonly MemoryStream _bytes = new();
    private long _synced;

    // The one whose writes get through.
    private object? _open;

    public IJournalStorage Open()
    {
        var handle = new Handle(this);
        _open = handle;
        return handle;
    }

    /// <summary>Ends the program that has the file open: nothing that it writes gets through any more.</summary>
    /// <param name="powerCut">
    /// Whether the machine ends too. Some of what was written since the last sync is lost then.
    /// </param>
    public void Crash(bool powerCut)
    {
        lock (this)
        {
            _open = null;
            if (powerCut)
            {
                _bytes.SetLength(random.NextInt64(_synced, _bytes.Length + 1));
            }

            _synced = _bytes.Length;
        }
    }

    private sealed class Handle(SimulatedDisk disk) : IJournalStorage
    {
        public string Path => "simulated.jsonl";

        public long Length => disk._bytes.Length;

        public Stream OpenRead() => new MemoryStream(disk._bytes.ToArray(), writable: false);

        public void Cut(long length) => Change(() => disk._bytes.SetLength(length));

        public void Append(byte[] buffer, int count) => Change(() =>
        {
            disk._bytes.Position = disk._bytes.Length;
            disk._bytes.Write(buffer, 0, count);
        });

        public void Sync() => Change(() => disk._synced = disk._bytes.Length);

        public void Dispose()
        {
        }

        private void Change(Action change)
        {
            lock (disk)
            {
                // A write of a program that has ended is never made. Its caller does not learn that: it does not run
                // any more.
                if (disk._open == this)
                {
                    change();
                }
                else
                {
                    throw new IOException("The program has ended.");
                }
            }
        }
    }
}
