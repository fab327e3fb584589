using System.Runtime.InteropServices;
using System.Security;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// The secret that signs requests. It is held as a <see cref="SecureString"/>, which keeps it out of displays and logs (not out of memory),
/// and read for each request alone.
/// </summary>
/// <remarks>
/// Wix takes the secret as the whole value of the <c>Authorization</c> header, without the word <c>Bearer</c>. A call with an API key names its
/// site (<c>wix-site-id</c>) or its account (<c>wix-account-id</c>), not both.
/// </remarks>
public sealed class Authentication : IDisposable
{
    private readonly Func<CancellationToken, Task<SecureString>>? _callback;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SecureString? _secret;

    private Authentication(AuthenticationKind kind, SecureString? secret, Func<CancellationToken, Task<SecureString>>? callback)
    {
        Kind = kind;
        _secret = secret;
        _callback = callback;
    }

    /// <summary>Gets what the requests are signed with.</summary>
    public AuthenticationKind Kind { get; }

    /// <summary>Gets the site that calls with an API key are for.</summary>
    public string? SiteId { get; private init; }

    /// <summary>Gets the account that calls with an API key are for.</summary>
    public string? AccountId { get; private init; }

    /// <summary>Signs with an app's access token.</summary>
    /// <param name="token">The token, without <c>Bearer</c>.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">The token is empty or has a character that no header may carry.</exception>
    public static Authentication AccessToken(SecureString token) =>
        new(AuthenticationKind.AccessToken, Checked(token), null);

    /// <summary>Signs with an API key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="siteId">The id of the site, as Inbox calls need it.</param>
    /// <param name="accountId">The id of the account, in place of a site.</param>
    /// <returns>The authentication.</returns>
    /// <exception cref="ArgumentException">The key cannot be sent, or not exactly one id is given, or it is not a GUID.</exception>
    public static Authentication ApiKey(SecureString key, string? siteId = null, string? accountId = null)
    {
        if (string.IsNullOrEmpty(siteId) == string.IsNullOrEmpty(accountId))
        {
            throw new ArgumentException("An API key needs the id of the site or of the account that it is for: one of the two, not both.");
        }

        if (!FieldRules.IsGuid(string.IsNullOrEmpty(siteId) ? accountId : siteId))
        {
            throw new ArgumentException($"The {(string.IsNullOrEmpty(siteId) ? "account" : "site")} id is not a GUID. Wix shows it in the address of the dashboard.");
        }

        return new(AuthenticationKind.ApiKey, Checked(key), null)
        {
            SiteId = string.IsNullOrEmpty(siteId) ? null : siteId,
            AccountId = string.IsNullOrEmpty(accountId) ? null : accountId,
        };
    }

    /// <summary>Signs with an access token that is fetched when it is first needed, and again when Wix answers 401.</summary>
    /// <param name="callback">Fetches a token. One caller at a time runs it; the others wait and use what it brought.</param>
    /// <returns>The authentication.</returns>
    public static Authentication TokenCallback(Func<CancellationToken, Task<SecureString>> callback) =>
        new(AuthenticationKind.TokenCallback, null, callback ?? throw new ArgumentNullException(nameof(callback)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _secret?.Dispose();
    }

    /// <summary>Gets whether another secret can be had in place of one that Wix refuses.</summary>
    internal bool CanRefresh => _callback is not null;

    /// <summary>Gets the secret to sign with.</summary>
    /// <param name="refused">The secret that Wix has just refused, so that another one is fetched if nobody has done so yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The secret.</returns>
    internal async Task<SecureString> GetSecretAsync(SecureString? refused, CancellationToken cancellationToken)
    {
        if (_callback is null)
        {
            return _secret!;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_secret is null || ReferenceEquals(_secret, refused))
            {
                _secret = Checked(await _callback(cancellationToken).ConfigureAwait(false));
            }

            return _secret;
        }
        finally
        {
            _gate.Release();
        }
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

    private static SecureString Checked(SecureString secret)
    {
        if (secret is null || secret.Length == 0)
        {
            throw new ArgumentException("The secret is empty.");
        }

        // Nothing of the value goes into a message: not even which character is wrong.
        var text = Reveal(secret);
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("Wix takes the token as it is: give it without the word Bearer.");
        }

        if (text.Any(character => character is <= ' ' or > '~'))
        {
            throw new ArgumentException("The secret has a blank, a line break or another character that no header may carry. Was it copied with something around it?");
        }

        return secret;
    }

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
