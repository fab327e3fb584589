using System.Management.Automation;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>Gets the connection that cmdlets of this runspace use when none is named; nothing if there is none.</summary>
[Cmdlet(VerbsCommon.Get, "WixInboxConnection")]
[OutputType(typeof(WixInboxConnection))]
public sealed class GetWixInboxConnectionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (DefaultConnection.Get(this) is { } connection)
        {
            WriteObject(connection);
        }
    }
}
