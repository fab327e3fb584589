using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;

namespace WixInbox.Runs;

/// <summary>
/// Sends the rows of a cmdlet side by side and writes what became of them, in their order. The pipeline thread keeps a window of rows with the tasks that send
/// them: it starts them, waits, and writes the heads that are done; what runs elsewhere gives back an outcome and never touches the cmdlet.
/// </summary>
/// <param name="cmdlet">The cmdlet, whose thread alone may call anything but <see cref="Stop"/>.</param>
internal sealed class SendRun(PSCmdlet cmdlet) : IDisposable
{
    // How long the way out waits for requests that have been told to end, so that none is left in flight.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    // Not disposed of: the thread that stops the pipeline may still be cancelling it, and it holds nothing that needs to be let go.
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<PendingRow> _window = new();

    // Rows that are read ahead, so that their addresses are looked up together.
    private readonly List<PendingRow> _ahead = [];
    private readonly ConcurrentQueue<string> _notes = new();
    private SendRoutes? _routes;
    private SendProgress _progress = null!;
    private int _throttleLimit;
    private int? _maxErrorCount;

    public SendSummary Counts { get; } = new();

    /// <summary>Gets what ends all that is under way.</summary>
    public CancellationToken Stopped => _stop.Token;

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
        _progress = new SendProgress(cmdlet, totalCount);
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
            cmdlet.WriteWarning(warning);
        }

        cmdlet.WriteVerbose(Counts.ToString());
        if (_routes.Own.Plan is null)
        {
            cmdlet.WriteInformation(Counts, ["WixInbox"]);
        }
    }

    /// <summary>Waits for a task, and meanwhile shows how far the run is and gives the tokens that are asked for. Without a task, it does so once.</summary>
    public void Await(Task? task)
    {
        try
        {
            do
            {
                cmdlet.AnswerTokens(_routes!.Connections);
                WriteNotes();
                _progress.Show(Counts, _routes, (_window.Count > 0 ? _window.Peek().Route : _routes.Own)?.Connection);
            }
            while (task is not null && !PipelineWait.Wait(task, _routes.Connections, SendProgress.Interval, _stop.Token));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or AggregateException)
        {
            // Whichever came first, the end of the wait or that of the task: it is the user's doing and no error.
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Ends what is under way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        var sending = _window.Select(entry => entry.Sending).Concat(_routes?.All.Select(route => route.Settling) ?? []).OfType<Task>().ToArray();
        _window.Clear();

        // Observes how they ended, which is of no more interest.
        Task.WhenAll(sending).ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(s_patience);
        _routes?.Dispose();
    }

    private void StartAhead()
    {
        var rows = _ahead.ToArray();
        foreach (var route in rows.Select(pending => pending.Route).OfType<SendRoute>().Distinct().Where(route => route.End is null))
        {
            Await(route.Sender!.LookUpAsync(rows.Where(pending => pending.Route == route).Select(pending => pending.ToSend?.Recipient).OfType<Recipient>(), _stop.Token));
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

        _stop.Token.ThrowIfCancellationRequested();
        if (pending.ToSend is not null && pending.Route!.End is { } end)
        {
            pending.Error = RowErrors.NotTried(pending.Row, end, pending.Route.Connection!);
        }
        else if (pending.ToSend is not null)
        {
            pending.Sending = pending.Route!.Sender!.SendAsync(pending.ToSend, _stop.Token);
        }

        _window.Enqueue(pending);
    }

    private void WriteHead()
    {
        var end = Write();
        if (end is null && Counts.Failed >= _maxErrorCount)
        {
            end = RowErrors.TooMany(Counts.Failed, HasJournal);
        }

        if (end is not null)
        {
            EndRun(end);
        }
    }

    // Writes what became of the first row of the window.
    // Returns the error that ends the run, if the row has met what every other would.
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

            cmdlet.WriteObject(message);
            return null;
        }

        var error = pending.Error ?? RowErrors.Failed(pending.Row, pending.ToSend!.Request, outcome!, _routes!.AreNamed ? pending.Route!.Connection : null);
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
                end = RowErrors.Ended(outcome, error, HasJournal);
            }
        }

        cmdlet.WriteError(error);
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
        cmdlet.ThrowTerminatingError(error);
    }

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            cmdlet.WriteVerbose(note);
        }
    }
}
