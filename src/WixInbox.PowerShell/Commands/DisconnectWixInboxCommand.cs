using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>Closes a connection, and discards its secret: the runspace's own, or one that is given.</summary>
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
        // A connection that is closed already is no error, whether it is given itself or by its name.
        var connection = Connection is null ? new ConnectionTable(this).Default : Connection.Connection ?? (Connection.Name is { } name ? new ConnectionTable(this).Find(name) : null);
        if (connection is not null)
        {
            connection.Dispose();
            new ConnectionTable(this).Remove(connection);
        }
        else if (Connection is not null)
        {
            WriteError(new ConnectionTable(this).NoConnection(Connection));
        }
        else
        {
            WriteVerbose("There is no connection to close.");
        }
    }
}
