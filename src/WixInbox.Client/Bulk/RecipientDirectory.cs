using System.Diagnostics.CodeAnalysis;
using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Journal;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>
/// All that a run knows of its recipients: the contact of an address, whether it may be written to, and the conversation. Addresses are looked up for many rows
/// with one request. A conversation that was found is known to the connection and to the journal; whether somebody may be written to is asked in each run.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The batch ends with the run, whose token it is given.")]
internal sealed class RecipientDirectory
{
    /// <summary>How many addresses a request asks for at most. Wix documents no limit of its own.</summary>
    public const int BatchSize = 50;

    // How long the first address of a batch waits for others. At 200 requests a minute, a request takes three times as long.
    private static readonly TimeSpan s_batchWait = TimeSpan.FromMilliseconds(100);

    // Fifty addresses have some fifty contacts, and these are five thousand. A server that gives the same page again and again would be asked for ever.
    private const int MostPages = 5;

    private readonly WixInboxClient _client;
    private readonly SendJournal? _journal;
    private readonly BulkRunOptions _options;
    private readonly SlotPool _slots;
    private readonly CancellationToken _ended;

    // Where it is full, the oldest makes room, and is asked for again when its row comes.
    private readonly BoundedCache<string, Task<Outcome<ContactMatch>>> _contacts = new(10_000, StringComparer.OrdinalIgnoreCase);
    private readonly object _gate = new();
    private Batch? _batch;

    /// <summary>Initializes a new instance of the <see cref="RecipientDirectory"/> class.</summary>
    public RecipientDirectory(WixInboxClient client, SendJournal? journal, BulkRunOptions options, SlotPool slots, CancellationToken ended)
    {
        _client = client;
        _journal = journal;
        _options = options;
        _slots = slots;
        _ended = ended;
    }

    /// <summary>Tells whether the participant of a recipient has to be looked up.</summary>
    public static bool HasToBeIdentified(Recipient recipient) => recipient.Kind == RecipientKind.Email;

    /// <summary>Begins to look up a recipient, together with those of other rows. It is safe to call it for each row, in order.</summary>
    public void Request(Recipient recipient, long order)
    {
        if (HasToBeIdentified(recipient) && !_contacts.TryGet(recipient.Id, out _))
        {
            Add(recipient.Id, order);
        }
    }

    /// <summary>Finds the participant of a recipient.</summary>
    /// <returns>The participant, or why nobody is written to.</returns>
    public async Task<(Recipient? Participant, Outcome<Message>? Failed)> IdentifyAsync(Recipient recipient, long order, CancellationToken cancellationToken)
    {
        if (!HasToBeIdentified(recipient))
        {
            return (recipient, null);
        }

        var looked = await (_contacts.TryGet(recipient.Id, out var task) ? task : Add(recipient.Id, order)).WaitForAsync(cancellationToken).ConfigureAwait(false);
        if (looked.Value is not { } match)
        {
            return (null, NotSent(looked));
        }

        var code = match switch
        {
            { Count: 0 } => "ContactNotFound",
            { Count: > 1 } => "ContactAmbiguous",
            { IsUnsubscribed: true } when !_options.IncludeUnsubscribed => "ContactUnsubscribed",
            _ => null,
        };
        return code is null ? (new Recipient(RecipientKind.Contact, match.ContactId!), null) : (null, new Outcome<Message>
        {
            Kind = OutcomeKind.Rejected,
            Failure = new Failure { Operation = Operation.QueryContacts, Cause = FailureCause.Contact, Code = code },
        });
    }

    /// <summary>Tells which conversation a recipient is known to have: the connection may know what another run has found; the journal, what an earlier one has.</summary>
    public string? Known(Recipient recipient) =>
        recipient.Kind == RecipientKind.Conversation ? recipient.Id
        : _client.Conversations.TryGet(recipient, out var found) ? found
        : _journal?.FindConversation(recipient);

    /// <summary>Begins to ask for the conversation of a participant, which is created if there is none.</summary>
    public Attempts<GetOrCreateConversationResponse> Ask(Recipient participant, long order) =>
        _client.BeginGetOrCreateConversation(participant.ToParticipant(), _slots, order);

    /// <summary>Notes the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient as the row names it.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="conversationId">The conversation.</param>
    public void Note(Recipient recipient, Recipient participant, string conversationId)
    {
        _client.Conversations.Set(participant, conversationId);
        _journal?.NoteConversation(participant, conversationId);
        _journal?.NoteConversation(recipient, conversationId);
    }

    /// <summary>Makes the outcome of a row of one of its look-ups: whatever became of that, the message itself has not left.</summary>
    public static Outcome<Message> NotSent<T>(Outcome<T> lookUp)
        where T : class =>
        lookUp.As<Message>(null, lookUp.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent);

    private Task<Outcome<ContactMatch>> Add(string address, long order)
    {
        Batch batch;
        Task<Outcome<ContactMatch>> task;
        var isNew = false;
        lock (_gate)
        {
            if (_contacts.TryGet(address, out var known))
            {
                return known;
            }

            if (_batch is null)
            {
                _batch = new Batch(order);
                isNew = true;
            }

            batch = _batch;
            task = batch.Add(address);
            _contacts.Set(address, task);
            if (batch.Addresses.Count == BatchSize)
            {
                _batch = null;
                batch.Close();
            }
        }

        if (isNew)
        {
            _ = LookUpAsync(batch);
        }

        return task;
    }

    private async Task LookUpAsync(Batch batch)
    {
        try
        {
            // Where one row at a time is read, no other comes.
            if (_options.Window > 1)
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(_ended);
                await Task.WhenAny(batch.Closed, _client.TimeProvider.WaitAsync(s_batchWait, wait.Token)).ConfigureAwait(false);
#if NETFRAMEWORK
                wait.Cancel();
#else
                await wait.CancelAsync().ConfigureAwait(false);
#endif
            }

            lock (_gate)
            {
                _batch = _batch == batch ? null : _batch;
            }

            _ended.ThrowIfCancellationRequested();
            batch.End(await FindAsync(batch).ConfigureAwait(false));
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

    private async Task<Outcome<List<Contact>>> FindAsync(Batch batch)
    {
        // Whether Wix tells upper from lower case is not documented; most addresses are kept in lower case.
        var addresses = batch.Addresses.Keys;
        string[] asked = [.. addresses.Concat(addresses.Select(address => address.ToLowerInvariant())).Distinct(StringComparer.Ordinal)];
        var contacts = new List<Contact>();
        for (var page = 0; page < MostPages; page++)
        {
            var request = new QueryContactsRequest
            {
                Emails = asked,
                Limit = QueryContactsRequest.LargestPage,
                Offset = page * QueryContactsRequest.LargestPage,
            };
            var outcome = await _client.QueryContactsAsync(request, _slots, batch.Order, _ended).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                return outcome.As<List<Contact>>(null);
            }

            contacts.AddRange(answer.Contacts!.Where(contact => contact?.Id is not null));
            if (answer.Contacts!.Length < QueryContactsRequest.LargestPage)
            {
                return outcome.As(contacts);
            }
        }

        return new Outcome<List<Contact>>
        {
            Kind = OutcomeKind.NotSent,
            Failure = new Failure
            {
                Operation = Operation.QueryContacts,
                Cause = FailureCause.UnreadableResponse,
                Message = "The list of the contacts with these addresses does not end.",
            },
        };
    }

    /// <summary>What was found for an address.</summary>
    /// <param name="ContactId">The contact, if there is exactly one.</param>
    /// <param name="Count">How many contacts have the address.</param>
    /// <param name="IsUnsubscribed">Whether that contact wants no messages.</param>
    private sealed record ContactMatch(string? ContactId, int Count, bool IsUnsubscribed);

    /// <summary>Addresses that are looked up with one request.</summary>
    private sealed class Batch(long order)
    {
        private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Order { get; } = order;

        public Dictionary<string, TaskCompletionSource<Outcome<ContactMatch>>> Addresses { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Task Closed => _closed.Task;

        public Task<Outcome<ContactMatch>> Add(string address)
        {
            var source = new TaskCompletionSource<Outcome<ContactMatch>>(TaskCreationOptions.RunContinuationsAsynchronously);
            Addresses.Add(address, source);
            return source.Task;
        }

        public void Close() => _closed.TrySetResult(true);

        public void End(Outcome<List<Contact>> outcome)
        {
            var byAddress = (outcome.Value ?? []).Where(contact => contact.Email is not null).ToLookup(contact => contact.Email!, StringComparer.OrdinalIgnoreCase);
            foreach (var (address, source) in Addresses.Select(entry => (entry.Key, entry.Value)))
            {
                Contact[] found = [.. byAddress[address]];
                var only = found.Length == 1 ? found[0] : null;
                var match = outcome.Value is null ? null : new ContactMatch(only?.Id, found.Length, only?.SubscriptionStatus == SubscriptionStatus.Unsubscribed);
                source.TrySetResult(outcome.As(match));
            }
        }

        public void Cancel()
        {
            foreach (var source in Addresses.Values)
            {
                source.TrySetCanceled();
            }
        }

        // Whoever waits is told; where nobody does any more, nobody misses it.
        public void Fail(Exception exception)
        {
            foreach (var source in Addresses.Values)
            {
                source.TrySetException(exception);
                _ = source.Task.Exception;
            }
        }
    }
}
