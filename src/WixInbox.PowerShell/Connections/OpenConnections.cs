using System.Collections;
using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>
/// The connections that are open in a runspace. They are private data of the module, which every runspace has an object
/// of for itself, so that they are the runspace's own and go when the module does.
/// </summary>
internal sealed class OpenConnections
{
    private const string Key = "OpenConnections";

    /// <summary>Gets or sets the one that cmdlets use when they are given none.</summary>
    public WixInboxConnection? Default { get; set; }

    /// <summary>Gets those that have a name.</summary>
    public Dictionary<string, WixInboxConnection> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets all that are open: the default first, then those with a name, by name.</summary>
    public IReadOnlyList<WixInboxConnection> All =>
    [
        .. new[] { Default }.OfType<WixInboxConnection>()
            .Concat(Named.Values.Where(connection => connection != Default)
                .OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase))
            .Where(connection => !connection.Closed),
    ];

    /// <summary>Gets those of a module.</summary>
    /// <param name="module">
    /// The module of this assembly, or the one that has it nested; null for cmdlets that are of none.
    /// </param>
    public static OpenConnections? Of(PSModuleInfo? module)
    {
        var own = module?.NestedModules.FirstOrDefault(IsOwn) ?? module;
        if (own is null || !IsOwn(own))
        {
            return null;
        }

        // The manifest has private data, and an import of the bare assembly has none.
        own.PrivateData ??= new Hashtable();
        if (own.PrivateData is not Hashtable data)
        {
            return null;
        }

        data[Key] ??= new OpenConnections();
        return data[Key] as OpenConnections;
    }

    private static bool IsOwn(PSModuleInfo module) =>
        module.ImplementingAssembly == typeof(OpenConnections).Assembly;
}
