using System.Management.Automation;
using System.Management.Automation.Host;

namespace WixInbox.Pipeline;

/// <summary>
/// A line that is shown to whoever sits at a console, and is in the information stream for everybody else.
/// </summary>
internal static class HostLine
{
    // The console's own host reads and writes the process's streams.
    // Any other host knows itself whether somebody is there.
    private const string ConsoleHost = "ConsoleHost";

    // By this tag the engine shows a record whatever $InformationPreference is, as it does for Write-Host.
    private const string Shown = "PSHOST";

    /// <summary>Tells whether the host is that of the console.</summary>
    public static bool IsOfConsole(PSHost host) => host.Name == ConsoleHost;

    /// <summary>Tells whether the input is redirected, so that it does not come from a person.</summary>
    public static bool IsInputRedirected(PSHost host) => IsOfConsole(host) && Console.IsInputRedirected;

    /// <summary>Tells whether the output is redirected to a file or another program.</summary>
    public static bool IsOutputRedirected(PSHost host) => IsOfConsole(host) && Console.IsOutputRedirected;

    /// <summary>
    /// Makes ready to show a line past the streams, which take nothing more once a pipeline is being stopped.
    /// </summary>
    /// <param name="cmdlet">The cmdlet, before its first row.</param>
    /// <returns>The action that shows a line; null if nobody would see it, or it is not wanted.</returns>
    public static Action<string>? Late(PSCmdlet cmdlet)
    {
        return cmdlet.Prefers("Information", ActionPreference.Ignore) || IsOutputRedirected(cmdlet.Host)
            ? null
            : cmdlet.Host.UI.WriteLine;
    }

    /// <summary>Writes the line. With <c>-InformationAction Ignore</c> it is nowhere.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="line">The line, or an object whose text is the line.</param>
    /// <param name="isShown">Whether the line is useful to a person at the console.</param>
    public static void Write(PSCmdlet cmdlet, object line, bool isShown = true)
    {
        var isSeen = isShown && !IsOutputRedirected(cmdlet.Host);
        cmdlet.WriteInformation(line, isSeen ? ["WixInbox", Shown] : ["WixInbox"]);
        if (!isSeen)
        {
            // It does not get into the way of a script's own output, and -Verbose has it.
            cmdlet.WriteVerbose(line.ToString());
        }
    }
}
