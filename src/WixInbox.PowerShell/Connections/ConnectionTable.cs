using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// The connections of a runspace, as one cmdlet sees them: the default, those that have a name, and those that lead to
/// a site.
/// </summary>
internal sealed class ConnectionTable(PSCmdlet cmdlet)
{
    private OpenConnections? _open;

    /// <summary>Gets the connection that cmdlets use when they are given none.</summary>
    public WixInboxConnection? Default => Open?.Default;

    /// <summary>Gets all that are open: the default first, then those with a name, by name.</summary>
    public IReadOnlyList<WixInboxConnection> All => Open?.All ?? [];

    /// <summary>Gets the names of the connections that are open.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(connection => connection.Name).OfType<string>()];

    // There are none where the cmdlets came into the session without a module.
    private OpenConnections? Open => _open ??= OpenConnections.Of(cmdlet.MyInvocation.MyCommand.Module);

    /// <summary>
    /// Makes a connection the default, and known by its name if it has one. Another of that name is no longer known by
    /// it.
    /// </summary>
    /// <returns>Whether there is a module to keep it in.</returns>
    public bool Add(WixInboxConnection connection)
    {
        SetDefault(connection);
        if (connection.Name is not null && Open is not null)
        {
            Open.Named[connection.Name] = connection;
        }

        return Open is not null;
    }

    /// <summary>Makes a connection the default, or leaves none.</summary>
    /// <remarks>
    /// The one that was the default is known by its name alone from now on; one without a name is not known any more,
    /// and stays open.
    /// </remarks>
    public void SetDefault(WixInboxConnection? connection)
    {
        if (Open is not null)
        {
            Open.Default = connection;
        }
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(WixInboxConnection connection)
    {
        if (Default == connection)
        {
            SetDefault(null);
        }

        if (connection.Name is { } name && Open?.Named.TryGetValue(name, out var known) == true && known == connection)
        {
            Open.Named.Remove(name);
        }
    }

    /// <summary>Gets the open connection of a name; null if there is none.</summary>
    public WixInboxConnection? Find(string name) =>
        Open?.Named.TryGetValue(name, out var connection) == true && !connection.Closed ? connection : null;

    /// <summary>Gets the connection that was given, or else the default.</summary>
    /// <param name="given">What was given; null if nothing was.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public WixInboxConnection? Find(ConnectionIdentity? given, out ErrorRecord? problem)
    {
        var connection = given?.Connection ?? (given is null ? Default : given.Name is { } name ? Find(name) : null);
        problem = connection switch
        {
            null when given is not null => NoConnection(given),
            null => ConnectionErrors.NotConnected(Names),
            { Closed: true } => ConnectionErrors.Closed(connection),
            { TokenProvider.IsRunningHere: true } => ConnectionErrors.InTokenProvider(connection),
            _ => null,
        };
        return problem is null ? connection : null;
    }

    /// <summary>Says why something that was given is no connection.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="advice">The advice for a name that no connection has; null for the advice to make one.</param>
    public ErrorRecord NoConnection(ConnectionIdentity given, string? advice = null) =>
        given.IsCopy ? ConnectionErrors.Copy()
        : given.Name is { } unknown ? ConnectionErrors.NotFound(unknown, Names, advice)
        : ConnectionErrors.Empty("Connection");

    /// <summary>
    /// Gets the open connection to a site: the preferred one, if it leads there, or else the only one that does.
    /// </summary>
    /// <param name="siteId">The site.</param>
    /// <param name="preferred">The preferred connection; null for none.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public WixInboxConnection? FindOfSite(string siteId, WixInboxConnection? preferred, out ErrorRecord? problem)
    {
        problem = null;
        var all = All;
        var written = WixId.Read(siteId) ?? siteId;
        WixInboxConnection[] found = [.. all.Where(IsOfSite)];

        // Whether a message is sent or rehearsed is not left to which of the two is the default.
        if (preferred is { Closed: false }
            && IsOfSite(preferred)
            && Array.TrueForAll(found, one => one.Sandbox == preferred.Sandbox))
        {
            return preferred;
        }

        if (found.Length == 1)
        {
            return found[0];
        }

        problem = found.Length == 0
            ? ConnectionErrors.SiteNotConnected(siteId, all)
            : ConnectionErrors.SiteAmbiguous(siteId, found);
        return null;

        bool IsOfSite(WixInboxConnection connection) =>
            string.Equals(connection.SiteId, written, StringComparison.OrdinalIgnoreCase);
    }
}
