using System.Globalization;
using WixInbox.Files;
using WixInbox.Journal;

namespace WixInbox;

/// <summary>Reads a journal, also while a run writes it.</summary>
public static class JournalReader
{
    /// <summary>Reads what became of each row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading. A million rows take seconds.</param>
    /// <returns>One entry for each row, in the order in which the journal first names them.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="JournalException">It is no journal, or one of another version, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static IEnumerable<JournalEntry> ReadEntries(string path, CancellationToken cancellationToken = default)
    {
        List<JournalEntry> entries = [];
        Dictionary<Hash128, JournalEntry> byKey = [];
        void Begin(string full, JournalRecord header, int rows) => (entries, byKey) = (new(rows), new(rows));
        Read(path, Begin, record =>
        {
            if (JournalReplay.StateAfter(record.Kind) is not { } state)
            {
                return;
            }

            if (!byKey.TryGetValue(record.KeyHash, out var entry))
            {
                entry = new JournalEntry(record);
                byKey.Add(record.KeyHash, entry);
                entries.Add(entry);
            }

            entry.Take(state, record);
        }, cancellationToken);
        return entries;
    }

    /// <summary>Reads how far the runs have come.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock; the system's own if there is none.</param>
    /// <param name="cancellationToken">Ends the reading. A million rows take seconds.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="JournalException">It is no journal, or one of another version, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static JournalSummary ReadSummary(
        string path, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var now = NowIfActive(path, time);
        SummaryCount? count = null;
        var damaged = Read(
            path,
            (full, header, rows) => count = new SummaryCount(full, header, rows),
            record => count!.Add(record),
            cancellationToken);
        return count!.End(now, damaged);
    }

    /// <summary>Reads what a page about the runs is made of.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock; the system's own if there is none.</param>
    /// <param name="cancellationToken">Ends the reading. A million rows take seconds.</param>
    /// <returns>The figures, the runs in time, and the rows that were not sent.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="JournalException">It is no journal, or one of another version, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static JournalReport ReadReport(
        string path, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var now = NowIfActive(path, time);
        ReportCount? count = null;
        var damaged = Read(
            path,
            (full, header, rows) => count = new ReportCount(full, header, rows),
            record => count!.Add(record),
            cancellationToken);
        return count!.End(now, damaged);
    }

    /// <summary>
    /// Tells whether a file is a journal, and so is not to be written over: also one of another version, or one that is
    /// damaged behind its beginning, and also if the name is that of a link.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether it is one; false if there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static bool IsJournal(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var stream = FileStorage.OpenRead(path);
        return stream.CanSeek && JournalHeader.IsAt(stream);
    }

    /// <summary>Says who has a journal open, for a message.</summary>
    internal static string HolderOf(string path)
    {
        JournalRecord? run = null;
        try
        {
            Read(path, (_, _, _) => { }, record => run = record.Kind == RecordKind.Run ? record : run, default);
        }
        catch (Exception exception) when (exception is JournalException or IOException or UnauthorizedAccessException)
        {
            // The other run has only just made it.
        }

        return run is null
            ? "another run"
            : string.Format(
                CultureInfo.InvariantCulture,
                "process {0} on {1} since {2:yyyy-MM-dd HH:mm:ss} UTC",
                run.ProcessId,
                run.Host,
                run.Time!.Value.UtcDateTime);
    }

    // Asked before the lines are read: if the run ends meanwhile, better to call it active than to call a run over
    // whose last lines are missing.
    private static DateTimeOffset? NowIfActive(string path, TimeProvider? time) =>
        JournalLock.IsHeld(FileFacts.Target(FullName(path))) ? (time ?? TimeProvider.System).GetUtcNow() : null;

    private static string FullName(string path) => FileStorage.FullName(path, JournalException.Unreadable);

    // Who counts the rows is told about how many there are: tables that grow with a million rows are copied, and keep
    // the collector at work.
    private static int? Read(
        string path,
        Action<string, JournalRecord, int> begin,
        Action<JournalRecord> each,
        CancellationToken cancellationToken)
    {
        var full = FullName(path);
        try
        {
            using var stream = FileStorage.OpenRead(full);
            var header = JournalHeader.Read(full, stream, out var scan) ?? throw JournalException.NotAJournal(full);
            begin(full, header, JournalReplay.RowsIn(stream.Length));
            while (scan.Next() is { } record)
            {
                cancellationToken.ThrowIfCancellationRequested();
                each(record);
            }

            return scan.DamagedLine;
        }
        catch (Exception exception)
            when (exception is IOException and not FileNotFoundException or UnauthorizedAccessException)
        {
            throw JournalException.Unreadable(full, exception);
        }
    }
}
