using System.Globalization;
using WixInbox.Contacts;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// Sends many messages over one client: finds the conversation of each recipient once, and keeps the messages of one conversation in the order
/// in which they were given, one at a time, however they name it. Different conversations go side by side, as many as the caller starts. Files on this
/// machine are uploaded before the first message that has them leaves (<see cref="BasicItem.LocalFile"/>).
/// </summary>
/// <remarks>
/// A message that was not sent but may be sent later, since there was no network for example, holds back those after it to the same conversation: they
/// would overtake it.
/// </remarks>
public sealed class BulkSender
{
    private const string StaleConversation = "CONVERSATION_NOT_FOUND";

    private readonly WixInboxClient _client;
    private readonly BulkSenderOptions _options;
    private readonly Delivery _delivery;
    private readonly Lanes<Recipient> _searches = new();
    private readonly Lanes<string> _conversations = new(StringComparer.OrdinalIgnoreCase);
    private readonly ContactFinder _contacts;

    // The addresses whose latest look-up failed, and why: each of their rows fails with that, and none looks up its address on its own.
    private readonly Dictionary<string, Outcome<ContactLookup[]>> _notLookedUp = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Recipient> _heldBack = [];
    private volatile Failure? _outage;
    private Task _lastInLane = Task.CompletedTask;

    /// <summary>Initializes a new instance of the <see cref="BulkSender"/> class.</summary>
    /// <param name="client">The client, which the caller disposes of.</param>
    /// <param name="options">How to send.</param>
    public BulkSender(WixInboxClient client, BulkSenderOptions? options = null)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
        _options = options ?? new BulkSenderOptions();
        _delivery = new Delivery(client, _options);
        _contacts = new ContactFinder(client);
        if (_options.Journal is { } journal && client.Pace.Recall(journal.RecentRequests) is var earlier && earlier > 0)
        {
            _options.Note?.Invoke(string.Format(CultureInfo.InvariantCulture, "An earlier run made {0:N0} requests in the last minute, which count towards Wix's limit.", earlier));
        }
    }

    /// <summary>Gets how many rows are worth looking up at once with <see cref="LookUpAsync"/>.</summary>
    public static int LookUpSize => ContactFinder.BatchSize;

    /// <summary>Finds all rules that a message to a recipient breaks. Nothing is sent.</summary>
    /// <param name="recipient">Whom it is for; null to look at the message alone.</param>
    /// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> does not count.</param>
    /// <returns>The violations; empty if the message may be sent.</returns>
    public static IReadOnlyList<FieldViolation> Validate(Recipient? recipient, SendMessageRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        recipient?.Validate(rules);
        MessageValidator.Body(rules, request);
        return rules.Violations;
    }

    /// <summary>
    /// Finds out, before anything is sent, what became of the messages that earlier runs left open in the journal, where
    /// <see cref="BulkSenderOptions.OnAmbiguous"/> asks for that. What cannot be found out is tried again when its row comes.
    /// </summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>A task that ends when all is known that can be.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task SettleAsync(CancellationToken cancellationToken) => _delivery.SettleAsync(cancellationToken);

    /// <summary>Gets the message that <see cref="SettleAsync"/> has found for a row, once.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The message, or null if the row was not open or not found.</returns>
    public Message? TakeSettled(JournalRow row) => _delivery.TakeSettled(row ?? throw new ArgumentNullException(nameof(row)));

    /// <summary>
    /// Looks up the e-mail addresses among recipients, many with one request, so that sending to them does not look up each on its own. It is done before the
    /// rows are sent; a look-up that fails fails their rows.
    /// </summary>
    /// <param name="recipients">The recipients of the rows that are sent next, of any kind.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>A task that ends when all are looked up.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task LookUpAsync(IEnumerable<Recipient> recipients, CancellationToken cancellationToken)
    {
        var addresses = recipients
            .Where(recipient => recipient.Kind == RecipientKind.Email && !_contacts.Knows(recipient.Id) && _options.Journal?.FindConversation(recipient) is null)
            .Select(recipient => recipient.Id)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        for (var start = 0; start < addresses.Count; start += LookUpSize)
        {
            var batch = addresses.GetRange(start, Math.Min(LookUpSize, addresses.Count - start));
            var outcome = await _contacts.LookUpAsync(batch, cancellationToken).ConfigureAwait(false);
            lock (_notLookedUp)
            {
                foreach (var address in batch)
                {
                    _notLookedUp.Remove(address);
                    if (outcome.Value is null)
                    {
                        _notLookedUp[address] = outcome;
                    }
                }
            }
        }
    }

    /// <summary>Sends a message to a recipient when the earlier ones to the same conversation are through.</summary>
    /// <param name="row">The message, and whom it is for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it. Where the conversation could not be found, nothing was sent.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. The message may have been sent.</exception>
    public async Task<Outcome<Message>> SendAsync(BulkRow row, CancellationToken cancellationToken)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        // Before anything is awaited: the order of the calls is the order of the messages.
        var inLane = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _lastInLane, inLane.Task);
        try
        {
            var (conversationId, failed) = row.Recipient.Kind == RecipientKind.Conversation
                ? (row.Recipient.Id, null)
                : await FindAsync(row, cancellationToken).ConfigureAwait(false);

            // No row enters its lane before all earlier rows have entered theirs: an earlier one may turn out to be for the same conversation.
            await before.ConfigureAwait(false);
            if (failed is not null)
            {
                return _delivery.Conclude(row, failed);
            }

            var place = _conversations.EnterAsync(conversationId!);
            inLane.SetResult(true);
            using var turn = await place.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = await SendInTurnAsync(row, conversationId!, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure?.Code != StaleConversation || row.Recipient.Kind == RecipientKind.Conversation)
            {
                return outcome;
            }

            // A visitor has become a contact or a member since the conversation was found, and has a new one. The rows behind this one still wait in the old lane.
            var (current, lost) = await FindAsync(row, cancellationToken, stale: conversationId).ConfigureAwait(false);
            if (lost is not null || string.Equals(current, conversationId, StringComparison.OrdinalIgnoreCase))
            {
                return lost is null ? outcome : _delivery.Conclude(row, lost);
            }

            using var newTurn = await _conversations.EnterAsync(current!).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return await SendInTurnAsync(row, current!, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            inLane.TrySetResult(true);
        }
    }

    private async Task<Outcome<Message>> SendInTurnAsync(BulkRow row, string conversationId, CancellationToken cancellationToken)
    {
        var conversation = new Recipient(RecipientKind.Conversation, conversationId);
        if (NotToBeTried(conversation) is { } untried)
        {
            return _delivery.Conclude(row, untried);
        }

        var outcome = await _delivery.SendAsync(row, conversationId, cancellationToken).ConfigureAwait(false);
        HoldBackAfter(outcome, conversation);
        return outcome;
    }

    // Rows of one recipient come here one at a time, so that the first finds the conversation and the others know it.
    private async Task<(string? ConversationId, Outcome<Message>? Failed)> FindAsync(BulkRow row, CancellationToken cancellationToken, string? stale = null)
    {
        var recipient = row.Recipient;
        using var turn = await _searches.EnterAsync(recipient).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (NotToBeTried(recipient) is { } untried)
        {
            return (null, untried);
        }

        if (Known(recipient) is { } known && !string.Equals(known, stale, StringComparison.OrdinalIgnoreCase))
        {
            return (known, null);
        }

        var participant = recipient;
        if (recipient.Kind == RecipientKind.Email)
        {
            var (person, missing) = await FindContactAsync(recipient, cancellationToken).ConfigureAwait(false);
            if (missing is not null)
            {
                HoldBackAfter(missing, recipient);
                return (null, missing);
            }

            // Wix wants a member's conversation to be asked for with the member id.
            participant = person!.MemberId is { } memberId ? new Recipient(RecipientKind.Member, memberId) : new Recipient(RecipientKind.Contact, person.ContactId!);
            if (Known(participant) is { } contactsOwn && !string.Equals(contactsOwn, stale, StringComparison.OrdinalIgnoreCase))
            {
                _options.Journal?.NoteConversation(recipient, contactsOwn);
                return (contactsOwn, null);
            }
        }

        var outcome = await _client.GetOrCreateConversationAsync(participant.ToParticipant(), _delivery.Observe(row), cancellationToken).ConfigureAwait(false);
        if (outcome.Value?.Conversation?.Id is not { } found)
        {
            // Whatever became of this call, the message itself has not left.
            var failed = outcome.As<Message>(null, outcome.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent);
            HoldBackAfter(failed, recipient);
            return (null, failed);
        }

        _client.Conversations.Set(participant, found);
        _options.Journal?.NoteConversation(participant, found);
        _options.Journal?.NoteConversation(recipient, found);
        return (found, null);
    }

    private async Task<(ContactLookup? Person, Outcome<Message>? Missing)> FindContactAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        Outcome<ContactLookup[]>? failed;
        lock (_notLookedUp)
        {
            _notLookedUp.TryGetValue(recipient.Id, out failed);
        }

        ContactLookup? match = null;
        if (failed is null)
        {
            (match, failed) = await _contacts.FindAsync(recipient.Id, cancellationToken).ConfigureAwait(false);
        }

        if (failed is not null)
        {
            return (null, failed.As<Message>(null, failed.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent));
        }

        var code = match switch
        {
            { ContactIds.Count: 0 } => "ContactNotFound",
            { ContactIds.Count: > 1 } => "ContactAmbiguous",
            { SubscriptionStatus: SubscriptionStatus.Unsubscribed } when !_options.IncludeUnsubscribed => "ContactUnsubscribed",
            _ => null,
        };
        return code is null ? (match, null) : (null, new Outcome<Message>
        {
            Kind = OutcomeKind.Rejected,
            Failure = new Failure { Operation = Operation.QueryContacts, Cause = FailureCause.Contact, Code = code },
        });
    }

    // The connection may know what another run has found; the journal, what was found over an earlier connection.
    private string? Known(Recipient recipient) =>
        _client.Conversations.TryGet(recipient, out var found) ? found : _options.Journal?.FindConversation(recipient);

    // Once an outage was given up, no further row is tried: each of thousands would wait for its own try. And no row overtakes an earlier one to the same recipient.
    private Outcome<Message>? NotToBeTried(Recipient recipient)
    {
        var failure = _outage;
        lock (_heldBack)
        {
            failure ??= _heldBack.Contains(recipient) ? new Failure { Operation = Operation.SendMessage, Cause = FailureCause.EarlierMessage } : null;
        }

        return failure is null ? null : new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = failure };
    }

    private void HoldBackAfter(Outcome<Message> outcome, Recipient recipient)
    {
        if (outcome.Failure?.Cause == FailureCause.Outage)
        {
            _outage = outcome.Failure;
        }

        // With Skip, a message that may have been sent is never sent again, so that a later one does not overtake it.
        if (outcome.Kind == OutcomeKind.NotSent || (outcome.Kind == OutcomeKind.Ambiguous && _options.OnAmbiguous != AmbiguousAction.Skip))
        {
            lock (_heldBack)
            {
                _heldBack.Add(recipient);
            }
        }
    }
}
