namespace WixInbox;

/// <summary>What a client signs its requests with.</summary>
public enum AuthenticationKind
{
    /// <summary>An access token of an app, which expires after four hours, or of a Wix user.</summary>
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
