using System.Collections.Concurrent;
using System.Globalization;
using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Journal;
using WixInbox.Reconcile;

namespace WixInbox;

/// <summary>
/// Sends a message until it is known what became of it, or known that this cannot be found out, and keeps the journal of that.
/// </summary>
/// <param name="client">Sends.</param>
/// <param name="options">How.</param>
internal sealed class Delivery(WixInboxClient client, BulkSenderOptions options)
{
    // A message that may have been sent four times and never turns up is one for a person to look at.
    private const int MostSends = 4;

    // What earlier runs left open is looked for in several conversations at once, as many as a run has under way by default.
    private const int MostConversations = 5;

    private readonly MediaUploads _uploads = new(client);
    private readonly Reconciler _reconciler = new(client, options.ReconcileWait);
    private readonly Dictionary<string, UnsettledRow> _open = (options.Journal?.Unsettled ?? []).ToDictionary(row => row.Key, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Message> _settled = new(StringComparer.Ordinal);

    /// <inheritdoc cref="BulkSender.SettleAsync"/>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (options.OnAmbiguous != AmbiguousAction.Reconcile || _open.Count == 0)
        {
            return;
        }

        options.Note?.Invoke(string.Format(CultureInfo.InvariantCulture, "An earlier run left {0:N0} messages open: looking whether they were sent.", _open.Count));
        using var places = new SemaphoreSlim(MostConversations);
        var searches = _open.Values
            .Where(row => row.ConversationId is not null)
            .GroupBy(row => row.ConversationId!, StringComparer.OrdinalIgnoreCase)
            .Select(async rows =>
            {
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    await SettleAsync(rows.Key, [.. rows], cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    places.Release();
                }
            })
            .ToArray();
        await Task.WhenAll(searches).ConfigureAwait(false);
    }

    /// <inheritdoc cref="BulkSender.TakeSettled"/>
    public Message? TakeSettled(JournalRow row) => _settled.TryRemove(row.Key, out var message) ? message : null;

    /// <summary>Gets what notes each attempt at a look-up for a row that failed and is made again.</summary>
    public CallObserver Observe(BulkRow row) => new() { Repeating = (failure, _, _, wait) => NoteRepeating(row, failure, wait) };

    /// <summary>Sends one message. It is the only one under way to its conversation.</summary>
    public async Task<Outcome<Message>> SendAsync(BulkRow row, string conversationId, CancellationToken cancellationToken)
    {
        var time = client.TimeProvider;
        var start = time.GetTimestamp();
        ClockReading? left = null;
        string[] known = [.. client.Recent.To(conversationId), .. options.Journal?.SentIds(conversationId) ?? []];
        var request = row.Request.To(conversationId);
        var attempts = 0;
        var observer = new CallObserver
        {
            Leaving = async cancelled =>
            {
                if (row.Journaled is not null)
                {
                    await options.Journal!.NoteIntentAsync(row.Journaled, conversationId, client.Clock.Ahead, cancelled).ConfigureAwait(false);
                }

                left ??= client.Clock.Read();
            },
            Repeating = (failure, requestId, made, wait) =>
            {
                Write(row, new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = failure, RequestId = requestId, Attempts = attempts + made });
                NoteRepeating(row, failure, wait);
            },
        };

        if (await LeftOpenAsync(row, conversationId, cancellationToken).ConfigureAwait(false) is { } settled)
        {
            return Conclude(row, settled);
        }

        // Only now, since a message that an earlier run has sent needs no upload.
        if (await _uploads.AttachAsync(request.Message, cancellationToken).ConfigureAwait(false) is { } withoutFile)
        {
            return Conclude(row, withoutFile);
        }

        var mayHaveBeenSent = false;
        for (var sends = 1; ; sends++)
        {
            var outcome = await client.SendMessageAsync(request, observer, cancellationToken).ConfigureAwait(false);
            attempts += outcome.Attempts;
            if (outcome.Kind == OutcomeKind.Ambiguous && options.OnAmbiguous == AmbiguousAction.Reconcile)
            {
                Note(row, $"{Describe(outcome.Failure!)}; looking whether the message was sent.");
                var lost = new LostMessage(MessageFingerprint.Of(request.Message), left!.Value);
                var found = await _reconciler.FindAsync(conversationId, [lost], known, cancellationToken).ConfigureAwait(false);
                if (found?[0] is { } message)
                {
                    Note(row, "it was.");
                    outcome = new Outcome<Message> { Kind = OutcomeKind.Sent, Value = message, RequestId = outcome.RequestId };
                }
                else if (found is not null && sends < MostSends)
                {
                    Note(row, "it was not; it is sent again.");
                    continue;
                }
                else
                {
                    Note(row, found is null ? "the conversation cannot be read, so that it is not known." : "it does not turn up, however often it is sent.");
                }
            }
            else if (outcome.Kind == OutcomeKind.Ambiguous && options.OnAmbiguous == AmbiguousAction.Resend && sends < MostSends && client.RetryWait(sends) is { } wait)
            {
                Note(row, $"{Describe(outcome.Failure!)}; it is sent again.");
                mayHaveBeenSent = true;
                await time.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                continue;
            }

            return Conclude(row, new Outcome<Message>
            {
                // If one of several sends may have got through, it does not matter that the last one did not.
                Kind = mayHaveBeenSent && outcome.Kind != OutcomeKind.Sent ? OutcomeKind.Ambiguous : outcome.Kind,
                Value = outcome.Value,
                Failure = outcome.Failure,
                RequestId = outcome.RequestId,
                Attempts = attempts,
                Elapsed = time.GetElapsedTime(start),
            });
        }
    }

    /// <summary>Writes down what became of a row.</summary>
    /// <returns>The outcome.</returns>
    public Outcome<Message> Conclude(BulkRow row, Outcome<Message> outcome)
    {
        Write(row, outcome);
        return outcome;
    }

    // A row that an earlier run left open is not sent before it is known what became of it. Null where it may be sent.
    private async Task<Outcome<Message>?> LeftOpenAsync(BulkRow row, string conversationId, CancellationToken cancellationToken)
    {
        if (row.Journaled?.Earlier is not (JournalState.Sending or JournalState.Unknown)
            || options.OnAmbiguous == AmbiguousAction.Resend
            || !_open.TryGetValue(row.Journaled.Key, out var open))
        {
            return null;
        }

        if (options.OnAmbiguous == AmbiguousAction.Reconcile)
        {
            var found = await SettleAsync(open.ConversationId ?? conversationId, [open], cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                return TakeSettled(row.Journaled) is { } message ? new Outcome<Message> { Kind = OutcomeKind.Sent, Value = message } : null;
            }
        }

        return new Outcome<Message> { Kind = OutcomeKind.Ambiguous, Failure = new Failure { Operation = Operation.SendMessage, Cause = FailureCause.EarlierRun } };
    }

    private async Task<IReadOnlyList<Message?>?> SettleAsync(string conversationId, IReadOnlyList<UnsettledRow> rows, CancellationToken cancellationToken)
    {
        // A message that this client has sent for the same journal, but could not write down there since the disk was full, is what is looked for, and so is not
        // among those that are known.
        string[] known = [.. options.Journal!.SentIds(conversationId), .. client.Recent.To(conversationId, options.Journal.Path)];
        var lost = rows.Select(row => new LostMessage(row.Fingerprint, row.Started)).ToArray();
        var found = await _reconciler.FindAsync(conversationId, lost, known, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < found?.Count; index++)
        {
            options.Journal.Settle(rows[index], found[index]);
            if (found[index] is { } message)
            {
                _settled[rows[index].Key] = message;
                client.Recent.Claim(conversationId, message.Id!, options.Journal.Path);
            }
        }

        return found;
    }

    private void Write(BulkRow row, Outcome<Message> outcome)
    {
        if (row.Journaled is not { } journaled)
        {
            return;
        }

        var journal = options.Journal!;
        var failure = outcome.Failure;
        var code = failure?.Code ?? failure?.Violations.Select(violation => violation.Rule).FirstOrDefault() ?? failure?.Cause.ToString();
        switch (outcome.Kind)
        {
            case OutcomeKind.Sent:
                journal.NoteSent(journaled, outcome.Value!, outcome.Attempts, outcome.Value!.Delivery == MessageDelivery.Reconciled);
                client.Recent.Claim(outcome.Value.ConversationId, outcome.Value.Id!, journal.Path);
                break;
            case OutcomeKind.Rejected when !failure!.ConcernsAll:
                journal.NoteFailed(journaled, code, failure!.StatusCode, outcome.RequestId, outcome.Attempts);
                break;

            // With a valid key, a row that met a wrong one is as good as new.
            case OutcomeKind.Rejected or OutcomeKind.NotSent:
                journal.NoteNotSent(journaled, code, failure!.StatusCode, outcome.RequestId, outcome.Attempts);
                break;
            default:
                journal.NoteUnknown(journaled, code, failure!.StatusCode, outcome.RequestId, outcome.Attempts);
                break;
        }
    }

    private void NoteRepeating(BulkRow row, Failure failure, TimeSpan wait) =>
        Note(row, string.Format(CultureInfo.InvariantCulture, "{0}; it is tried again in {1:0.#} s.", Describe(failure), wait.TotalSeconds));

    private void Note(BulkRow row, string sentence) =>
        options.Note?.Invoke(row.Number is { } number ? FormattableString.Invariant($"Row {number}: {sentence}") : sentence);

    private static string Describe(Failure failure) => failure switch
    {
        { StatusCode: { } status } => FormattableString.Invariant($"Wix answered {status}{(failure.Code is null ? string.Empty : " ")}{failure.Code}"),
        { Cause: FailureCause.Timeout } => "no answer came in time",
        _ => "the connection failed",
    };
}
