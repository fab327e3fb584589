using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Connections;
using WixInbox.Errors;

namespace WixInbox.Sending;

/// <summary>
/// Sends the rows of a cmdlet side by side and writes what became of them, in their order. The pipeline thread keeps a
/// window of rows with the tasks that send them: it starts them, waits, and writes the heads that are done.
/// </summary>
internal sealed class SendRun : IDisposable
{
    private readonly SendWixInboxMessageCommand _cmdlet;
    private readonly PipelineWait _wait;
    private readonly Action _showProgress;
    private readonly Queue<SendingRow> _window = new();
    private readonly HeldRows _held = new();

    private readonly ConcurrentQueue<(string Line, bool IsWarning)> _notes = new();
    private SiteRuns? _sites;
    private SendProgress? _progress;
    private int _size;

    // Shows the last line of a run that does not come to its end.
    private Action<string>? _showLate;

    // Whether a row was counted with which nothing has been done.
    private bool _isInHand;

    // What every row over a connection would meet, with the row whose error says so.
    private readonly Dictionary<(SiteRun? Site, string Id), int> _reasons = [];

    // Why the result file can no longer be written, until it is said.
    private ErrorRecord? _resultsError;

    // The rows that have failed, whether or not it is their turn to be written.
    private int _failed;

    /// <summary>Initializes a new instance of the <see cref="SendRun"/> class.</summary>
    /// <param name="cmdlet">
    /// The cmdlet, whose thread alone may call anything but <see cref="Stop"/> and <see cref="Note"/>.
    /// </param>
    public SendRun(SendWixInboxMessageCommand cmdlet)
    {
        _cmdlet = cmdlet;
        _showProgress = ShowProgress;
        _wait = new PipelineWait(cmdlet, () => _window.Select(entry => entry.Sending).OfType<Task>());
    }

    public SendSummary Counts { get; } = new();

    /// <summary>
    /// Gets or sets the file with what became of each row; null if none is wanted, or it cannot be written.
    /// </summary>
    public ResultFile? Results { get; set; }

    /// <summary>Gets what ends all that is under way.</summary>
    public CancellationToken Stopped => _wait.Stopped;

    private bool HasJournal => _sites!.Own.HasJournal;

    /// <summary>Begins.</summary>
    /// <param name="sites">The sites, which go with the run.</param>
    public void Begin(SiteRuns sites)
    {
        _sites = sites;
        _size = new BulkRunOptions { ThrottleLimit = _cmdlet.ThrottleLimit }.Window;
        _progress = new SendProgress(_cmdlet, _cmdlet.ExpectedCount, Stopped);
        _showLate = sites.Own.Plan is null && _cmdlet.MyInvocation.ExpectingInput ? HostLine.Late(_cmdlet) : null;
        Counts.Journal = sites.Own.Run?.Journal;
    }

    /// <summary>Takes a line for the verbose stream. It may be called from any thread.</summary>
    public void Note(string line) => _notes.Enqueue((line, false));

    /// <summary>Takes a warning. It may be called from any thread.</summary>
    public void Warn(string line) => _notes.Enqueue((line, true));

    /// <summary>
    /// Counts a row that has come, and makes room for it: with one message on its way at once, nothing is done for a
    /// row before the one before it is through.
    /// </summary>
    public void Next()
    {
        Counts.Rows++;
        _isInHand = true;
        MakeRoom();
    }

    /// <summary>
    /// Goes on with the row that <see cref="Next"/> has counted, unless the rows so far are new to a journal that knows
    /// whom they are for: then it is held back, and the run ends if none comes that is not new.
    /// </summary>
    /// <param name="news">What the row has that is new.</param>
    /// <param name="go">What is done for it.</param>
    public void Go(JournalNews news, Action go)
    {
        EndIfChanged(_held.AreChangedBefore(news));
        _held.Add(news, go);
        _isInHand = false;
        EndIfChanged(_held.IsFull);
        GoOn();
    }

    /// <summary>
    /// Takes the row that <see cref="Next"/> has counted, and starts to send it if that is to be done.
    /// </summary>
    public void Take(SendingRow pending)
    {
        Stopped.ThrowIfCancellationRequested();
        if (pending.ToSend is not null && pending.Site!.End is { } end)
        {
            pending.Error = SendErrors.NotTried(pending.Row, end, pending.Site.Connection!);
        }
        else if (pending.ToSend is not null)
        {
            pending.Sending = CountFailureAsync(pending.Site!.Run!.SendAsync(pending.ToSend));
        }

        // Who wants no messages is no sign that something is wrong with the run.
        if (pending.Error is { } error
            && !error.FullyQualifiedErrorId.StartsWith(ErrorIds.ContactUnsubscribed, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _failed);
        }

        _window.Enqueue(pending);
        _isInHand = false;
    }

    /// <summary>Writes what is done and has its turn.</summary>
    public void WriteDone()
    {
        _isInHand = false;
        while (_window.Count > 0 && _window.Peek().IsDone)
        {
            WriteHead();
        }
    }

    /// <summary>Waits for all that is left, and writes it.</summary>
    public void WriteAll()
    {
        EndIfChanged(_held.AreChanged);
        _held.LetGo();
        GoOn();
        while (_window.Count > 0)
        {
            WriteHead();
        }
    }

    /// <summary>Says how the run went.</summary>
    public void Conclude()
    {
        WriteNotes();
        _progress!.Complete();
        Counts.Elapsed = _progress.Elapsed;
        Counts.Requests = _sites!.Requests;
        Counts.Connections =
            [.. _sites.All.Where(site => site.HasRows).Select(site => site.Connection?.Place).OfType<string>()];
        foreach (var changed in SiteRun.WarningsAtEnd(_sites.All, Counts))
        {
            _cmdlet.WriteWarning(changed);
        }

        if (_sites.Own.Plan is null)
        {
            _showLate = null;

            // A single message is no run: who sends one sees it, and is told where there is nothing to see.
            if (!_cmdlet.MyInvocation.ExpectingInput && Counts.AlreadySent == 1)
            {
                _cmdlet.WriteWarning(
                    "The message was sent in an earlier run with this journal, and was not sent again. "
                        + "With another -Journal, it is.");
            }

            HostLine.Write(_cmdlet, Counts, _cmdlet.MyInvocation.ExpectingInput);
        }
        else
        {
            _cmdlet.WriteVerbose(Counts.ToString());
        }
    }

    /// <summary>Waits for a task, and meanwhile shows how far the run is. Without a task, it does so once.</summary>
    public void Await(Task? task) => _wait.Await(task, _sites!.Connections, _showProgress);

    /// <summary>Ends what is under way, and the wait for it. It may be called from any thread.</summary>
    public void Stop() => _wait.Stop();

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _wait.Dispose();
        WriteUnwrittenResults();
        Results?.Dispose();
        _sites?.Dispose();
        if (Interlocked.Exchange(ref _showLate, null) is { } show && Counts.Rows > 0)
        {
            CountUnwritten();
            Counts.Stopped = true;
            Counts.Unfinished = Counts.Rows - Counts.Done - Counts.Skipped - Counts.Declined - Counts.NotTried;
            Counts.Elapsed = _progress!.Elapsed;
            show(Counts.ToString());
        }

        // The host may ask the terminal for that line too.
        _progress?.Dispose();
    }

    private async Task<Outcome<Message>> CountFailureAsync(Task<Outcome<Message>> sending)
    {
        var outcome = await sending.ConfigureAwait(false);
        if (outcome.Value is null
            && !SendingRow.IsUntried(outcome)
            && outcome.Failure is not { Cause: FailureCause.Repeat }
            && outcome.Failure is not { Code: ErrorIds.ContactUnsubscribed }
            && Interlocked.Increment(ref _failed) >= _cmdlet.MaxErrorCount)
        {
            // At once, and not when it is this row's turn to be written.
            LetNoneLeave();
        }

        return outcome;
    }

    private void GoOn()
    {
        while (_held.Take() is { } next)
        {
            _isInHand = true;
            MakeRoom();
            next();
            _isInHand = false;
        }
    }

    private void MakeRoom()
    {
        while (_window.Count >= _size)
        {
            WriteHead();
        }

        EndIfTooMany();
    }

    private void EndIfChanged(bool areChanged)
    {
        if (areChanged)
        {
            var (known, first) = (_held.Known, _held.Read);
            var error = JournalErrors.TextChanged(known, first, first == Counts.Rows, Counts.Journal!);
            Counts.WasRefused = true;
            EndRun((_, _) => error);
        }
    }

    private void EndIfTooMany()
    {
        if (_cmdlet.MaxErrorCount is { } limit && Volatile.Read(ref _failed) >= limit)
        {
            LetNoneLeave();
            EndRun(SendErrors.TooMany);
        }
    }

    private void LetNoneLeave()
    {
        foreach (var site in _sites!.All)
        {
            site.Run?.Stop();
        }
    }

    private void WriteHead()
    {
        // One that was not tried, since too many had failed by then, is no failure of its own.
        Await(_window.Peek().Sending);
        EndIfTooMany();
        if (Write() is { } end)
        {
            EndRun((_, _) => end);
        }

        EndIfTooMany();
    }

    // Writes what became of the first row of the window.
    // Returns the error that ends the run, if every other row would fail as this one did.
    private ErrorRecord? Write()
    {
        // It stays in the window until it is done, so that the way out finds it there.
        var pending = _window.Peek();
        Await(pending.Sending);
        _window.Dequeue();
        if (pending is { ToSend.RepeatOf: { } first, Row.Number: { } number })
        {
            _cmdlet.Repeated.Add(number, first);
        }

        if (pending.Skipped is not null || pending.IsRepeat)
        {
            Count(pending);
            WriteResult(pending, null);
            WriteResultsError();
            return null;
        }

        if (pending.IsNotTried)
        {
            // Its connection has ended, and the run has not: it fails as those do that come after, and at its turn.
            pending.Error = ErrorOf(pending);
            Interlocked.Increment(ref _failed);
        }

        if (pending.Message is { } message)
        {
            // Before it is returned: what comes after may end the pipeline.
            WriteResult(pending, null);
            Count(pending);
            if (pending.IsFoundSent)
            {
                message = SiteRun.WithContent(message, pending.ToSend!.Request);
            }

            if (!pending.IsFoundSent || _cmdlet.IncludeAlreadySent)
            {
                _cmdlet.WriteObject(pending.Row.AddTo(message, pending.Site!.Connection!));
            }

            WriteResultsError();
            return null;
        }

        var outcome = pending.Outcome;
        var error = OnceGiven(ErrorOf(pending), pending);
        WriteResult(pending, error);
        Count(pending);
        ErrorRecord? end = null;
        if (outcome is not null && outcome.Failure!.ConcernsAll)
        {
            if (_sites!.AreNamed)
            {
                // Where rows go different ways, those of other connections are sent still. Those of this one fail as it
                // did, without a request.
                pending.Site!.End ??= outcome;
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
        WriteResultsError();
        return end;
    }

    // Those on their way meet what the first has met, and a paragraph that is read five times says no more.
    private ErrorRecord OnceGiven(ErrorRecord error, SendingRow pending)
    {
        if (pending.Outcome is not { Kind: not OutcomeKind.Ambiguous, Failure.ConcernsAll: true }
            || pending.Row.Number is not { } row)
        {
            return error;
        }

        var reason = (pending.Site, error.FullyQualifiedErrorId);
        if (_reasons.TryGetValue(reason, out var first))
        {
            return SendErrors.AsBefore(pending.Row, error, first);
        }

        _reasons.Add(reason, row);
        return error;
    }

    private ErrorRecord ErrorOf(SendingRow pending) =>
        pending.Error ?? SendErrors.Failed(
            pending.Row,
            pending.ToSend!.Request,
            pending.Outcome!,
            _sites!.AreNamed ? pending.Site?.Connection : null);

    private void Count(SendingRow pending)
    {
        if (pending is { State: RowState.Sent, Message: { } message })
        {
            Counts.Count(OutcomeKind.Succeeded);
            Counts.Notified += pending.ToSend!.Request.SendNotifications == true ? 1 : 0;
            Counts.Reconciled += message.Delivery == MessageDelivery.Reconciled ? 1 : 0;
        }
        else if (pending.IsFoundSent)
        {
            Counts.AlreadySent++;
        }
        else if (pending.IsRepeat)
        {
            Counts.Duplicates++;
        }
        else if (pending is { Error.Exception: WixInboxException { Outcome: { } kind } })
        {
            Counts.Count(kind);
        }
        else if (pending.Outcome is { Value: null } outcome)
        {
            Counts.Count(outcome.Kind);
        }
    }

    // What is done, and was not yet its turn to be written when the pipeline ended, is counted all the same.
    private void CountUnwritten()
    {
        foreach (var pending in _window.Where(pending => pending.State is not null))
        {
            Count(pending);
        }
    }

    // It is in the result file, too.
    private void WriteUnwrittenResults()
    {
        try
        {
            foreach (var pending in _window)
            {
                Results?.Write(
                    pending,
                    pending.State == RowState.Failed ? ErrorOf(pending)
                        : pending is { State: null, ToSend.HasLeft: true } ? SendErrors.CutOff(pending.Row)
                        : null);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to be told.
        }
    }

    // No further row can be sent. Those that are on their way are heard out first, so that each is accounted for, and
    // has an error of its own: the one that ends the run is an exception in -ErrorVariable, which has no row. A row
    // that was read ahead and not tried is as one that was never read.
    private void EndRun(Func<int, bool, ErrorRecord> error)
    {
        Counts.NotTried += _held.Count + (_isInHand ? 1 : 0);
        while (_window.Count > 0)
        {
            var pending = _window.Peek();
            Await(pending.Sending);
            if (pending.IsNotTried)
            {
                _window.Dequeue();
                Counts.NotTried++;
                WriteResult(pending, null);
            }
            else
            {
                Write();
            }
        }

        Conclude();
        _cmdlet.ThrowTerminatingError(error(Counts.Failed, HasJournal));
    }

    private void WriteResult(SendingRow pending, ErrorRecord? error)
    {
        try
        {
            Results?.Write(pending, error);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The messages are what the run is for.
            _resultsError = ResultErrors.Ended(Results!.Path, pending.Row, exception);
            Results.Dispose();
            Results = null;
        }
    }

    // After what became of the row: with -ErrorAction Stop, it is the last that is written.
    private void WriteResultsError()
    {
        if (_resultsError is { } error)
        {
            _resultsError = null;
            _cmdlet.WriteError(error);
        }
    }

    private void ShowProgress()
    {
        WriteNotes();
        if (!_progress!.IsDue)
        {
            return;
        }

        var connection = (_window.Count > 0 ? _window.Peek().Site : _sites!.Own)?.Connection;
        var open = _window.Count(pending => !pending.IsDone && pending.ToSend?.IsOpen == true);
        _progress.Show(Counts, _sites!, connection, open);
    }

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            if (note.IsWarning)
            {
                _cmdlet.WriteWarning(note.Line);
            }
            else
            {
                _cmdlet.WriteVerbose(note.Line);
            }
        }
    }
}
