using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// Sends the rows of a cmdlet side by side and writes what became of them, in their order. The pipeline thread keeps a
/// window of rows with the tasks that send them: it starts them, waits, and writes the heads that are done.
/// </summary>
internal sealed class SendRun : IDisposable
{
    private readonly SendWixInboxMessageCommand _cmdlet;
    private readonly PipelineStop _stop;
    private readonly MessageRows _rows;
    private readonly SiteRuns _sites;
    private readonly RunReport _report;
    private readonly PipelineWait _wait;
    private readonly Action _show;
    private readonly Queue<SendingRow> _window = new();
    private readonly int _size;
    private readonly HeldRows _held = new();
    private readonly RowWriter _writer;
    private readonly ErrorLimit _errors;

    // The row that is neither in the window nor held yet or any more, as it is written if nothing becomes of it.
    private SendingRow? _inHand;

    /// <summary>Initializes a new instance of the <see cref="SendRun"/> class, before the first row.</summary>
    /// <param name="cmdlet">The cmdlet, on whose thread the run is called.</param>
    /// <param name="sites">The sites.</param>
    /// <param name="results">The result file, which the run disposes of; null if none is wanted.</param>
    public SendRun(SendWixInboxMessageCommand cmdlet, SiteRuns sites, ResultFile? results)
    {
        _cmdlet = cmdlet;
        _rows = cmdlet.Rows;
        _sites = sites;
        _stop = cmdlet.StopSignal;
        _report = new RunReport(cmdlet, sites);
        _show = () => _report.Show(_window);
        _wait = new PipelineWait(cmdlet, _stop, () => _window.Select(entry => entry.Sending).OfType<Task>());
        _size = new BulkRunOptions { ThrottleLimit = cmdlet.ThrottleLimit }.Window;
        _errors = new ErrorLimit(cmdlet.MaxErrorCount, StopSites);
        _writer = new RowWriter(cmdlet, sites, Counts, results);
    }

    /// <summary>Gets the counts of the run.</summary>
    public SendSummary Counts => _report.Counts;

    /// <summary>Gets a value indicating whether there is a result file that can be written.</summary>
    public bool HasResults => _writer.HasResults;

    /// <summary>
    /// Counts a row that has come, and makes room for it: with one message on its way at once, nothing is done for a
    /// row before the one before it is through.
    /// </summary>
    /// <param name="row">The row, of which nothing has been read.</param>
    /// <returns>The row, for the other calls.</returns>
    public SendingRow Next(Row row)
    {
        Counts.Rows++;
        var sending = new SendingRow(row);
        _inHand = sending;
        _writer.Keep(sending);
        MakeRoom();
        return sending;
    }

    /// <summary>
    /// Processes the row that <see cref="Next"/> has counted, or holds it back as long as every row so far is new to a
    /// journal that knows its recipient. The run ends if none comes that the journal has.
    /// </summary>
    /// <param name="news">How the row compares with the journal.</param>
    /// <param name="row">The row, which is written as it is if the run ends before it is processed.</param>
    /// <param name="process">Processes the row.</param>
    public void Hold(JournalNews news, SendingRow row, Action process)
    {
        _inHand = row;
        EndIfChanged(_held.AreChangedBefore(news));
        _held.Add(news, row, process);
        _inHand = null;
        EndIfChanged(_held.IsFull);
        ReleaseHeld();
    }

    /// <summary>
    /// Takes the row that <see cref="Next"/> has counted, and starts to send it if that is to be done.
    /// </summary>
    public void Take(SendingRow row)
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (_writer.Begin() is { } unwritable)
        {
            End(() => unwritable);
        }

        if (row.ToSend is not null && row.Site!.End is { } end)
        {
            row.Error = SendErrors.NotTried(row.Row, end, row.Site.Connection!);
        }
        else if (row.ToSend is not null)
        {
            row.Sending = _errors.WatchAsync(row.Site!.Run!.SendAsync(row.ToSend));
        }

        if (row.Error is { } error)
        {
            _errors.Count(error);
        }

        _window.Enqueue(row);
        _inHand = null;

        // Its error ends the script, once those in front of it are through: no further row is begun meanwhile.
        while (row.Error is not null && _writer.StopsAtErrors && _window.Count > 0)
        {
            WriteHead();
        }
    }

    /// <summary>
    /// Takes the row that <see cref="Next"/> has counted, for which nothing is sent and nothing returned: only the
    /// result file has it, in its turn.
    /// </summary>
    public void PassBy(SendingRow row)
    {
        if (_writer.HasResults)
        {
            Take(row);
        }
        else
        {
            _writer.Count(row);
            _inHand = null;
        }
    }

    /// <summary>Writes what is done and has its turn.</summary>
    public void WriteDone()
    {
        while (_window.Count > 0 && _window.Peek().IsDone)
        {
            WriteHead();
        }
    }

    /// <summary>Waits for all that is left, and writes it, and what is odd about the rows.</summary>
    public void WriteAll()
    {
        EndIfChanged(_held.AreChanged);
        _held.LetGo();
        ReleaseHeld();
        while (_window.Count > 0)
        {
            WriteHead();
        }

        _rows.Report();
    }

    /// <summary>Tells how the run went, when all is written.</summary>
    public void Conclude() => _report.Conclude();

    /// <summary>
    /// Ends the run. Rows in flight are awaited and get errors of their own, since the terminating error has no row.
    /// Rows that were read ahead and not tried are counted as such.
    /// </summary>
    /// <param name="error">Makes the error that ends the run, when all rows are counted.</param>
    public void End(Func<ErrorRecord> error)
    {
        while (_window.Count > 0)
        {
            var head = _window.Peek();
            Await(head.Sending);
            if (head.IsNotTried)
            {
                _writer.WriteUnprocessed(_window.Dequeue());
            }
            else
            {
                Write();
            }
        }

        foreach (var row in Unprocessed())
        {
            _writer.WriteUnprocessed(row);
        }

        _inHand = null;
        _held.Clear();
        _rows.Report();
        Conclude();
        if (_writer.Last is { } last)
        {
            // The script ends with it, and not the command alone.
            _cmdlet.WriteError(last);
        }

        _cmdlet.ThrowTerminatingError(error());
    }

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _wait.Dispose();
        _writer.WriteUnwritten([.. _window, .. Unprocessed()]);
        _writer.Dispose();
        _report.ShowStopped();
        _report.Dispose();
    }

    // Meanwhile, the report shows how far the run is.
    private void Await(Task? task) => _wait.Await(task, _sites.Connections, _show);

    // The rows that the window has not had. The one in hand is the first of those that are released, or has just come.
    private IEnumerable<SendingRow> Unprocessed() =>
        (_inHand is null ? _held.Rows : _held.Rows.Append(_inHand)).OrderBy(row => row.Row.Number);

    private void ReleaseHeld()
    {
        while (_held.HasReleased)
        {
            // The row is held until there is room: making it may end the run.
            MakeRoom();
            (_inHand, var process) = _held.Dequeue();
            process();
            _inHand = null;
        }
    }

    private void MakeRoom()
    {
        while (_window.Count >= _size)
        {
            WriteHead();
        }

        // Of several sites, one in trouble keeps no row from the others. What is done meanwhile is not kept from the
        // pipeline until there is room.
        if (_sites.All is [{ Run: { } run }] && run.WaitForRoomAsync() is { IsCompleted: false } room)
        {
            _wait.Await(room, _sites.Connections, ShowAndWriteDone);
        }

        EndIfTooMany();
    }

    private void ShowAndWriteDone()
    {
        _show();
        WriteDone();
    }

    private void EndIfChanged(bool areChanged)
    {
        if (areChanged)
        {
            var (known, first) = (_held.Known, _held.Came);
            var error = JournalErrors.TextChanged(known, first, first == Counts.Rows, Counts.Journal!);
            Counts.WasRefused = true;
            End(() => error);
        }
    }

    private void EndIfTooMany()
    {
        if (_errors.IsReached)
        {
            End(() => SendErrors.TooMany(Counts.Failed, _cmdlet.MaxErrorCount!.Value, _sites.Own.HasJournal));
        }
    }

    private void StopSites()
    {
        foreach (var site in _sites.All)
        {
            site.Run?.Stop();
        }
    }

    private void WriteHead()
    {
        // The limit of errors first: a row that it kept from being sent is no failure of its own.
        Await(_window.Peek().Sending);
        EndIfTooMany();
        if (Write() is { } end)
        {
            End(() => end);
        }

        if (_writer.Last is { } last)
        {
            // No further row leaves. What became of those on their way is written before the error.
            StopSites();
            End(() => last);
        }

        EndIfTooMany();
    }

    // Writes the head, which is done, and returns the error that ends the run, if every other row would fail as the
    // head did. Until it is done, it stays in the window, where Dispose finds it.
    private ErrorRecord? Write()
    {
        var head = _window.Dequeue();
        if (head.IsNotTried)
        {
            // Its connection has failed before. Where those of other rows go on, the row gets its error in its turn, as
            // later rows of the connection do.
            head.Error = _writer.ErrorOf(head);
            _errors.Count();
        }

        return _writer.Write(head);
    }
}
