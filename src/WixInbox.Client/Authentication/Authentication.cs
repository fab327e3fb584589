using System.Net;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// The secret that signs requests. It is held as a <see cref="SecureString"/>, which keeps it out of displays and logs
/// (not out of memory), and is read only while a request is signed.
/// </summary>
/// <remarks>
/// Wix takes the secret as the whole value of the <c>Authorization</c> header, without the word <c>Bearer</c>, which is
/// taken off one that begins with it. A call with an API key names its site (<c>wix-site-id</c>) or its account
/// (<c>wix-account-id</c>), not both. A token is bound to a site of its own; Wix's tools name the site beside one of a
/// headless project all the same, and it may be named beside every token.
/// </remarks>
public sealed class Authentication : IDisposable
{
    private const string Bearer = "Bearer ";

    // A request is signed some time before it arrives, so a token is renewed before it expires.
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    // A token fetched less than this ago has hardly expired: if it is refused, it may lack a permission.
    private static readonly TimeSpan s_surelyGood = TimeSpan.FromMinutes(1);

    private readonly Func<CancellationToken, Task<SecureString>>? _callback;
    private readonly SecureString? _clientSecret;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SecureString? _secret;
    private long _fetchedAt;
    private TimeSpan _goodFor = TimeSpan.MaxValue;
    private int _failures;
    private ExceptionDispatchInfo? _failure;

    private Authentication(
        AuthenticationKind kind,
        SecureString? secret,
        Func<CancellationToken, Task<SecureString>>? callback,
        SecureString? clientSecret = null)
    {
        Kind = kind;
        _secret = secret;
        _callback = callback;
        _clientSecret = clientSecret;
    }

    /// <summary>Gets what the requests are signed with.</summary>
    public AuthenticationKind Kind { get; }

    /// <summary>
    /// Gets whom the calls are for, the site, the account, the app's installation or the app, for example
    /// <c>site 1f3a2b7c-5d0e-4c1b-9a8f-7e6d5c4b3a29</c>; null where only the token knows.
    /// </summary>
    public string? Identity =>
        SiteId is not null ? "site " + SiteId
        : AccountId is not null ? "account " + AccountId
        : InstanceId is not null ? "instance " + InstanceId
        : ClientId is not null ? "app " + ClientId
        : null;

    /// <summary>
    /// Gets the site that calls name: always with an API key for a site, and with a token where it was given.
    /// </summary>
    public string? SiteId { get; private init; }

    /// <summary>Gets the account that calls with an API key are for.</summary>
    public string? AccountId { get; private init; }

    /// <summary>Gets the app whose credentials tokens are fetched with.</summary>
    public string? ClientId { get; private init; }

    /// <summary>Gets the instance of that app: its installation on one site. A headless project has none.</summary>
    public string? InstanceId { get; private init; }

    /// <summary>Gets a value indicating whether the word Bearer was taken off the secret that was given.</summary>
    public bool WasBearer { get; private init; }

    private bool CanRefresh => _callback is not null || _clientSecret is not null;

    /// <summary>Signs with an access token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="siteId">The id of the site that calls name, if any.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">
    /// The token is empty or has a character that no header may carry, or the id is not a GUID.
    /// </exception>
    public static Authentication AccessToken(SecureString token, string? siteId = null) =>
        new(AuthenticationKind.AccessToken, Checked(token), null)
        {
            SiteId = Site(siteId),
            WasBearer = IsBearer(token),
        };

    /// <summary>Signs with an API key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="siteId">The id of the site, as Inbox calls need it.</param>
    /// <param name="accountId">The id of the account, in place of a site.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">
    /// The key cannot be sent, or not exactly one id is given, or it is not a GUID.
    /// </exception>
    public static Authentication ApiKey(SecureString key, string? siteId = null, string? accountId = null)
    {
        if (string.IsNullOrEmpty(siteId) == string.IsNullOrEmpty(accountId))
        {
            throw new ArgumentException(
                "An API key needs the id of the site or of the account that it is for: one of the two, not both.");
        }

        return new(AuthenticationKind.ApiKey, Checked(key), null)
        {
            SiteId = Site(siteId),
            AccountId = CheckedId(accountId, "account"),
            WasBearer = IsBearer(key),
        };
    }

    /// <summary>
    /// Signs with an access token that a callback fetches: when one is first needed, and again when Wix answers 401.
    /// One that is refused within a minute after it was fetched in place of another is the end of its request. To List
    /// Messages, a 401 may also mean that the permission is missing: there, a token is fetched anew once a minute at
    /// most.
    /// </summary>
    /// <param name="callback">
    /// Fetches a token. It runs for one request at a time; others that need one meanwhile wait for what it brings.
    /// </param>
    /// <param name="siteId">The id of the site that calls name, if any.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">The id is not a GUID.</exception>
    public static Authentication TokenProvider(
        Func<CancellationToken, Task<SecureString>> callback, string? siteId = null) =>
        new(AuthenticationKind.TokenProvider, null, callback ?? throw new ArgumentNullException(nameof(callback)))
        {
            SiteId = Site(siteId),
        };

    /// <summary>
    /// Signs with access tokens that are fetched with an app's credentials (<c>POST /oauth2/token</c>): when one is
    /// first needed, shortly before the time is over that Wix says it lasts, and when Wix answers 401. Tokens are kept
    /// in memory only.
    /// </summary>
    /// <param name="clientId">The id of the app, or of the headless project's OAuth app.</param>
    /// <param name="clientSecret">Its secret key.</param>
    /// <param name="instanceId">The id of the app's installation on the site. A headless project has none.</param>
    /// <param name="siteId">The id of the site that calls name, as those of a headless project do.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">
    /// The id or the secret is empty, or the secret or the site cannot be one.
    /// </exception>
    public static Authentication AppCredentials(
        string clientId, SecureString clientSecret, string? instanceId = null, string? siteId = null)
    {
        if (string.IsNullOrWhiteSpace(clientId))
        {
            throw new ArgumentException(
                "An app signs in with its id and its secret, and with the id of its instance where it is "
                    + "installed on a site.");
        }

        return new(AuthenticationKind.AppCredentials, null, null, Checked(clientSecret))
        {
            ClientId = clientId.Trim(),
            InstanceId = string.IsNullOrWhiteSpace(instanceId) ? null : instanceId!.Trim(),
            SiteId = Site(siteId),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The gate is left alone: whoever waits at it would wait for ever, and it has nothing to free.
        _secret?.Dispose();
        _clientSecret?.Dispose();
    }

    /// <summary>Tells whether another secret is worth asking for in place of one that Wix refuses (401).</summary>
    /// <param name="refused">The secret.</param>
    /// <param name="mayLackPermission">
    /// Whether Wix may refuse the secret for another reason than its age, such as that it lacks the permission for the
    /// call. A new one would be refused too; so none is fetched in place of one that was fetched within the last
    /// minute.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <returns>Whether <see cref="GetSecretAsync"/> is to be asked for another.</returns>
    internal bool MayHaveEnded(SecureString refused, bool mayLackPermission, TimeProvider time) =>
        CanRefresh
        && (!mayLackPermission
            || !ReferenceEquals(refused, Volatile.Read(ref _secret))
            || time.GetElapsedTime(Interlocked.Read(ref _fetchedAt)) >= s_surelyGood);

    /// <summary>Gets the newest secret that <see cref="GetSecretAsync"/> has given to anybody.</summary>
    internal SecureString LatestSecret => Volatile.Read(ref _secret)!;

    /// <summary>Gets the secret to sign with.</summary>
    /// <param name="refused">
    /// The secret that Wix has just refused, so that another one is fetched if nobody has done so yet.
    /// </param>
    /// <param name="signIn">Fetches a token with an app's credentials, and tells how long it lasts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The secret.</returns>
    internal async Task<SecureString> GetSecretAsync(
        SecureString? refused,
        Func<CancellationToken, Task<(SecureString Token, TimeSpan Lifetime)>> signIn,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!CanRefresh)
        {
            return _secret!;
        }

        // One caller fetches a token, and the others wait for it. If the fetch fails, they fail too, rather than repeat
        // the refused request one after another.
        var failures = Volatile.Read(ref _failures);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_secret is not null && !ReferenceEquals(_secret, refused) && time.GetElapsedTime(_fetchedAt) < _goodFor)
            {
                return _secret;
            }

            if (_failures != failures)
            {
                _failure!.Throw();
            }

            await FetchAsync(signIn, cancellationToken).ConfigureAwait(false);
            Interlocked.Exchange(ref _fetchedAt, time.GetTimestamp());
            return _secret!;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task FetchAsync(
        Func<CancellationToken, Task<(SecureString Token, TimeSpan Lifetime)>> signIn,
        CancellationToken cancellationToken)
    {
        try
        {
            if (_callback is not null)
            {
                _secret = Checked(await _callback(cancellationToken).ConfigureAwait(false));
                return;
            }

            var (token, lifetime) = await signIn(cancellationToken).ConfigureAwait(false);
            using (token)
            {
                _secret = Checked(token);
            }

            var margin = TimeSpan.FromTicks(Math.Min(s_margin.Ticks, lifetime.Ticks / 10));
            _goodFor = lifetime - margin;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            Volatile.Write(ref _failures, _failures + 1);
            throw;
        }
    }

    /// <summary>Gets the body of a request for a token. These keys are snake_case by definition.</summary>
    /// <returns>JSON, with the secret: to be wiped after use.</returns>
    internal byte[] CreateTokenRequest()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("grant_type", "client_credentials");
            json.WriteString("client_id", ClientId);
            json.WriteString("client_secret", Reveal(_clientSecret!));
            if (InstanceId is not null)
            {
                json.WriteString("instance_id", InstanceId);
            }

            json.WriteEndObject();
        }

        var utf8 = body.ToArray();
        Array.Clear(body.GetBuffer(), 0, (int)body.Length);
        return utf8;
    }

    /// <summary>Puts the secret on a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="secret">The secret.</param>
    internal void Sign(HttpRequestMessage request, SecureString secret)
    {
        request.Headers.TryAddWithoutValidation("Authorization", Reveal(secret));
        if (SiteId is not null)
        {
            request.Headers.TryAddWithoutValidation("wix-site-id", SiteId);
        }

        if (AccountId is not null)
        {
            request.Headers.TryAddWithoutValidation("wix-account-id", AccountId);
        }
    }

    /// <summary>
    /// Gets, in the clear, the secrets that a server may know of a request: to take them out of what it says, and for
    /// nothing else.
    /// </summary>
    /// <param name="signedWith">
    /// The secret that the request was signed with; null for one that is not signed, such as that for a token.
    /// </param>
    internal string[] RevealSent(SecureString? signedWith) =>
        [.. new[] { signedWith, _clientSecret }.OfType<SecureString>().Select(Reveal)];

    /// <summary>Holds a secret that came as a text.</summary>
    internal static SecureString Protect(string secret)
    {
        var held = new NetworkCredential(string.Empty, secret).SecurePassword;
        held.MakeReadOnly();
        return held;
    }

    private static SecureString Checked(SecureString secret)
    {
        if (secret is null || secret.Length == 0)
        {
            throw new ArgumentException("The secret is empty.");
        }

        // Nothing of the value goes into a message: not even which character is wrong.
        // A blank or a line end around it comes from where it was copied.
        var text = Reveal(secret).TrimStart();
        text = (IsBearer(secret) ? text.Substring(Bearer.Length) : text).Trim();
        if (text.Length == 0)
        {
            throw new ArgumentException("The secret is empty, or has nothing in it but blanks or the word Bearer.");
        }

        if (text.Any(character => character is <= ' ' or > '~'))
        {
            throw new ArgumentException(
                "The secret has a blank, a line break or another character that no header may carry. "
                    + "Was it copied with something around it?");
        }

        // The caller's own SecureString stays the caller's to dispose of: another connection may sign with it.
        return Protect(text);
    }

    private static bool IsBearer(SecureString secret) =>
        Reveal(secret).TrimStart().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    private static string? Site(string? siteId) => CheckedId(siteId, "site");

    private static string? CheckedId(string? id, string of) =>
        string.IsNullOrEmpty(id) ? null
        : FieldRules.IsGuid(id) ? id
        : throw new ArgumentException($"The {of} id is not a GUID. Wix shows it in the address of the dashboard.");

    private static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
