using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;
using WixInbox.Pipeline;

namespace WixInbox.Sending;

/// <summary>
/// Writes the rows whose outcome is known, each once: its message or its error, its line of the result file, and its
/// place in the counts. The pipeline thread alone may call it.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="sites">The sites of the run.</param>
/// <param name="counts">The counts of the run.</param>
/// <param name="results">The result file; null if none is wanted.</param>
internal sealed class RowWriter(
    SendWixInboxMessageCommand cmdlet, SiteRuns sites, SendSummary counts, ResultFile? results) : IDisposable
{
    // The failures that stop all rows of a connection, each with the number of the row whose error explains it.
    private readonly Dictionary<(SiteRun? Site, string Id), int> _reasons = [];

    // Null once it cannot be written any more.
    private ResultFile? _results = results;

    private bool _hasWarnedOfColumns;

    // The error of the result file, until it has been written.
    private ErrorRecord? _resultsError;

    /// <summary>Gets a value indicating whether the first error ends the run.</summary>
    public bool StopsAtErrors { get; } = cmdlet.StopsAtErrors();

    /// <summary>Gets a value indicating whether there is a result file that can be written.</summary>
    public bool HasResults => _results is not null;

    /// <summary>
    /// Gets the first error of a run that ends with it, by -ErrorAction Stop. It is written last: after it, the engine
    /// takes nothing more.
    /// </summary>
    public ErrorRecord? Last { get; private set; }

    /// <summary>Keeps what the result file will have of a row, which has just come.</summary>
    public void Keep(SendingRow row)
    {
        if (_results?.Keep(row) is { Length: > 0 } lost && !_hasWarnedOfColumns)
        {
            _hasWarnedOfColumns = true;
            cmdlet.WriteWarning(row.Row.Begin(
                "the row has columns that the first row does not have, and the result file has no place for what "
                    + $"stands in them: {Words.Columns(lost)}. A row of the file that is sent again lacks them. "
                    + "Send rows with other columns, as those of a second file, by a command of their own, with a "
                    + "-ResultPath of its own."));
        }
    }

    /// <summary>
    /// Begins the result file, before anything is done for the first row. What an earlier run has written stays where a
    /// run ends without having come so far.
    /// </summary>
    /// <returns>Why the run cannot begin; null if it can.</returns>
    public ErrorRecord? Begin()
    {
        if (_results is not { IsBegun: false } results)
        {
            return null;
        }

        if (results.Try(results.Begin) is { } unwritable)
        {
            _results = null;
            return unwritable;
        }

        if (results.Renamed is { Length: > 0 } renamed)
        {
            cmdlet.WriteWarning(
                "The rows already have columns with the result file's own names. The results are in "
                    + $"{string.Join(", ", renamed)}.");
        }

        return null;
    }

    /// <summary>Writes what became of a row.</summary>
    /// <param name="row">The row. It has an outcome, or needs none.</param>
    /// <returns>The error that ends the run; null if it goes on.</returns>
    public ErrorRecord? Write(SendingRow row)
    {
        if (row is { ToSend.DuplicateOf: { } first, Row.Number: { } number })
        {
            cmdlet.Rows.NoteDuplicate(number, first);
        }

        var end = row.Skipped is not null || row.IsDuplicate ? WriteSkipped(row)
            : row.Message is { } message ? WriteMessage(row, message)
            : WriteFailed(row);
        WriteResultsError();
        return end;
    }

    /// <summary>Writes the line of a row that was read ahead and not tried, or that needed no message.</summary>
    public void WriteUnprocessed(SendingRow row)
    {
        if (row.State is null)
        {
            counts.NotTried++;
        }
        else
        {
            Count(row);
        }

        WriteResult(row, row is { State: null, ToSend.MayHaveBeenSent: true } ? SendErrors.CutOff(row.Row) : null);
    }

    /// <summary>
    /// Writes the lines of rows that had not had their turn when the pipeline ended, and counts those that are done.
    /// </summary>
    public void WriteUnwritten(IReadOnlyList<SendingRow> rows)
    {
        foreach (var row in rows.Where(row => row.State is not null))
        {
            Count(row);
        }

        try
        {
            if (_results is { IsBegun: false, IsEmpty: true } && rows.Count > 0)
            {
                _results.Begin();
            }

            foreach (var row in _results is { IsBegun: true } ? rows : [])
            {
                _results!.Write(
                    row,
                    row.State is RowState.Failed or RowState.Unknown ? ErrorOf(row)
                        : row is { State: null, ToSend.MayHaveBeenSent: true } ? SendErrors.CutOff(row.Row)
                        : null);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to be told.
        }
    }

    /// <summary>Counts a row by what became of it.</summary>
    public void Count(SendingRow row)
    {
        switch (row.State)
        {
            case RowState.Sent:
                counts.Count(OutcomeKind.Succeeded);
                counts.Notified += row.ToSend!.Request.SendNotifications == true ? 1 : 0;
                counts.Reconciled += row.Message!.Delivery == MessageDelivery.Reconciled ? 1 : 0;
                break;
            case RowState.AlreadySent:
                counts.AlreadySent++;
                break;
            case RowState.AlreadyFailed:
                counts.AlreadyFailed++;
                break;
            case RowState.Duplicate:
                counts.Duplicates++;
                break;
            case RowState.Declined:
                counts.Declined++;
                break;
            default:
                if ((row.Error?.Exception as WixInboxException)?.Outcome is { } kind)
                {
                    counts.Count(kind);
                }
                else if (row.Outcome is { } outcome)
                {
                    counts.Count(outcome.Kind);
                }

                break;
        }
    }

    /// <summary>Makes the error of a row that has not been sent.</summary>
    public ErrorRecord ErrorOf(SendingRow row) =>
        row.Error ?? SendErrors.Failed(
            row.Row,
            row.ToSend!.Request,
            row.Outcome!,
            row.ToSend.MayHaveBeenSent,
            sites.AreNamed ? row.Site!.Connection : null);

    /// <summary>Closes the result file.</summary>
    public void Dispose() => _results?.Dispose();

    private ErrorRecord? WriteSkipped(SendingRow row)
    {
        Count(row);
        WriteResult(row, null);
        return null;
    }

    private ErrorRecord? WriteMessage(SendingRow row, Message message)
    {
        // Both before the message: the command that receives it may end the pipeline.
        WriteResult(row, null);
        Count(row);
        if (row.IsFoundSent)
        {
            message = SiteRun.MarkAlreadySent(message, row.ToSend!.Request);
        }

        if (!row.IsFoundSent || cmdlet.IncludeAlreadySent)
        {
            cmdlet.WriteObject(row.Row.AddTo(message, row.Site!.Connection!));
        }

        return null;
    }

    private ErrorRecord? WriteFailed(SendingRow row)
    {
        var error = OnceExplained(ErrorOf(row), row);
        WriteResult(row, error);
        Count(row);
        ErrorRecord? end = null;
        if (row.Outcome is { Failure.ConcernsAll: true } outcome)
        {
            if (sites.AreNamed)
            {
                // Where rows go different ways, those of other connections are sent still. Those of this one fail as it
                // did, without a request.
                row.Site!.End ??= outcome;
            }
            else if (row.Row.Number is null)
            {
                return error;
            }
            else
            {
                end = SendErrors.Ended(outcome, error, sites.Own.HasJournal);
            }
        }

        WriteError(error);
        return end;
    }

    // Rows in flight fail for the same reason as the first. Its error explains the reason, and theirs refer to it.
    private ErrorRecord OnceExplained(ErrorRecord error, SendingRow row)
    {
        if (row.Outcome is not { Kind: not OutcomeKind.Ambiguous, Failure.ConcernsAll: true }
            || row.Row.Number is not { } number)
        {
            return error;
        }

        var reason = (row.Site, ErrorIds.Of(error));
        if (_reasons.TryGetValue(reason, out var first))
        {
            return SendErrors.AsBefore(row.Row, error, first);
        }

        _reasons.Add(reason, number);
        return error;
    }

    private void WriteResult(SendingRow row, ErrorRecord? error)
    {
        try
        {
            // Of a run that ends before its first row, what an earlier one has written stays.
            if (_results is { IsBegun: false, IsEmpty: true })
            {
                _results.Begin();
            }

            if (_results is { IsBegun: true })
            {
                _results.Write(row, error);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The messages are what the run is for.
            _resultsError = ResultErrors.Ended(_results!.Path, row.Row, exception);
            _results.Dispose();
            _results = null;
        }
    }

    // After the row's own message or error.
    private void WriteResultsError()
    {
        if (_resultsError is { } error)
        {
            _resultsError = null;
            WriteError(error);
        }
    }

    private void WriteError(ErrorRecord error)
    {
        if (StopsAtErrors)
        {
            Last ??= error;
        }
        else
        {
            cmdlet.WriteError(error);
        }
    }
}
