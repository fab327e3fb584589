using WixInbox.Pace;

namespace WixInbox.Journal;

/// <summary>Begins a journal, or takes in one that is there.</summary>
internal static class JournalOpening
{
    public static SendJournal Open(IJournalStorage storage, SendJournalOptions options, Func<JournalRecord, bool, JournalIndex, SendJournal> make)
    {
        var now = options.TimeProvider.GetUtcNow();
        var index = new JournalIndex(now - RequestWindow.Length - RequestWindow.Afterwards);
        using var lines = new MemoryStream();
        var line = new JournalLine();
        JournalRecord? header;
        JournalScan scan;
        using (var stream = storage.OpenRead())
        {
            header = Load(storage.Path, stream, options, index, out scan);
        }

        var resumed = header is not null;
        if (header is null)
        {
            header = new JournalRecord
            {
                Kind = RecordKind.Header,
                Version = JournalHeader.Version,
                Tool = "WixInbox " + typeof(SendJournal).Assembly.GetName().Version!.ToString(3),
                Connection = options.Connection,
                KeyProperty = options.KeyProperty,
                Created = now,
            };
            storage.Cut(0);
            line.Write(header, lines);
        }
        else
        {
            // Only now, when it is known to be our journal and whole.
            if (scan.WholeEnd < storage.Length)
            {
                storage.Cut(scan.WholeEnd);
            }

            if (!scan.HasLineEnd)
            {
                lines.WriteByte((byte)'\n');
            }

            if (index.Unsettled.Count > 0)
            {
                using var again = storage.OpenRead();
                index.LoadSentIds(new JournalScan(again));
            }
        }

        line.Write(BeginRun(options.TotalCount, now), lines);
        storage.Append(lines.GetBuffer(), (int)lines.Length);
        storage.Sync();
        return make(header, resumed, index);
    }

    private static JournalRecord? Load(string path, Stream stream, SendJournalOptions options, JournalIndex index, out JournalScan scan)
    {
        var header = JournalHeader.Read(path, stream, out scan);
        if (header is null)
        {
            return null;
        }

        // Upper and lower case are the same in an id, and in the name of a property.
        if (!string.Equals(header.Connection, options.Connection, StringComparison.OrdinalIgnoreCase))
        {
            throw JournalException.OtherConnection(path, header.Connection!, options.Connection);
        }

        if (!string.Equals(header.KeyProperty, options.KeyProperty, StringComparison.OrdinalIgnoreCase))
        {
            throw JournalException.OtherKeyProperty(path, header.KeyProperty, options.KeyProperty);
        }

        while (scan.Next() is { } record)
        {
            index.Load(record, scan.Offset);
            if (scan.DamagedLine is { } damaged)
            {
                throw JournalException.Damaged(path, damaged);
            }
        }

        index.EndLoad();
        return header;
    }

    private static JournalRecord BeginRun(int? totalCount, DateTimeOffset now)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new JournalRecord
        {
            Kind = RecordKind.Run,
            Run = Guid.NewGuid().ToString(),
            ProcessId = process.Id,
            Host = Environment.MachineName,
            TotalCount = totalCount,
            Time = now,
        };
    }
}
