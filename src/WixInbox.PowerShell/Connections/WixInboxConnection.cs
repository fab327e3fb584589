using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox;

/// <summary>
/// A connection to the Inbox of one site. Its settings do not change. It is safe from several runspaces at once, and
/// shows no secret.
/// </summary>
public sealed class WixInboxConnection : IDisposable
{
    private readonly Authentication _authentication;
    private readonly IDisposable? _sandbox;
    private int _closed;

    internal WixInboxConnection(WixInboxClientOptions options, IDisposable? sandbox)
    {
        Client = new WixInboxClient(options);
        BaseUri = options.BaseAddress;
        TimeoutSec = (int)options.Timeout.TotalSeconds;
        RequestsPerMinute = options.RequestsPerMinute;
        MaxWaitSec = (int)options.MaxWait.TotalSeconds;
        _authentication = options.Authentication;
        _sandbox = sandbox;
    }

    /// <summary>Gets the name that Connect-WixInbox -Name gave it.</summary>
    public string? Name { get; internal init; }

    /// <summary>Gets the address that every request goes to.</summary>
    public Uri BaseUri { get; }

    /// <summary>Gets the host of that address, or <c>sandbox</c>.</summary>
    public string Host => Sandbox ? "sandbox" : BaseUri.Authority;

    /// <summary>
    /// Gets the site, the account, the installation of an app or the app that the connection is for, for example
    /// <c>site 1f3a2b7c-5d0e-4c1b-9a8f-7e6d5c4b3a29</c>; null where only the token knows.
    /// </summary>
    public string? Identity => _authentication.Identity;

    /// <summary>Gets the kind of secret that signs the requests. The secret itself cannot be read.</summary>
    public AuthenticationKind Authentication => _authentication.Kind;

    /// <summary>Gets the site that requests name: that of an API key, or one that was given with a token.</summary>
    public string? SiteId => _authentication.SiteId;

    /// <summary>Gets the account that an API key is used for.</summary>
    public string? AccountId => _authentication.AccountId;

    /// <summary>Gets the id of the app that signs in.</summary>
    public string? ClientId => _authentication.ClientId;

    /// <summary>Gets the id of the app's installation on the site.</summary>
    public string? InstanceId => _authentication.InstanceId;

    /// <summary>Gets the proxy that was named; nothing where the system's settings hold, or none is used.</summary>
    public Uri? Proxy { get; internal init; }

    /// <summary>Gets the seconds that one request may take.</summary>
    public int TimeoutSec { get; }

    /// <summary>Gets the most requests in any 60 seconds; 0 for any number.</summary>
    public int RequestsPerMinute { get; }

    /// <summary>
    /// Gets the seconds that a request may be put off in all, because Wix answers that it has to wait or because it
    /// failed, and that a lost network is waited for.
    /// </summary>
    public int MaxWaitSec { get; }

    /// <summary>Gets a value indicating whether messages go to the sandbox in memory and nowhere else.</summary>
    public bool Sandbox => _sandbox is not null;

    /// <summary>Gets a value indicating whether the connection has been closed with Disconnect-WixInbox.</summary>
    public bool Closed => _closed != 0;

    internal WixInboxClient Client { get; }

    /// <summary>Gets or sets the labels of the site's contacts; null until they are asked for.</summary>
    internal ContactLabel[]? Labels { get; set; }

    /// <summary>Gets the script block that gives the token, if there is one.</summary>
    internal TokenProvider? TokenProvider { get; init; }

    /// <summary>
    /// Gets the connection's identity in a journal: its address, and the site, account or installation. Tokens are
    /// temporary, so a connection that has only a token is identified by its name.
    /// </summary>
    internal string JournalIdentity
    {
        get
        {
            var where = Sandbox ? "sandbox" : BaseUri.AbsoluteUri.TrimEnd('/');
            var whom = Identity ?? (Name is null ? null : "connection " + Name);
            return whom is null ? where : $"{where}, {whom}";
        }
    }

    /// <summary>
    /// Gets the part of a file name that distinguishes the connection from others; null if it has none. The name, which
    /// an administrator may change, is the last choice.
    /// </summary>
    internal string? Tag => TagOf(SiteId ?? InstanceId ?? AccountId ?? Name);

    /// <summary>Gets what <see cref="Tag"/> would be if only the name were known; null if it has none.</summary>
    internal string? NameTag => TagOf(Name);

    /// <summary>Gets the words that distinguish the connection from others in a sentence.</summary>
    internal string Label => Name ?? Whom ?? BaseUri.Host;

    /// <summary>
    /// Gets the name, and where the connection leads: to which site, account or installation, or the sandbox.
    /// </summary>
    /// <remarks>Null if nothing but the host is known.</remarks>
    internal string? Place => Name is null ? Whom : Whom is null ? Name : $"{Name} ({Whom})";

    // A sandbox that stands for a site is not that site.
    private string? Whom => !Sandbox ? Identity : Identity is null ? "sandbox" : "sandbox, " + Identity;

    /// <summary>
    /// Gets the end of a sentence on what is done over a connection: the default may not be the one that is meant.
    /// </summary>
    /// <param name="connection">The connection; null in a rehearsal without one.</param>
    internal static string Over(WixInboxConnection? connection) =>
        connection?.Place is { } place ? " over " + place : string.Empty;

    /// <summary>
    /// Gives an object the name of the connection that it came over, by which it finds its way when it is piped on.
    /// </summary>
    /// <param name="output">The object.</param>
    /// <returns>The object with a property <c>Connection</c>, which is null over a connection without a name.</returns>
    internal PSObject AddTo(object output)
    {
        var wrapped = PSObject.AsPSObject(output);
        wrapped.Properties.Remove("Connection");
        wrapped.Properties.Add(new PSNoteProperty("Connection", Name), preValidated: true);
        return wrapped;
    }

    /// <summary>Closes the connection. A message that is on its way fails.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Client.Dispose();
            _sandbox?.Dispose();
            _authentication.Dispose();
        }
    }

    /// <summary>Gets where the connection leads, and as what.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        var where = (Name is null ? string.Empty : Name + ": ")
            + (Sandbox ? "sandbox" : BaseUri.GetLeftPart(UriPartial.Authority));
        var whom = Identity ?? (Sandbox ? null : Authentication.ToString());
        string[] what = [.. new[] { whom, Closed ? "closed" : null }.OfType<string>()];
        return what.Length == 0 ? where : $"{where} ({string.Join(", ", what)})";
    }

    private static string? TagOf(string? name) => name is null ? null : new string([
        .. name.Select(
            character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '-'),
    ]);
}
