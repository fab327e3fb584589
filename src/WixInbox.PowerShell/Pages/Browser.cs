using System.Management.Automation;
using System.Runtime.InteropServices;

namespace WixInbox.Pages;

/// <summary>Shows a page to whoever sits at the session; and where nobody does, says so and shows nothing.</summary>
internal static class Browser
{
    // A session of a Linux desktop has one of these; so has one that knows how to reach a browser elsewhere.
    private static readonly string[] s_screens = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"];

    /// <summary>Opens a page, or says why not.</summary>
    /// <param name="cmdlet">The cmdlet that it is for.</param>
    /// <param name="path">The page's file.</param>
    public static void Open(PSCmdlet cmdlet, string path)
    {
        var reason = ReasonNotTo(cmdlet);
        if (reason is null)
        {
            try
            {
                // By name, so that a session that has its own way of opening a file has it here too.
                cmdlet.InvokeCommand.InvokeScript(
                    "param($path) Invoke-Item -LiteralPath $path -ErrorAction Stop", path);
                return;
            }
            catch (RuntimeException exception)
            {
                reason = exception.Message;
            }
        }

        cmdlet.WriteWarning($"The page is in '{path}'. It was not opened: {reason}");
    }

    private static string? ReasonNotTo(PSCmdlet cmdlet)
    {
        if (cmdlet.Host.Name == "ServerRemoteHost"
            || cmdlet.SessionState.PSVariable.GetValue("PSSenderInfo") is not null)
        {
            return "the session is remote, or a job.";
        }

        // What a session without an interface is called: in a job, or in another program.
        if (cmdlet.Host.Name == "Default Host"
            || !Environment.UserInteractive
            || Environment.GetCommandLineArgs().Any(IsNonInteractive))
        {
            return "the session is not interactive.";
        }

        var hasScreen = s_screens.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        return hasScreen
            || !(RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
                || Environment.GetEnvironmentVariable("SSH_CONNECTION") is not null)
            ? null
            : "the session has no screen.";
    }

    // PowerShell takes the start of a switch's name for the whole.
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5
        && argument[0] is '-' or '/'
        && "NonInteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase);
}
