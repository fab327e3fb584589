using System.Diagnostics;
using dnlib.DotNet.Writer;
using SharpFuzz;

namespace WixInbox.Fuzz;

/// <summary>
/// A copy of this program in which SharpFuzz has each branch of the code under test write down that it was reached.
/// What is built is left as it is.
/// </summary>
internal static class Instrumentation
{
    private const string Folder = "instrumented";

    /// <summary>Gets a value indicating whether this program is that copy.</summary>
    public static bool IsDone =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) == Folder;

    /// <summary>Makes the copy, and runs it in place of this program.</summary>
    /// <returns>Its exit code.</returns>
    public static int StartCopy(string[] args)
    {
        var copy = Path.Combine(AppContext.BaseDirectory, Folder);
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        foreach (var library in (string[])["WixInbox.Client.dll", "WixInbox.PowerShell.dll"])
        {
            Instrument(Path.Combine(copy, library));
        }

        string[] self = IsHost ? [Path.Combine(copy, "WixInbox.Fuzz.dll")] : [];
        var program = IsHost ? Environment.ProcessPath!
            : Path.Combine(copy, Path.GetFileName(Environment.ProcessPath!));
        using var process = Process.Start(program, [.. self, .. args]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static bool IsHost => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    // SharpFuzz has been seen to fail at a library that it instruments at the next try. It writes nothing before it is
    // done.
    private static void Instrument(string library)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Fuzzer.Instrument(library, _ => true, Options.Value);
                return;
            }
            catch (ModuleWriterException) when (tries < 5)
            {
            }
        }
    }
}
