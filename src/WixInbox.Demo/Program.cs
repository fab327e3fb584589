using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace WixInbox.Demo;

/// <summary>
/// Hosts the PowerShell engine, imports the module as a build leaves it and runs a script, for a machine without <c>pwsh</c>. It shows what a user
/// would see at a prompt.
/// </summary>
internal static class Program
{
    private const string Module = "out/WixInbox";
    private const string Examples = "out/WixInbox/examples/";

    // The main job, then what makes it one that can be left alone.
    private static readonly string[] s_acts = ["send-from-csv.ps1", "cut-off-and-resume.ps1"];

    /// <param name="args">A script and its arguments; two of the module's examples without any.</param>
    /// <returns>0 if the script ran, whatever became of its rows; 1 if it failed itself; or what it gave to <c>exit</c>.</returns>
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (FindRoot() is not { } root)
        {
            Console.Error.WriteLine($"There is no {Module} above {AppContext.BaseDirectory}. Build the solution first.");
            return 1;
        }

        (string Path, string Typed)[] scripts = args.Length > 0
            ? [(Path.GetFullPath(args[0]), string.Join(' ', args))]
            : [.. s_acts.Select(act => (Path.Combine(root, Examples + act), "./" + Examples + act))];
        if (scripts.FirstOrDefault(script => !File.Exists(script.Path)) is { Path: { } missing })
        {
            Console.Error.WriteLine($"There is no script {missing}.");
            return 1;
        }

        Console.WriteLine(args.Length > 0
            ? "The WixInbox module in a PowerShell engine of this program's own."
            : "Sends a message to each contact of a CSV file, in a sandbox: an inbox in memory. Nothing leaves this machine. Then it does so once more, and is cut off in the middle.");
        Console.WriteLine();
        var host = new DemoHost();
        using var runspace = RunspaceFactory.CreateRunspace(host, CreateSession());
        runspace.Open();
        return Run(runspace, new Command("Import-Module") { Parameters = { { "Name", Path.Combine(root, Module, "WixInbox.psd1") } } }, $"Import-Module ./{Module}")
            && scripts.All(script => Run(runspace, ScriptCommand(script.Path, args.Skip(1)), script.Typed))
                ? runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0
                : 1;
    }

    private static string? FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Module, "WixInbox.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static InitialSessionState CreateSession()
    {
        var session = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Windows runs no script in a host that does not say so. This one runs what it is told to, and nothing else.
            session.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        return session;
    }

    private static Command ScriptCommand(string script, IEnumerable<string> arguments)
    {
        var command = new Command(script);
        foreach (var argument in arguments)
        {
            var colon = argument.IndexOf(':', StringComparison.Ordinal);
            command.Parameters.Add(argument switch
            {
                // A name with its dash and no value: the engine binds what follows to it, or takes it for a switch.
                ['-', >= 'A', ..] when colon < 0 => new CommandParameter(argument),
                ['-', >= 'A', ..] => new CommandParameter(argument[1..colon], argument[(colon + 1)..]),
                _ => new CommandParameter(null, argument),
            });
        }

        return command;
    }

    /// <summary>Runs a command as a prompt does: what it gives out and its errors are drawn in the order in which they come.</summary>
    /// <returns>Whether it came to its end.</returns>
    private static bool Run(Runspace runspace, Command command, string? typed = null)
    {
        if (typed is not null)
        {
            Console.WriteLine("PS> " + typed);
        }

        using var powershell = PowerShell.Create(runspace);
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            powershell.BeginStop(null, null);
        };
        Console.CancelKeyPress += stop;
        try
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            powershell.Commands.AddCommand(command).AddCommand("Out-Default");
            powershell.Invoke();
            return true;
        }
        catch (RuntimeException exception)
        {
            Show(runspace, exception.ErrorRecord);
            return false;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    private static void Show(Runspace runspace, ErrorRecord error)
    {
        // The mark by which the engine tells an error to show from one that is only handed on.
        var shown = new PSObject(error);
        shown.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        using var powershell = PowerShell.Create(runspace);
        powershell.AddCommand("Out-Default").Invoke(new[] { shown });
    }
}
