namespace WixInbox;

/// <summary>What a client signs its requests with.</summary>
public enum AuthenticationKind
{
    /// <summary>An app's access token. Wix's tokens expire after four hours.</summary>
    AccessToken,

    /// <summary>An API key of the site's owner, for one site or one account.</summary>
    ApiKey,

    /// <summary>An access token that the caller provides, and provides again when Wix no longer takes it.</summary>
    TokenProvider,

    /// <summary>
    /// Access tokens that are fetched with an app's id, secret and instance, and fetched anew before they end.
    /// </summary>
    AppCredentials,
}
