using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Internal;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Sends a message for each row and returns it as it was stored, in the order of the rows. A row that was not sent is an error record whose target
/// is the row.
/// </summary>
/// <remarks>
/// It binds rows, finds the connection of each, and asks whether to send; its <see cref="SendRun"/> starts them, waits, and writes what is done.
/// </remarks>
[Cmdlet(VerbsCommunications.Send, "WixInboxMessage", DefaultParameterSetName = BasicSet, SupportsShouldProcess = true)]
[OutputType(typeof(Message))]
public sealed class SendWixInboxMessageCommand : MessageCommand, IDisposable
{
    private readonly SendRun _run;
    private SendRoutes _routes = null!;
    private SendPlan? _plan;

    /// <summary>Initializes a new instance of the <see cref="SendWixInboxMessageCommand"/> class.</summary>
    public SendWixInboxMessageCommand()
    {
        _run = new SendRun(this);
    }

    /// <summary>
    /// Gets or sets how many messages may be on their way at once. Default: 5, which is enough to use all of Wix's 200 requests a minute. With 1, a pipeline that is
    /// ended early has sent no message that it did not return.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 5;

    /// <summary>
    /// Gets or sets the file that a run can be resumed from. It is created, or continued if it exists. Rows that it records as sent are not sent again. It holds no
    /// text and no contact's data, and only you can open it. If rows name other connections, each of those has its own file beside it, with the id of its site or
    /// else its name in the file's name: run.jsonl and run.shop.jsonl.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// Gets or sets the column that identifies a row in the journal, such as an order number. Its values are written to the journal, so do not use one with addresses.
    /// Without it, a row is identified by its recipient and its message. Two rows of a run with the same value are an error.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyProperty { get; set; }

    /// <summary>Gets or sets whether to retry the rows that Wix refused in an earlier run with the journal.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>Gets or sets whether to also return the messages that an earlier run with the journal has sent.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Gets or sets what to do with a message that may or may not have been sent, because the connection broke or Wix failed after the request had left. Default: read
    /// the conversation, which needs the permission Read Inbox Messages, and send the message again only if it is not there.
    /// </summary>
    [Parameter]
    public AmbiguousAction OnAmbiguous { get; set; }

    /// <summary>
    /// Gets or sets for how many seconds to look in a conversation for a message that may have been sent, before it is sent again. Default: 10.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int ReconcileWaitSec { get; set; } = 10;

    /// <summary>
    /// Gets or sets whether to also send to contacts that have unsubscribed. It applies to -Email, for which the contacts are looked up.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUnsubscribed { get; set; }

    /// <summary>Gets or sets the number of failed rows at which the run ends. Without it, failed rows do not end a run.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxErrorCount { get; set; }

    /// <summary>Gets or sets how many rows will come, so that the progress can show the remaining time. Nothing else depends on it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? TotalCount { get; set; }

    /// <summary>
    /// Gets or sets the connection, or its name. As a column it names the connection of each row. A row without a name goes to the connection that Connect-WixInbox made last
    /// in this runspace.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of the site that a row goes to. The open connection with an API key for that site is used. A row that names its connection needs no site.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("site_id", "Site Id")]
    public string? SiteId { get; set; }

    /// <summary>Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.</summary>
    public void Dispose() => _run.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var journal = JournalPath();

        // A rehearsal needs no connection: it reads no secret, opens no socket and writes no file.
        _plan = this.IsWhatIf() ? new SendPlan() : null;
        var connections = new RowConnections(this, Connection, _plan is not null);
        if (connections.Own is null && journal is not null && _plan is null)
        {
            ThrowTerminatingError(ConnectionErrors.NoneOfJournal());
        }

        var opener = new RouteOpener(this, _run, _plan, journal);
        _routes = new SendRoutes(connections, opener.Open(connections.Own), opener.OpenBeside);
        _run.Begin(_routes, ThrottleLimit, MaxErrorCount, TotalCount);
        _run.Counts.Journal = _routes.Own.Run?.Journal;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _run.Counts.Rows++;
        var row = RowOf(_run.Counts.Rows);
        if (_routes.Find(row, Connection, SiteId, out var problem) is { } route)
        {
            Take(row, route);
        }
        else
        {
            _run.Take(new PendingRow(row, null) { Error = problem });
        }

        _run.WriteDone();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _run.WriteAll();
        var rows = _run.Counts.Rows;
        if (_plan is not null && rows > 0 && (rows > 1 || MyInvocation.ExpectingInput))
        {
            // The answer is no: it is a rehearsal.
            ShouldProcess(_plan.Describe(rows), string.Empty, "Send-WixInboxMessage");
        }

        _run.Conclude();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _run.Stop();

    private string? JournalPath()
    {
        if (Journal is not null)
        {
            var path = this.ResolveFile(Journal, out var problem);
            if (path is null)
            {
                ThrowTerminatingError(JournalErrors.NotAFile(Journal, problem!));
            }

            return path;
        }

        var idle = new[] { nameof(KeyProperty), nameof(RetryFailed), nameof(PassThru) }.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name).ToArray();
        if (idle.Length > 0)
        {
            ThrowTerminatingError(JournalErrors.Missing(string.Join(" and ", idle)));
        }

        return null;
    }

    private void Take(Row row, SendRoute route)
    {
        var request = RequestBuilder.RequestOf(this);
        BulkRow? taken = null;
        var fault = route.Rows?.Take(row, InputObject, request, out taken);
        if (fault is null && taken is not null && JournaledRows.HasDone(taken, RetryFailed))
        {
            Skip(row, route, taken, request);
        }
        else if ((fault ?? RowCheck.Find(this, row, request).FirstOrDefault()) is { } found)
        {
            if (taken is not null && _plan is null)
            {
                route.Run!.Reject(taken, found.Id);
            }

            _run.Take(new PendingRow(row, route) { Error = CallErrors.Faulty(row, found) });
        }
        else
        {
            _plan?.Add(route.Plan!, row.Recipient!.Value, request);
            Warn(taken is null ? null : route.Rows!.WarningBefore(row, taken));
            WarnOfUnread(row);
            if (Confirm(row, request))
            {
                _run.Take(new PendingRow(row, route) { ToSend = taken });
            }
        }
    }

    // A row that an earlier run has sent, or that failed in it.
    private void Skip(Row row, SendRoute route, BulkRow taken, SendMessageRequest request)
    {
        _plan?.Skip();
        Warn(route.Rows!.WarningAfter(row, taken));
        var isSent = taken.Earlier == JournalState.Sent;
        _ = isSent ? _run.Counts.AlreadySent++ : _run.Counts.AlreadyFailed++;
        if (isSent && PassThru && _plan is null)
        {
            _run.Take(new PendingRow(row, route) { Message = route.Rows.Read(taken, request) });
        }
    }

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

    private void Warn(string? warning)
    {
        if (warning is not null)
        {
            WriteWarning(warning);
        }
    }
}
