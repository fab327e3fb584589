using System.Management.Automation;
using System.Net;
using System.Security;
using WixInbox.Connections;
using WixInbox.Errors;

namespace WixInbox.Commands;

/// <summary>
/// Makes a connection to a site's Inbox, which the other cmdlets of this runspace then use. No request is made: a wrong key shows with the first
/// message.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "WixInbox", DefaultParameterSetName = FromEnvironment)]
[OutputType(typeof(WixInboxConnection))]
public sealed class ConnectWixInboxCommand : PSCmdlet
{
    private const string FromEnvironment = "Environment";
    private const string FromApiKey = "ApiKey";
    private const string FromAccessToken = "AccessToken";
    private const string FromApp = "App";
    private const string FromSandbox = "Sandbox";

    /// <summary>
    /// Gets or sets an API key of the site's owner, which needs a site or an account. Without a parameter, the environment's WIX_API_KEY.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromApiKey)]
    [Secret]
    public SecureString ApiKey { get; set; } = null!;

    /// <summary>Gets or sets the id of the site. Without one, the environment's WIX_SITE_ID.</summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNullOrEmpty]
    public string? SiteId { get; set; }

    /// <summary>Gets or sets the id of the account, in place of a site. Without one, the environment's WIX_ACCOUNT_ID.</summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// Gets or sets an app's access token, without the word Bearer. Wix's own end after four hours. Without a parameter, the environment's
    /// WIX_ACCESS_TOKEN.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromAccessToken)]
    [Secret]
    public SecureString AccessToken { get; set; } = null!;

    /// <summary>
    /// Gets or sets the id of an app, which signs in with -ClientSecret and -InstanceId: its tokens are fetched when they are needed, and again before they end.
    /// Without a parameter, the environment's WIX_CLIENT_ID, WIX_CLIENT_SECRET and WIX_INSTANCE_ID.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromApp)]
    [Alias("AppId")]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the app's secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromApp)]
    [Alias("AppSecret")]
    [Secret]
    public SecureString ClientSecret { get; set; } = null!;

    /// <summary>Gets or sets the id of the app's instance: its installation on the site.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromApp)]
    [ValidateNotNullOrEmpty]
    public string? InstanceId { get; set; }

    /// <summary>Gets or sets whether to rehearse: messages go to an inbox in memory, with no account and no network.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSandbox)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>
    /// Gets or sets how many requests a minute the sandbox takes before it answers 429, as Wix does after 200. 0, the default, is any number.
    /// </summary>
    [Parameter(ParameterSetName = FromSandbox)]
    [ValidateRange(0, int.MaxValue)]
    public int SandboxRateLimit { get; set; }

    /// <summary>
    /// Gets or sets the address that the API is under: https, or http to this machine itself. Default: https://www.wixapis.com/.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>Gets or sets the seconds that one request may take. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>
    /// Gets or sets the most requests in any 60 seconds, over all cmdlets and runspaces that share the connection. Default: 200, Wix's limit for
    /// an app; for a sandbox, and with 0, any number.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 200;

    /// <summary>
    /// Gets or sets the seconds that a request is put off in all when Wix answers it with 429. If Wix asks for more, the run ends and says when to go
    /// on. Default: 900.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int MaxWaitSec { get; set; } = 900;

    /// <summary>Gets or sets the proxy's address. Without one, the system's settings and the environment's variables hold.</summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Gets or sets the name and password that the proxy asks for.</summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>
    /// Gets or sets a handler of one's own to send with, in place of the module's connections: for a test, or for a network that needs one. It is
    /// not disposed of.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNull]
    public HttpMessageHandler? MessageHandler { get; set; }

    /// <summary>Gets or sets whether to also give the connection back, for -Connection of other cmdlets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ProxyCredential is not null && Proxy is null)
        {
            ThrowTerminatingError(ConnectionErrors.Refused(new ArgumentException("-ProxyCredential needs -Proxy: it says which proxy the credential is for.")));
        }

        if (Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Host.Length == 0))
        {
            ThrowTerminatingError(ConnectionErrors.Refused(new ArgumentException($"'{proxy}' cannot be a proxy's address: it has to start with http://, as in http://localhost:8080.")));
        }

        if (Proxy is not null && MessageHandler is not null)
        {
            ThrowTerminatingError(ConnectionErrors.Refused(new ArgumentException("-Proxy and -MessageHandler exclude each other: set the proxy on the handler.")));
        }

        WixInboxConnection connection;
        try
        {
            connection = CreateConnection();
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ConnectionErrors.Refused(exception));
            return;
        }

        if (!DefaultConnection.Set(this, connection) && !PassThru)
        {
            connection.Dispose();
            ThrowTerminatingError(ConnectionErrors.NoModule());
        }

        WriteVerbose($"Connected to {connection}.");
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private WixInboxConnection CreateConnection()
    {
        var sandbox = Sandbox ? SandboxLoader.Create(SandboxRateLimit) : null;
        var options = new WixInboxClientOptions(CreateAuthentication())
        {
            BaseAddress = BaseUri ?? WixInboxClientOptions.DefaultBaseAddress,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxWait = TimeSpan.FromSeconds(MaxWaitSec),
            RequestsPerMinute = Sandbox && !MyInvocation.BoundParameters.ContainsKey(nameof(RequestsPerMinute)) ? 0 : RequestsPerMinute,
            Handler = sandbox ?? MessageHandler,
            Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
        };
        return new WixInboxConnection(options, sandbox);
    }

    private Authentication CreateAuthentication()
    {
        if (Sandbox)
        {
            return Authentication.AccessToken(Secure("sandbox"));
        }

        if (AccessToken is not null)
        {
            return Authentication.AccessToken(AccessToken);
        }

        if (ClientSecret is not null)
        {
            return Authentication.AppCredentials(ClientId!, ClientSecret, InstanceId!);
        }

        var key = ApiKey;
        if (key is null)
        {
            var keyText = Environment.GetEnvironmentVariable("WIX_API_KEY");
            var token = Environment.GetEnvironmentVariable("WIX_ACCESS_TOKEN");
            var clientSecret = Environment.GetEnvironmentVariable("WIX_CLIENT_SECRET");
            var given = new[] { keyText, token, clientSecret }.Count(secret => !string.IsNullOrEmpty(secret));
            if (given != 1)
            {
                ThrowTerminatingError(given == 0 ? ConnectionErrors.NoCredential() : ConnectionErrors.TwoCredentials());
            }

            if (!string.IsNullOrEmpty(token))
            {
                return Authentication.AccessToken(Secure(token!));
            }

            if (!string.IsNullOrEmpty(clientSecret))
            {
                return Authentication.AppCredentials(
                    Environment.GetEnvironmentVariable("WIX_CLIENT_ID") ?? string.Empty,
                    Secure(clientSecret!),
                    Environment.GetEnvironmentVariable("WIX_INSTANCE_ID") ?? string.Empty);
            }

            key = Secure(keyText!);
        }

        // An id that is typed holds, whatever the environment says of the other.
        var fromEnvironment = SiteId is null && AccountId is null;
        return Authentication.ApiKey(
            key,
            fromEnvironment ? Environment.GetEnvironmentVariable("WIX_SITE_ID") : SiteId,
            fromEnvironment ? Environment.GetEnvironmentVariable("WIX_ACCOUNT_ID") : AccountId);
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
        {
            secure.AppendChar(character);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
