using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace WixInbox.PowerShell.Tests.Canaries;

/// <summary>
/// Everything that something can get into: what is shown, what is made of objects, what is written to files.
/// </summary>
internal static class Sinks
{
    // Each by itself, so that a failure names it.
    private static readonly (string Name, string Script)[] s_ofObjects =
    [
        ("view", "$all | Out-String -Width 500"),
        ("list", "$all | Format-List -Property * -Force | Out-String -Width 500"),
        ("table", "$all | Format-Table -AutoSize | Out-String -Width 500"),
        ("text", "$all | ForEach-Object { \"$_\" }"),
        ("Clixml", "[System.Management.Automation.PSSerializer]::Serialize($all, 2)"),
        ("JSON", "$all | ConvertTo-Json -Depth 2 -WarningAction Ignore"),
        ("CSV", "$all | ConvertTo-Csv"),
    ];

    /// <summary>Gets what each stream but that of objects has, by its name.</summary>
    public static IEnumerable<(string Name, string Text)> OfStreams(Result result)
    {
        yield return ("verbose", string.Join('\n', result.Verbose));
        yield return ("warnings", string.Join('\n', result.Warnings));
        yield return ("information", string.Join('\n', result.Information));
        yield return ("errors", string.Join('\n', result.Errors.Select(TextOf)));
        yield return ("thrown", result.Thrown?.ToString() ?? string.Empty);
    }

    /// <summary>Gets what becomes of objects, and of errors, in each way to show or keep them.</summary>
    public static IEnumerable<(string Name, string Text)> OfObjects(Engine engine, IEnumerable<object> objects)
    {
        engine.Set("all", objects.ToArray());
        foreach (var (name, script) in s_ofObjects)
        {
            var made = engine.Run(script);
            Assert.Null(made.Thrown);
            yield return (name, string.Join('\n', made.Output));
        }
    }

    /// <summary>Gets the view that shows all of an error, of a few kinds: it takes a third of a second each.</summary>
    public static (string Name, string Text) OfErrors(Engine engine) =>
        ("Get-Error", string.Join('\n', engine.Run("""
            $Error | Sort-Object FullyQualifiedErrorId -Unique | Select-Object -First 3 | ForEach-Object {
                Get-Error -InputObject $_ | Out-String -Width 500
            }
            """).Output));

    /// <summary>Gets the files of a folder.</summary>
    public static IEnumerable<(string Name, string Text)> OfFiles(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetFileName(file), Encoding.UTF8.GetString(File.ReadAllBytes(file))));

    /// <summary>
    /// Gets what a list of processes shows: the command line of each, and the environment of this one, which those that
    /// it starts have too. Elsewhere than on Linux, it is this one alone.
    /// </summary>
    public static IEnumerable<(string Name, string Text)> OfProcesses()
    {
        yield return ("command line", Environment.CommandLine);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return ("environment", $"{variable.Key}={variable.Value}");
        }

        foreach (var process in OperatingSystem.IsLinux() ? Directory.GetDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                yield return ("process", CommandLineOf(process));
            }
        }
    }

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended since, or is nobody's business.
            return string.Empty;
        }
    }

    private static string TextOf(ErrorRecord error) =>
        string.Join(
            ' ',
            error,
            error.Exception,
            error.FullyQualifiedErrorId,
            error.CategoryInfo,
            error.InvocationInfo?.PositionMessage,
            error.ErrorDetails);
}
