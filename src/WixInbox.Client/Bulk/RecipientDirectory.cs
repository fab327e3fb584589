using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Contacts;
using WixInbox.Journal;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>
/// All that a run knows of its recipients: the contact or member that an address or a contact's id stands for, whether
/// that person may be written to, and the conversation. Many are looked up with one request. A conversation that was
/// found is known to the connection and to the journal; whether somebody may be written to is asked in each run.
/// </summary>
/// <param name="client">Asks.</param>
/// <param name="journal">Knows conversations from earlier runs; null for none.</param>
/// <param name="options">Whom to write to.</param>
/// <param name="slots">The slots of the run; null for calls that belong to none.</param>
/// <param name="ended">Ends all look-ups with the run.</param>
internal sealed class RecipientDirectory(
    WixInboxClient client, SendJournal? journal, BulkRunOptions options, SlotPool? slots, CancellationToken ended)
{
    // How long the first recipient of a batch waits for others. At 200 requests a minute, a request takes three times
    // as long.
    private static readonly TimeSpan s_batchWait = TimeSpan.FromMilliseconds(100);

    private readonly ContactDirectory _contacts = new(client, slots);

    // When the cache is full, the oldest person makes room, and is looked up again for the next row.
    private readonly BoundedCache<Recipient, Task<Outcome<ContactLookup>>> _people = new(10_000);
    private readonly Dictionary<RecipientKind, Batch> _batches = [];
    private int _hasWarnedOfStatus;
    private int _hasWarnedOfPermission;

    /// <summary>
    /// Gets who has to be looked up before somebody is written to: a recipient who is named by an address or as a
    /// contact, since the participant is not known before; of another, the contact, to ask whether they have
    /// unsubscribed.
    /// </summary>
    /// <returns>The contact or address; null if nobody has to be.</returns>
    public Recipient? WhoToLookUp(Recipient recipient, Recipient? contact) =>
        IsContact(recipient) ? recipient
        : options.IncludeUnsubscribed ? null
        : contact;

    /// <summary>Begins to look a recipient up, together with those of other rows.</summary>
    /// <returns>Ends when it is looked up, or at once if it does not have to be.</returns>
    public Task Request(Recipient recipient, long order) =>
        IsContact(recipient) ? LookUp(recipient, order) : Task.CompletedTask;

    /// <summary>Finds the participant of a recipient, and whether that person may be written to.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="contact">The contact who a recipient of another kind is; null if that is not known.</param>
    /// <param name="order">The place of the row among all that wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The participant, if there is exactly one; and why nobody is written to, if that is so.</returns>
    public async Task<(Recipient? Participant, Outcome<Message>? Refusal)> IdentifyAsync(
        Recipient recipient, Recipient? contact, long order, CancellationToken cancellationToken)
    {
        if (WhoToLookUp(recipient, contact) is not { } sought)
        {
            return (recipient, null);
        }

        var looked = await LookUp(sought, order).WaitForAsync(cancellationToken).ConfigureAwait(false);
        if (looked.Value is not { } person)
        {
            if (recipient.Kind != RecipientKind.Email
                && looked is { Kind: OutcomeKind.Rejected, Failure.StatusCode: not 401 })
            {
                var unknown = options.IncludeUnsubscribed
                    ? "who is a member, whose conversation may not be found by a contact's id."
                    : "who has unsubscribed, and everybody is written to who is named by an id.";
                WarnOnce(
                    ref _hasWarnedOfPermission,
                    $"Wix does not let contacts be looked up, so it is not known {unknown} "
                    + "The app or key needs the permission Read Contacts.");
                return (recipient, null);
            }

            return (null, NotSent(looked));
        }

        if (person.ContactIds.Count == 0 && recipient.Kind == RecipientKind.Contact)
        {
            // Wix itself says what is wrong with the id when its conversation is asked for.
            return (recipient, null);
        }

        var isContact = IsContact(recipient);
        var code = person switch
        {
            { ContactIds.Count: 0 } when isContact => "ContactNotFound",
            { ContactIds.Count: > 1 } when isContact => "ContactAmbiguous",
            { MemberId: { } member } when recipient.Kind == RecipientKind.Member
                && !string.Equals(member, recipient.Id, StringComparison.OrdinalIgnoreCase) => "ContactMismatch",
            { SubscriptionStatus: SubscriptionStatus.Unsubscribed } when !options.IncludeUnsubscribed =>
                "ContactUnsubscribed",
            _ => null,
        };

        // Wix wants a member's conversation to be asked for with the member id.
        Recipient? participant = !isContact ? recipient
            : person.ContactIds.Count != 1 ? null
            : person.MemberId is { } memberId ? Recipient.Member(memberId)
            : Recipient.Contact(person.ContactIds[0]);
        if (code is not null)
        {
            var failure = new Failure
            {
                Operation = Operation.QueryContacts,
                Cause = FailureCause.Contact,
                Code = code,
                Message = code switch
                {
                    "ContactMismatch" => $"The row's contact {person.ContactIds[0]} is member {person.MemberId}.",
                    "ContactUnsubscribed" => $"It is for contact {person.ContactIds[0]}.",
                    _ => string.Join(", ", person.ContactIds),
                },
            };
            return (participant, new Outcome<Message> { Kind = OutcomeKind.Rejected, Failure = failure });
        }

        if (person.SubscriptionStatus is null && !options.IncludeUnsubscribed)
        {
            WarnOnce(
                ref _hasWarnedOfStatus,
                "Of some contacts Wix does not tell whether they have unsubscribed. "
                    + "They are written to, which does not mean that they have agreed.");
        }

        return (participant, null);
    }

    /// <summary>
    /// Tells which conversation a recipient is known to have: the connection may know what another run has found; the
    /// journal, what an earlier one has.
    /// </summary>
    public string? Known(Recipient recipient) =>
        recipient.Kind == RecipientKind.Conversation ? recipient.Id
        : client.Conversations.TryGet(recipient, out var found) ? found
        : journal?.FindConversation(recipient);

    /// <summary>Begins to ask for the conversation of a participant, which is created if there is none.</summary>
    public Attempts<GetOrCreateConversationResponse> Ask(Recipient participant, long order) =>
        client.BeginGetOrCreateConversation(participant.ToParticipant(), slots, order);

    /// <summary>Notes the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient as the row names it.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="conversationId">The conversation.</param>
    public void Note(Recipient recipient, Recipient participant, string conversationId)
    {
        client.Conversations.Set(participant, conversationId);
        journal?.NoteConversation(participant, conversationId);
        journal?.NoteConversation(recipient, conversationId);
    }

    /// <summary>
    /// Turns the outcome of a look-up into that of its row: whatever happened to the look-up, the message itself has
    /// not left.
    /// </summary>
    public static Outcome<Message> NotSent<T>(Outcome<T> lookUp)
        where T : class =>
        lookUp.As<Message>(null, lookUp.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent);

    private static bool IsContact(Recipient recipient) =>
        recipient.Kind is RecipientKind.Email or RecipientKind.Contact;

    private void WarnOnce(ref int hasWarned, string warning)
    {
        if (Interlocked.Exchange(ref hasWarned, 1) == 0)
        {
            Callbacks.Call(options.Warn, warning);
        }
    }

    private Task<Outcome<ContactLookup>> LookUp(Recipient recipient, long order)
    {
        Batch? batch;
        Task<Outcome<ContactLookup>> task;
        var isNew = false;
        lock (_batches)
        {
            if (_people.TryGet(recipient, out var known))
            {
                return known;
            }

            if (!_batches.TryGetValue(recipient.Kind, out batch))
            {
                _batches[recipient.Kind] = batch = new Batch(recipient.Kind, order);
                isNew = true;
            }

            task = batch.Add(recipient);
            _people.Set(recipient, task);
            if (batch.Count == ContactDirectory.BatchSize)
            {
                _batches.Remove(recipient.Kind);
                batch.Close();
            }
        }

        if (isNew)
        {
            _ = RunAsync(batch);
        }

        return task;
    }

    private async Task RunAsync(Batch batch)
    {
        try
        {
            // Where rows are read one at a time, no other row can join the batch.
            if (options.Window > 1)
            {
                await WaitForOthersAsync(batch).ConfigureAwait(false);
            }

            lock (_batches)
            {
                if (_batches.TryGetValue(batch.Kind, out var current) && current == batch)
                {
                    _batches.Remove(batch.Kind);
                }
            }

            ended.ThrowIfCancellationRequested();
            var outcome = batch.Kind == RecipientKind.Email
                ? await _contacts.FindByEmailAsync(batch.Ids, batch.Order, ended).ConfigureAwait(false)
                : await _contacts.FindByIdAsync(batch.Ids, batch.Order, ended).ConfigureAwait(false);
            batch.End(outcome);
        }
        catch (OperationCanceledException)
        {
            batch.Cancel();
        }
        catch (Exception exception)
        {
            batch.Fail(exception);
        }
    }

    private async Task WaitForOthersAsync(Batch batch)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(ended);
        await Task.WhenAny(batch.Closed, client.TimeProvider.WaitAsync(s_batchWait, wait.Token)).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Recipients of a kind that are looked up with one request.</summary>
    private sealed class Batch(RecipientKind kind, long order)
    {
        private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TaskCompletionSource<Outcome<ContactLookup>>> _lookups = [];
        private readonly List<string> _ids = [];

        public RecipientKind Kind { get; } = kind;

        public long Order { get; } = order;

        public int Count => _ids.Count;

        public string[] Ids => [.. _ids];

        public Task Closed => _closed.Task;

        public Task<Outcome<ContactLookup>> Add(Recipient recipient)
        {
            var lookup = new TaskCompletionSource<Outcome<ContactLookup>>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            _lookups.Add(lookup);
            _ids.Add(recipient.Id);
            return lookup.Task;
        }

        public void Close() => _closed.TrySetResult(true);

        public void End(Outcome<ContactLookup[]> outcome)
        {
            for (var index = 0; index < _lookups.Count; index++)
            {
                _lookups[index].TrySetResult(outcome.As(outcome.Value?[index]));
            }
        }

        public void Cancel() => _lookups.ForEach(lookup => lookup.TrySetCanceled());

        // Observed here, since nobody may wait for the look-up any more.
        public void Fail(Exception exception) => _lookups.ForEach(lookup =>
        {
            lookup.TrySetException(exception);
            _ = lookup.Task.Exception;
        });
    }
}
