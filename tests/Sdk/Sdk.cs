using System.ComponentModel;
using System.Diagnostics;

namespace WixInbox;

/// <summary>
/// Runs Wix's SDK for the tests of several projects. A machine without Node.js or without a registry to get the
/// packages from leaves them out, and says so.
/// </summary>
internal static class Sdk
{
    private static readonly Lazy<string?> s_missing = new(Prepare);

    /// <summary>Gets the folder with the packages in it; skips the test where they cannot be had.</summary>
    public static string Folder()
    {
        if (s_missing.Value is { } reason)
        {
            Assert.Skip(reason);
        }

        return Here();
    }

    /// <summary>Runs a program in a folder.</summary>
    /// <returns>Its exit code, and what it wrote: the errors only where it failed.</returns>
    public static (int ExitCode, string Output) Run(string folder, string program, params string[] arguments)
    {
        // On Windows, npm is a script.
        var start = OperatingSystem.IsWindows() && program == "npm"
            ? new ProcessStartInfo("cmd", ["/c", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
    }

    // Not by the path of the source: in a build of CI that is not where the file is.
    private static string Here()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WixInbox.psd1")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "Sdk");
    }

    private static string? Prepare()
    {
        // The suites of two projects may run at the same time, and both may find nothing here.
        using var turn = new Mutex(false, "WixInbox.Sdk");
        turn.WaitOne();
        try
        {
            return Install();
        }
        catch (Win32Exception)
        {
            return "Wix's SDK needs Node.js, which is not installed.";
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    private static string? Install()
    {
        if (Run(Here(), "node", "--version") is not (0, _))
        {
            return "Wix's SDK needs Node.js, which does not work here.";
        }

        // As the lock file has it, and with no script of a package run. What is there already is not fetched again.
        var installed = Path.Combine(Here(), "node_modules", ".package-lock.json");
        return File.Exists(installed)
            && File.GetLastWriteTimeUtc(installed) >= File
                .GetLastWriteTimeUtc(Path.Combine(Here(), "package-lock.json"))
            || Run(Here(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund") is (0, _)
            ? null
            : "The packages of Wix's SDK cannot be had from their registry.";
    }
}
