using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>
/// The connection that cmdlets use when none is named. It is a variable of the module itself, which every runspace has a copy of, so that it is
/// the runspace's own and goes when the module does.
/// </summary>
internal static class DefaultConnection
{
    private const string Variable = "DefaultConnection";

    public static WixInboxConnection? Get(PSCmdlet cmdlet) => VariablesOf(cmdlet)?.GetValue(Variable) as WixInboxConnection;

    /// <returns>Whether there is a module to keep it in.</returns>
    public static bool Set(PSCmdlet cmdlet, WixInboxConnection? connection)
    {
        var variables = VariablesOf(cmdlet);
        variables?.Set(Variable, connection);
        return variables is not null;
    }

    // There is none where someone has imported the assembly instead of the module.
    private static PSVariableIntrinsics? VariablesOf(PSCmdlet cmdlet) => cmdlet.MyInvocation.MyCommand.Module?.SessionState?.PSVariable;
}
