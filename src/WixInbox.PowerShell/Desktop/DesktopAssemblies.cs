#if NETFRAMEWORK
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace WixInbox.Desktop;

/// <summary>
/// Windows PowerShell has no System.Text.Json: this edition brings its own, and sees to it that it is found. The engine
/// calls it when the module is imported and when it is removed.
/// </summary>
/// <remarks>
/// The assemblies of this folder refer to each other by the very versions that lie in it, so the runtime finds them
/// there by itself, unless another module has loaded one of them from a folder of its own, where the next one is
/// missing. Then this answers. It gives nobody anything but the identity that was asked for.
/// </remarks>
public sealed class DesktopAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(DesktopAssemblies).Assembly.Location)!;

    // What lies beside this assembly and is not its own: a test holds the two against each other.
    private static readonly string[] s_names =
    [
        "Microsoft.Bcl.AsyncInterfaces",
        "Microsoft.Bcl.TimeProvider",
        "System.Buffers",
        "System.IO.Pipelines",
        "System.Memory",
        "System.Numerics.Vectors",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Threading.Tasks.Extensions",
        "System.ValueTuple",
    ];

    /// <summary>Answers for this edition's assemblies from now on, and tries them.</summary>
    /// <exception cref="WixInboxException">They cannot be loaded.</exception>
    public void OnImport()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        try
        {
            UseJson();
        }
        catch (Exception exception)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
            throw new WixInboxException(
                $"WixInbox cannot load System.Text.Json, which lies in '{s_folder}'. Another module may have loaded a "
                    + "part of it first: start a new session and import WixInbox before any other module. "
                    + "If that does not help, install WixInbox again, or use it in PowerShell 7. "
                    + $"{exception.GetBaseException().Message}",
                exception);
        }
    }

    /// <summary>Answers no more.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    // Trouble is to show when the module is imported, not when the first message is sent. It is a method of its own, so
    // that nothing of this is looked for before the handler is there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseJson() => JsonSerializer.SerializeToUtf8Bytes("");

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        // The runtime does not always tell who asks: never, for what was loaded from a path as this assembly was.
        if (args.RequestingAssembly is { } asking && (asking.IsDynamic || !IsInFolder(asking.Location)))
        {
            return null;
        }

        var name = new AssemblyName(args.Name);
        if (!s_names.Contains(name.Name, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = Path.Combine(s_folder, name.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).FullName == name.FullName
            ? Assembly.LoadFrom(path)
            : null;
    }

    private static bool IsInFolder(string location) =>
        location.Length > 0
        && string.Equals(Path.GetDirectoryName(location), s_folder, StringComparison.OrdinalIgnoreCase);
}
#endif
