using WixInbox.Pace;

namespace WixInbox.Journal;

/// <summary>
/// A journal's file: its header, the lines of earlier runs, and those that are appended. <see cref="JournalIndex"/> and
/// <see cref="SendJournal"/> interpret the lines.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly IJournalStorage _storage;
    private readonly JournalWriter _writer;
    private readonly long _loadedEnd;
    private Stream? _reader;
    private JournalScan? _lines;

    private JournalFile(IJournalStorage storage, string run, bool isResumed, JournalIndex index)
    {
        _storage = storage;
        _loadedEnd = storage.Length;
        _writer = new JournalWriter(storage, _loadedEnd);
        Run = run;
        IsResumed = isResumed;
        Index = index;
    }

    public string Path => _storage.Path;

    /// <summary>Gets what the journal is known by, whatever its file is called: the id of its first run.</summary>
    public string Id => Index.FirstRun ?? Run;

    /// <summary>Gets the id of the run that has just begun.</summary>
    public string Run { get; }

    /// <summary>Gets a value indicating whether the journal was there before this run.</summary>
    public bool IsResumed { get; }

    /// <inheritdoc cref="JournalWriter.Fault"/>
    public JournalException? Fault => _writer.Fault;

    /// <summary>Gets what the lines of earlier runs come to.</summary>
    public JournalIndex Index { get; }

    /// <summary>Begins a journal, or goes on with one that is there.</summary>
    /// <param name="storage">Where it is. It is disposed of with the file, and also if it cannot be used.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <exception cref="JournalException">It cannot be used. It was left as it is.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended. It was left as it is.</exception>
    public static JournalFile Open(IJournalStorage storage, SendJournalOptions options)
    {
        try
        {
            return Begin(storage, options);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            storage.Dispose();
            throw JournalException.Unwritable(storage.Path, exception);
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>Appends a line, which reaches the operating system soon.</summary>
    /// <returns>Where the line begins.</returns>
    public long Append(JournalRecord record) => _writer.Add(record);

    /// <summary>Appends a line that has to outlast a power cut.</summary>
    /// <param name="record">The line.</param>
    /// <returns>
    /// What ends when the line is on the disk, and fails with a <see cref="JournalException"/> if it cannot get there.
    /// </returns>
    public Task AppendDurably(JournalRecord record)
    {
        _writer.Add(record, out var durable);
        return durable;
    }

    /// <summary>Reads a line back.</summary>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public JournalRecord? ReadAt(long offset)
    {
        try
        {
            if (offset >= _loadedEnd)
            {
                _writer.Flush();
            }

            // Rows are mostly asked for in the order of their lines, some ten of which are read at once.
            _reader ??= _storage.OpenRead();
            _lines ??= new JournalScan(_reader, 4096);
            _lines.Seek(offset);
            return _lines.Next();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw JournalException.Unreadable(Path, exception);
        }
    }

    /// <summary>Writes what is still to be written, closes the file and releases the lock.</summary>
    public void Dispose()
    {
        _writer.Sync();
        _reader?.Dispose();
        _storage.Dispose();
    }

    private static JournalFile Begin(IJournalStorage storage, SendJournalOptions options)
    {
        var now = options.TimeProvider.GetUtcNow();
        var recent = now - RequestWindow.Length - RequestWindow.Afterwards;
        var index = new JournalIndex(recent, JournalReplay.RowsIn(storage.Length));
        using var lines = new MemoryStream();
        var line = new JournalLine();
        bool isResumed;
        JournalScan scan;
        using (var stream = storage.OpenRead())
        {
            isResumed = Load(storage.Path, stream, options, index, out scan);
        }

        if (!isResumed)
        {
            index = new JournalIndex(recent);
            storage.Cut(0);
            line.Write(HeaderOf(options, now), lines);
        }
        else
        {
            if (index.HasOpen)
            {
                using var again = storage.OpenRead();
                index.LoadSentIds(new JournalScan(again), options.Stopped);
            }

            // Not before the file is known to be this connection's journal, and undamaged, and all of it is read.
            if (scan.WholeEnd < storage.Length)
            {
                storage.Cut(scan.WholeEnd);
            }

            if (!scan.HasLineEnd)
            {
                lines.WriteByte((byte)'\n');
            }
        }

        var run = RunOf(options, now);
        line.Write(run, lines);
        storage.Append(lines.GetBuffer(), (int)lines.Length);
        storage.Sync();
        return new JournalFile(storage, run.Run!, isResumed, index);
    }

    /// <returns>Whether there is a journal to go on with.</returns>
    private static bool Load(
        string path, Stream stream, SendJournalOptions options, JournalIndex index, out JournalScan scan)
    {
        var header = JournalHeader.Read(path, stream, out scan);
        if (header is null)
        {
            return false;
        }

        // Upper and lower case are the same in an id, and in the name of a property.
        if (!string.Equals(header.Connection, options.Connection, StringComparison.OrdinalIgnoreCase))
        {
            throw JournalException.OtherConnection(path, header.Connection!, options.Connection);
        }

        var holes = 0;
        while (scan.Next() is { } record)
        {
            options.Stopped.ThrowIfCancellationRequested();
            index.Load(record, scan.Offset, scan.Holes > holes);
            holes = scan.Holes;
        }

        if (scan.DamagedLine is { } damaged)
        {
            throw JournalException.Damaged(path, damaged);
        }

        if (!string.Equals(header.KeyProperty, options.KeyProperty, StringComparison.OrdinalIgnoreCase))
        {
            // A misspelt property has sent nothing: the next run begins the journal anew.
            return index.MayHaveSent
                ? throw JournalException.OtherKeyProperty(path, header.KeyProperty, options.KeyProperty)
                : false;
        }

        index.EndLoad();
        return true;
    }

    private static JournalRecord HeaderOf(SendJournalOptions options, DateTimeOffset now) => new()
    {
        Kind = RecordKind.Header,
        Version = JournalHeader.Version,
        Tool = "WixInbox " + typeof(JournalFile).Assembly.GetName().Version!.ToString(3),
        Connection = options.Connection,
        KeyProperty = options.KeyProperty,
        Created = now,
    };

    private static JournalRecord RunOf(SendJournalOptions options, DateTimeOffset now)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new JournalRecord
        {
            Kind = RecordKind.Run,
            Run = Guid.NewGuid().ToString(),
            ProcessId = process.Id,
            Host = Environment.MachineName,
            ExpectedCount = options.ExpectedCount,
            Time = now,
        };
    }
}
