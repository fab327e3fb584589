using System.Text.Json;
using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Contacts;
using WixInbox.Json;
using WixInbox.Outcomes;
using WixInbox.Pace;
using WixInbox.Reconcile;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// The API in .NET types. A call returns its outcome; it throws only for the caller's own cancellation and for invalid
/// arguments. The client is safe for several threads.
/// </summary>
/// <remarks>
/// All requests of a client share one pace, which Wix's limit sets. One that Wix answers with 429 is made again: after
/// <c>Retry-After</c>, or a minute, as Wix advises, and until then nothing leaves. One that it answers with 401 is made
/// again with a new token, five times at most, where another token can be fetched. One that the server cannot have
/// done, or that does no harm if it is done twice, is made up to six times over half a minute. When most requests fail
/// for lack of a network or a server, all stop for 15 seconds, and then one tries, until one succeeds or
/// <see cref="WixInboxClientOptions.MaxWait"/> is over. A message that may have been sent is not sent again.
/// </remarks>
public sealed class WixInboxClient : IDisposable
{
    private const int LongestSearch = 100;

    private readonly RequestPipeline _pipeline;

    /// <summary>Initializes a new instance of the <see cref="WixInboxClient"/> class. Nothing is sent.</summary>
    /// <param name="options">What the client needs to know.</param>
    public WixInboxClient(WixInboxClientOptions options)
    {
        _pipeline = new RequestPipeline(options ?? throw new ArgumentNullException(nameof(options)));
        TimeProvider = options.TimeProvider;
        Identity = options.BaseAddress.AbsoluteUri.TrimEnd('/')
            + (options.Authentication.Identity is { } whom ? ", " + whom : string.Empty);
        Sent = new SentMessages(options.TimeProvider, _pipeline.Clock);
        Media = new MediaManager(_pipeline, options);
    }

    /// <summary>Gets the site's Media Manager.</summary>
    public MediaManager Media { get; }

    /// <summary>
    /// Gets how long it is until the next request may leave, where one waits for the pace or for the time that a 429
    /// asks for; else zero.
    /// </summary>
    public TimeSpan PaceWait => _pipeline.Pace.Wait;

    /// <summary>
    /// Gets a value indicating whether most requests have failed, so that nothing leaves but a try every 15 seconds.
    /// </summary>
    public bool IsOutage => _pipeline.Pace.IsOutage;

    /// <summary>Gets the clock that waits are counted on.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets how many requests have left.</summary>
    public long RequestCount => _pipeline.Requests;

    /// <summary>
    /// Gets the connection's identity in a journal: its address, and the site, account or app. A token is temporary and
    /// identifies nothing.
    /// </summary>
    internal string Identity { get; }

    /// <summary>Gets the pace of all requests.</summary>
    internal RequestPace Pace => _pipeline.Pace;

    /// <summary>Gets the server's clock.</summary>
    internal ServerClock Clock => _pipeline.Clock;

    /// <summary>
    /// Gets the conversations that were found for contacts, members and visitors, the last ten thousand of them.
    /// </summary>
    internal BoundedCache<Recipient, string> Conversations { get; } = new(10_000);

    /// <summary>Gets the messages that were sent over this connection.</summary>
    internal SentMessages Sent { get; }

    /// <summary>Gets the turns of all runs of this connection: one row at a time is sent to a conversation.</summary>
    internal SendOrder Turns { get; } = new();

    /// <summary>
    /// Sends one message to one conversation (<c>POST /inbox/v2/messages</c>), if it breaks no documented rule.
    /// </summary>
    /// <param name="request">The message, and where it goes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The message as it was stored, with its <see cref="Message.ConversationId"/>, or why it was not.
    /// </returns>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled. The message may have been sent.
    /// </exception>
    public async Task<Outcome<Message>> SendMessageAsync(
        SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        var violations = MessageValidator.Validate(request);
        if (violations.Count > 0)
        {
            return Outcome<Message>.Invalid(Operation.SendMessage, violations);
        }

        // The request is its caller's again when this call returns, before there is an answer.
        var (conversationId, sendAsName) = (request.ConversationId!, request.SendAsName);
        var left = TimeProvider.GetUtcNow();
        var outcome = await _pipeline.RunAsync(ToSend(BodyOf(request)), cancellationToken).ConfigureAwait(false);
        return Conclude(outcome, conversationId, sendAsName, left);
    }

    /// <summary>Begins to send a message, attempt by attempt.</summary>
    /// <param name="body">The request, as UTF-8.</param>
    /// <param name="place">Its place among all that wait.</param>
    /// <param name="stop">Called with a refusal that every further message would meet, before its slot is free.</param>
    internal Attempts<SendMessageResponse> BeginSendMessage(
        byte[] body, QueuePlace place, Action<Failure>? stop) =>
        _pipeline.Begin(ToSend(body), place, stop);

    /// <summary>
    /// Makes the outcome of a send: the message as it was stored, which is known from now on to be one of this
    /// connection's.
    /// </summary>
    internal Outcome<Message> Conclude(
        Outcome<SendMessageResponse> outcome, string conversationId, string? sendAsName, DateTimeOffset left)
    {
        var message = outcome.Value?.Message;
        if (message is not null)
        {
            message.ConversationId = conversationId;
            message.Delivery = MessageDelivery.Sent;
            Sent.Add(message, left, sendAsName);
        }

        return outcome.As(message);
    }

    /// <summary>
    /// Finds out whether the key or token may send: asks to send a message without content to a conversation that does
    /// not exist (<c>POST /inbox/v2/messages</c>). Nothing can come of it: where the key or token may send, Wix refuses
    /// the message for being empty, with a 400; else with a 401 or 403.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What Wix refuses the message for.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<Message>> ProbeSendAsync(CancellationToken cancellationToken = default)
    {
        var request = ToSend(BodyOf(new SendMessageRequest { ConversationId = Guid.NewGuid().ToString() })) with
        {
            IsRepeatable = true,
        };
        var outcome = await _pipeline.RunAsync(request, cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value?.Message);
    }

    /// <summary>Gets a participant's conversation, or creates it (<c>POST /inbox/v2/conversations</c>).</summary>
    /// <param name="participant">Exactly one of contact, member and visitor id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The conversation, or why there is none. The call may always be made again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<Outcome<GetOrCreateConversationResponse>> GetOrCreateConversationAsync(
        IdentificationData participant,
        CancellationToken cancellationToken = default)
    {
        var violations = ParticipantValidator.Validate(participant);
        return violations.Count > 0
            ? Task.FromResult(Outcome<GetOrCreateConversationResponse>.Invalid(
                Operation.GetOrCreateConversation, violations))
            : _pipeline.RunAsync(ToGetOrCreate(participant), cancellationToken);
    }

    /// <summary>Begins to ask for a participant's conversation, attempt by attempt.</summary>
    internal Attempts<GetOrCreateConversationResponse> BeginGetOrCreateConversation(
        IdentificationData participant, QueuePlace place, Action<Failure>? stop = null) =>
        _pipeline.Begin(ToGetOrCreate(participant), place, stop);

    /// <summary>
    /// Reads a conversation (<c>GET /inbox/v2/conversations/{id}</c>). It needs the permission Read Inbox Messages. An
    /// id that the site does not have, or that is another site's, is a 404: <c>CONVERSATION_NOT_FOUND</c>,
    /// <c>NOT_OWNED_BY_BUSINESS</c>.
    /// </summary>
    /// <param name="conversationId">The conversation: a GUID.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The conversation, or why there is none. The call may always be made again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<Conversation>> GetConversationAsync(
        string conversationId, CancellationToken cancellationToken = default)
    {
        var rules = new FieldRules();
        rules.Guid("conversationId", conversationId, RuleNames.ConversationIdInvalid);
        if (rules.Violations.Count > 0)
        {
            return Outcome<Conversation>.Invalid(Operation.GetConversation, rules.Violations);
        }

        var asked = new ApiRequest<GetConversationResponse>(
            Operation.GetConversation,
            "inbox/v2/conversations/" + conversationId,
            null,
            WixJson.Wire.GetConversationResponse,
            answer => answer.Conversation?.Id is not null);
        var outcome = await _pipeline.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value?.Conversation);
    }

    /// <summary>
    /// Reads a page of a conversation's messages (<c>GET /inbox/v2/messages</c>), newest first. It needs the permission
    /// Read Inbox Messages.
    /// </summary>
    /// <param name="request">Which messages.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page, each message with its <see cref="Message.ConversationId"/>, or why there is none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<Outcome<ListMessagesResponse>> ListMessagesAsync(
        ListMessagesRequest request, CancellationToken cancellationToken = default) =>
        ListMessagesAsync(request, _pipeline.Pace.NextPlace(), cancellationToken);

    /// <inheritdoc cref="ListMessagesAsync(ListMessagesRequest, CancellationToken)"/>
    internal async Task<Outcome<ListMessagesResponse>> ListMessagesAsync(
        ListMessagesRequest request, QueuePlace place, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        rules.ConversationId(request.ConversationId);
        if (request.Limit is < 1 or > ListMessagesRequest.LargestPage)
        {
            rules.Add(
                "paging.limit",
                RuleNames.LimitOutOfRange,
                "A page has 1 to 100 messages.",
                ListMessagesRequest.LargestPage,
                request.Limit);
        }

        if (rules.Violations.Count > 0)
        {
            return Outcome<ListMessagesResponse>.Invalid(Operation.ListMessages, rules.Violations);
        }

        var conversationId = request.ConversationId;
        var asked = new ApiRequest<ListMessagesResponse>(
            Operation.ListMessages,
            request.ToPath(),
            null,
            WixJson.Wire.ListMessagesResponse,
            answer => answer.Messages is not null);
        var outcome = await _pipeline.Begin(asked, place).RunAsync(cancellationToken).ConfigureAwait(false);
        foreach (var message in outcome.Value?.Messages ?? [])
        {
            if (message is not null)
            {
                message.ConversationId = conversationId;
            }
        }

        return outcome;
    }

    /// <summary>
    /// Reads a page of contacts (<c>POST /contacts/v4/contacts/query</c>). It needs the permission Read Contacts.
    /// </summary>
    /// <param name="request">Which contacts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page, or why there is none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<Outcome<QueryContactsResponse>> QueryContactsAsync(
        QueryContactsRequest request, CancellationToken cancellationToken = default) =>
        QueryContactsAsync(request, _pipeline.Pace.NextPlace(), cancellationToken);

    /// <inheritdoc cref="QueryContactsAsync(QueryContactsRequest, CancellationToken)"/>
    internal Task<Outcome<QueryContactsResponse>> QueryContactsAsync(
        QueryContactsRequest request, QueuePlace place, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        if (request.Limit is < 1 or > QueryContactsRequest.LargestPage)
        {
            rules.Add(
                "query.paging.limit",
                RuleNames.LimitOutOfRange,
                "A page has 1 to 1,000 contacts.",
                QueryContactsRequest.LargestPage,
                request.Limit);
        }

        rules.Text("search", request.Search, RuleNames.SearchTooLong, LongestSearch);

        if (rules.Violations.Count > 0)
        {
            return Task.FromResult(Outcome<QueryContactsResponse>.Invalid(Operation.QueryContacts, rules.Violations));
        }

        var asked = new ApiRequest<QueryContactsResponse>(
            Operation.QueryContacts,
            "contacts/v4/contacts/query",
            request.ToUtf8(),
            WixJson.Wire.QueryContactsResponse,
            answer => answer.Contacts is not null);
        return _pipeline.Begin(asked, place).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Finds out whether contacts can be looked up: asks Contacts v5 for nobody and, where it refuses, Contacts v4 for
    /// one contact, as a run does. It needs the permission Read Contacts.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What a look-up can tell, or why there is none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<Outcome<ContactAccess>> ProbeContactsAsync(CancellationToken cancellationToken = default) =>
        new ContactDirectory(this).ProbeAsync(_pipeline.Pace.NextPlace(), cancellationToken);

    /// <inheritdoc cref="RequestPipeline.WaitForTurnAsync"/>
    internal Task WaitForTurnAsync(QueuePlace place, CancellationToken cancellationToken) =>
        _pipeline.WaitForTurnAsync(place, cancellationToken);

    /// <summary>
    /// Reads a page of contacts of Contacts v5 (<c>POST /contacts/v5/contacts/query</c>). It needs the permission Read
    /// Contacts.
    /// </summary>
    internal Task<Outcome<QueryContactsV5Response>> QueryContactsV5Async(
        QueryContactsV5Request request, QueuePlace place, CancellationToken cancellationToken)
    {
        var asked = new ApiRequest<QueryContactsV5Response>(
            Operation.QueryContacts,
            "contacts/v5/contacts/query",
            request.ToUtf8(),
            WixJson.Wire.QueryContactsV5Response,
            answer => answer.Contacts is not null);
        return _pipeline.Begin(asked, place).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Reads a contact (<c>GET /contacts/v4/contacts/{id}</c>). It needs the permission Read Contacts.
    /// </summary>
    /// <param name="contactId">The contact's id, a GUID.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The contact, or why there is none. One that was merged into another is that other one, with its id.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<Outcome<Contact>> GetContactAsync(
        string contactId, CancellationToken cancellationToken = default) =>
        GetContactAsync(contactId, _pipeline.Pace.NextPlace(), cancellationToken);

    /// <inheritdoc cref="GetContactAsync(string, CancellationToken)"/>
    internal async Task<Outcome<Contact>> GetContactAsync(
        string contactId, QueuePlace place, CancellationToken cancellationToken)
    {
        var rules = new FieldRules();
        rules.Guid("contactId", contactId, RuleNames.ContactIdInvalid);
        if (rules.Violations.Count > 0)
        {
            return Outcome<Contact>.Invalid(Operation.GetContact, rules.Violations);
        }

        var asked = new ApiRequest<GetContactResponse>(
            Operation.GetContact,
            "contacts/v4/contacts/" + contactId,
            null,
            WixJson.Wire.GetContactResponse,
            answer => answer.Contact?.Id is not null);
        var outcome = await _pipeline.Begin(asked, place).RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value?.Contact);
    }

    /// <summary>
    /// Reads the labels that contacts can have, the first 1,000 of them (<c>GET /contacts/v4/labels</c>). It needs the
    /// permission Manage Contact Labels.
    /// </summary>
    /// <remarks>
    /// Path, answer and the page of 1,000 are those of Wix's SDK. The permission has the id
    /// <c>CONTACTS_LABELS.VIEW</c> there. Its name is inferred: the SDK names it for the events of labels, which have
    /// the same id, and not for this call.
    /// </remarks>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The labels, or why there are none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<ContactLabel[]>> ListLabelsAsync(CancellationToken cancellationToken = default)
    {
        var asked = new ApiRequest<ListLabelsResponse>(
            Operation.ListLabels,
            "contacts/v4/labels",
            null,
            WixJson.Wire.ListLabelsResponse,
            answer => answer.Labels is not null);
        var outcome = await _pipeline.RunAsync(asked, cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value?.Labels);
    }

    /// <summary>Tells how long to wait before a message is sent once more.</summary>
    internal TimeSpan? RetryWait(int sends) => RetryPolicy.Next(sends, null, _pipeline.Random());

    /// <summary>
    /// Closes the connections. Calls that are under way or come later end with <see cref="FailureCause.Closed"/>, or as
    /// a request whose connection broke.
    /// </summary>
    public void Dispose() => _pipeline.Dispose();

    private static byte[] BodyOf(SendMessageRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, WixJson.Wire.SendMessageRequest);

    private static ApiRequest<SendMessageResponse> ToSend(byte[] body) =>
        new(Operation.SendMessage, "inbox/v2/messages", body, WixJson.Wire.SendMessageResponse, answer =>
            answer.Message?.Id is not null);

    private static ApiRequest<GetOrCreateConversationResponse> ToGetOrCreate(IdentificationData participant) => new(
        Operation.GetOrCreateConversation,
        "inbox/v2/conversations",
        JsonSerializer.SerializeToUtf8Bytes(
            new GetOrCreateConversationRequest { ParticipantId = participant },
            WixJson.Wire.GetOrCreateConversationRequest),
        WixJson.Wire.GetOrCreateConversationResponse,
        answer => answer.Conversation?.Id is not null);
}
