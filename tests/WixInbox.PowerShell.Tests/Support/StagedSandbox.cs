using System.Reflection;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Makes the sandbox as it ships.</summary>
internal static class StagedSandbox
{
    /// <summary>Makes one.</summary>
    /// <param name="configure">Sets its options.</param>
    /// <returns>The handler, whose public members a test may use.</returns>
    public static HttpMessageHandler Create(Action<dynamic> configure)
    {
        var assembly = Assembly.LoadFrom(Path.Combine(StagedModule.Root, "bin", "net8.0", "WixInbox.Sandbox.dll"));
        dynamic options = Activator.CreateInstance(
            assembly.GetType("WixInbox.Sandbox.SandboxOptions", throwOnError: true)!)!;
        options.RequestsPerMinute = 0;
        configure(options);
        return (HttpMessageHandler)Activator.CreateInstance(
            assembly.GetType("WixInbox.Sandbox.SandboxHandler", throwOnError: true)!, (object)options)!;
    }
}
