using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WixInbox.Benchmarks;

/// <summary>Which PowerShell runs the scripts.</summary>
/// <param name="Start">The words of the command that starts it, before those of the script.</param>
/// <param name="Name">What it is.</param>
/// <param name="IsWhole">Whether it has the cmdlets of a PowerShell, Invoke-RestMethod among them.</param>
internal sealed record Shell(string[] Start, string Name, bool IsWhole)
{
    private const string Engine = "engine";

    // The module needs 7.4.
    private const string Version = "$PSVersionTable.PSVersion.ToString(); exit [int]($PSVersionTable.PSVersion -lt [version] '7.4')";

    /// <summary>Finds the .NET tool of this repository, or the one that is installed; else this program's own engine, which has the module and the language alone.</summary>
    public static Shell Find()
    {
        string[][] installed = [["dotnet", "pwsh"], ["pwsh"]];
        return installed.Select(Try).FirstOrDefault(shell => shell is not null)
            ?? new Shell(["dotnet", typeof(Shell).Assembly.Location, Engine], $"the engine of PowerShell {typeof(PowerShell).Assembly.GetName().Version?.ToString(2)}", false);
    }

    /// <summary>Runs a script in this process, if that is what it was started for.</summary>
    public static bool TryRun(string[] args)
    {
        if (args is not [Engine, var script, .. var parameters])
        {
            return false;
        }

        var session = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            session.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using var shell = PowerShell.Create(session);
        shell.AddCommand(script);
        foreach (var parameter in parameters)
        {
            shell.AddArgument(parameter);
        }

        shell.Invoke();
        return true;
    }

    private static Shell? Try(string[] start)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(start[0], [.. start[1..], "-NoProfile", "-NonInteractive", "-Command", Version])
            {
                WorkingDirectory = AppContext.BaseDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? new Shell([.. start, "-NoProfile", "-NonInteractive", "-File"], $"PowerShell {version}", true) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is none of that name.
            return null;
        }
    }
}
