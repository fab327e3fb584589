using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Connections;

/// <summary>Finds the connection that a cmdlet uses.</summary>
internal static class CmdletConnections
{
    /// <summary>Gets the connection that was given, or else the runspace's own. The cmdlet ends with an error if there is none, or it is closed.</summary>
    public static WixInboxConnection OpenConnection(this PSCmdlet cmdlet, WixInboxConnection? given)
    {
        var connection = given ?? DefaultConnection.Get(cmdlet);
        if (connection is null)
        {
            cmdlet.ThrowTerminatingError(ConnectionErrors.NotConnected());
        }

        if (connection!.Closed)
        {
            cmdlet.ThrowTerminatingError(ConnectionErrors.Closed(connection));
        }

        return connection;
    }
}
