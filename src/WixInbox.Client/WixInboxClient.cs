using System.Security;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WixInbox.Http;
using WixInbox.Json;
using WixInbox.Outcomes;
using WixInbox.Pace;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// The API in .NET types. A call gives back what became of it and throws for nothing but its caller's own cancellation; it is safe from several
/// threads at once.
/// </summary>
/// <remarks>
/// All requests of a client share one pace, which Wix's limit sets. One that Wix answers with 429 is made again: after <c>Retry-After</c>, or a
/// minute, as Wix advises, and until then nothing leaves. One that it answers with 401 is made once more where another token can be fetched.
/// Nothing else is made twice.
/// </remarks>
public sealed class WixInboxClient : IDisposable
{
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromSeconds(1);

    private readonly WixInboxClientOptions _options;
    private readonly Exchanger _exchanger;
    private readonly RequestPace _pace;

    /// <summary>Initializes a new instance of the <see cref="WixInboxClient"/> class. Nothing is sent.</summary>
    /// <param name="options">What the client needs to know.</param>
    public WixInboxClient(WixInboxClientOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _exchanger = new Exchanger(options);
        _pace = new RequestPace(options.RequestsPerMinute, options.TimeProvider);
    }

    /// <summary>
    /// Gets how long it is until the next request may leave, where one waits for the pace or for the time that a 429 asks for; else zero.
    /// </summary>
    public TimeSpan PaceWait => _pace.Wait;

    /// <summary>Sends one message to one conversation (<c>POST /inbox/v2/messages</c>), if it breaks no documented rule.</summary>
    /// <param name="request">The message, and where it goes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The message as it was stored, with its <see cref="Message.ConversationId"/>, or why it was not.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. The message may have been sent.</exception>
    public async Task<Outcome<Message>> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        var violations = MessageValidator.Validate(request);
        if (violations.Count > 0)
        {
            return Invalid<Message>(Operation.SendMessage, violations);
        }

        // The request is its caller's again when this call returns, before there is an answer.
        var conversationId = request.ConversationId;
        var body = JsonSerializer.SerializeToUtf8Bytes(request, WixJson.Wire.SendMessageRequest);
        var outcome = await PostAsync(
            Operation.SendMessage, "inbox/v2/messages", body, WixJson.Wire.SendMessageResponse, answer => answer.Message?.Id is not null, cancellationToken)
            .ConfigureAwait(false);
        var message = outcome.Value?.Message;
        if (message is not null)
        {
            message.ConversationId = conversationId;
        }

        return outcome.As(message);
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
        if (violations.Count > 0)
        {
            return Task.FromResult(Invalid<GetOrCreateConversationResponse>(Operation.GetOrCreateConversation, violations));
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new GetOrCreateConversationRequest { ParticipantId = participant },
            WixJson.Wire.GetOrCreateConversationRequest);
        return PostAsync(
            Operation.GetOrCreateConversation, "inbox/v2/conversations", body, WixJson.Wire.GetOrCreateConversationResponse, answer => answer.Conversation?.Id is not null, cancellationToken);
    }

    /// <summary>Closes the connections. A call that is under way fails.</summary>
    public void Dispose() => _exchanger.Dispose();

    private static Outcome<T> Invalid<T>(Operation operation, IReadOnlyList<FieldViolation> violations)
        where T : class =>
        new()
        {
            Kind = OutcomeKind.Rejected,
            Failure = new Failure
            {
                Operation = operation,
                Cause = FailureCause.InvalidRequest,
                Message = "The request breaks a rule of the API.",
                Violations = violations,
            },
        };

    private async Task<Outcome<T>> PostAsync<T>(
        Operation operation,
        string path,
        byte[] body,
        JsonTypeInfo<T> type,
        Func<T, bool> isWhole,
        CancellationToken cancellationToken)
        where T : class
    {
        var time = _options.TimeProvider;
        var start = time.GetTimestamp();
        var attempts = 0;
        var waited = TimeSpan.Zero;
        SecureString? refused = null;
        while (true)
        {
            SecureString secret;
            try
            {
                secret = await _options.Authentication.GetSecretAsync(refused, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = new Failure { Operation = operation, Cause = FailureCause.Token, Message = exception.Message, Exception = exception };
                return new Outcome<T> { Kind = OutcomeKind.NotSent, Failure = failure, Attempts = attempts, Elapsed = time.GetElapsedTime(start) };
            }

            if (await _pace.EnterAsync(_options.MaxWait, cancellationToken).ConfigureAwait(false) is not { } left)
            {
                var failure = new Failure { Operation = operation, Cause = FailureCause.Status, StatusCode = 429, RetryAfter = _pace.HeldFor };
                return new Outcome<T> { Kind = OutcomeKind.NotSent, Failure = failure, Attempts = attempts, Elapsed = time.GetElapsedTime(start) };
            }

            Exchange exchange;
            try
            {
                attempts++;
                exchange = await _exchanger.PostAsync(path, body, secret, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _pace.Leave();
            }

            if (exchange.Status == 401 && _options.Authentication.CanRefresh && refused is null)
            {
                refused = secret;
                continue;
            }

            if (exchange.Status == 429)
            {
                var wait = exchange.RetryAfter ?? s_defaultWait;
                wait = wait < s_shortestWait ? s_shortestWait : wait;
                _pace.Hold(left, wait);
                if (wait <= _options.MaxWait - waited)
                {
                    waited += wait;
                    continue;
                }
            }

            return Conclude(exchange, operation, type, isWhole, attempts, time.GetElapsedTime(start));
        }
    }

    private static Outcome<T> Conclude<T>(Exchange exchange, Operation operation, JsonTypeInfo<T> type, Func<T, bool> isWhole, int attempts, TimeSpan elapsed)
        where T : class
    {
        var kind = OutcomeRules.Classify(exchange);
        var failure = kind == OutcomeKind.Sent ? null : OutcomeRules.Explain(exchange, operation);
        T? value = null;
        if (kind == OutcomeKind.Sent)
        {
            value = OutcomeRules.Read(exchange, type);
            if (value is null || !isWhole(value))
            {
                kind = OutcomeKind.Ambiguous;
                failure = OutcomeRules.Explain(exchange, operation);
                value = null;
            }
        }

        return new Outcome<T> { Kind = kind, Value = value, Failure = failure, RequestId = exchange.RequestId, Attempts = attempts, Elapsed = elapsed };
    }
}
