using System.Management.Automation;
using System.Net;
using System.Security;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Makes a connection to a site's Inbox, which the other cmdlets of this runspace then use unless they are given
/// another one. No request is made: a wrong key shows with the first message, or with Test-WixInboxConnection.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "WixInbox", DefaultParameterSetName = FromEnvironment)]
[OutputType(typeof(WixInboxConnection))]
public sealed class ConnectWixInboxCommand : PSCmdlet, IDisposable
{
    private const string FromEnvironment = "Environment";
    private const string FromApiKey = "ApiKey";
    private const string FromAccessToken = "AccessToken";
    private const string FromTokenProvider = "TokenProvider";
    private const string FromApp = "App";
    private const string FromSandbox = "Sandbox";

    private bool _isConnected;

    /// <summary>
    /// Gets or sets an API key of the site's owner. It is used with -SiteId or -AccountId. If no way to sign in is
    /// given, the environment variable WIX_API_KEY is used. If it is empty too, you are asked for the key and the site,
    /// unless nobody is there to ask.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromApiKey)]
    [Secret]
    public SecureString ApiKey { get; set; } = null!;

    /// <summary>
    /// Gets or sets the id of the site: the part after /dashboard/ in the address of its dashboard. An API key needs
    /// it, and a headless project; a token of an app is for a site of its own. With -Sandbox, the site whose rows are
    /// rehearsed. Default with -ApiKey, and if no way to sign in is given: the environment variable WIX_SITE_ID.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromTokenProvider)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [Parameter(ParameterSetName = FromSandbox)]
    [ValidateNotNullOrEmpty]
    public string? SiteId { get; set; }

    /// <summary>
    /// Gets or sets the id of the account, instead of a site. Default: the environment variable WIX_ACCOUNT_ID.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [ValidateNotNullOrEmpty]
    public string? AccountId { get; set; }

    /// <summary>
    /// Gets or sets an access token of an app or of a Wix user. It ends some time, an app's after four hours as a rule,
    /// and is not renewed. If no way to sign in is given, the environment variable WIX_ACCESS_TOKEN is used.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromAccessToken)]
    [Secret]
    public SecureString AccessToken { get; set; } = null!;

    /// <summary>
    /// Gets or sets a script block that returns an access token as a SecureString, or as the password of a
    /// PSCredential: <c>{ Get-Secret WixToken }</c>. It is run when a token is first needed, and again when Wix no
    /// longer accepts it, by the cmdlet that waits for it. If another runspace uses the connection, the block is run
    /// there and sees only the variables of that runspace. The token of a Wix user, which the Wix CLI prints, lasts
    /// about 15 minutes: <c>{ wix token --site $site | ConvertTo-SecureString -AsPlainText -Force }</c>.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromTokenProvider)]
    [ValidateNotNull]
    public ScriptBlock TokenProvider { get; set; } = null!;

    /// <summary>
    /// Gets or sets the id of an app, which signs in with -ClientSecret and -InstanceId, or of a headless project,
    /// which does so with -SiteId: its tokens are fetched when they are needed, and renewed before they expire. If no
    /// way to sign in is given, the environment variables WIX_CLIENT_ID, WIX_CLIENT_SECRET and WIX_INSTANCE_ID are
    /// used.
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

    /// <summary>
    /// Gets or sets the id of the app's instance: its installation on the site. A headless project has none.
    /// </summary>
    [Parameter(ParameterSetName = FromApp)]
    [ValidateNotNullOrEmpty]
    public string? InstanceId { get; set; }

    /// <summary>
    /// Gets or sets whether to rehearse: messages go to an inbox in memory, with no account and no network.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSandbox)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>
    /// Gets or sets how many requests a minute the sandbox accepts before it answers 429, as Wix does after 200.
    /// Default: 0, which means no limit.
    /// </summary>
    [Parameter(ParameterSetName = FromSandbox, DontShow = true)]
    [ValidateRange(0, int.MaxValue)]
    public int SandboxRateLimit { get; set; }

    /// <summary>
    /// Gets or sets a name for the connection: letters, digits, blanks, hyphens, dots and underscores, 64 characters at
    /// most. -Connection of the other cmdlets takes it, and so does a column Connection of rows. If another connection
    /// has the name, it loses it and stays open.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the base address of the API: https, or http for this machine only. Default:
    /// https://www.wixapis.com/.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromTokenProvider)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [Address]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>
    /// Gets or sets by which of Wix's APIs files are uploaded and imported. MediaManager is the default: it tells when
    /// a file is ready, so that no message leaves with a picture that never shows; it needs the permission Manage Media
    /// Manager, and a file's address is public. Channels needs no permission but Manage Inbox Messages.
    /// </summary>
    [Parameter]
    public MediaStore MediaStore { get; set; }

    /// <summary>Gets or sets the seconds that one request may take. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = WixInboxClientOptions.DefaultTimeoutSeconds;

    /// <summary>
    /// Gets or sets the most requests in any 60 seconds, over all cmdlets and runspaces that share the connection.
    /// Default: 200, which is Wix's limit for an app. 0 means no limit, and is the default for a sandbox.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = WixInboxClientOptions.DefaultRequestsPerMinute;

    /// <summary>
    /// Gets or sets how many seconds a request may be delayed in total because Wix answers that it has to wait (429, or
    /// 503 with Retry-After) or because it failed, and how long a lost network is waited for. If Wix asks for more, the
    /// run ends and says when to continue. Default: 900.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int MaxWaitSec { get; set; } = WixInboxClientOptions.DefaultMaxWaitSeconds;

    /// <summary>
    /// Gets or sets the proxy's address, through which every request goes, also one to this machine. Without it, the
    /// system's settings apply, and the environment variables HTTPS_PROXY and NO_PROXY.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromTokenProvider)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [Address]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Gets or sets the name and password that the proxy asks for.</summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromTokenProvider)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>
    /// Gets or sets whether to use no proxy, even if the system's settings or the environment variables name one.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey)]
    [Parameter(ParameterSetName = FromAccessToken)]
    [Parameter(ParameterSetName = FromTokenProvider)]
    [Parameter(ParameterSetName = FromApp)]
    [Parameter(ParameterSetName = FromEnvironment)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>
    /// Gets or sets an HTTP handler that sends the requests instead of the module's own: for a test, or for a network
    /// that needs one. It is not disposed of.
    /// </summary>
    [Parameter(ParameterSetName = FromApiKey, DontShow = true)]
    [Parameter(ParameterSetName = FromAccessToken, DontShow = true)]
    [Parameter(ParameterSetName = FromTokenProvider, DontShow = true)]
    [Parameter(ParameterSetName = FromApp, DontShow = true)]
    [Parameter(ParameterSetName = FromEnvironment, DontShow = true)]
    [ValidateNotNull]
    public HttpMessageHandler? MessageHandler { get; set; }

    /// <summary>Gets or sets whether to also return the connection, for -Connection of other cmdlets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Leaves no default where no connection was made: the next commands were meant for it, and must not use the one
    /// before. The engine calls it on every way out of the pipeline, also where a parameter could not be bound.
    /// </summary>
    public void Dispose()
    {
        // One that no pipeline has run, as a tool makes it that looks at its parameters, has no session.
        if (!_isConnected && MyInvocation.MyCommand is not null)
        {
            new ConnectionTable(this).SetDefault(null);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WixInboxConnection connection;
        try
        {
            CheckName();
            CheckProxy();
            AskForMissing();
            connection = CreateConnection();
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(ConnectionErrors.Refused(exception));
            return;
        }

        var table = new ConnectionTable(this);
        if (Name is not null && table.Find(Name) is { } earlier)
        {
            WriteVerbose(
                $"The name {Name} belonged to another connection, {earlier}, which stays open where something "
                    + "still uses it.");
        }

        // In a session that has the cmdlets without a module, it can only be given back.
        var isKept = table.Add(connection);
        _isConnected = true;
        HostLine.Write(this, $"Connected to {connection}.");
        if (PassThru || !isKept)
        {
            WriteObject(connection);
        }
    }

    // A script gets an error instead, which says what is missing.
    private void AskForMissing()
    {
        var lacksKey = ParameterSetName == FromEnvironment && !EnvironmentSignIn.HasSecret;
        var hasKey = ParameterSetName == FromApiKey
            || (ParameterSetName == FromEnvironment && EnvironmentSignIn.HasApiKeyAlone);
        var lacksSite = (lacksKey || hasKey) && SiteId is null && AccountId is null && !EnvironmentSignIn.HasSite;
        var (key, siteId) = SignInPrompt.Ask(Host, lacksKey, lacksSite);
        ApiKey = key ?? ApiKey;
        SiteId = siteId ?? SiteId;
    }

    // It goes into the names of files, and is looked for with wildcards.
    private void CheckName()
    {
        if (Name is { } name
            && (name.Length > 64
                || name != name.Trim()
                || !name.All(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '.' or '_')))
        {
            throw new ArgumentException(
                $"'{name}' cannot be a connection's name. Use letters, digits, hyphens, dots and underscores, with "
                    + "blanks only between them, and 64 characters at most.");
        }
    }

    private void CheckProxy()
    {
        if (ProxyCredential is not null && Proxy is null)
        {
            throw new ArgumentException("-ProxyCredential needs -Proxy, which says which proxy the credential is for.");
        }

        // Before the other message, which repeats the address. Without a scheme, .NET finds no name in it.
        if (Proxy?.OriginalString.Contains('@') == true)
        {
            throw new ArgumentException(
                "A proxy's address cannot contain a name and a password, since they would be shown. "
                    + "Give them with -ProxyCredential.");
        }

        if (Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Host.Length == 0))
        {
            throw new ArgumentException(
                $"'{proxy}' cannot be a proxy's address. Give it in full, as in http://localhost:8080.");
        }

        if ((Proxy is not null ? 1 : 0) + (NoProxy ? 1 : 0) + (MessageHandler is not null ? 1 : 0) > 1)
        {
            throw new ArgumentException(
                "-Proxy, -NoProxy and -MessageHandler cannot be combined: a handler decides about its proxy itself.");
        }
    }

    private WixInboxConnection CreateConnection()
    {
        var provider = TokenProvider is null ? null : new TokenProvider(TokenProvider);
        var authentication = CreateAuthentication(provider);
        if (authentication.WasBearer)
        {
            WriteWarning("The word Bearer was taken off: Wix takes the token or key as it is.");
        }

        var sandbox = Sandbox ? SandboxLoader.Create(SandboxRateLimit) : null;
        var options = new WixInboxClientOptions(authentication)
        {
            BaseAddress = BaseUri ?? WixInboxClientOptions.DefaultBaseAddress,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxWait = TimeSpan.FromSeconds(MaxWaitSec),
            RequestsPerMinute =
                Sandbox && !MyInvocation.BoundParameters.ContainsKey(nameof(RequestsPerMinute)) ? 0 : RequestsPerMinute,
            Handler = sandbox ?? MessageHandler,
            Proxy =
                Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
            UseProxy = !NoProxy,
            MediaStore = MediaStore,
        };
        return new WixInboxConnection(options, sandbox) { Name = Name, Proxy = Proxy, TokenProvider = provider };
    }

    private Authentication CreateAuthentication(TokenProvider? provider)
    {
        switch (ParameterSetName)
        {
            case FromSandbox:
                return Authentication.AccessToken(EnvironmentSignIn.Secure("sandbox"), SiteId);
            case FromAccessToken:
                return Authentication.AccessToken(AccessToken, SiteId);
            case FromTokenProvider:
                return Authentication.TokenProvider(provider!.AskAsync, SiteId);
            case FromApp:
                return Authentication.AppCredentials(ClientId!, ClientSecret, InstanceId, SiteId);
            case FromApiKey or FromEnvironment when ApiKey is not null:
                return EnvironmentSignIn.ApiKey(ApiKey, SiteId, AccountId);
            default:
                var authentication = EnvironmentSignIn.Create(SiteId, AccountId, out var problem);
                if (problem is not null)
                {
                    ThrowTerminatingError(problem);
                }

                return authentication!;
        }
    }
}
