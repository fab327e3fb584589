using System.Reflection;

namespace WixInbox.Connections;

/// <summary>
/// Loads the sandbox, which lies beside this assembly, when it is asked for. Nothing else refers to it: a session that
/// sends for real never loads it.
/// </summary>
internal static class SandboxLoader
{
    /// <summary>Makes a sandbox.</summary>
    /// <param name="requestsPerMinute">How many requests a minute it takes; zero for any number.</param>
    /// <returns>What answers in place of the network.</returns>
    public static HttpMessageHandler Create(int requestsPerMinute)
    {
        var folder = Path.GetDirectoryName(typeof(SandboxLoader).Assembly.Location)!;
        var assembly = Assembly.LoadFrom(Path.Combine(folder, "WixInbox.Sandbox.dll"));
        var options = Activator.CreateInstance(
            assembly.GetType("WixInbox.Sandbox.SandboxOptions", throwOnError: true)!)!;
        options.GetType().GetProperty("RequestsPerMinute")!.SetValue(options, requestsPerMinute);
        var handler = assembly.GetType("WixInbox.Sandbox.SandboxHandler", throwOnError: true)!;
        return (HttpMessageHandler)Activator.CreateInstance(handler, options)!;
    }
}
