using System.Security;
using WixInbox.Clocks;
using WixInbox.Http;
using WixInbox.Json;
using WixInbox.Outcomes;
using WixInbox.Pace;

namespace WixInbox.Calls;

/// <summary>
/// Makes a call until its outcome is known, or cannot be found out by calling again: signs it, waits for the pace, makes an attempt, and makes another where that
/// does no harm.
/// </summary>
internal sealed class Caller : IDisposable
{
    // What Wix advises after a 429 that does not say how long to wait.
    private static readonly TimeSpan s_defaultHold = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortestHold = TimeSpan.FromSeconds(1);

    // For how long one answer may keep the connection from asking again, unless its user is ready to wait longer. Wix's limit is one of a minute.
    private static readonly TimeSpan s_longestHold = TimeSpan.FromHours(1);

    // What is longer than a year is no lifetime of a token. One without a lifetime is used until Wix refuses it.
    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(365);

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
    /// <param name="observer">What is done around its attempts, if anything.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="LocalFileException">The file that the call uploads was changed, or cannot be read to its end.</exception>
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
            var (secret, noSecret) = await GetSecretAsync(call, refused, cancellationToken).ConfigureAwait(false);
            if (noSecret is not null)
            {
                return NotSent(noSecret);
            }

            var entry = await Pace.EnterAsync(_options.MaxWait, cancellationToken).ConfigureAwait(false);
            if (!entry.IsTaken)
            {
                return NotSent(entry == PaceEntry.Outage
                    ? Outage(last?.Failure)
                    : new Failure { Operation = call.Operation, Cause = FailureCause.Status, StatusCode = 429, RetryAfter = Pace.HeldFor });
            }

            var (exchange, noJournal, isOutage) = await AttemptAsync(call, observer, entry, secret, cancellationToken).ConfigureAwait(false);
            if (exchange is null)
            {
                return NotSent(noJournal!);
            }

            attempts++;
            if (exchange.Status == 401 && refused is null && secret is not null && _options.Authentication.MayHaveEnded(secret, mayLackPermission: call.Operation == Operation.ListMessages, time))
            {
                refused = secret;
                continue;
            }

            last = Conclude(exchange, call, attempts, time.GetElapsedTime(start));
            var mayRepeat = (last.Kind == OutcomeKind.NotSent && exchange.Status != Exchange.ProxySignIn) || (last.Kind == OutcomeKind.Ambiguous && call.IsRepeatable);
            if (isOutage && mayRepeat)
            {
                return NotSent(Outage(last.Failure));
            }

            TimeSpan? wait = null;
            if (exchange.Status == 429)
            {
                // Not a failure: a request is put off as often as MaxWait allows, and still has all its tries after that.
                wait = HoldOf(exchange);
            }
            else if (mayRepeat)
            {
                failures++;
                wait = Retries.Next(failures, throttled: exchange.Status is >= 400 and < 500 || exchange.RetryAfter is not null, exchange.RetryAfter);
            }
            else if (last.Kind is OutcomeKind.Sent or OutcomeKind.Rejected)
            {
                Retries.Succeeded();
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

    private static TimeSpan HoldOf(Exchange refused)
    {
        var wait = refused.RetryAfter ?? s_defaultHold;
        return wait < s_shortestHold ? s_shortestHold : wait;
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

    // What signs the next attempt, if anything does; or why there is nothing to sign it with.
    private async Task<(SecureString? Secret, Failure? Failure)> GetSecretAsync<T>(Call<T> call, SecureString? refused, CancellationToken cancellationToken)
        where T : class
    {
        if (call.Operation == Operation.SignIn || call.Upload is not null)
        {
            return (null, null);
        }

        try
        {
            return (await _options.Authentication.GetSecretAsync(refused, SignInAsync, _options.TimeProvider, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SignInException exception)
        {
            return (null, exception.Failure);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, new Failure { Operation = call.Operation, Cause = FailureCause.Token, Message = exception.Message, Exception = exception });
        }
    }

    // Makes one attempt in a place that it gives back to the pace, whatever becomes of it. Without an exchange, nothing has left, since the journal could not be written.
    private async Task<(Exchange? Exchange, Failure? Failure, bool IsOutage)> AttemptAsync<T>(Call<T> call, CallObserver? observer, PaceEntry entry, SecureString? secret, CancellationToken cancellationToken)
        where T : class
    {
        Exchange? exchange = null;
        var mayArrive = false;
        bool isOutage;
        try
        {
            if (observer?.Leaving is { } leaving)
            {
                await leaving(cancellationToken).ConfigureAwait(false);
            }

            Interlocked.Increment(ref _requests);
            mayArrive = true;
            exchange = call.Upload is { } upload
                ? await _exchanger.UploadAsync(upload, cancellationToken).ConfigureAwait(false)
                : await _exchanger.ExchangeAsync(call.Path, call.Body, secret, cancellationToken).ConfigureAwait(false);
            mayArrive = exchange.Status == 0;
            if (exchange.Status == 429)
            {
                // Before the place is given back: whoever waits for that must not leave in between.
                var longest = _options.MaxWait > s_longestHold ? _options.MaxWait : s_longestHold;
                Pace.Hold(entry, HoldOf(exchange) < longest ? HoldOf(exchange) : longest);
            }
        }
        catch (JournalException exception)
        {
            return (null, new Failure { Operation = call.Operation, Cause = FailureCause.Journal, Message = exception.Message, Exception = exception }, false);
        }
        finally
        {
            isOutage = Pace.Leave(entry, exchange?.IsOutage, mayArrive);
        }

        // The clock is the API's: an upload goes to another server, and what refuses or fails may be a proxy.
        if (call.Upload is null && exchange.Status == 200)
        {
            Clock.Observe(exchange.Date);
        }

        return (exchange, null, isOutage);
    }

    private async Task<(SecureString Token, TimeSpan Lifetime)> SignInAsync(CancellationToken cancellationToken)
    {
        var body = _options.Authentication.CreateTokenRequest();
        try
        {
            var call = new Call<TokenResponse>(Operation.SignIn, "oauth2/token", body, WixJson.Wire.TokenResponse, answer => !string.IsNullOrEmpty(answer.AccessToken));
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
            return (token, answer.ExpiresIn > 0 && answer.ExpiresIn < s_longestLifetime.TotalSeconds ? TimeSpan.FromSeconds(answer.ExpiresIn.Value) : TimeSpan.MaxValue);
        }
        finally
        {
            Array.Clear(body, 0, body.Length);
        }
    }
}
