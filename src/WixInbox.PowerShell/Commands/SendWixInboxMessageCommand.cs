using System.Globalization;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;

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
    private readonly Queue<(Row Row, Task<Outcome<Message>>? Sending, ErrorRecord? Error)> _window = new();
    private ColumnFinder _columns = null!;
    private SendProgress _progress = null!;
    private WixInboxClient? _client;
    private BulkSender? _sender;
    private SendPlan? _plan;
    private int _rows;
    private int _sent;
    private int _failed;

    /// <summary>
    /// Gets or sets how many messages may be on their way at once. Default: 5, which uses the whole of Wix's 200 requests a minute. With 1, a
    /// pipeline that is ended early has sent nothing that it did not show.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

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
        var sending = _window.Select(entry => entry.Sending).OfType<Task>().ToArray();
        _window.Clear();

        // Observes how they ended, which is of no more interest.
        Task.WhenAll(sending).ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(s_patience);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);
        _progress = new SendProgress(this, TotalCount);

        // A rehearsal needs no connection: it reads no secret and opens no socket.
        if (IsWhatIf())
        {
            var connection = Connection ?? DefaultConnection.Get(this);
            _plan = new SendPlan(connection?.RequestsPerMinute ?? SendPlan.UsualLimit);
        }
        else
        {
            _client = OpenConnection().Client;
            _sender = new BulkSender(_client);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;
        var recipient = RequestBuilder.RecipientOf(this);
        var row = new Row(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, recipient, ParameterSetName == ContentSet);
        var request = RequestBuilder.RequestOf(this);
        if (RowCheck.Find(this, _columns, row, request).FirstOrDefault() is { } fault)
        {
            MakeRoom();
            _window.Enqueue((row, null, RowErrors.Faulty(row, fault)));
        }
        else
        {
            _plan?.Add(recipient!.Value);
            if (Confirm(row, request))
            {
                MakeRoom();
                _window.Enqueue((row, _sender!.SendAsync(recipient!.Value, request, _stop.Token), null));
            }
        }

        while (_window.Count > 0 && (_window.Peek().Sending?.IsCompleted ?? true))
        {
            WriteHead();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_window.Count > 0)
        {
            WriteHead();
        }

        _progress.Complete();
        if (_plan is not null && _rows > 0 && (_rows > 1 || MyInvocation.ExpectingInput))
        {
            // The answer is no: it is a rehearsal.
            ShouldProcess(_plan.Describe(_rows), string.Empty, "Send-WixInboxMessage");
        }

        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Rows: {0:N0}. Sent: {1:N0}. Failed: {2:N0}.", _rows, _sent, _failed));
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private WixInboxConnection OpenConnection()
    {
        var connection = Connection ?? DefaultConnection.Get(this);
        if (connection is null)
        {
            ThrowTerminatingError(ConnectionErrors.NotConnected());
        }

        if (connection!.Closed)
        {
            ThrowTerminatingError(ConnectionErrors.Closed(connection));
        }

        return connection;
    }

    private bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? ((SwitchParameter)given).IsPresent
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    private bool Confirm(Row row, SendMessageRequest request)
    {
        var preview = request.Message!.Content!.PreviewText;
        var with = string.IsNullOrEmpty(preview) ? "Send message" : $"Send message \"{preview}\"";

        // What is said here also goes to the verbose stream, and a customer's text does not belong there.
        var description = _plan is not null ? $"{with} to {row.Recipient}" : $"Send message to {row.Recipient}";
        return ShouldProcess(row.Begin(description), row.Begin($"{with} to {row.Recipient}?"), "Send-WixInboxMessage");
    }

    private void MakeRoom()
    {
        while (_window.Count >= ThrottleLimit)
        {
            WriteHead();
        }

        _stop.Token.ThrowIfCancellationRequested();
    }

    private void WriteHead()
    {
        // It stays in the window until it is done, so that the way out finds it there.
        var (row, sending, error) = _window.Peek();
        Await(sending);
        _window.Dequeue();
        if (sending?.Result is { } outcome)
        {
            if (outcome.Attempts > 1)
            {
                WriteVerbose(row.Begin(string.Format(CultureInfo.InvariantCulture, "took {0} attempts in {1:N0} s.", outcome.Attempts, outcome.Elapsed.TotalSeconds)));
            }

            if (outcome.Kind == OutcomeKind.Sent)
            {
                _sent++;
                WriteObject(outcome.Value);
                return;
            }

            error = RowErrors.Failed(row, outcome);
            if (RowErrors.EndsRun(outcome.Failure!))
            {
                EndRun(error);
            }
        }

        _failed++;
        WriteError(error);
    }

    private void Await(Task? sending)
    {
        try
        {
            do
            {
                _progress.Show(_sent, _failed, _window.Count, _client?.PaceWait ?? TimeSpan.Zero);
            }
            while (sending is not null && !sending.Wait((int)SendProgress.Interval.TotalMilliseconds, _stop.Token));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or AggregateException)
        {
            // Whichever came first, the end of the wait or that of the task: it is the user's doing and no error.
            throw new PipelineStoppedException();
        }
    }

    // No further row can be sent. Those that are on their way are heard out first, so that each is accounted for.
    private void EndRun(ErrorRecord error)
    {
        _failed++;
        var rest = _window.ToArray();
        foreach (var (row, sending, failed) in rest)
        {
            Await(sending);
            _window.Dequeue();
            if (sending?.Result is { Kind: OutcomeKind.Sent } sent)
            {
                WriteObject(sent.Value);
            }
            else
            {
                WriteError(failed ?? RowErrors.Failed(row, sending!.Result));
            }
        }

        _progress.Complete();
        ThrowTerminatingError(error);
    }
}
