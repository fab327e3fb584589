using System.Security;
using WixInbox.Http;
using WixInbox.Json;
using WixInbox.Outcomes;
using WixInbox.Pace;

namespace WixInbox.Calls;

/// <summary>
/// Makes a call until it is known what became of it, or known that this is for its caller to find out: signs it, waits for the pace, and makes it again
/// where that does no harm.
/// </summary>
internal sealed class Caller : IDisposable
{
    private static readonly TimeSpan s_defaultWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromSeconds(1);

    // How long one answer may keep the connection from asking again, where its user does not want to wait longer than that himself. Wix's limit is one of a minute.
    private static readonly TimeSpan s_longestHold = TimeSpan.FromHours(1);

    private readonly WixInboxClientOptions _options;
    private readonly Exchanger _exchanger;
    private long _requests;

    public Caller(WixInboxClientOptions options)
    {
        _options = options;
        _exchanger = new Exchanger(options);
        Pace = new RequestPace(options.RequestsPerMinute, options.TimeProvider);
        Retries = new RetryPolicy(options.Random);
        Clock = new ServerClock(options.TimeProvider);
    }

    public RequestPace Pace { get; }

    public RetryPolicy Retries { get; }

    public ServerClock Clock { get; }

    /// <summary>Gets how many requests have left.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Closes the connections. A call that is under way fails.</summary>
    public void Dispose() => _exchanger.Dispose();

    /// <summary>Makes a call.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="observer">Who wants to do something around its attempts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it.</returns>
    public async Task<Outcome<T>> CallAsync<T>(Call<T> call, CallObserver? observer, CancellationToken cancellationToken)
        where T : class
    {
        var time = _options.TimeProvider;
        var start = time.GetTimestamp();
        var attempts = 0;
        var failures = 0;
        var waited = TimeSpan.Zero;
        SecureString? refused = null;
        Outcome<T>? last = null;
        while (true)
        {
            SecureString? secret = null;
            try
            {
                if (call.Operation != Operation.SignIn && call.Upload is null)
                {
                    secret = await _options.Authentication.GetSecretAsync(refused, SignInAsync, time, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (SignInException exception)
            {
                return NotSent(exception.Failure);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return NotSent(new Failure { Operation = call.Operation, Cause = FailureCause.Token, Message = exception.Message, Exception = exception });
            }

            var entry = await Pace.EnterAsync(_options.MaxWait, cancellationToken).ConfigureAwait(false);
            if (!entry.IsTaken)
            {
                return NotSent(entry == PaceEntry.Outage
                    ? Outage(last?.Failure)
                    : new Failure { Operation = call.Operation, Cause = FailureCause.Status, StatusCode = 429, RetryAfter = Pace.HeldFor });
            }

            Exchange? exchange = null;
            var isOnItsWay = false;
            bool over;
            try
            {
                if (observer?.Leaving is { } leaving)
                {
                    await leaving(cancellationToken).ConfigureAwait(false);
                }

                attempts++;
                Interlocked.Increment(ref _requests);
                isOnItsWay = true;
                exchange = call.Upload is { } upload
                    ? await _exchanger.UploadAsync(upload, cancellationToken).ConfigureAwait(false)
                    : await _exchanger.ExchangeAsync(call.Path, call.Body, secret, cancellationToken).ConfigureAwait(false);
                isOnItsWay = exchange.Status == 0;
                if (exchange.Status == 429)
                {
                    // Before the place is given back: whoever waits for that must not leave in between.
                    var longest = _options.MaxWait > s_longestHold ? _options.MaxWait : s_longestHold;
                    Pace.Hold(entry, HoldFor(exchange) < longest ? HoldFor(exchange) : longest);
                }
            }
            catch (JournalException exception)
            {
                return NotSent(new Failure { Operation = call.Operation, Cause = FailureCause.Journal, Message = exception.Message, Exception = exception });
            }
            finally
            {
                over = Pace.Leave(entry, exchange?.IsOutage, isOnItsWay);
            }

            // What an upload goes to is another server, with a clock of its own; and what refuses or fails may be a proxy, with another one.
            Clock.Observe(call.Upload is null && exchange.Status == 200 ? exchange.Date : null);

            if (exchange.Status == 401 && refused is null && secret is not null && _options.Authentication.MayHaveEnded(secret, mayLackPermission: call.Operation == Operation.ListMessages, time))
            {
                refused = secret;
                continue;
            }

            last = Conclude(exchange, call, attempts, time.GetElapsedTime(start));
            var mayRepeat = (last.Kind == OutcomeKind.NotSent && exchange.Status != Exchange.ProxySignIn) || (last.Kind == OutcomeKind.Ambiguous && call.IsRepeatable);
            TimeSpan? wait = null;
            if (exchange.Status == 429)
            {
                wait = HoldFor(exchange);
            }
            else if (mayRepeat)
            {
                // A 429 is none of these: however often a request was put off, it has the same number of tries.
                failures++;
                wait = over ? null : Retries.Next(failures, throttled: exchange.Status is >= 400 and < 500 || exchange.RetryAfter is not null, exchange.RetryAfter);
            }
            else if (last.Kind is OutcomeKind.Sent or OutcomeKind.Rejected)
            {
                Retries.Succeeded();
            }

            if (over && mayRepeat)
            {
                return NotSent(Outage(last.Failure));
            }

            if (wait is not { } next || next > _options.MaxWait - waited)
            {
                return last;
            }

            waited += next;
            observer?.Repeating?.Invoke(last.Failure!, last.RequestId, attempts, next);

            // The pace itself waits out a 429, for all.
            if (exchange.Status != 429)
            {
                await time.WaitAsync(next, cancellationToken).ConfigureAwait(false);
            }
        }

        Outcome<T> NotSent(Failure failure) =>
            new() { Kind = OutcomeKind.NotSent, Failure = failure, RequestId = last?.RequestId, Attempts = attempts, Elapsed = time.GetElapsedTime(start) };

        Failure Outage(Failure? cause) => new()
        {
            Operation = call.Operation,
            Cause = FailureCause.Outage,
            Message = cause?.Message ?? string.Empty,
            StatusCode = cause?.StatusCode,
            Exception = cause?.Exception,
        };
    }

    private async Task<(SecureString Token, TimeSpan Lifetime)> SignInAsync(CancellationToken cancellationToken)
    {
        var body = _options.Authentication.CreateTokenRequest();
        try
        {
            var call = new Call<TokenResponse>(Operation.SignIn, "oauth2/token", body, WixJson.Wire.TokenResponse, answer => !string.IsNullOrEmpty(answer.AccessToken)) { IsRepeatable = true };
            var outcome = await CallAsync(call, null, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                throw new SignInException(outcome.Failure!);
            }

            var token = new SecureString();
            foreach (var character in answer.AccessToken!)
            {
                token.AppendChar(character);
            }

            token.MakeReadOnly();
            return (token, TimeSpan.FromSeconds(answer.ExpiresIn is > 0 and < 31_536_000 ? answer.ExpiresIn.Value : 14_400));
        }
        finally
        {
            Array.Clear(body, 0, body.Length);
        }
    }

    private static TimeSpan HoldFor(Exchange refused)
    {
        var wait = refused.RetryAfter ?? s_defaultWait;
        return wait < s_shortestWait ? s_shortestWait : wait;
    }

    private static Outcome<T> Conclude<T>(Exchange exchange, Call<T> call, int attempts, TimeSpan elapsed)
        where T : class
    {
        var kind = OutcomeRules.Classify(exchange);
        T? value = null;
        if (kind == OutcomeKind.Sent)
        {
            value = OutcomeRules.Read(exchange, call.Type);
            if (value is null || !call.IsWhole(value))
            {
                kind = OutcomeKind.Ambiguous;
                value = null;
            }
        }

        var failure = kind == OutcomeKind.Sent ? null : OutcomeRules.Explain(exchange, call.Operation);
        return new Outcome<T> { Kind = kind, Value = value, Failure = failure, RequestId = exchange.RequestId, Attempts = attempts, Elapsed = elapsed };
    }
}
