using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>
/// A journal in memory that knows what a power cut would leave of it, and whose disk can be held up or be full.
/// </summary>
internal sealed class MemoryStorage(byte[]? content = null, string path = "memory.jsonl") : IJournalStorage
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _syncBegan = new(0);
    private byte[] _bytes = content ?? [];
    private byte[] _durable = content ?? [];
    private ManualResetEventSlim? _hold;

    public string Path { get; } = path;

    public long Length => Written.Length;

    public byte[] Written => Volatile.Read(ref _bytes);

    /// <summary>Gets what was there when the last sync began that has ended.</summary>
    public byte[] Durable => Volatile.Read(ref _durable);

    public int Syncs { get; private set; }

    public int Appends { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Gets or sets how many bytes there is room for.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Gets or sets a value indicating whether the next sync to end fails. Those after it do not.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Lets no sync end until it is released.</summary>
    public void HoldSyncs() => _hold = new ManualResetEventSlim();

    public void ReleaseSyncs() => ReleaseSyncs(null);

    /// <summary>Releases the sync that is held, and holds those that begin after it.</summary>
    public void ReleaseOneSync() => ReleaseSyncs(new ManualResetEventSlim());

    /// <summary>Waits until a sync has begun that has not been waited for.</summary>
    public Task SyncBeganAsync() => _syncBegan.WaitAsync(TestClient.Cancellation).WaitAsync(TimeSpan.FromSeconds(30));

    public void ForgetSyncs()
    {
        while (_syncBegan.Wait(0))
        {
        }

        Syncs = 0;
        Appends = 0;
    }

    public Stream OpenRead() => new MemoryStream(Written, writable: false);

    public void Cut(long length)
    {
        Volatile.Write(ref _bytes, _bytes[..(int)length]);
    }

    public void Append(byte[] buffer, int count)
    {
        Assert.True(Monitor.TryEnter(_gate), "Two writes at once.");
        try
        {
            var fits = Math.Min(count, Room - _bytes.Length);
            Volatile.Write(ref _bytes, [.. _bytes, .. buffer.AsSpan(0, fits)]);
            Appends++;
            if (fits < count)
            {
                throw new IOException("No space left on device");
            }
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public void Sync()
    {
        Assert.True(Monitor.TryEnter(_gate), "Two writes at once.");
        try
        {
            Syncs++;
            // Read first: whoever waits for the sync to begin may release it, and hold the next one, before it waits.
            var (seen, hold) = (_bytes, _hold);
            _syncBegan.Release();
            hold?.Wait();
            if (SyncFails)
            {
                SyncFails = false;
                throw new IOException("Input/output error");
            }

            Volatile.Write(ref _durable, seen);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    // It can be opened once more, as a file can.
    public void Dispose() => IsDisposed = true;

    private void ReleaseSyncs(ManualResetEventSlim? next)
    {
        var held = _hold!;
        _hold = next;
        held.Set();
    }
}
