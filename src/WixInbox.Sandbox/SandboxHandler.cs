using System.Globalization;

namespace WixInbox.Sandbox;

/// <summary>
/// Wix's Inbox API in memory: give it to an <see cref="HttpClient"/> or <see cref="HttpMessageInvoker"/> in place of a
/// network. It answers the calls of Inbox, Contacts, OAuth and Media that a sender needs as documented, on any host,
/// and keeps a ledger of the messages that it stored. Safe for any number of requests at once. Disposing of it changes
/// nothing: the ledger stays readable.
/// </summary>
public sealed class SandboxHandler : HttpMessageHandler
{
    /// <summary>
    /// The app whose token every caller holds: the <c>appId</c> and usual <c>sender</c> of stored messages.
    /// </summary>
    public const string AppId = "5a0d1b0c-0000-4000-8000-77697869626f";

    private readonly Inbox _inbox;
    private readonly MediaLibrary _media;
    private readonly TokenIssuer _tokens;
    private readonly SandboxApi _api;
    private readonly Authentication _authentication;
    private readonly RateLimit _rateLimit;
    private readonly FaultQueue _faults = new();
    private readonly RequestTally _tally = new();
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _latency;
    private int _lastRequest;
    private int _inFlight;

    /// <summary>Makes an empty sandbox.</summary>
    /// <param name="options">How it behaves; null for the defaults. Later changes to it have no effect.</param>
    /// <exception cref="ArgumentException">An option is below its minimum, or the clock is missing.</exception>
    public SandboxHandler(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        if (options.RequestsPerMinute < 0)
        {
            throw new ArgumentException("RequestsPerMinute is 0 (unlimited) or more.", nameof(options));
        }

        if (options.Latency < TimeSpan.Zero)
        {
            throw new ArgumentException("Latency is zero or more.", nameof(options));
        }

        if (options.TokenLifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException("TokenLifetime is more than zero.", nameof(options));
        }

        if (options.MediaReadyAfter < TimeSpan.Zero)
        {
            throw new ArgumentException("MediaReadyAfter is zero or more.", nameof(options));
        }

        if (options.MediaSizeLimit < 1)
        {
            throw new ArgumentException("MediaSizeLimit is 1 or more.", nameof(options));
        }

        _timeProvider = options.TimeProvider
            ?? throw new ArgumentException("TimeProvider is missing.", nameof(options));
        _latency = options.Latency;
        _inbox = new Inbox(options.Strict, _timeProvider);
        _media = new MediaLibrary(options);
        _tokens = new TokenIssuer(options);
        _api = new SandboxApi(_inbox, _media, _tokens);
        _authentication = new Authentication(options.Token, _tokens);
        _rateLimit = new RateLimit(options.RequestsPerMinute, _timeProvider);
    }

    /// <summary>Gets the stored messages, in storing order.</summary>
    public SandboxLedger Ledger => _inbox.Ledger;

    /// <summary>Gets the uploaded files, in the order of their upload: a snapshot.</summary>
    public IReadOnlyList<SandboxUpload> Uploads => _media.Uploads;

    /// <summary>
    /// Gets how many requests came, by method, path and status: a snapshot, ordered by path, method and status.
    /// </summary>
    public IReadOnlyList<RequestCount> RequestCounts => _tally.Snapshot();

    /// <summary>
    /// Gets how many requests wait for their answer at this moment: 0 after a client that was stopped has given up all
    /// of them.
    /// </summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Queues one fault for the coming requests.</summary>
    /// <param name="fault">The fault, which is copied.</param>
    /// <exception cref="ArgumentException">
    /// The fault makes no sense, such as a status that its kind cannot have.
    /// </exception>
    public void AddFault(Fault fault) => _faults.Add([fault ?? throw new ArgumentNullException(nameof(fault))]);

    /// <summary>
    /// Queues faults for the coming requests, in order: all of them or, where one makes no sense, none.
    /// </summary>
    /// <param name="faults">The faults, which are copied.</param>
    /// <exception cref="ArgumentException">
    /// A fault makes no sense, such as a status that its kind cannot have.
    /// </exception>
    public void AddFaults(IEnumerable<Fault> faults) =>
        _faults.Add(faults ?? throw new ArgumentNullException(nameof(faults)));

    /// <summary>Takes back the faults that wait for requests.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>
    /// Makes a conversation known, as a strict sandbox needs it. Its participant is a made-up visitor.
    /// </summary>
    /// <param name="conversationId">A GUID.</param>
    /// <exception cref="FormatException">The id is not a GUID.</exception>
    public void AddConversation(string conversationId) => _inbox.AddConversation(Normal(conversationId), null);

    /// <summary>Makes a conversation with a participant known, as a strict sandbox needs it.</summary>
    /// <param name="conversationId">A GUID.</param>
    /// <param name="kind">What <paramref name="participantId"/> is the id of.</param>
    /// <param name="participantId">A GUID. Get or Create Conversation answers with this conversation for it.</param>
    /// <exception cref="FormatException">An id is not a GUID.</exception>
    public void AddConversation(string conversationId, ParticipantKind kind, string participantId) =>
        _inbox.AddConversation(Normal(conversationId), new Participant(kind, Normal(participantId)));

    /// <summary>
    /// Makes a participant known, as a strict sandbox needs it, so that a conversation can be created.
    /// </summary>
    /// <param name="kind">What <paramref name="participantId"/> is the id of.</param>
    /// <param name="participantId">A GUID.</param>
    /// <exception cref="FormatException">The id is not a GUID.</exception>
    public void AddParticipant(ParticipantKind kind, string participantId) =>
        _inbox.AddParticipant(new Participant(kind, Normal(participantId)));

    /// <summary>
    /// Merges one conversation into another, as happens when a visitor becomes a contact and a contact a member. The
    /// messages move, the participant's conversation is the new one from then on, and the old id is answered as one
    /// that does not exist. The ledger keeps the id that each message was sent to.
    /// </summary>
    /// <param name="oldConversationId">A GUID.</param>
    /// <param name="newConversationId">
    /// A GUID; where there is no such conversation it is made, with the old participant.
    /// </param>
    /// <exception cref="FormatException">An id is not a GUID.</exception>
    /// <exception cref="ArgumentException">
    /// The old one does not exist, or the new one is the old one or was merged itself.
    /// </exception>
    public void MergeConversation(string oldConversationId, string newConversationId) =>
        _inbox.Merge(Normal(oldConversationId), Normal(newConversationId));

    /// <summary>
    /// Adds a contact. From then on only the contacts that were added, and those given to <see cref="AddParticipant"/>,
    /// exist. One whose id is there already replaces it.
    /// </summary>
    /// <param name="contact">The contact, which is copied.</param>
    /// <returns>The contact's id.</returns>
    /// <exception cref="ArgumentException">The contact makes no sense, such as an id that is not a GUID.</exception>
    public string AddContact(SandboxContact contact) =>
        _inbox.Contacts.Add([contact ?? throw new ArgumentNullException(nameof(contact))])[0];

    /// <summary>
    /// Adds contacts as <see cref="AddContact"/> does: all of them or, where one makes no sense, none.
    /// </summary>
    /// <param name="contacts">The contacts, which are copied.</param>
    /// <returns>The contacts' ids, in the same order.</returns>
    /// <exception cref="ArgumentException">A contact makes no sense, such as an id that is not a GUID.</exception>
    public IReadOnlyList<string> AddContacts(IEnumerable<SandboxContact> contacts) =>
        _inbox.Contacts.Add(contacts ?? throw new ArgumentNullException(nameof(contacts)));

    /// <summary>
    /// Merges one contact into another: Get Contact answers the other one for its id, and the other one gets the
    /// addresses, phones and labels that it does not have.
    /// </summary>
    /// <param name="oldId">A GUID; a contact with this id need not exist.</param>
    /// <param name="newId">A GUID, of a contact that exists.</param>
    /// <exception cref="FormatException">An id is not a GUID.</exception>
    /// <exception cref="ArgumentException">
    /// There is no contact to merge into, or it would be merged into itself or twice.
    /// </exception>
    public void MergeContact(string oldId, string newId) => _inbox.Contacts.Merge(Normal(oldId), Normal(newId));

    /// <summary>Makes all access tokens that were issued end at once, as when a secret is exchanged.</summary>
    public void RevokeTokens() => _tokens.Revoke();

    /// <summary>
    /// Back to an empty sandbox: no messages, conversations, known participants, contacts, files, waiting faults or
    /// counts, and a free rate window. The options stay, and so do issued tokens, so that no client has to notice.
    /// </summary>
    public void Reset()
    {
        _faults.Clear();
        _rateLimit.Clear();
        _tally.Clear();
        _inbox.Clear();
        _media.Clear();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        if (request.RequestUri is not { IsAbsoluteUri: true } address)
        {
            throw new InvalidOperationException("The request's address must be absolute.");
        }

        DateTimeOffset receivedAt = _timeProvider.GetUtcNow();
        var status = 0;
        Interlocked.Increment(ref _inFlight);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            IncomingRequest incoming =
                await IncomingRequest.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            Fault? fault = _faults.Take(incoming.Method, incoming.Path);
            Answer answer = await AnswerAsync(incoming, fault, receivedAt, cancellationToken).ConfigureAwait(false);
            status = answer.Status;
            return answer.ToResponse(request, fault?.Kind == FaultKind.TruncatedBody);
        }
        finally
        {
            _tally.Add(request.Method.Method, Routes.Of(address.AbsolutePath), status);
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task<Answer> AnswerAsync(
        IncomingRequest request,
        Fault? fault,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        // The window is taken on arrival and not after the wait: that is when a server counts.
        Answer? inFront = fault is null ? null : FaultAnswers.InFront(fault);
        Answer? refused = inFront is null ? Admit(request) : null;
        await WaitAsync(_latency + (fault?.Delay ?? TimeSpan.Zero), cancellationToken).ConfigureAwait(false);
        if (inFront is not null)
        {
            // What stands in front of Wix does not know Wix's request ids.
            return fault!.Kind is FaultKind.HtmlBody or FaultKind.Redirect ? inFront : Numbered(inFront);
        }

        switch (fault?.Kind)
        {
            case FaultKind.ResetBefore:
                throw FaultAnswers.Reset();
            case FaultKind.Timeout:
                await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                break;
        }

        Answer answer = refused
            ?? (fault is null ? null : FaultAnswers.InsteadOfProcessing(fault))
            ?? _api.Handle(request, receivedAt);
        switch (fault?.Kind)
        {
            case FaultKind.ServerErrorAfter:
                answer = FaultAnswers.ServerError(fault);
                break;
            case FaultKind.ResetAfter:
                throw FaultAnswers.Reset();
            case FaultKind.TimeoutAfter:
                await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                break;
        }

        return Numbered(answer);
    }

    private Answer? Admit(IncomingRequest request) =>
        Routes.IsOpen(request.Path)
            ? null
            : _authentication.Check(request) ?? (_rateLimit.TryEnter() ? null : ErrorAnswers.TooManyRequests());

    // The form of Wix's request ids is not documented; ours are unique within a sandbox, and in order.
    private Answer Numbered(Answer answer) => answer.With(ErrorAnswers.RequestIdHeader, string.Format(
        CultureInfo.InvariantCulture,
        "{0}.{1:D9}",
        _timeProvider.GetUtcNow().ToUnixTimeSeconds(),
        Interlocked.Increment(ref _lastRequest)));

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay != TimeSpan.Zero)
        {
#if NET
            await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
#else
            await _timeProvider.Delay(delay, cancellationToken).ConfigureAwait(false);
#endif
        }
    }

    private static string Normal(string id) => Guid.TryParseExact(id, "D", out var guid)
        ? guid.ToString("D")
        : throw new FormatException($"\"{id}\" is not a GUID.");
}
