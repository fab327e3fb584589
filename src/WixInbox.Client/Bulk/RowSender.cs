using System.Text.Json;
using WixInbox.Clocks;
using WixInbox.Journal;
using WixInbox.Json;

namespace WixInbox;

/// <summary>
/// The way of one row from its arrival to its outcome: its person and conversation are found, it waits for its turn
/// there, what an earlier run left open is cleared up, its files are uploaded, and it is sent. Each step is written to
/// the journal.
/// </summary>
internal sealed class RowSender
{
    private readonly RunContext _run;
    private readonly SendOrder _order = new();
    private readonly RecipientDirectory _directory;
    private readonly MediaUploads _uploads;
    private readonly ReconcilingSender _sender;
    private readonly RowNotes _notes;
    private readonly DeliveredMessages _delivered = new();
    private readonly ActiveRows _active;

    // Cancelled with the run, or when no further row is to be tried. Never disposed: rows under way still hold its
    // token.
    private readonly CancellationTokenSource _beginning;
    private volatile Failure? _stopped;

    public RowSender(RunContext run, ActiveRows active)
    {
        _run = run;
        _active = active;
        _beginning = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        _directory = new RecipientDirectory(run);
        _uploads = new MediaUploads(run);
        _notes = new RowNotes(run.Options.Note);
        _sender = new ReconcilingSender(run, _directory, _notes, Stop);
    }

    /// <summary>
    /// Lets no further row leave: rows that have not left yet end with a failure, and requests in flight run to their
    /// outcome.
    /// </summary>
    public void Stop(Failure failure)
    {
        _stopped ??= failure;
        _beginning.Cancel();
    }

    /// <inheritdoc cref="RecipientDirectory.OptOut"/>
    public void OptOut(IReadOnlyCollection<Recipient> names, long order) => _directory.OptOut(names, order);

    /// <summary>Notes what an earlier run has sent for a row of this one.</summary>
    public void NoteSent(BulkRow row)
    {
        if (_directory.Known(row.Recipient!.Value) is { } conversationId)
        {
            _delivered.Add(row, Recipient.Conversation(conversationId));
        }
    }

    /// <summary>
    /// Sends a row. The order of the calls is the order of the rows: a row takes its place before anything is awaited.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <returns>What became of it, as it is written down.</returns>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public async Task<Outcome<Message>> SendAsync(BulkRow row)
    {
        var start = _run.Client.TimeProvider.GetTimestamp();
        Outcome<Message> outcome;
        try
        {
            outcome = await SendInOrderAsync(row).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_run.Ended.IsCancellationRequested && _stopped is not null)
        {
            outcome = Conclude(
                row,
                new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = _stopped, Attempts = row.Attempts });
        }
        finally
        {
            _order.Withdraw(row.Order);
        }

        outcome.Elapsed = _run.Client.TimeProvider.GetElapsedTime(start);
        return outcome;
    }

    /// <summary>Gets the kind of record by which a later run knows the outcome.</summary>
    private static RecordKind KindOf(Outcome<Message> outcome) => outcome.Kind switch
    {
        OutcomeKind.Succeeded => RecordKind.Sent,
        OutcomeKind.Rejected => RecordKind.Failed,
        OutcomeKind.NotSent => RecordKind.NotSent,
        _ => RecordKind.Unknown,
    };

    // With Skip, a message that may have been sent is never sent again.
    private bool MayBeSentLater(RecordKind kind) =>
        kind == RecordKind.NotSent || (kind == RecordKind.Unknown && _run.Options.OnAmbiguous != AmbiguousAction.Skip);

    private async Task<Outcome<Message>> SendInOrderAsync(BulkRow row)
    {
        // What is looked up for a row that is not to be tried any more is a request too many.
        _beginning.Token.ThrowIfCancellationRequested();
        var recipient = row.Recipient!.Value;
        if (_directory.HasToBeIdentified(recipient, row.Contacts))
        {
            _order.Announce(row.Order);
        }

        var (identified, names, refusal) = await _directory.IdentifyAsync(
            recipient, row.Contacts, row.Order, _beginning.Token).ConfigureAwait(false);
        row.Names = names;
        if (identified is not { } participant || (refusal is not null && !row.IsOpen))
        {
            return await RefuseAsync(row, refusal!, recipient).ConfigureAwait(false);
        }

        using var turn = await _active.WaitForAsync(_order.EnterAsync(
            row.Order, participant, participant.Kind, _beginning.Token)).ConfigureAwait(false);
        Recipient[] allNames = [recipient, participant, .. row.Contacts, .. names];
        if (NotToBeTried(allNames) is { } untried)
        {
            return Conclude(row, untried, recipient, participant);
        }

        // Asked once more: all rows in front have been identified by now.
        refusal ??= _directory.OptedOut(row.Order, allNames);
        if (refusal is not null && !row.IsOpen)
        {
            return Conclude(row, refusal, recipient, participant);
        }

        if (recipient.Kind == RecipientKind.Conversation)
        {
            return await DeliverAsync(row, recipient, recipient.Id, refusal).ConfigureAwait(false);
        }

        // One that an earlier run found may have been replaced since, perhaps by that of a later row.
        var mayBeReplaced = _directory.IsFromJournal(participant);
        var (conversationId, lost) = await LocateAsync(row, participant, null).ConfigureAwait(false);
        if (conversationId is null)
        {
            return await RefuseAsync(row, lost!, recipient, participant).ConfigureAwait(false);
        }

        using var turnThere = await EnterConversationAsync(
            row, participant, conversationId, mayBeReplaced).ConfigureAwait(false);
        refusal ??= _directory.OptedOut(row.Order, Recipient.Conversation(conversationId));
        var outcome = await DeliverAsync(
            row, participant, conversationId, refusal, mayHaveMoved: true).ConfigureAwait(false);
        if (!HasMoved(outcome))
        {
            return outcome;
        }

        // A visitor has become a contact or a member since the conversation was found, and has a new one. The rows
        // behind this one still wait for the old one.
        var (current, gone) = await LocateAsync(row, participant, conversationId).ConfigureAwait(false);
        if (current is null || string.Equals(current, conversationId, StringComparison.OrdinalIgnoreCase))
        {
            return current is null
                ? Conclude(row, gone!, recipient, participant)
                : Conclude(row, outcome, participant, Recipient.Conversation(conversationId));
        }

        _delivered.Move(Recipient.Conversation(conversationId), Recipient.Conversation(current));
        using var turnAnew = await EnterConversationAsync(row, participant, current).ConfigureAwait(false);
        refusal ??= _directory.OptedOut(row.Order, Recipient.Conversation(current));
        return await DeliverAsync(row, participant, current, refusal).ConfigureAwait(false);
    }

    // Nobody is written to. A row that an earlier run was cut off with is looked for where that run was sending it.
    private async Task<Outcome<Message>> RefuseAsync(BulkRow row, Outcome<Message> refusal, params Recipient[] keys)
    {
        if (row.Open?.ConversationId is not { } place || refusal.Failure is { ConcernsAll: true })
        {
            return Conclude(row, refusal, keys);
        }

        var conversation = Recipient.Conversation(place);
        using var turn = await EnterConversationAsync(row, conversation, place).ConfigureAwait(false);
        return await DeliverAsync(row, conversation, place, refusal).ConfigureAwait(false);
    }

    // Neither a message nor the search for one finds the conversation.
    private static bool HasMoved(Outcome<Message> outcome) =>
        outcome.Failure is { Code: FailureCodes.ConversationNotFound }
            or { Cause: FailureCause.EarlierRun, ReadBack.StatusCode: 404 };

    private Task<IDisposable> EnterConversationAsync(
        BulkRow row, Recipient participant, string conversationId, bool mayBeReplaced = false) =>
        _active.WaitForAsync(_order.EnterAsync(
            row.Order,
            Recipient.Conversation(conversationId),
            participant.Kind,
            _beginning.Token,
            isSure: !mayBeReplaced));

    // Rows of one participant come here one at a time, so that the first finds the conversation and the others know it.
    private async Task<(string? ConversationId, Outcome<Message>? Failed)> LocateAsync(
        BulkRow row, Recipient participant, string? stale)
    {
        if (_directory.Known(participant) is { } known
            && !string.Equals(known, stale, StringComparison.OrdinalIgnoreCase))
        {
            _directory.Note(row.Recipient!.Value, participant, known, row.Names);
            return (known, null);
        }

        var asking = _directory.Ask(participant, row.Order, Stop);
        while (await asking.PrepareAsync(_beginning.Token).ConfigureAwait(false))
        {
            await Waits.LeaveThreadAsync();
            await asking.AttemptAsync(_run.Ended).ConfigureAwait(false);
            if (asking.RetryIn is not { } wait)
            {
                break;
            }

            _notes.AddRetry(row, asking.Outcome!.Failure!, wait);
            await asking.WaitAsync(_beginning.Token).ConfigureAwait(false);
        }

        if (asking.Outcome!.Value?.Conversation?.Id is not { } found)
        {
            return (null, RecipientDirectory.NotSent(asking.Outcome));
        }

        _directory.Note(row.Recipient!.Value, participant, found, row.Names);
        return (found, null);
    }

    // The row has its turn in the conversation among the rows of its run. A refusal comes after the open row is cleared
    // up: the earlier run may have sent the row while that was allowed. An outcome that holds back later rows to the
    // conversation also holds back later rows to the participant, for whom another run may find a new conversation
    // meanwhile.
    private async Task<Outcome<Message>> DeliverAsync(
        BulkRow row,
        Recipient participant,
        string conversationId,
        Outcome<Message>? refusal,
        bool mayHaveMoved = false)
    {
        var conversation = Recipient.Conversation(conversationId);

        // Alone among all runs of the connection: another run's message may say the same, and would be taken for this
        // row's lost one.
        using var alone = await _active.WaitForAsync(_run.Client.Turns.EnterAsync(
            row.Order, conversation, conversation.Kind, _beginning.Token)).ConfigureAwait(false);
        if (NotToBeTried(conversation) is { } untried)
        {
            return Conclude(row, untried, participant, conversation);
        }

        if (await _sender.ClearUpAsync(row, conversationId).ConfigureAwait(false) is { } cleared)
        {
            return mayHaveMoved && HasMoved(cleared)
                ? cleared
                : ConcludeDelivery(row, cleared, participant, conversation);
        }

        if (refusal is not null)
        {
            return Conclude(row, refusal, participant, conversation);
        }

        row.DuplicateOf = _delivered.Find(row, conversation);
        if (row.DuplicateOf is not null && _run.Options.SkipDuplicates)
        {
            // No line of the journal: the next run finds out anew.
            var duplicate = new Failure { Operation = Operation.SendMessage, Cause = FailureCause.Duplicate };
            return new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = duplicate };
        }

        // Only now, since a message that an earlier run has sent needs no upload.
        var json = row.Json;
        if (row.HasFiles)
        {
            var (request, withoutFile) = await _uploads.AttachAsync(
                row.Request, row.Order, _beginning.Token).ConfigureAwait(false);
            if (request is null)
            {
                return Conclude(row, withoutFile!, participant, conversation);
            }

            json = JsonSerializer.SerializeToUtf8Bytes(request.To(null!), WixJson.Wire.SendMessageRequest);
        }

        var outcome = await _sender.SendAsync(
            row, participant, conversationId, BulkRow.BodyTo(conversationId, json), _beginning.Token)
            .ConfigureAwait(false);
        if (mayHaveMoved && HasMoved(outcome))
        {
            // Not a failure yet: a run that ends before the conversation is found anew leaves the row to the next run.
            if (!row.MayHaveBeenSent)
            {
                _run.Journal?.NoteOutcome(row, RecordKind.NotSent, outcome);
            }

            return outcome;
        }

        return ConcludeDelivery(row, outcome, participant, conversation);
    }

    private Outcome<Message> ConcludeDelivery(
        BulkRow row, Outcome<Message> outcome, Recipient participant, Recipient conversation)
    {
        if (outcome.Kind is OutcomeKind.Succeeded or OutcomeKind.Ambiguous)
        {
            _delivered.Add(row, conversation);
            if (_directory.Known(participant) is { } current && Recipient.Conversation(current) != conversation)
            {
                // A look for the message has found that its conversation was merged into another one.
                _delivered.Move(conversation, Recipient.Conversation(current));
            }
        }

        return Conclude(row, outcome, participant, conversation);
    }

    // A failure that every further row would meet is not tried again for each of thousands, and no row overtakes an
    // earlier one to the same recipient.
    private Outcome<Message>? NotToBeTried(params Recipient[] names)
    {
        var failure = _stopped;
        if (failure is null && _order.IsHeldBack(names))
        {
            failure = new Failure { Operation = Operation.SendMessage, Cause = FailureCause.EarlierMessage };
        }

        return failure is null ? null : new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = failure };
    }

    // What kept a row from being cleared up, or from being sent again, says nothing of what was sent before. With
    // Resend, a message of an earlier run is not looked for, and the row is in doubt only once it has had its turn.
    private bool IsLeftInDoubt(BulkRow row, Outcome<Message> outcome) =>
        outcome.Kind is OutcomeKind.NotSent or OutcomeKind.Rejected
        && (row.IsInDoubt
            || (row.IsOpen && (row.HasIntent || _run.Options.OnAmbiguous != AmbiguousAction.Resend)));

    private Outcome<Message> Conclude(BulkRow row, Outcome<Message> outcome, params Recipient[] keys)
    {
        if (outcome is { Kind: OutcomeKind.Rejected, Failure.ConcernsAll: true })
        {
            // Once the key is right, the row is as good as new.
            outcome = outcome.As<Message>(null, OutcomeKind.NotSent);
        }

        var concernsAll = outcome.Failure is { ConcernsAll: true } failure ? failure : null;
        if (IsLeftInDoubt(row, outcome))
        {
            outcome = new Outcome<Message>
            {
                Kind = OutcomeKind.Ambiguous,
                Failure = row.IsInDoubt ? outcome.Failure : Failure.OfEarlierRun(outcome.Failure),
                RequestId = outcome.RequestId,
                Attempts = outcome.Attempts,
            };
        }

        var kind = KindOf(outcome);
        if (_run.Journal is not null)
        {
            _run.Journal.NoteOutcome(row, kind, outcome);
            if (outcome.Value is { } message)
            {
                _run.Client.Sent.SetOwner(message.ConversationId, message.Id!, _run.Journal.Id);
            }
        }

        if (kind == RecordKind.Sent)
        {
            (row.Open, row.IsInDoubt) = (null, false);
        }

        // A row that is refused before it leaves has no intent, whose writing would fail.
        if ((concernsAll ?? _run.Journal?.Fault?.ToFailure()) is { } ending)
        {
            Stop(ending);
        }

        if (MayBeSentLater(kind))
        {
            foreach (var key in keys)
            {
                _order.HoldBack(key);
            }
        }

        return outcome;
    }
}
