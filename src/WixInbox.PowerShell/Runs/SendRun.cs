using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;

namespace WixInbox.Runs;

/// <summary>
/// Sends the rows of a cmdlet side by side and writes what became of them, in their order. The pipeline thread keeps a window of rows with the tasks that send
/// them: it starts them, waits, and writes the heads that are done.
/// </summary>
internal sealed class SendRun : IDisposable
{
    private readonly PSCmdlet _cmdlet;
    private readonly PipelineWait _wait;
    private readonly Action _showProgress;
    private readonly Queue<PendingRow> _window = new();

    // Rows that are read ahead, so that their addresses are looked up together.
    private readonly List<PendingRow> _ahead = [];
    private readonly ConcurrentQueue<string> _notes = new();
    private SendRoutes? _routes;
    private SendProgress _progress = null!;
    private int _throttleLimit;
    private int? _maxErrorCount;

    /// <summary>Initializes a new instance of the <see cref="SendRun"/> class.</summary>
    /// <param name="cmdlet">The cmdlet, whose thread alone may call anything but <see cref="Stop"/> and <see cref="Note"/>.</param>
    public SendRun(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _showProgress = ShowProgress;
        _wait = new PipelineWait(cmdlet, () => _window.Select(entry => entry.Sending).Concat(_routes?.All.Select(route => route.Settling) ?? []).OfType<Task>());
    }

    public SendSummary Counts { get; } = new();

    /// <summary>Gets what ends all that is under way.</summary>
    public CancellationToken Stopped => _wait.Stopped;

    private bool HasJournal => _routes!.Own.Journal is not null;

    /// <summary>Begins.</summary>
    /// <param name="routes">The connections, which go with the run.</param>
    /// <param name="throttleLimit">How many messages may be on their way at once.</param>
    /// <param name="maxErrorCount">How many rows may fail.</param>
    /// <param name="totalCount">How many rows will come, if somebody has said so.</param>
    public void Begin(SendRoutes routes, int throttleLimit, int? maxErrorCount, int? totalCount)
    {
        _routes = routes;
        _throttleLimit = throttleLimit;
        _maxErrorCount = maxErrorCount;
        _progress = new SendProgress(_cmdlet, totalCount);
    }

    /// <summary>Takes a line for the verbose stream. It may be called from any thread.</summary>
    public void Note(string line) => _notes.Enqueue(line);

    /// <summary>Takes the next row. From the first one on that is known by an address, rows are read ahead until it is worth a look-up.</summary>
    public void Take(PendingRow pending)
    {
        if (_ahead.Count == 0 && pending.ToSend?.Recipient.Kind != RecipientKind.Email)
        {
            Start(pending);
            return;
        }

        _ahead.Add(pending);
        if (_ahead.Count >= BulkSender.LookUpSize)
        {
            StartAhead();
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

    /// <summary>Waits for all that is left, and writes it.</summary>
    public void WriteAll()
    {
        foreach (var route in _routes!.All)
        {
            Await(route.Settling);
        }

        StartAhead();
        while (_window.Count > 0)
        {
            WriteHead();
        }
    }

    /// <summary>Says how the run went.</summary>
    public void Conclude()
    {
        WriteNotes();
        _progress.Complete();
        Counts.Elapsed = _progress.Elapsed;
        Counts.Requests = _routes!.Requests;
        foreach (var warning in JournaledRows.WarningsAtEnd(_routes.All.Select(route => route.Journal).OfType<JournaledRows>().ToArray(), Counts))
        {
            _cmdlet.WriteWarning(warning);
        }

        _cmdlet.WriteVerbose(Counts.ToString());
        if (_routes.Own.Plan is null)
        {
            _cmdlet.WriteInformation(Counts, ["WixInbox"]);
        }
    }

    /// <summary>Waits for a task, and meanwhile shows how far the run is. Without a task, it does so once.</summary>
    public void Await(Task? task) => _wait.Await(task, _routes!.Connections, _showProgress);

    /// <summary>Ends what is under way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _wait.Stop();

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _wait.Dispose();
        _routes?.Dispose();
    }

    private void StartAhead()
    {
        var rows = _ahead.ToArray();
        foreach (var route in rows.Select(pending => pending.Route).OfType<SendRoute>().Distinct().Where(route => route.End is null))
        {
            Await(route.Sender!.LookUpAsync(rows.Where(pending => pending.Route == route).Select(pending => pending.ToSend?.Recipient).OfType<Recipient>(), Stopped));
        }

        _ahead.Clear();
        foreach (var pending in rows)
        {
            Start(pending);
        }
    }

    private void Start(PendingRow pending)
    {
        while (_window.Count >= _throttleLimit)
        {
            WriteHead();
        }

        Stopped.ThrowIfCancellationRequested();
        if (pending.ToSend is not null && pending.Route!.End is { } end)
        {
            pending.Error = SendErrors.NotTried(pending.Row, end, pending.Route.Connection!);
        }
        else if (pending.ToSend is not null)
        {
            pending.Sending = pending.Route!.Sender!.SendAsync(pending.ToSend, Stopped);
        }

        _window.Enqueue(pending);
    }

    private void WriteHead()
    {
        var end = Write();
        if (end is null && Counts.Failed >= _maxErrorCount)
        {
            end = SendErrors.TooMany(Counts.Failed, HasJournal);
        }

        if (end is not null)
        {
            EndRun(end);
        }
    }

    // Writes what became of the first row of the window.
    // Returns the error that ends the run, if every other row would fail as this one did.
    private ErrorRecord? Write()
    {
        // It stays in the window until it is done, so that the way out finds it there.
        var pending = _window.Peek();
        Await(pending.Sending);
        _window.Dequeue();
        var outcome = pending.Sending?.Result;
        if ((outcome?.Value ?? pending.Message) is { } message)
        {
            if (message.Delivery != MessageDelivery.Journaled)
            {
                Counts.Count(OutcomeKind.Sent);
                Counts.Reconciled += message.Delivery == MessageDelivery.Reconciled ? 1 : 0;
            }

            message.Connection = pending.Route!.Connection!.Name;
            _cmdlet.WriteObject(message);
            return null;
        }

        var error = pending.Error ?? SendErrors.Failed(pending.Row, pending.ToSend!.Request, outcome!, _routes!.AreNamed ? pending.Route!.Connection : null);
        Counts.Count(((WixInboxException)error.Exception).Outcome!.Value);
        ErrorRecord? end = null;
        if (outcome is not null && outcome.Failure!.ConcernsAll)
        {
            if (_routes!.AreNamed)
            {
                // Where rows go different ways, those of other connections are sent still. Those of this one fail as it did, without a request.
                pending.Route!.End ??= outcome;
            }
            else if (pending.Row.Number is null)
            {
                return error;
            }
            else
            {
                end = SendErrors.Ended(outcome, error, HasJournal);
            }
        }

        _cmdlet.WriteError(error);
        return end;
    }

    // No further row can be sent. Those that are on their way are heard out first, so that each is accounted for, and has an error of its own: the one that ends
    // the run is an exception in -ErrorVariable, which has no row.
    private void EndRun(ErrorRecord error)
    {
        while (_window.Count > 0)
        {
            Write();
        }

        Conclude();
        _cmdlet.ThrowTerminatingError(error);
    }

    private void ShowProgress()
    {
        WriteNotes();
        _progress.Show(Counts, _routes!, (_window.Count > 0 ? _window.Peek().Route : _routes!.Own)?.Connection);
    }

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            _cmdlet.WriteVerbose(note);
        }
    }
}
