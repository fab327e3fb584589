using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>
/// The connections of a runspace: the one that cmdlets use when none is named, and those that have a name. They are variables of the module itself, which
/// every runspace has a copy of, so that they are the runspace's own and go when the module does.
/// </summary>
internal static class SessionConnections
{
    private const string DefaultVariable = "DefaultConnection";
    private const string NamedVariable = "NamedConnections";

    public static WixInboxConnection? Default(PSCmdlet cmdlet) => VariablesOf(cmdlet)?.GetValue(DefaultVariable) as WixInboxConnection;

    /// <summary>Gets all that are open: the default first, then those with a name, by name.</summary>
    public static IReadOnlyList<WixInboxConnection> All(PSCmdlet cmdlet)
    {
        var first = Default(cmdlet);
        return
        [
            .. new[] { first }.OfType<WixInboxConnection>()
                .Concat(Named(cmdlet).Values.Where(connection => connection != first).OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase))
                .Where(connection => !connection.Closed),
        ];
    }

    /// <summary>Gets the open connection of a name; null if there is none.</summary>
    public static WixInboxConnection? Find(PSCmdlet cmdlet, string name) =>
        Named(cmdlet).TryGetValue(name, out var connection) && !connection.Closed ? connection : null;

    /// <summary>Gets the names of the connections that are open.</summary>
    public static IReadOnlyList<string> Names(PSCmdlet cmdlet) => [.. All(cmdlet).Select(connection => connection.Name).OfType<string>()];

    /// <summary>Makes a connection the default, and known by its name if it has one. Another of that name is no longer known by it.</summary>
    /// <returns>Whether there is a module to keep it in.</returns>
    public static bool Add(PSCmdlet cmdlet, WixInboxConnection connection)
    {
        var variables = VariablesOf(cmdlet);
        variables?.Set(DefaultVariable, connection);
        if (connection.Name is not null)
        {
            var named = Named(cmdlet);
            named[connection.Name] = connection;
            variables?.Set(NamedVariable, named);
        }

        return variables is not null;
    }

    /// <summary>Forgets a connection.</summary>
    public static void Remove(PSCmdlet cmdlet, WixInboxConnection connection)
    {
        if (Default(cmdlet) == connection)
        {
            VariablesOf(cmdlet)!.Set(DefaultVariable, null);
        }

        if (connection.Name is not null && Named(cmdlet) is var named && named.TryGetValue(connection.Name, out var known) && known == connection)
        {
            named.Remove(connection.Name);
        }
    }

    private static Dictionary<string, WixInboxConnection> Named(PSCmdlet cmdlet) =>
        VariablesOf(cmdlet)?.GetValue(NamedVariable) as Dictionary<string, WixInboxConnection> ?? new(StringComparer.OrdinalIgnoreCase);

    // There are none where someone has imported the assembly instead of the module.
    private static PSVariableIntrinsics? VariablesOf(PSCmdlet cmdlet) => cmdlet.MyInvocation.MyCommand.Module?.SessionState?.PSVariable;
}
