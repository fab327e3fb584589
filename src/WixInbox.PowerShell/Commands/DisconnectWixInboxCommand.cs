using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>Closes a connection: the runspace's own, or one that is given. Its secret is let go.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "WixInbox")]
[OutputType(typeof(void))]
public sealed class DisconnectWixInboxCommand : PSCmdlet
{
    /// <summary>Gets or sets the connection, or its name. Without one, the one that Connect-WixInbox made last in this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionIdentity? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // One that is closed already needs no closing, however it is meant.
        var connection = Connection is null ? SessionConnections.Default(this) : Connection.Connection ?? (Connection.Name is { } name ? SessionConnections.Find(this, name) : null);
        if (connection is not null)
        {
            connection.Dispose();
            SessionConnections.Remove(this, connection);
        }
        else if (Connection is not null)
        {
            WriteError(this.NoConnection(Connection));
        }
        else
        {
            WriteVerbose("There is no connection to close.");
        }
    }
}
