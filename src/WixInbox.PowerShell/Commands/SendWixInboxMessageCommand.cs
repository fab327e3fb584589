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
/// It reads rows, finds the connection of each, and asks whether to send; its <see cref="SendRun"/> starts them, waits, and writes what is done.
/// </remarks>
[Cmdlet(VerbsCommunications.Send, "WixInboxMessage", SupportsShouldProcess = true)]
[OutputType(typeof(Message))]
public sealed class SendWixInboxMessageCommand : MessageCommand
{
    private readonly SendRun _run;
    private SendRoutes _routes = null!;
    private SendPlan? _plan;
    private bool _isLookedUp;
    private MessageTestSummary? _summary;
    private WhatIfRows? _whatIf;

    /// <summary>Initializes a new instance of the <see cref="SendWixInboxMessageCommand"/> class.</summary>
    public SendWixInboxMessageCommand()
    {
        _run = new SendRun(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var journal = JournalPath();

        // A rehearsal needs no connection: it reads no secret, opens no socket and writes no file.
        if (this.IsWhatIf())
        {
            _plan = new SendPlan();
            _summary = new MessageTestSummary(_plan, Rows.Blocks);
            _whatIf = new WhatIfRows(
                line => ShouldProcess(line, string.Empty, "Send-WixInboxMessage"),
                printAll: this.IsVerbose());
        }

        var connections = new ConnectionTable(this);
        connections.Begin(_plan is not null);
        if (connections.Own is null && journal is not null && _plan is null)
        {
            ThrowTerminatingError(ConnectionErrors.NoneOfJournal());
        }

        var opener = new RouteOpener(this, _run, _plan, journal);
        if (opener.Open(connections.Own, out var problem) is not { } own)
        {
            ThrowTerminatingError(problem!);
            return;
        }

        _routes = new SendRoutes(connections, own, opener);
        _run.Begin(_routes, ThrottleLimit, MaxErrorCount, ExpectedCount);
        _run.Results = _plan is null ? FindResults(journal) : null;
        _run.Counts.Journal = _routes.Own.Run?.Journal;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _run.Next();
        var row = Read();
        OrEnd(results => results.Begin(row));
        Texts.Add(row);
        _isLookedUp = row.Recipient is not (null or { Kind: RecipientKind.Conversation });
        if (_routes.Find(row, out var problem) is { } route)
        {
            Take(row, route);
        }
        else
        {
            _summary?.Add(row, new SendMessageRequest(), [RowErrors.ViolationOf(row, problem!)], isRepeated: false);
            _run.Go(null, () => _run.Take(new PendingRow(row, null) { Error = problem }));
        }

        _run.WriteDone();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _run.WriteAll();
        if (IsOn(TextCheck.SameText))
        {
            Texts.Warn();
        }

        Repeated.Report(SkipDuplicate);
        var rows = _run.Counts.Rows;
        if (_plan is not null && rows > 0 && (rows > 1 || MyInvocation.ExpectingInput))
        {
            _whatIf!.End(rows);
            if (rows > WhatIfRows.Short)
            {
                // To the screen, and not to the pipeline, where the messages would be.
                WriteInformation(_summary, ["WixInbox", "PSHOST"]);
            }

            // The answer is no: it is a rehearsal.
            if (_plan.DescribeNotifications() is { } notice)
            {
                ShouldProcess(notice, string.Empty, "Send-WixInboxMessage");
            }

            ShouldProcess(_plan.Describe(rows), string.Empty, "Send-WixInboxMessage");
        }

        if (rows == 1 && _isLookedUp && _plan is null && RepeatedCall.IsSeen(this))
        {
            WriteWarning(
                "Each row is sent by a command of its own, which looks up its contact and its conversation alone: up to three "
                + "requests a row. Pipe the rows into one command: … | Send-WixInboxMessage -Text { … }.");
        }

        _run.Conclude();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _run.Stop();

    private protected override void End() => _run.Dispose();

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

        var idle = new[] { nameof(KeyProperty), nameof(RetryFailed), nameof(IncludeAlreadySent) }.Where(MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name).ToArray();
        if (idle.Length > 0)
        {
            ThrowTerminatingError(JournalErrors.Missing(string.Join(" and ", idle)));
        }

        return null;
    }

    private void Take(Row row, SendRoute route)
    {
        var request = RequestBuilder.RequestOf(this, row);
        BulkRow? taken = null;
        var keyProblem = route.Rows?.Take(row, request, out taken);
        if (keyProblem is null && taken is not null && JournaledRows.HasDone(taken, RetryFailed))
        {
            _run.Go(false, () => Skip(row, route, taken, request));
        }
        else if ((keyProblem is null ? RowCheck.Find(this, row, request) : [keyProblem]) is { Count: > 0 } found)
        {
            if (taken is not null && _plan is null)
            {
                route.Run!.Reject(taken, found[0].Rule);
            }

            _summary?.Add(row, request, found, isRepeated: false);
            var error = RowErrors.Invalid(row, found, RowErrors.NotSent);
            _run.Go(null, () => _run.Take(new PendingRow(row, route) { Error = error }));
        }
        else
        {
            // One message that is typed is no run that was started again.
            var mayBeChanged = row.Number is not null && IsOn(TextCheck.ChangedText) && taken?.MayBeChanged == true;
            _run.Go(mayBeChanged, () => Send(row, route, taken, request));
        }
    }

    // A row that may be sent.
    private void Send(Row row, SendRoute route, BulkRow? taken, SendMessageRequest request)
    {
        var isRepeated = Repeated.Add(row, request);
        var isOdd = _summary?.Add(row, request, [], isRepeated) == true;
        if (isRepeated && SkipDuplicate)
        {
            _plan?.SkipDuplicate();
            _run.Counts.Duplicates++;
            PassBy(row, route, RowState.Duplicate);
        }
        else
        {
            _plan?.Add(route.Plan!, row.Recipient!.Value, request);
            Warn(taken is null ? null : route.Rows!.WarningBefore(row, taken));
            if (Confirm(row, request, route.Connection, isOdd))
            {
                _run.Take(new PendingRow(row, route) { ToSend = taken });
            }
            else
            {
                PassBy(row, route, RowState.Declined);
            }
        }
    }

    // A row that an earlier run has sent, or that failed in it.
    private void Skip(Row row, SendRoute route, BulkRow taken, SendMessageRequest request)
    {
        _plan?.Skip();
        var isRepeated = Repeated.Add(row, request);
        _summary?.Add(row, request, [], isRepeated);
        Warn(route.Rows!.WarningAfter(row, taken));
        var isSent = taken.Earlier == JournalState.Sent;
        _ = isSent ? _run.Counts.AlreadySent++ : _run.Counts.AlreadyFailed++;
        if (isSent && IncludeAlreadySent && _plan is null)
        {
            _run.Take(new PendingRow(row, route) { Message = route.Rows.Read(taken, request) });
        }
        else if (_run.Results is not null)
        {
            var message = isSent ? route.Rows.Read(taken, request) : null;
            PassBy(row, route, isSent ? RowState.AlreadySent : RowState.AlreadyFailed, message);
        }
    }

    // A row for which nothing is sent and nothing returned. Only the result file has it, in its turn.
    private void PassBy(Row row, SendRoute route, RowState state, Message? message = null)
    {
        if (_run.Results is not null)
        {
            _run.Take(new PendingRow(row, route) { Skipped = state, Message = message });
        }
    }

    private ResultFile? FindResults(string? journal)
    {
        if (ResultPath is null)
        {
            return null;
        }

        var path = this.ResolveFile(ResultPath, out var problem);
        if (path is null)
        {
            ThrowTerminatingError(ResultErrors.NotAFile(ResultPath, problem!));
        }

        if (string.Equals(path, journal, StringComparison.OrdinalIgnoreCase))
        {
            ThrowTerminatingError(ResultErrors.IsJournal(path!));
        }

        _run.Results = new ResultFile(path!);
        OrEnd(results => results.Check());
        return _run.Results;
    }

    // Does something with the result file, if there is one, before anything is sent.
    private void OrEnd(Action<ResultFile> action)
    {
        try
        {
            if (_run.Results is { } results)
            {
                action(results);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            ThrowTerminatingError(ResultErrors.Unwritable(_run.Results!.Path, exception));
        }
    }

    private bool Confirm(Row row, SendMessageRequest request, WixInboxConnection? connection, bool isOdd)
    {
        var preview = FormatText.Line(request.Message!.Content!.PreviewText);
        var with = preview.Length == 0 ? "Send message" : $"Send message \"{preview}\"";

        if (_whatIf is not null)
        {
            _whatIf.Add(row.Number, row.Begin($"{with} to {row.Recipient}{WixInboxConnection.Over(connection)}"), isOdd);
            return false;
        }

        // What is said here also goes to the verbose stream, and a customer's text or address does not belong there.
        var description = row.Recipient is { Kind: RecipientKind.Email } ? "Send message to a contact by its address"
            : $"Send message to {row.Recipient}";
        return ShouldProcess(
            row.Begin(description + WixInboxConnection.Over(connection)),
            row.Begin($"{with} to {row.Recipient}{WixInboxConnection.Over(connection)}?"),
            "Send-WixInboxMessage");
    }

    private void Warn(string? warning)
    {
        if (warning is not null)
        {
            WriteWarning(warning);
        }
    }
}
