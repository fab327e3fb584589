using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>
/// Closes the connections when the module is removed, and lets go of their secrets. The engine calls it.
/// </summary>
public sealed class ConnectionCleanup : IModuleAssemblyCleanup
{
    // There is no cmdlet to warn through, and Write-Warning would bring in another module.
    private const string Warn = "& { [CmdletBinding()] param($Text) $PSCmdlet.WriteWarning($Text) } $args[0]";

    /// <summary>Closes the connections, and says how many there were.</summary>
    /// <param name="psModuleInfo">The module of this assembly.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        var connections = OpenConnections.Of(psModuleInfo)?.All ?? [];
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        if (connections.Count == 0)
        {
            return;
        }

        try
        {
            ScriptBlock.Create(Warn).Invoke(string.Format(
                CultureInfo.InvariantCulture,
                "The module was removed, and with it its open connections: {0}. Connect-WixInbox makes them anew.",
                connections.Count));
        }
        catch (RuntimeException)
        {
            // In constrained language mode a script may not call this, and the connections are closed without a word.
        }
    }
}
