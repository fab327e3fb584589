using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>The errors that end a command before its first row: no connection, or none that could be made.</summary>
internal static class ConnectionErrors
{
    public static ErrorRecord NotConnected() => new(
        new WixInboxException(
            "There is no connection to a site. Connect-WixInbox -ApiKey (Read-Host -AsSecureString) -SiteId <id> makes one; Connect-WixInbox -Sandbox makes one to rehearse with, which needs no account and sends nothing."),
        ErrorIds.NotConnected,
        ErrorCategory.ConnectionError,
        null);

    public static ErrorRecord Closed(WixInboxConnection connection) => new(
        new WixInboxException("The connection has been closed with Disconnect-WixInbox. Connect-WixInbox makes another one."),
        ErrorIds.ConnectionClosed,
        ErrorCategory.ConnectionError,
        connection);

    public static ErrorRecord NoCredential() => new(
        new WixInboxException(
            "There is nothing to sign in with. Give -ApiKey with -SiteId, or -ClientId with -ClientSecret and -InstanceId, or -AccessToken; or set the environment variables WIX_API_KEY with WIX_SITE_ID (or WIX_ACCOUNT_ID), or WIX_CLIENT_ID with WIX_CLIENT_SECRET and WIX_INSTANCE_ID, or WIX_ACCESS_TOKEN. To try without an account: Connect-WixInbox -Sandbox."),
        ErrorIds.CredentialMissing,
        ErrorCategory.AuthenticationError,
        null);

    public static ErrorRecord TwoCredentials() => new(
        new WixInboxException(
            "More than one of WIX_API_KEY, WIX_ACCESS_TOKEN and WIX_CLIENT_SECRET is set in the environment. Leave one, or say which with -ApiKey, -AccessToken or -ClientSecret."),
        ErrorIds.CredentialAmbiguous,
        ErrorCategory.AuthenticationError,
        null);

    public static ErrorRecord Refused(ArgumentException exception) => new(
        new WixInboxException(exception.Message, exception),
        ErrorIds.ConnectionInvalid,
        ErrorCategory.InvalidArgument,
        null);

    public static ErrorRecord NoModule() => new(
        new WixInboxException(
            "The assembly was imported without its module, so that there is no place for a default connection. Import WixInbox.psd1, or use -PassThru and -Connection."),
        ErrorIds.ModuleMissing,
        ErrorCategory.InvalidOperation,
        null);
}
