using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// Sends many messages over one client: finds the conversation of each recipient once, and keeps the messages of one conversation in the order
/// in which they were given, one at a time, however they name it. Different conversations go side by side, as many as the caller starts.
/// </summary>
public sealed class BulkSender
{
    private readonly WixInboxClient _client;
    private readonly Lanes<Recipient> _searches = new();
    private readonly Lanes<string> _conversations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Recipient, string> _found = [];
    private Task _lastInLane = Task.CompletedTask;

    /// <summary>Initializes a new instance of the <see cref="BulkSender"/> class.</summary>
    /// <param name="client">The client, which the caller disposes of.</param>
    public BulkSender(WixInboxClient client)
    {
        _client = client ?? throw new ArgumentNullException(nameof(client));
    }

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

    /// <summary>Sends a message to a recipient when the earlier ones to the same conversation are through.</summary>
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

        // Before anything is awaited: the order of the calls is the order of the messages.
        var inLane = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _lastInLane, inLane.Task);
        try
        {
            var (conversationId, failed) = recipient.Kind == RecipientKind.Conversation
                ? (recipient.Id, null)
                : await FindAsync(recipient, cancellationToken).ConfigureAwait(false);

            // Nobody takes a place before those who were given earlier have theirs: one of them may turn out to be for the same conversation.
            await before.ConfigureAwait(false);
            if (failed is not null)
            {
                return failed;
            }

            var place = _conversations.EnterAsync(conversationId!);
            inLane.SetResult(true);
            using var turn = await place.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return await _client.SendMessageAsync(request.To(conversationId!), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            inLane.TrySetResult(true);
        }
    }

    // Who asks for a recipient that is being looked for waits for that, and asks again only where it failed.
    private async Task<(string? ConversationId, Outcome<Message>? Failed)> FindAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        using var turn = await _searches.EnterAsync(recipient).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_found)
        {
            if (_found.TryGetValue(recipient, out var known))
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

        lock (_found)
        {
            _found[recipient] = found;
        }

        return (found, null);
    }
}
