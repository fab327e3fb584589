using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Journal;
using WixInbox.Reconcile;

namespace WixInbox;

/// <summary>
/// Sends a message until its outcome is known, or cannot be found out: the conversation is read back for a message that
/// this run or an earlier one may have sent.
/// </summary>
internal sealed class ReconcilingSender
{
    // A message that was sent four times and never turns up needs a person. With the looks in between, that takes 40
    // seconds.
    private const int MostSends = 4;

    // How often an intent is written before a request leaves, where each time takes long.
    private const int MostIntents = 2;

    // How far from its request an intent may be. The next run looks for the message by the time of the intent, and the
    // computer may sleep in between.
    private static readonly TimeSpan s_freshIntent = TimeSpan.FromSeconds(2);

    private readonly RunContext _run;
    private readonly RecipientDirectory _directory;
    private readonly RowNotes _notes;
    private readonly Reconciler _reconciler;
    private readonly Action<Failure> _stop;

    /// <summary>Initializes a new instance of the <see cref="ReconcilingSender"/> class.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Finds the conversation that has replaced another.</param>
    /// <param name="notes">Takes what is told of a row.</param>
    /// <param name="stop">Lets no further row leave.</param>
    public ReconcilingSender(RunContext run, RecipientDirectory directory, RowNotes notes, Action<Failure> stop)
    {
        _run = run;
        _directory = directory;
        _notes = notes;
        _stop = stop;
        _reconciler = new Reconciler(run.Client, run.Options.ReconcileWait);
    }

    /// <summary>
    /// Finds out what earlier runs have made of a row. One that they left open is looked for, and sent only if it is
    /// proven not to have been.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="conversationId">The conversation that it goes to.</param>
    /// <returns>What became of it; null where it may be sent.</returns>
    public async Task<Outcome<Message>?> ClearUpAsync(BulkRow row, string conversationId)
    {
        if (_run.Journal?.Recognize(row, conversationId) == true)
        {
            _notes.Add(row, "an earlier run has it, and named the same person in another way.");
            if (row.Earlier == JournalState.Sent)
            {
                return _run.Journal.ReadOutcome(row);
            }
        }

        if (row.Open is not { } open || _run.Options.OnAmbiguous == AmbiguousAction.Resend)
        {
            return null;
        }

        var result = LookResult.Undecided;
        if (_run.Options.OnAmbiguous == AmbiguousAction.Reconcile)
        {
            // Where the conversation was merged into another one since, the message is there.
            string[] places =
            [
                .. new[] { open.ConversationId, conversationId }.OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ];
            foreach (var place in places)
            {
                result = await FindAsync(
                    row,
                    place,
                    open.Since,
                    open.LastIntent,
                    id => places.Any(one => IsTaken(one, id, _run.Journal!.Id))).ConfigureAwait(false);
                if (!result.IsAbsent && result.Unreadable?.StatusCode != 404)
                {
                    break;
                }
            }
        }

        if (result.Found is null && !result.IsAbsent)
        {
            return new Outcome<Message>
            {
                Kind = OutcomeKind.Ambiguous,
                Failure = Failure.OfEarlierRun(result.Unreadable),
            };
        }

        if (result.Found is not null && _run.Journal!.IsOpenForAnother(row, conversationId))
        {
            // The recipient under the key was changed since. The message is the earlier one's, and the row's person has
            // got none.
            row.Open = null;
            var another = new Failure
            {
                Operation = Operation.SendMessage,
                Cause = FailureCause.Key,
                Code = FailureCodes.KeyOfAnother,
            };
            return new Outcome<Message> { Kind = OutcomeKind.Rejected, Failure = another };
        }

        _run.Journal!.NoteFinding(row, result.Found);
        row.Open = null;
        return result.Found is { } message
            ? new Outcome<Message> { Kind = OutcomeKind.Succeeded, Value = message }
            : null;
    }

    /// <summary>
    /// Sends a row until its outcome is known. Where an answer is lost, the conversation is read back, and the message
    /// is sent again only if it is proven not to be there.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="participant">Whom the conversation is known by.</param>
    /// <param name="conversationId">The conversation that it goes to.</param>
    /// <param name="body">The request, as UTF-8.</param>
    /// <param name="beginning">Ends the waits for a request to leave.</param>
    /// <returns>What became of it, as far as that can be found out.</returns>
    public async Task<Outcome<Message>> SendAsync(
        BulkRow row, Recipient participant, string conversationId, byte[] body, CancellationToken beginning)
    {
        ClockReading? since = null;
        var attempts = 0;
        for (var sends = 1; ; sends++)
        {
            var sending = _run.Client.BeginSendMessage(body, _run.PlaceOf(row.Order), _stop);
            since = await SendOnceAsync(
                row, conversationId, sending, since, attempts, beginning).ConfigureAwait(false);
            attempts += sending.Count;
            var outcome = _run.Client.Conclude(
                sending.Outcome!, conversationId, row.SendAsName, since?.Ours ?? default).As(attempts);
            if (outcome.Kind != OutcomeKind.Ambiguous || _run.Options.OnAmbiguous == AmbiguousAction.Skip)
            {
                // If an earlier send may have got through, the failure of the last one proves nothing.
                return row.MayHaveBeenSent && outcome.Kind != OutcomeKind.Succeeded
                    ? outcome.As<Message>(null, OutcomeKind.Ambiguous)
                    : outcome;
            }

            if (_run.Options.OnAmbiguous == AmbiguousAction.Resend)
            {
                if (sends >= MostSends || _run.Client.RetryWait(sends) is not { } wait)
                {
                    return outcome;
                }

                _notes.Add(row, $"{RowNotes.Describe(outcome.Failure!)}; it is sent again.");
                await _run.Client.TimeProvider.WaitAsync(wait, _run.Ended).ConfigureAwait(false);
                continue;
            }

            var known = await ReconcileAsync(
                row, participant, conversationId, since!.Value, outcome, isLast: sends >= MostSends)
                .ConfigureAwait(false);
            if (known is not null)
            {
                return known;
            }

            row.IsInDoubt = false;
        }
    }

    // Makes attempts until the outcome of one send is known, or cannot be found out by another attempt. Returns when
    // the first request of all sends left; null if none has.
    private async Task<ClockReading?> SendOnceAsync(
        BulkRow row,
        string conversationId,
        Attempts<SendMessageResponse> sending,
        ClockReading? since,
        int attempts,
        CancellationToken beginning)
    {
        while (await sending.PrepareAsync(beginning).ConfigureAwait(false))
        {
            // Rows ask for their leases in order on the caller's thread, and are sent on the pool's. The caller's is
            // left here, since a method of its own that leaves it may have ended before it is awaited.
            await Waits.LeaveThreadAsync();
            if (beginning.IsCancellationRequested)
            {
                // Of several rows that are refused at once, one may free its slot before all that wait have been told.
                sending.Abandon();
                beginning.ThrowIfCancellationRequested();
            }

            if (await IntendAsync(row, conversationId, sending).ConfigureAwait(false) is not { } intended)
            {
                break;
            }

            since ??= _run.Client.Clock.Read();
            await AttemptAsync(row, conversationId, sending, intended).ConfigureAwait(false);
            if (sending.RetryIn is not { } wait)
            {
                break;
            }

            // A request that the server did not take up leaves no row open while it waits, unless an earlier send may
            // have got through.
            if (!row.MayHaveBeenSent)
            {
                _run.Journal?.NoteOutcome(
                    row, RecordKind.NotSent, sending.Outcome!.As<Message>(null, attempts: attempts + sending.Count));
            }

            _notes.AddRetry(row, sending.Outcome!.Failure!, wait);
            await sending.WaitAsync(beginning).ConfigureAwait(false);
        }

        return since;
    }

    // Where nobody knows what became of the attempt, it may have left, or have been cut off, long after its intent.
    private async Task AttemptAsync(
        BulkRow row, string conversationId, Attempts<SendMessageResponse> sending, DateTimeOffset intended)
    {
        var wasInDoubt = row.IsInDoubt;
        row.IsInDoubt = true;
        row.Attempts++;
        var isKnown = false;
        try
        {
            await sending.AttemptAsync(_run.Ended).ConfigureAwait(false);
            isKnown = sending.Outcome!.Kind != OutcomeKind.Ambiguous;
            row.IsInDoubt = wasInDoubt || !isKnown;
        }
        finally
        {
            if (!isKnown && _run.Journal is not null && !IsFresh(intended))
            {
                // Whoever ends the run does not wait for the disk.
                _ = IntendAnewAsync(row, conversationId);
            }
        }
    }

    // Reads the conversation back after a lost answer. Returns what is known then; null if the message is to be sent
    // again.
    private async Task<Outcome<Message>?> ReconcileAsync(
        BulkRow row,
        Recipient participant,
        string conversationId,
        ClockReading since,
        Outcome<Message> outcome,
        bool isLast)
    {
        _notes.Add(row, $"{RowNotes.Describe(outcome.Failure!)}; looking whether the message was sent.");
        var result = await FindAsync(
            row, conversationId, since, null, id => IsTaken(conversationId, id, null)).ConfigureAwait(false);
        if (result.Unreadable?.StatusCode == 404
            && await _directory.FindReplacementAsync(row, participant, conversationId, _stop).ConfigureAwait(false)
                is { } current)
        {
            result = await FindThereAsync(row, conversationId, current, since).ConfigureAwait(false);
        }

        if (result.Found is { } message)
        {
            _notes.Add(row, "the message was sent.");
            return new Outcome<Message>
            {
                Kind = OutcomeKind.Succeeded,
                Value = message,
                RequestId = outcome.RequestId,
                Attempts = outcome.Attempts,
            };
        }

        if (result.IsAbsent && !isLast)
        {
            _notes.Add(row, "the message was not sent, and is sent again.");
            return null;
        }

        _notes.Add(
            row,
            result.Unreadable is not null ? "the conversation cannot be read, so that it is not known."
                : result.IsAbsent ? "it does not turn up, however often it is sent."
                : "the conversation does not tell.");
        outcome.Failure!.ReadBack = result.Unreadable;
        return outcome;
    }

    // Alone there too: another row's message may say the same.
    private async Task<LookResult> FindThereAsync(
        BulkRow row, string conversationId, string current, ClockReading since)
    {
        var place = Recipient.Conversation(current);
        using var alone = await _run.Client.Turns.EnterAsync(
            row.Order, place, place.Kind, _run.Ended).ConfigureAwait(false);
        return await FindAsync(
            row,
            current,
            since,
            null,
            id => IsTaken(conversationId, id, null) || IsTaken(current, id, null)).ConfigureAwait(false);
    }

    // Returns when the intent was noted; null if nothing may leave.
    private async Task<DateTimeOffset?> IntendAsync(
        BulkRow row, string conversationId, Attempts<SendMessageResponse> sending)
    {
        var intended = _run.Client.TimeProvider.GetUtcNow();
        try
        {
            for (var intents = 0; _run.Journal is not null && intents < MostIntents; intents++)
            {
                intended = _run.Client.TimeProvider.GetUtcNow();
                await _run.Journal.NoteIntentAsync(
                    row, conversationId, _run.Client.Clock.Ahead, _run.Ended).ConfigureAwait(false);
                if (IsFresh(intended))
                {
                    break;
                }
            }

            return intended;
        }
        catch (JournalException exception)
        {
            sending.Abandon(exception.ToFailure());
            return null;
        }
        catch
        {
            sending.Abandon();
            throw;
        }
    }

    private async Task IntendAnewAsync(BulkRow row, string conversationId)
    {
        try
        {
            await _run.Journal!.NoteIntentAsync(
                row, conversationId, _run.Client.Clock.Ahead, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            // What is noted of the row next says so.
        }
    }

    // In either direction: the clock may have been set.
    private bool IsFresh(DateTimeOffset intended) =>
        (_run.Client.TimeProvider.GetUtcNow() - intended).Duration() <= s_freshIntent;

    private Task<LookResult> FindAsync(
        BulkRow row, string conversationId, ClockReading since, ClockReading? lastIntent, Func<string, bool> isTaken) =>
        _reconciler.FindAsync(
            new SoughtMessage(
                conversationId,
                row.Fingerprint,
                row.DirectionName,
                row.SendAsName,
                since,
                lastIntent,
                isTaken,
                _run.PlaceOf(row.Order)),
            _run.Ended);

    // Asked at the moment of the look, since others send meanwhile. The journal answers for its own rows: it may have
    // failed to write one down.
    private bool IsTaken(string conversationId, string messageId, string? exceptOwner) =>
        _run.Client.Sent.Contains(conversationId, messageId, exceptOwner)
        || (_run.Journal?.IsTaken(conversationId, messageId) ?? false);
}
