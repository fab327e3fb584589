using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Connections;

/// <summary>Finds the connection that a cmdlet uses.</summary>
internal static class CmdletConnections
{
    /// <summary>Gets the connection that was given, or else the runspace's own.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="given">What was given; null if nothing was.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public static WixInboxConnection? FindConnection(this PSCmdlet cmdlet, ConnectionIdentity? given, out ErrorRecord? problem)
    {
        var connection = given?.Connection
            ?? (given is null ? SessionConnections.Default(cmdlet) : given.Name is { } name ? SessionConnections.Find(cmdlet, name) : null);
        problem = connection switch
        {
            null when given is not null => cmdlet.NoConnection(given),
            null => ConnectionErrors.NotConnected(SessionConnections.Names(cmdlet)),
            { Closed: true } => ConnectionErrors.Closed(connection),
            { TokenProvider.IsRunningHere: true } => ConnectionErrors.InTokenProvider(connection),
            _ => null,
        };
        return problem is null ? connection : null;
    }

    /// <summary>Says why something that was given is no connection.</summary>
    public static ErrorRecord NoConnection(this PSCmdlet cmdlet, ConnectionIdentity given) =>
        given.IsCopy ? ConnectionErrors.Copy()
        : given.Name is { } unknown ? ConnectionErrors.NotFound(unknown, SessionConnections.Names(cmdlet))
        : ConnectionErrors.Empty();

    /// <summary>Gets the open connection to a site.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="siteId">The site's id.</param>
    /// <param name="own">The run's own connection, which is preferred.</param>
    /// <param name="problem">Why there is none that can be used.</param>
    public static WixInboxConnection? FindConnectionOfSite(this PSCmdlet cmdlet, string siteId, WixInboxConnection? own, out ErrorRecord? problem)
    {
        problem = null;
        if (own is { Closed: false } && IsOfSite(own))
        {
            return own;
        }

        var all = SessionConnections.All(cmdlet);
        WixInboxConnection[] found = [.. all.Where(IsOfSite)];
        if (found.Length == 1)
        {
            return found[0];
        }

        problem = found.Length == 0 ? ConnectionErrors.SiteNotConnected(siteId, all) : ConnectionErrors.SiteAmbiguous(siteId, found);
        return null;

        bool IsOfSite(WixInboxConnection connection) => string.Equals(connection.SiteId, siteId, StringComparison.OrdinalIgnoreCase);
    }
}
