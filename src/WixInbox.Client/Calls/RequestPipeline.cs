using System.Security;
using WixInbox.Clocks;
using WixInbox.Http;
using WixInbox.Json;
using WixInbox.Pace;

namespace WixInbox.Calls;

/// <summary>What all requests of a connection share: the transport, the secret, the pace, the server's clock.</summary>
internal sealed class RequestPipeline : IDisposable
{
    // No token lives longer than a year. A token without a lifetime is used until Wix refuses it.
    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(365);

    private readonly WixInboxClientOptions _options;
    private readonly HttpTransport _transport;
    private readonly int[] _successes = new int[Enum.GetValues(typeof(Operation)).Length];

    // Cancelled but never disposed: waits under way still hold its token, and without a timer there is nothing to free.
    private readonly CancellationTokenSource _closed = new();
    private long _requests;

    public RequestPipeline(WixInboxClientOptions options)
    {
        _options = options;
        _transport = new HttpTransport(options);
        Pace = new RequestPace(options.RequestsPerMinute, options.TimeProvider, options.MaxWait);
        Clock = new ServerClock(options.TimeProvider);
    }

    public RequestPace Pace { get; }

    public ServerClock Clock { get; }

    public TimeProvider Time => _options.TimeProvider;

    public TimeSpan MaxWait => _options.MaxWait;

    public Func<double> Random => _options.Random;

    /// <summary>Gets how many requests have left.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>
    /// Closes the connections. What waits or is under way ends with <see cref="FailureCause.Closed"/>, or as a request
    /// whose connection broke.
    /// </summary>
    public void Dispose()
    {
        _closed.Cancel();
        Pace.Close();
        _transport.Dispose();
    }

    /// <summary>
    /// Makes attempts at a request until its outcome is known, or cannot be found out by another one.
    /// </summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="LocalFileException">The file to upload was changed, or cannot be read to its end.</exception>
    public Task<Outcome<T>> RunAsync<T>(ApiRequest<T> request, CancellationToken cancellationToken)
        where T : class =>
        Begin(request, Pace.NextPlace()).RunAsync(cancellationToken);

    /// <summary>
    /// Waits until a request might leave, for one that is made of what there is by then. Where none may leave any more,
    /// the wait ends too, and the request finds out why.
    /// </summary>
    /// <param name="place">Its place among all that wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForTurnAsync(QueuePlace place, CancellationToken cancellationToken)
    {
        var lease = await Pace.AcquireAsync(place, 0, MaxWait, cancellationToken).ConfigureAwait(false);
        if (lease.IsGranted)
        {
            Pace.Return(lease);
        }
    }

    /// <summary>Begins the attempts at a request.</summary>
    /// <typeparam name="T">What the server answers.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="place">Its place among all that wait.</param>
    /// <param name="stop">Called with a refusal that every further request would meet, before its slot is free.</param>
    public Attempts<T> Begin<T>(
        ApiRequest<T> request, QueuePlace place, Action<Failure>? stop = null)
        where T : class =>
        new(this, request, place, stop);

    /// <summary>Waits, unless the connection is closed meanwhile.</summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            await Time.WaitAsync(wait, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Closed: whatever comes next says so.
        }
    }

    /// <summary>Gets how many calls of a kind have gone through.</summary>
    public int SuccessesOf(Operation operation) => Volatile.Read(ref _successes[(int)operation]);

    public void AddSuccess(Operation operation) => Interlocked.Increment(ref _successes[(int)operation]);

    /// <summary>Tells whether another secret is worth asking for in place of one that was refused.</summary>
    /// <param name="request">The request.</param>
    /// <param name="refused">The secret.</param>
    /// <param name="isAnother">
    /// Whether it was asked for in place of one that was refused before. A new one that is refused is no good, and the
    /// next would not be either.
    /// </param>
    public bool MayRefresh<T>(ApiRequest<T> request, SecureString? refused, bool isAnother)
        where T : class =>
        refused is not null
        && _options.Authentication.MayHaveEnded(
            refused, mayLackPermission: isAnother || request.Operation == Operation.ListMessages, Time);

    /// <summary>Gets what signs the next attempt, if anything does; or why there is nothing to sign it with.</summary>
    public async Task<(SecureString? Secret, Failure? Failure)> GetSecretAsync<T>(
        ApiRequest<T> request, SecureString? refused, CancellationToken cancellationToken)
        where T : class
    {
        if (_closed.IsCancellationRequested)
        {
            return (null, new Failure { Operation = request.Operation, Cause = FailureCause.Closed });
        }

        if (request.Operation == Operation.SignIn || request.Upload is not null)
        {
            return (null, null);
        }

        try
        {
            return (
                await _options.Authentication.GetSecretAsync(
                    refused, SignInAsync, Time, cancellationToken).ConfigureAwait(false),
                null);
        }
        catch (SignInException exception)
        {
            return (null, exception.Failure);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, new Failure
            {
                Operation = request.Operation,
                Cause = _closed.IsCancellationRequested ? FailureCause.Closed : FailureCause.Token,
                Message = exception.Message,
                Exception = exception,
            });
        }
    }

    /// <summary>Gets the newest secret that <see cref="GetSecretAsync"/> has given to anybody.</summary>
    public SecureString LatestSecret => _options.Authentication.LatestSecret;

    /// <summary>Makes one attempt on the wire.</summary>
    public async Task<Attempt> SendAsync<T>(
        ApiRequest<T> request, SecureString? secret, CancellationToken cancellationToken)
        where T : class
    {
        Interlocked.Increment(ref _requests);
        if (request.Upload is { } upload)
        {
            return await _transport.UploadAsync(upload, cancellationToken).ConfigureAwait(false);
        }

        var attempt = await _transport.SendAsync(
            request.Path, request.Body, secret, cancellationToken).ConfigureAwait(false);

        // Only a success tells the API's clock: a refusal or a failure may be a proxy's.
        if (attempt.Status == 200)
        {
            Clock.Observe(attempt.Date, attempt.Left, attempt.Came);
        }

        return attempt;
    }

    private async Task<(SecureString Token, TimeSpan Lifetime)> SignInAsync(CancellationToken cancellationToken)
    {
        var body = _options.Authentication.CreateTokenRequest();
        try
        {
            var request = new ApiRequest<TokenResponse>(
                Operation.SignIn,
                "oauth2/token",
                body,
                WixJson.Wire.TokenResponse,
                answer => !string.IsNullOrEmpty(answer.AccessToken));

            // In front of all that wait: behind them, they would leave with the token that has ended.
            var outcome = await Begin(request, new QueuePlace(null, 0)).RunAsync(cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                throw new SignInException(outcome.Failure!);
            }

            return (
                Authentication.Protect(answer.AccessToken!),
                answer.ExpiresIn > 0 && answer.ExpiresIn < s_longestLifetime.TotalSeconds
                    ? TimeSpan.FromSeconds(answer.ExpiresIn.Value)
                    : TimeSpan.MaxValue);
        }
        finally
        {
            Array.Clear(body, 0, body.Length);
        }
    }
}
