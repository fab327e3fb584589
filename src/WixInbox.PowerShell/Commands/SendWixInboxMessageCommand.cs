using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Internal;
using WixInbox.Pipeline;
using WixInbox.Rows;
using WixInbox.Sending;

namespace WixInbox.Commands;

/// <summary>
/// Sends a message for each row and returns it as it was stored, in the order of the rows. A row that was not sent is
/// an error record whose target is the row.
/// </summary>
/// <remarks>
/// It reads rows, finds the connection of each, and asks whether to send; its <see cref="SendRun"/> starts them, waits,
/// and writes what is done.
/// </remarks>
[Cmdlet(VerbsCommunications.Send, "WixInboxMessage", SupportsShouldProcess = true)]
[OutputType(typeof(Message))]
public sealed class SendWixInboxMessageCommand : MessageCommand, IDisposable
{
    private SendRun _run = null!;
    private SiteRuns _sites = null!;
    private WhatIfRows? _whatIf;
    private bool _isLookedUp;
    private bool _hasWarnedOfSent;
    private (string Rule, RowShape Shape)? _lacking;

    /// <inheritdoc/>
    internal override bool Sends => _whatIf is null;

    /// <summary>
    /// Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.
    /// </summary>
    public void Dispose()
    {
        try
        {
            _run?.Dispose();
        }
        finally
        {
            _sites?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var journal = JournalPath();
        if (this.IsWhatIf())
        {
            // It needs no connection: it reads no secret, opens no socket and writes no file. ShouldProcess returns
            // false.
            _whatIf = new WhatIfRows(
                this,
                new Rehearsal(Rows, SkipDuplicate, summarizes: true),
                line => ShouldProcess(line, string.Empty, "Send-WixInboxMessage"));
        }

        // Before the journal is begun, which would tell of a run that never was.
        var results = Sends ? FindResults(journal) : null;
        if (SiteRuns.Open(this, _whatIf?.Rehearsal.Plan, journal, out var problem) is not { } sites)
        {
            results?.Try(results.Discard);
            ThrowTerminatingError(problem);
            return;
        }

        _sites = sites;
        _run = new SendRun(this, sites, results);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = Rows.Take(InputObject);
        var sending = _run.Next(row);
        Rows.Read(row);

        _isLookedUp = row.Recipient is not (null or { Kind: RecipientKind.Conversation });
        sending.Site = _sites.Find(row, out var problem);
        if (sending.Site is { } site)
        {
            Take(sending, site);
        }
        else
        {
            _whatIf?.Rehearsal.Refuse(row, new SendMessageRequest(), [RowErrors.ViolationOf(row, problem!)]);
            _run.Hold(JournalNews.Undecided, sending, () => Fail(sending, problem!));
        }

        _run.WriteDone();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _run.WriteAll();
        if (_whatIf is not null)
        {
            _whatIf.End(_run.Counts.Rows);
        }
        else if (_run.Counts.Rows == 1 && _isLookedUp && RepeatedCall.IsSeen(this))
        {
            WriteWarning(
                "Each row is sent by a command of its own, which looks up its contact and its conversation alone: up "
                    + "to three requests a row. "
                    + (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject))
                        ? string.Empty
                        : "No column is read, so people who opted out by a column are not left out. ")
                    + "Pipe the rows into one command: … | Send-WixInboxMessage -Text { … }.");
        }

        _run.Conclude();
    }

    private string? JournalPath()
    {
        if (Journal is not null)
        {
            var path = this.ResolveFile(Journal, out var problem);
            if (path is null)
            {
                ThrowTerminatingError(PathErrors.NotAFile(Journal, "a journal", problem!));
            }

            return path;
        }

        var idle = new[] { nameof(KeyProperty), nameof(RetryFailed), nameof(IncludeAlreadySent) }.Where(
            MyInvocation.BoundParameters.ContainsKey).Select(name => "-" + name).ToArray();
        if (idle.Length > 0)
        {
            ThrowTerminatingError(JournalErrors.Missing(idle));
        }

        return null;
    }

    private void Take(SendingRow sending, SiteRun site)
    {
        var row = sending.Row;
        if (Rows.OptedOutBy(row) is { Length: > 0 } optedOut)
        {
            // Wix may know the person of a later row by a name of this one.
            site.Run?.OptOut(optedOut);
        }

        var request = Rows.RequestOf(row);
        var keyProblem = site.Take(row, request, out var taken);
        if (keyProblem is null && taken is { IsSettled: true })
        {
            ReadSettled(sending, site, taken, request);
            _run.Hold(JournalNews.None, sending, () => Skip(sending, taken, request));
        }
        else if ((keyProblem is null ? Rows.Check(row, request, taken) : [keyProblem]) is { Count: > 0 } found)
        {
            if (taken is not null && Sends)
            {
                site.Run!.NoteInvalid(taken, found[0].Rule);
            }

            _whatIf?.Rehearsal.Refuse(row, request, found);
            var error = RowErrors.Invalid(
                row, found, taken?.IsOpen == true ? RowErrors.MayHaveBeenSent : RowErrors.NotSent);
            EndIfNoRowHasIt(sending, found[0], error);
            _run.Hold(JournalNews.Undecided, sending, () => Fail(sending, error));
        }
        else
        {
            // A single typed message is not a restarted run.
            var news = taken is null || row.Number is null || !IsOn(TextCheck.TextChanged)
                ? JournalNews.None
                : taken.News;
            sending.ToSend = taken;
            _run.Hold(news, sending, () => Send(sending, site, request));
        }
    }

    // A column that the first two rows lack is one that no row of their file has. Two thousand errors say no more.
    private void EndIfNoRowHasIt(SendingRow sending, RowViolation problem, ErrorRecord error)
    {
        var row = sending.Row;
        var isLacking = row.Columns is not null && problem.Rule switch
        {
            ErrorIds.ColumnUnknown => true,
            RuleNames.KeyMissing => !row.HasColumn(KeyProperty!),
            RuleNames.ContentMissing => !Rows.Kind.Said.Any(
                parameter => row.IsTyped(parameter) || row.Shape.ColumnsFor(parameter).Length > 0),
            RuleNames.RecipientMissing => !RecipientParameters.Names.Any(
                parameter => row.IsTyped(parameter) || row.Shape.ColumnsFor(parameter).Length > 0),
            _ => false,
        };
        if (!isLacking)
        {
            return;
        }

        if (_run.Counts.Rows == 1)
        {
            _lacking = (problem.Rule, row.Shape);
        }
        else if (_run.Counts.Rows == 2 && _lacking == (problem.Rule, row.Shape))
        {
            sending.Error = error;
            _run.Take(sending);
            _run.End(() => SendErrors.AllLack(error));
        }
    }

    // A row that cannot be sent.
    private void Fail(SendingRow sending, ErrorRecord error)
    {
        Rows.Warn(sending.Row);
        sending.Error = error;
        _run.Take(sending);
    }

    // A row that may be sent.
    private void Send(SendingRow sending, SiteRun site, SendMessageRequest request)
    {
        var (row, taken) = (sending.Row, sending.ToSend);
        Rows.Warn(row);
        var isOdd = false;
        if (_whatIf?.Rehearsal.Send(row, request, site, taken, out isOdd) == false)
        {
            _run.Counts.Duplicates++;
            return;
        }

        Warn(taken is null ? null : site.WarningBefore(row, taken));
        if (!_hasWarnedOfSent && ResultFile.FindSent(row) is var (column, state))
        {
            _hasWarnedOfSent = true;
            WriteWarning(row.Begin(
                "the rows are those of a result file, by which this one "
                    + $"{(state == RowState.Sent ? "was" : "may have been")} sent. It is sent again, as further such "
                    + "rows are. To send those alone that were not sent: "
                    + $"Where-Object '{column}' -in Failed, NotTried."));
        }

        if (Confirm(row, request, site.Connection, isOdd))
        {
            _run.Take(sending);
        }
        else if (Sends)
        {
            (sending.ToSend, sending.Skipped) = (null, RowState.Declined);
            _run.PassBy(sending);
        }
    }

    // A row that an earlier run has sent, or that failed in it. Its message is read where somebody gets it.
    private void ReadSettled(SendingRow sending, SiteRun site, BulkRow taken, SendMessageRequest request)
    {
        var isSent = taken.Earlier == JournalState.Sent;
        var isReturned = isSent && IncludeAlreadySent && Sends;
        sending.Earlier = isReturned || (isSent && _run.HasResults) ? ReadSent(site, taken, request) : null;
        sending.Skipped = isReturned ? null : isSent ? RowState.AlreadySent : RowState.AlreadyFailed;
    }

    // A journal that cannot be read any more tells of no further row either.
    private Message? ReadSent(SiteRun site, BulkRow taken, SendMessageRequest request)
    {
        try
        {
            return site.ReadSent(taken, request);
        }
        catch (JournalException exception)
        {
            _run.End(() => JournalErrors.Unusable(exception, site.Run!.Journal!));
            return null;
        }
    }

    private void Skip(SendingRow settled, BulkRow taken, SendMessageRequest request)
    {
        _whatIf?.Rehearsal.Skip(settled.Row, request, taken);
        Warn(settled.Site!.WarningAfter(settled.Row, taken));
        if (settled.Skipped is null)
        {
            _run.Take(settled);
        }
        else
        {
            _run.PassBy(settled);
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
            ThrowTerminatingError(PathErrors.NotAFile(ResultPath, "a result file", problem!));
        }

        if (string.Equals(path, journal, StringComparison.OrdinalIgnoreCase))
        {
            ThrowTerminatingError(PathErrors.IsJournal(path!, "results", nameof(ResultPath)));
        }

        var results = new ResultFile(path!);
        if (results.Try(results.Check) is { } unwritable)
        {
            ThrowTerminatingError(unwritable);
        }

        return results;
    }

    private bool Confirm(Row row, SendMessageRequest request, WixInboxConnection? connection, bool isOdd)
    {
        var content = request.Message!.Content!;
        var preview = FormatText.Line(content.PreviewText);
        var with = (preview.Length == 0 ? "Send message" : $"Send message \"{preview}\"") + Attached(content);
        var whole = $"{with} to {row.Recipient}{WixInboxConnection.Over(connection)}{Unlike(request.Message)}";
        if (_whatIf is not null)
        {
            _whatIf.Add(row, whole, isOdd);
            return false;
        }

        // What is said here also goes to the verbose stream, and a customer's text or address does not belong there.
        var description = row.Recipient is { Kind: RecipientKind.Email } ? "Send message to a contact by its address"
            : $"Send message to {row.Recipient}";
        return ShouldProcess(
            row.Begin(description + WixInboxConnection.Over(connection)),
            row.Begin(whole + "?"),
            "Send-WixInboxMessage");
    }

    // Only unusual settings are mentioned.
    private static string Unlike(Message message) =>
        (message.Visibility == MessageVisibility.Business ? ", seen by the business alone" : string.Empty)
            + (message.Direction == MessageDirection.ParticipantToBusiness
                ? ", as if they had written it"
                : string.Empty);

    private static string Attached(MessageContent content)
    {
        var images = Several(content.Basic?.Items?.Count(item => item?.Image is not null) ?? 0, "an image", "images");
        var files = Several(content.Basic?.Items?.Count(item => item?.File is not null) ?? 0, "a file", "files");
        string[] attached = [.. new[] { images, files }.OfType<string>()];
        return attached.Length == 0 ? string.Empty : " with " + Words.List(attached);

        static string? Several(int count, string one, string many) =>
            count == 0 ? null : count == 1 ? one : FormattableString.Invariant($"{count} {many}");
    }

    private void Warn(string? warning)
    {
        if (warning is not null)
        {
            WriteWarning(warning);
        }
    }
}
