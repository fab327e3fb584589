using System.Security;
using WixInbox.Http;
using WixInbox.Outcomes;
using WixInbox.Pace;

namespace WixInbox.Calls;

/// <summary>
/// The attempts at one request, one after the other: <see cref="PrepareAsync"/> gets a secret and a lease,
/// <see cref="AttemptAsync"/> sends, and <see cref="RetryIn"/> says whether and when another attempt follows. The
/// caller drives them, and does its own work in between.
/// </summary>
/// <typeparam name="T">What the server answers.</typeparam>
/// <param name="pipeline">Makes them.</param>
/// <param name="request">The request.</param>
/// <param name="place">Its place among all that wait.</param>
/// <param name="stop">
/// Called with a refusal that every further request would meet, before the lease is released: whoever waits for that is
/// not to leave in between; and with an outage that is given up while the outcome stays open.
/// </param>
internal sealed class Attempts<T>(
    RequestPipeline pipeline, ApiRequest<T> request, QueuePlace place, Action<Failure>? stop = null)
    where T : class
{
    // After a 403 without a code, although calls of the kind have gone through: 1, 4, 16, 60 and 60 seconds. Wix has
    // been seen to throttle a burst that way.
    private const int MostHolds = 5;

    // A request that waits for hours outlives several tokens. A connection that gets no good one ends after these.
    private const int MostRefusals = 5;

    private static readonly TimeSpan s_shortestHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestRefusalHold = TimeSpan.FromMinutes(1);

    // What Wix advises after a 429 that does not say how long to wait.
    private static readonly TimeSpan s_defaultHold = TimeSpan.FromMinutes(1);

    // For how long one answer may keep the connection from asking again, unless its user is ready to wait longer. Wix's
    // limit is one of a minute.
    private static readonly TimeSpan s_longestHold = TimeSpan.FromHours(1);

    private readonly long _start = pipeline.Time.GetTimestamp();
    private SecureString? _secret;
    private SecureString? _refused;
    private int _refusals;
    private Lease _lease;
    private int _failures;
    private int _holds;
    private int _failedProbes;
    private TimeSpan _waited;
    private TimeSpan _ownWait;

    /// <summary>Gets what became of the latest attempt, or why there was none.</summary>
    public Outcome<T>? Outcome { get; private set; }

    /// <summary>Gets how long it is until the next attempt, as far as that can be told; null if none follows.</summary>
    public TimeSpan? RetryIn { get; private set; }

    /// <summary>Gets how many attempts were made.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a secret to sign with, and a lease.</summary>
    /// <returns>Whether there are both. If not, <see cref="Outcome"/> says why.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        RetryIn = null;
        (_secret, var failure) = await pipeline.GetSecretAsync(
            request, _refused, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            Outcome = NotSent(failure);
            return false;
        }

        _lease = await pipeline.Pace.AcquireAsync(
            place, _failedProbes, pipeline.MaxWait, cancellationToken).ConfigureAwait(false);
        if (_lease.IsGranted)
        {
            // Where the wait was long, another request may have been refused with this secret meanwhile, and a newer
            // one is there.
            _secret = _secret is null ? null : pipeline.LatestSecret;
            return true;
        }

        Outcome = NotSent(_lease.Refusal switch
        {
            LeaseRefusal.Outage => Outage(Outcome?.Failure),
            LeaseRefusal.Closed => new Failure { Operation = request.Operation, Cause = FailureCause.Closed },
            _ => new Failure
            {
                Operation = request.Operation,
                Cause = FailureCause.Status,
                StatusCode = 429,
                RetryAfter = pipeline.Pace.HeldFor,
            },
        });
        return false;
    }

    /// <summary>Gives the lease back unused.</summary>
    /// <param name="failure">Why nothing has left.</param>
    public void Abandon(Failure failure)
    {
        pipeline.Pace.Return(_lease);
        Outcome = NotSent(failure);
        RetryIn = null;
    }

    /// <summary>Gives the lease back unused, where the wait for what precedes the attempt has ended.</summary>
    public void Abandon() => pipeline.Pace.Return(_lease);

    /// <summary>Makes one attempt with what <see cref="PrepareAsync"/> got.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="LocalFileException">The file to upload was changed, or cannot be read to its end.</exception>
    public async Task AttemptAsync(CancellationToken cancellationToken)
    {
        var (attempt, mayRefresh, isOutage, isGivenUp) = await SendAsync(cancellationToken).ConfigureAwait(false);
        _ownWait = TimeSpan.Zero;
        if (mayRefresh)
        {
            _refused = _secret;
            _refusals++;
            RetryIn = TimeSpan.Zero;
        }
        else if (isGivenUp && MayRepeat(attempt))
        {
            Outcome = NotSent(Outage(Outcome!.Failure));
            RetryIn = null;
        }
        else
        {
            if (isGivenUp)
            {
                // A message that may have been sent stays one. The others would only become so too.
                stop?.Invoke(Outage(Outcome!.Failure));
            }

            RetryIn = Next(attempt, isOutage);
        }
    }

    /// <summary>Waits for the next attempt. A 429 and an outage are waited out by the pace, for all.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => pipeline.WaitAsync(_ownWait, cancellationToken);

    /// <summary>Makes attempts until the outcome is known, or cannot be found out by another one.</summary>
    public async Task<Outcome<T>> RunAsync(CancellationToken cancellationToken)
    {
        while (await PrepareAsync(cancellationToken).ConfigureAwait(false))
        {
            await AttemptAsync(cancellationToken).ConfigureAwait(false);
            if (RetryIn is null)
            {
                break;
            }

            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Outcome!;
    }

    private TimeSpan? Next(Attempt attempt, bool isOutage)
    {
        // A request is put off as often as MaxWait allows, and still has all its attempts after that. Only the API's
        // own 429 is waited out by the pace.
        if (attempt.Status == 429)
        {
            var hold = Within(HoldOf(attempt));
            _ownWait = request.Upload is null ? TimeSpan.Zero : hold ?? TimeSpan.Zero;
            return hold;
        }

        if (IsRefusedInTheMiddle(attempt))
        {
            return _ownWait = RefusalHold(attempt);
        }

        if (!MayRepeat(attempt))
        {
            return null;
        }

        // Failures during an outage do not count as a request's attempts.
        if (isOutage && attempt.IsOutage)
        {
            _failedProbes += _lease.IsProbe ? 1 : 0;
            return CircuitBreaker.Pause;
        }

        var wait = Within(RetryPolicy.Next(++_failures, attempt.RetryAfter, pipeline.Random()));
        _ownWait = wait ?? TimeSpan.Zero;
        return wait;
    }

    private TimeSpan? Within(TimeSpan? wait)
    {
        if (wait > pipeline.MaxWait - _waited)
        {
            return null;
        }

        _waited += wait ?? TimeSpan.Zero;
        return wait;
    }

    private bool MayRepeat(Attempt attempt) =>
        (Outcome!.Kind == OutcomeKind.NotSent && attempt.Status != Attempt.ProxySignIn)
        || (Outcome.Kind == OutcomeKind.Ambiguous && request.IsRepeatable);

    private bool IsRefusedInTheMiddle(Attempt attempt) =>
        attempt is { Status: 403, Error.Code: null }
        && request.Upload is null
        && _holds < MostHolds
        && pipeline.SuccessesOf(request.Operation) > 0;

    private TimeSpan RefusalHold(Attempt attempt)
    {
        var own = TimeSpan.FromSeconds(Math.Min(s_longestRefusalHold.TotalSeconds, Math.Pow(4, _holds++)));
        return attempt.RetryAfter > own ? attempt.RetryAfter.Value : own;
    }

    private static TimeSpan HoldOf(Attempt attempt)
    {
        var wait = attempt.RetryAfter ?? s_defaultHold;
        return wait < s_shortestHold ? s_shortestHold : wait;
    }

    private async Task<(Attempt Attempt, bool MayRefresh, bool IsOutage, bool IsGivenUp)> SendAsync(
        CancellationToken cancellationToken)
    {
        Attempt? attempt = null;
        var mayArrive = true;
        bool mayRefresh;
        (bool IsOutage, bool IsGivenUp) state = default;
        try
        {
            attempt = await pipeline.SendAsync(request, _secret, cancellationToken).ConfigureAwait(false);
            mayArrive = attempt.Status == 0;
            Count++;
            Outcome = Read(attempt);
            mayRefresh = attempt.Status == 401
                && _refusals < MostRefusals
                && pipeline.MayRefresh(request, _secret, isAnother: _refused is not null);

            // Before the lease is released: whoever waits for that must not leave in between.
            if (attempt.Status == 429 && request.Upload is null)
            {
                var longest = pipeline.MaxWait > s_longestHold ? pipeline.MaxWait : s_longestHold;
                var hold = HoldOf(attempt);
                pipeline.Pace.Hold(_lease, hold < longest ? hold : longest);
            }
            else if (Outcome.Failure is { ConcernsAll: true } failure
                && !mayRefresh
                && !IsRefusedInTheMiddle(attempt)
                && !MayRepeat(attempt))
            {
                stop?.Invoke(failure);
            }
        }
        finally
        {
            state = pipeline.Pace.Release(_lease, attempt?.IsOutage, mayArrive);
        }

        return (attempt, mayRefresh, state.IsOutage, state.IsGivenUp);
    }

    private Outcome<T> Read(Attempt attempt)
    {
        var kind = OutcomeRules.Classify(attempt);
        T? value = null;
        if (kind == OutcomeKind.Succeeded)
        {
            value = OutcomeRules.Read(attempt, request.Type);
            if (value is null || !request.IsWhole(value))
            {
                kind = OutcomeKind.Ambiguous;
                value = null;
            }
        }

        if (kind == OutcomeKind.Succeeded)
        {
            pipeline.AddSuccess(request.Operation);
        }

        return new Outcome<T>
        {
            Kind = kind,
            Value = value,
            Failure = kind == OutcomeKind.Succeeded
                ? null
                : OutcomeRules.Explain(attempt, request.Operation, pipeline.SuccessesOf(request.Operation)),
            RequestId = attempt.RequestId,
            Attempts = Count,
            Elapsed = pipeline.Time.GetElapsedTime(_start),
        };
    }

    private Outcome<T> NotSent(Failure failure) => new()
    {
        Kind = OutcomeKind.NotSent,
        Failure = failure,
        RequestId = Outcome?.RequestId,
        Attempts = Count,
        Elapsed = pipeline.Time.GetElapsedTime(_start),
    };

    private Failure Outage(Failure? cause) => new()
    {
        Operation = request.Operation,
        Cause = FailureCause.Outage,
        Message = cause?.Message ?? string.Empty,
        StatusCode = cause?.StatusCode,
        Exception = cause?.Exception,
    };
}
