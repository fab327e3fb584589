using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>Closes a connection: the runspace's own, or one that is given. Its secret is let go.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "WixInbox")]
[OutputType(typeof(void))]
public sealed class DisconnectWixInboxCommand : PSCmdlet
{
    /// <summary>Gets or sets the connection. Without one, the one that Connect-WixInbox made last in this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public WixInboxConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var current = DefaultConnection.Get(this);
        var connection = Connection ?? current;
        if (connection is null)
        {
            WriteVerbose("There is no connection to close.");
            return;
        }

        connection.Dispose();
        if (ReferenceEquals(connection, current))
        {
            DefaultConnection.Set(this, null);
        }
    }
}
