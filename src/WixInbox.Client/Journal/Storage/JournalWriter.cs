using System.Diagnostics.CodeAnalysis;

namespace WixInbox.Journal;

/// <summary>
/// Brings lines to the storage in the order in which they were given, one write at a time, off the callers' threads.
/// All lines that come while one write is under way go out with the next, and all of them that have to be durable share
/// its sync.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A stream in memory holds nothing to be let go.")]
internal sealed class JournalWriter(IJournalStorage storage, long end)
{
    private readonly IJournalStorage _storage = storage;
    private readonly JournalLine _line = new();

    // Held while the storage is written to, so that a caller who cannot wait for the pool can write on its own thread.
    private readonly object _turn = new();
    private readonly object _gate = new();
    private MemoryStream _pending = new();
    private MemoryStream _spare = new();
    private TaskCompletionSource<bool>? _commit;
    private bool _isScheduled;
    private bool _isDirty;
    private long _end = end;

    private volatile JournalException? _fault;

    /// <summary>Gets why nothing can be written any more, for example a full disk; null if all is well.</summary>
    public JournalException? Fault => _fault;

    /// <summary>Adds a line, which reaches the operating system soon. After a failure, nothing happens.</summary>
    /// <returns>Where the line begins, in bytes from the start of the file.</returns>
    public long Add(JournalRecord record)
    {
        lock (_gate)
        {
            return AddLine(record);
        }
    }

    /// <summary>Adds a line that has to outlast a power cut.</summary>
    /// <param name="record">The line.</param>
    /// <param name="durable">
    /// What ends when the line is on the disk, and fails with a <see cref="JournalException"/> if it cannot get there.
    /// </param>
    /// <returns>Where the line begins, in bytes from the start of the file.</returns>
    public long Add(JournalRecord record, out Task durable)
    {
        lock (_gate)
        {
            var offset = AddLine(record);
            if (_fault is not null)
            {
                durable = Task.FromException(_fault);
            }
            else
            {
                _commit ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                durable = _commit.Task;
            }

            return offset;
        }
    }

    /// <summary>Brings all lines that were added to the operating system, on this thread.</summary>
    public void Flush()
    {
        lock (_turn)
        {
            while (TakeBatch() is { } batch)
            {
                Write(batch.Lines, batch.Commit);
            }
        }
    }

    /// <summary>Brings all lines that were added to the disk, on this thread.</summary>
    public void Sync()
    {
        lock (_turn)
        {
            Flush();
            if (_isDirty)
            {
                Write(new MemoryStream(), new TaskCompletionSource<bool>());
            }
        }
    }

    private long AddLine(JournalRecord record)
    {
        var offset = _end;
        if (_fault is not null)
        {
            return offset;
        }

        var before = _pending.Length;
        _line.Write(record, _pending);
        _end += _pending.Length - before;
        if (!_isScheduled)
        {
            _isScheduled = true;
            _ = Task.Run(Flush);
        }

        return offset;
    }

    private (MemoryStream Lines, TaskCompletionSource<bool>? Commit)? TakeBatch()
    {
        lock (_gate)
        {
            if (_pending.Length == 0)
            {
                _isScheduled = false;
                return null;
            }

            var batch = (_pending, _commit);
            (_pending, _spare) = (_spare, _pending);
            _pending.SetLength(0);
            _commit = null;
            return batch;
        }
    }

    private void Write(MemoryStream lines, TaskCompletionSource<bool>? commit)
    {
        // After a failure, part of a line may be in the file, and whatever followed it would be lost with it.
        if (_fault is { } earlier)
        {
            Fail(commit, earlier);
            return;
        }

        try
        {
            if (lines.Length > 0)
            {
                _storage.Append(lines.GetBuffer(), (int)lines.Length);
                _isDirty = true;
            }

            if (commit is not null)
            {
                _storage.Sync();
                _isDirty = false;
                commit.TrySetResult(true);
            }
        }
        catch (Exception exception)
        {
            var fault = JournalException.Unwritable(_storage.Path, exception);
            _fault = fault;
            Fail(commit, fault);
        }
    }

    private static void Fail(TaskCompletionSource<bool>? commit, JournalException fault)
    {
        // Observed here, since whoever waited may have been cancelled.
        if (commit?.TrySetException(fault) == true)
        {
            _ = commit.Task.Exception;
        }
    }
}
