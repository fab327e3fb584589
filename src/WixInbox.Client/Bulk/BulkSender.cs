using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// Sends many messages over one client: finds the conversation of each recipient once, and keeps the messages of one conversation in the order
/// in which they were given, one at a time. Different conversations go side by side, as many as the caller starts.
/// </summary>
/// <remarks>
/// The order holds among the messages that name a recipient in the same way. Two that name one conversation once by its id and once by its participant
/// are sent one at a time, in the order in which they get there.
/// </remarks>
public sealed class BulkSender
{
    private readonly WixInboxClient _client;
    private readonly Lanes<Recipient> _lanes = new();
    private readonly Dictionary<Recipient, string> _conversations = [];

    /// <summary>Initializes a new instance of the <see cref="BulkSender"/> class.</summary>
    /// <param name="client">The client, which the caller disposes of.</param>
    public BulkSender(WixInboxClient client)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
    }

    /// <summary>Finds all rules that a message to a recipient breaks. Nothing is sent.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> does not count.</param>
    /// <returns>The violations; empty if the message may be sent.</returns>
    public static IReadOnlyList<FieldViolation> Validate(Recipient recipient, SendMessageRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        recipient.Validate(rules);
        MessageValidator.Body(rules, request);
        return rules.Violations;
    }

    /// <summary>Sends a message to a recipient when the earlier ones to the same recipient are through.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> does not count.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it. Where the conversation could not be found, nothing was sent.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. The message may have been sent.</exception>
    public async Task<Outcome<Message>> SendAsync(Recipient recipient, SendMessageRequest request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        // The place in the lane is taken before anything is awaited: the order of the calls is the order of the messages.
        using var turn = await _lanes.EnterAsync(recipient).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (recipient.Kind == RecipientKind.Conversation)
        {
            return await _client.SendMessageAsync(request.To(recipient.Id), cancellationToken).ConfigureAwait(false);
        }

        var (conversationId, failed) = await ResolveAsync(recipient, cancellationToken).ConfigureAwait(false);
        if (failed is not null)
        {
            return failed;
        }

        using var conversation = await _lanes.EnterAsync(new Recipient(RecipientKind.Conversation, conversationId!)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await _client.SendMessageAsync(request.To(conversationId!), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(string? ConversationId, Outcome<Message>? Failed)> ResolveAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        lock (_conversations)
        {
            if (_conversations.TryGetValue(recipient, out var known))
            {
                return (known, null);
            }
        }

        var outcome = await _client.GetOrCreateConversationAsync(recipient.ToParticipant(), cancellationToken).ConfigureAwait(false);
        if (outcome.Value?.Conversation?.Id is not { } found)
        {
            // Whatever became of this call, the message itself has not left.
            var kind = outcome.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent;
            return (null, outcome.As<Message>(null, kind));
        }

        lock (_conversations)
        {
            _conversations[recipient] = found;
        }

        return (found, null);
    }
}
