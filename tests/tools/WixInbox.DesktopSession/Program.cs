using System.Reflection;

namespace WixInbox.DesktopSession;

/// <summary>
/// A program that knows nothing of the module's assemblies, as powershell.exe does not, and does with the one of the
/// cmdlets what the engine does:
/// <c>DesktopSession FOLDER import | remove | handlers | "location NAME" | "ask IDENTITY|NAME" ...</c> It prints a line
/// for each.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        var module = new Lazy<object>(() => Activator.CreateInstance(
            Assembly.LoadFrom(Path.Combine(args[0], "WixInbox.PowerShell.dll"))
                .GetType("WixInbox.Desktop.DesktopAssemblies", throwOnError: true)));
        foreach (var command in args.Skip(1))
        {
            var space = (command + " ").IndexOf(' ');
            var (verb, argument) = (command.Substring(0, space), command.Substring(space).TrimStart());
            Console.WriteLine(verb switch
            {
                "import" => Call(module.Value, "OnImport") ?? "imported",
                "remove" => Call(module.Value, "OnRemove", [null]) ?? "removed",
                "handlers" => Handlers(module.Value.GetType()),
                "location" => Loaded(argument)?.Location ?? "not loaded",
                "ask" => Ask(module.Value.GetType(), argument) ?? "no answer",
                _ => throw new ArgumentException(command),
            });
        }
    }

    private static string? Call(object module, string method, params object?[] arguments)
    {
        try
        {
            module.GetType().GetMethod(method).Invoke(module, arguments);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return $"{exception.InnerException.GetType().FullName}: {exception.InnerException.Message}"
                .Replace('\n', ' ');
        }
    }

    private static string Handlers(Type type)
    {
        // Mono has the one name, .NET Framework the other.
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        var field = typeof(AppDomain).GetField("AssemblyResolve", Hidden)
            ?? typeof(AppDomain).GetField("_AssemblyResolve", Hidden);
        var handlers = (Delegate?)field.GetValue(AppDomain.CurrentDomain);
        return (handlers?.GetInvocationList() ?? []).Count(handler => handler.Method.DeclaringType == type)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Ask(Type type, string argument)
    {
        var parts = argument.Split('|');
        var asking = parts.Length > 1 ? Loaded(parts[1]) : null;
        var answer = type.GetMethod("Resolve", BindingFlags.Static | BindingFlags.NonPublic)
            .Invoke(null, [null, new ResolveEventArgs(parts[0], asking)]);
        return (answer as Assembly)?.Location;
    }

    private static Assembly? Loaded(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == name);
}
