using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Internal;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Sends a message for each row and gives it back as it was stored, in the order of the rows. A row that was not sent is an error record whose
/// target is the row.
/// </summary>
/// <remarks>
/// The pipeline thread keeps a window of rows with the tasks that send them: it binds, asks, starts, and writes what is done. What runs
/// elsewhere gives back an outcome and never touches the cmdlet.
/// </remarks>
[Cmdlet(VerbsCommunications.Send, "WixInboxMessage", DefaultParameterSetName = BasicSet, SupportsShouldProcess = true)]
[OutputType(typeof(Message))]
public sealed class SendWixInboxMessageCommand : MessageCommand, IDisposable
{
    // How long the way out waits for requests that have been told to end, so that none is left in flight.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    // Not disposed of: the thread that stops the pipeline may still be cancelling it, and it holds nothing that needs to be let go.
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<PendingRow> _window = new();

    // Rows that are read ahead, so that their addresses are looked up together.
    private readonly List<PendingRow> _ahead = [];
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly SendSummary _counts = new();
    private ColumnFinder _columns = null!;
    private SendProgress _progress = null!;
    private JournaledRows? _journal;
    private WixInboxClient? _client;
    private long _requestsBefore;
    private BulkSender? _sender;
    private Task? _settling;
    private SendPlan? _plan;

    /// <summary>
    /// Gets or sets how many messages may be on their way at once. Default: 5, which uses the whole of Wix's 200 requests a minute. With 1, a
    /// pipeline that is ended early has sent nothing that it did not show.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>
    /// Gets or sets the file that a run can be resumed from: it is made, or gone on with if it is there. Rows that it has as sent are not sent again. It
    /// holds no text and no contact's data, and its user alone can open it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// Gets or sets the column that the journal knows a row by: an order's number, for example, but no address, since it stands in the journal as it is.
    /// Without one, a row is known by its recipient and its message. A row whose column has been seen before in the run is an error.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyProperty { get; set; }

    /// <summary>Gets or sets whether to try again the rows that Wix refused in an earlier run with the journal.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>Gets or sets whether to also give back the messages that an earlier run with the journal has sent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Gets or sets what to do with a message that may or may not have been sent, since the connection broke or Wix failed after the request had left.
    /// Default: read the conversation back, which needs the permission Read Inbox Messages, and send it again only if it is not there.
    /// </summary>
    [Parameter]
    public AmbiguousAction OnAmbiguous { get; set; }

    /// <summary>
    /// Gets or sets the seconds for which a conversation is looked through for a message that may have been sent, before it is sent again. Default: 10.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int ReconcileWaitSec { get; set; } = 10;

    /// <summary>
    /// Gets or sets whether to also send to contacts that want no messages. It holds for -Email, by which contacts are looked up.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUnsubscribed { get; set; }

    /// <summary>Gets or sets how many rows may fail before the run ends. Without it, any number.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxErrorCount { get; set; }

    /// <summary>Gets or sets how many rows will come, so that the progress can tell the time that is left. Nothing else depends on it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? TotalCount { get; set; }

    /// <summary>Gets or sets the connection. Without one, the one that Connect-WixInbox made last in this runspace.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public WixInboxConnection? Connection { get; set; }

    /// <summary>Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        var sending = _window.Select(entry => entry.Sending).Append(_settling).OfType<Task>().ToArray();
        _window.Clear();

        // Observes how they ended, which is of no more interest.
        Task.WhenAll(sending).ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(s_patience);
        _journal?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);
        _progress = new SendProgress(this, TotalCount);
        var path = JournalPath();

        // A rehearsal needs no connection: it reads no secret, opens no socket and writes no file.
        if (IsWhatIf())
        {
            var connection = Connection ?? DefaultConnection.Get(this);
            _journal = path is null || connection is null ? null : OpenJournal(path, connection, SendJournal.Rehearse);
            _plan = new SendPlan(connection?.RequestsPerMinute ?? SendPlan.UsualLimit, _journal?.Journal);
        }
        else
        {
            var connection = this.OpenConnection(Connection);
            _client = connection.Client;
            _requestsBefore = _client.RequestCount;
            _journal = path is null ? null : OpenJournal(path, connection, SendJournal.Open);
            _sender = new BulkSender(_client, new BulkSenderOptions
            {
                Journal = _journal?.Journal,
                OnAmbiguous = OnAmbiguous,
                IncludeUnsubscribed = IncludeUnsubscribed,
                ReconcileWait = TimeSpan.FromSeconds(ReconcileWaitSec),
                Note = _notes.Enqueue,
            });

            // What an earlier run left open is cleared up before anything else.
            _settling = _sender.SettleAsync(_stop.Token);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Await(_settling);
        _counts.Rows++;
        var recipient = RequestBuilder.RecipientOf(this);
        var row = new Row(MyInvocation.ExpectingInput ? _counts.Rows : null, InputObject, _columns, recipient, ParameterSetName == ContentSet);
        var request = RequestBuilder.RequestOf(this);
        JournalRow? journaled = null;
        var fault = _journal?.Take(row, InputObject, request, out journaled);
        if (fault is null && journaled is not null && JournaledRows.HasDone(journaled, RetryFailed))
        {
            Skip(row, journaled, request);
        }
        else if ((fault ?? RowCheck.Find(this, _columns, row, request).FirstOrDefault()) is { } found)
        {
            if (journaled is not null && _plan is null)
            {
                _journal!.Journal.NoteInvalid(journaled, found.Id);
            }

            Enqueue(new PendingRow(row) { Error = RowErrors.Faulty(row, found) });
        }
        else
        {
            _plan?.Add(recipient!.Value, request);
            Warn(_journal?.WarningBefore(row, journaled!));
            if (Confirm(row, request))
            {
                Enqueue(new PendingRow(row) { ToSend = new BulkRow(recipient!.Value, request) { Number = row.Number, Journaled = journaled } });
            }
        }

        while (_window.Count > 0 && _window.Peek().IsDone)
        {
            WriteHead();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Await(_settling);
        StartAhead();
        while (_window.Count > 0)
        {
            WriteHead();
        }

        if (_plan is not null && _counts.Rows > 0 && (_counts.Rows > 1 || MyInvocation.ExpectingInput))
        {
            // The answer is no: it is a rehearsal.
            ShouldProcess(_plan.Describe(_counts.Rows), string.Empty, "Send-WixInboxMessage");
        }

        Conclude();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private string? JournalPath()
    {
        if (Journal is not null)
        {
            return this.ResolveFile(Journal, JournalErrors.NotAFile);
        }

        var idle = new[] { nameof(KeyProperty), nameof(RetryFailed), nameof(PassThru) }.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name).ToArray();
        if (idle.Length > 0)
        {
            ThrowTerminatingError(JournalErrors.Missing(string.Join(" and ", idle)));
        }

        return null;
    }

    private JournaledRows OpenJournal(string path, WixInboxConnection connection, Func<string, SendJournalOptions, SendJournal> open)
    {
        try
        {
            var journal = open(path, new SendJournalOptions(connection.Identity) { KeyProperty = KeyProperty, TotalCount = TotalCount });
            _counts.Journal = journal.Path;
            return new JournaledRows(journal);
        }
        catch (JournalException exception)
        {
            ThrowTerminatingError(JournalErrors.Unusable(exception, path));
            throw;
        }
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    private bool Confirm(Row row, SendMessageRequest request)
    {
        var preview = FormatText.Line(request.Message!.Content!.PreviewText);
        var with = preview.Length == 0 ? "Send message" : $"Send message \"{preview}\"";

        // What is said here also goes to the verbose stream, and a customer's text or address does not belong there.
        var description = _plan is not null ? $"{with} to {row.Recipient}"
            : row.Recipient is { Kind: RecipientKind.Email } ? "Send message to a contact by its address"
            : $"Send message to {row.Recipient}";
        return ShouldProcess(row.Begin(description), row.Begin($"{with} to {row.Recipient}?"), "Send-WixInboxMessage");
    }

    // A row that an earlier run has sent, or that failed in it.
    private void Skip(Row row, JournalRow journaled, SendMessageRequest request)
    {
        _plan?.Skip();
        Warn(_journal!.WarningAfter(row, journaled));
        var isSent = journaled.Earlier == JournalState.Sent;
        if (isSent && _sender?.TakeSettled(journaled) is { } settled)
        {
            Enqueue(new PendingRow(row) { Message = settled });
            return;
        }

        _ = isSent ? _counts.AlreadySent++ : _counts.AlreadyFailed++;
        if (isSent && PassThru && _plan is null)
        {
            Enqueue(new PendingRow(row) { Message = _journal.Read(journaled, request) });
        }
    }

    // From the first row on that is known by an address, rows are read ahead until it is worth a look-up.
    private void Enqueue(PendingRow pending)
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

    private void StartAhead()
    {
        if (_ahead.Count > 0)
        {
            Await(_sender!.LookUpAsync(_ahead.Select(pending => pending.ToSend?.Recipient).OfType<Recipient>(), _stop.Token));
            var rows = _ahead.ToArray();
            _ahead.Clear();
            foreach (var pending in rows)
            {
                Start(pending);
            }
        }
    }

    private void Start(PendingRow pending)
    {
        while (_window.Count >= ThrottleLimit)
        {
            WriteHead();
        }

        _stop.Token.ThrowIfCancellationRequested();
        pending.Sending = pending.ToSend is null ? null : _sender!.SendAsync(pending.ToSend, _stop.Token);
        _window.Enqueue(pending);
    }

    private void WriteHead()
    {
        var end = Write();
        if (end is not null || _counts.Failed >= MaxErrorCount)
        {
            EndRun(end ?? RowErrors.TooMany(_counts.Failed, _journal is not null));
        }
    }

    // Writes what became of the first row of the window.
    // Returns the error that ends the run, if it is one: that is written last.
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
                _counts.Count(OutcomeKind.Sent);
                _counts.Reconciled += message.Delivery == MessageDelivery.Reconciled ? 1 : 0;
            }

            WriteObject(message);
            return null;
        }

        _counts.Count(outcome?.Kind ?? OutcomeKind.Rejected);
        var error = pending.Error ?? RowErrors.Failed(pending.Row, outcome!, _journal is not null);
        if (outcome is not null && outcome.Failure!.ConcernsAll)
        {
            return error;
        }

        WriteError(error);
        return null;
    }

    // No further row can be sent. Those that are on their way are heard out first, so that each is accounted for.
    private void EndRun(ErrorRecord error)
    {
        while (_window.Count > 0)
        {
            if (Write() is { } another)
            {
                WriteError(another);
            }
        }

        Conclude();
        ThrowTerminatingError(error);
    }

    private void Await(Task? task)
    {
        try
        {
            do
            {
                WriteNotes();
                _progress.Show(_counts, _window.Count, _client);
            }
            while (task is not null && !task.Wait((int)SendProgress.Interval.TotalMilliseconds, _stop.Token));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or AggregateException)
        {
            // Whichever came first, the end of the wait or that of the task: it is the user's doing and no error.
            throw new PipelineStoppedException();
        }
    }

    private void Warn(string? warning)
    {
        if (warning is not null)
        {
            WriteWarning(warning);
        }
    }

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            WriteVerbose(note);
        }
    }

    private void Conclude()
    {
        WriteNotes();
        _progress.Complete();
        _counts.Elapsed = _progress.Elapsed;
        _counts.Requests = (_client?.RequestCount ?? 0) - _requestsBefore;
        foreach (var warning in _journal?.WarningsAtEnd(_counts) ?? [])
        {
            WriteWarning(warning);
        }

        WriteVerbose(_counts.ToString());
        if (_plan is null)
        {
            WriteInformation(_counts, ["WixInbox"]);
        }
    }
}
