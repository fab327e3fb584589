namespace WixInbox.Journal;

/// <summary>
/// Makes a report of the lines of a journal. Of the rows that were sent it keeps no more than the summary does.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="header">Its first line.</param>
/// <param name="rows">About how many rows it has.</param>
internal sealed class ReportCount(string path, JournalRecord header, int rows)
{
    private readonly SummaryCount _summary = new(path, header, rows);
    private readonly List<JournalRun> _runs = [];
    private readonly Dictionary<Hash128, JournalEntry> _unsent = [];
    private DateTimeOffset _time = header.Created!.Value;
    private string? _lookedUp;

    public void Add(JournalRecord record)
    {
        var change = _summary.Add(record);
        _time = record.Time ?? _time;
        if (record.Kind == RecordKind.Run)
        {
            _runs.Add(new JournalRun(_time, record.ExpectedCount));
        }

        // Somebody may have taken the line of a run out, and its rows have to be known nevertheless.
        if (_runs.Count > 0)
        {
            AddTo(_runs[_runs.Count - 1], record, change is { IsSentByRun: true });
        }

        _lookedUp = record.Kind is RecordKind.Recipient or RecordKind.Address ? record.ConversationId : null;
        if (change is var (_, state, _))
        {
            Add(state, record);
        }
    }

    /// <summary>Ends the count.</summary>
    /// <param name="now">The time, if a run is under way.</param>
    /// <param name="damagedLine">The first line that somebody changed.</param>
    public JournalReport End(DateTimeOffset? now, int? damagedLine)
    {
        if (now > _runs.LastOrDefault()?.Ended)
        {
            _runs[_runs.Count - 1].Ended = now.Value;
        }

        return new JournalReport(
            _summary.End(now, damagedLine),
            _runs,
            [
                .. _unsent.Values.OrderBy(entry => entry.Row ?? int.MaxValue)
                    .ThenBy(entry => entry.Key, StringComparer.Ordinal),
            ]);
    }

    private void AddTo(JournalRun run, JournalRecord record, bool isSentByRun)
    {
        run.Ended = _time > run.Ended ? _time : run.Ended;
        switch (record.Kind)
        {
            case RecordKind.Intent:
                run.AddAttempt(_time);
                break;
            case RecordKind.Sent:
                run.Sent += isSentByRun ? 1 : 0;
                break;

            // The run was stopped between the intent and its request.
            case RecordKind.NotSent when record is { Attempts: 0, Code: null }
                && _unsent.TryGetValue(record.KeyHash, out var entry)
                && entry is { State: JournalState.Sending, LastIntent: { } intent }:
                run.RemoveAttempt(intent);
                break;

            // One look-up by address is noted in two lines: for the contact, and for the address.
            case RecordKind.Recipient or RecordKind.Address when record.ConversationId != _lookedUp:
                run.AddLookUp(_time);
                break;
        }
    }

    private void Add(JournalState state, JournalRecord record)
    {
        if (state == JournalState.Sent)
        {
            _unsent.Remove(record.KeyHash);
            return;
        }

        if (!_unsent.TryGetValue(record.KeyHash, out var entry))
        {
            entry = new JournalEntry(record);
            _unsent.Add(record.KeyHash, entry);
        }

        entry.Take(state, record);
    }
}
