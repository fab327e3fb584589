namespace WixInbox.Journal;

/// <summary>Counts the lines of a journal.</summary>
/// <param name="path">The file.</param>
/// <param name="header">Its first line.</param>
/// <param name="rows">About how many rows it has.</param>
internal sealed class SummaryCount(string path, JournalRecord header, int rows)
{
    private readonly JournalSummary _summary = new(path, header.Connection!)
    {
        KeyProperty = header.KeyProperty,
        Created = header.Created!.Value,
        LastWritten = header.Created!.Value,
    };

    private readonly JournalReplay _replay = new(rows);
    private DateTimeOffset _runBegan = header.Created!.Value;
    private int _sentInRun;

    /// <summary>Takes in a line.</summary>
    /// <returns>What the line says of a row, if it is about one.</returns>
    public (Hash128 Key, JournalState State, bool IsSentByRun)? Add(JournalRecord record)
    {
        if (record.Kind == RecordKind.Run)
        {
            EndRun(_summary.LastWritten);
            _summary.ExpectedCount = record.ExpectedCount;
            _runBegan = record.Time!.Value;
            _sentInRun = 0;
        }

        var change = _replay.Add(record, 0);
        _summary.Runs = _replay.Runs;
        _sentInRun += change is { IsSentByRun: true } ? 1 : 0;

        // Where the clock was set back, the latest time stays, until the next run begins.
        _summary.LastWritten = record.Time is { } time && (time > _summary.LastWritten || record.Kind == RecordKind.Run)
            ? time
            : _summary.LastWritten;
        return change;
    }

    /// <summary>Ends the count.</summary>
    /// <param name="now">The time, if a run is under way.</param>
    /// <param name="damagedLine">The first line that somebody changed.</param>
    public JournalSummary End(DateTimeOffset? now, int? damagedLine)
    {
        var end = now is { } time && time > _summary.LastWritten ? time : _summary.LastWritten;
        EndRun(end);
        var minutes = (end - _runBegan).TotalMinutes;
        _summary.RatePerMinute = end - _runBegan < TimeSpan.FromSeconds(1) ? 0 : _sentInRun / minutes;
        foreach (var row in _replay.Rows.Values)
        {
            Count(row, isUnderWay: now is not null);
        }

        var left = _summary.ExpectedCount - _summary.Rows + _summary.NotSent;
        _summary.TimeLeft =
            left > 0 && _summary.RatePerMinute > 0 ? TimeSpan.FromMinutes(left.Value / _summary.RatePerMinute) : null;
        _summary.Active = now is not null;
        _summary.DamagedLine = damagedLine;
        return _summary;
    }

    private void EndRun(DateTimeOffset end)
    {
        if (_summary.Runs > 0)
        {
            _summary.Elapsed += end - _runBegan;
        }
    }

    private void Count(RowFacts row, bool isUnderWay)
    {
        _summary.Rows++;
        switch (row.State)
        {
            case JournalState.Sent:
                _summary.Sent++;
                _summary.Reconciled += row.IsReconciled ? 1 : 0;
                break;
            case JournalState.Failed:
                _summary.Failed++;
                break;
            case JournalState.NotSent:
                _summary.NotSent++;
                break;
            case JournalState.Sending when isUnderWay:
                _summary.Sending++;
                break;
            default:
                _summary.Unknown++;
                break;
        }
    }
}
