namespace WixInbox;

/// <summary>
/// Finds the conversations of contacts, members and visitors as a <see cref="BulkRun"/> does: those who are named by an
/// address or a contact id are looked up, <see cref="BulkRun.LookUpSize"/> with one request, and a member's
/// conversation is asked for with the member id, as Wix demands.
/// </summary>
/// <remarks>Finding a conversation writes to nobody, so consent is not asked for.</remarks>
public sealed class ConversationFinder
{
    private readonly WixInboxClient _client;
    private readonly RecipientDirectory _directory;

    /// <summary>Initializes a new instance of the <see cref="ConversationFinder"/> class.</summary>
    /// <param name="client">Makes the requests. It stays its owner's.</param>
    /// <param name="warn">Takes warnings, on any thread; null to ignore them.</param>
    /// <param name="ended">Ends all look-ups.</param>
    public ConversationFinder(WixInboxClient client, Action<string>? warn = null, CancellationToken ended = default)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
        var options = new BulkRunOptions { IncludeUnsubscribed = true, Warn = warn };
        _directory = new RecipientDirectory(new RunContext(client, Journal: null, options, Slots: null, ended));
    }

    /// <summary>
    /// Looks a recipient up, together with others that come within a tenth of a second, or before a request may leave.
    /// </summary>
    /// <param name="recipient">The recipient.</param>
    /// <returns>
    /// Ends when it is looked up, whatever came of that: <see cref="FindAsync"/> has it. For one that is not looked up,
    /// it has ended.
    /// </returns>
    public Task BeginAsync(Recipient recipient) => recipient.Validate().Count > 0
        ? Task.CompletedTask
        : _directory.Request(recipient, _client.Pace.NextOrder());

    /// <summary>Finds the conversation of a recipient. Wix creates it if there is none.</summary>
    /// <param name="recipient">The recipient: anybody, but not a conversation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The conversation, or why there is none. The call may always be made again.</returns>
    /// <exception cref="OperationCanceledException">The call was ended.</exception>
    public async Task<Outcome<GetOrCreateConversationResponse>> FindAsync(
        Recipient recipient, CancellationToken cancellationToken = default)
    {
        // Wix would refuse the look-up of all others that it is asked for with this one.
        if (recipient.Validate() is { Count: > 0 } violations)
        {
            return Outcome<GetOrCreateConversationResponse>.Invalid(Operation.GetOrCreateConversation, violations);
        }

        var order = _client.Pace.NextOrder();
        var (participant, _, failed) =
            await _directory.IdentifyAsync(recipient, [], order, cancellationToken).ConfigureAwait(false);
        return participant is { } found
            ? await _client.GetOrCreateConversationAsync(found.ToParticipant(), cancellationToken).ConfigureAwait(false)
            : failed!.As<GetOrCreateConversationResponse>(null);
    }
}
