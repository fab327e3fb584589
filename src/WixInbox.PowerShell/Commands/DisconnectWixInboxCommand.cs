using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>Closes a connection, and discards its secret: the runspace's own, or one that is given.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "WixInbox")]
[OutputType(typeof(void))]
public sealed class DisconnectWixInboxCommand : PSCmdlet
{
    /// <summary>
    /// Gets or sets the connections, or their names. Without any, the default of this runspace.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionIdentity[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var table = new ConnectionTable(this);
        if (Connection is null)
        {
            if (table.Default is { } own)
            {
                Close(table, own);
            }
            else
            {
                WriteVerbose("There is no connection to close.");
            }

            return;
        }

        foreach (var given in Connection)
        {
            // A connection that is closed already is no error, whether it is given itself or by its name.
            if ((given.Connection ?? (given.Name is { } name ? table.Find(name) : null)) is { } connection)
            {
                Close(table, connection);
            }
            else
            {
                WriteError(table.NoConnection(given, "Get-WixInboxConnection lists the open ones."));
            }
        }
    }

    private static void Close(ConnectionTable table, WixInboxConnection connection)
    {
        connection.Dispose();
        table.Remove(connection);
    }
}
