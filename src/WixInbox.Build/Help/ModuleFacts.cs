using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WixInbox.Build.Help;

/// <summary>The staged module as the engine knows it once it is imported.</summary>
/// <param name="Project">The address of the repository.</param>
/// <param name="Cmdlets">What it exports.</param>
internal sealed record ModuleFacts(string Project, IReadOnlyList<CmdletFacts> Cmdlets)
{
    /// <summary>Imports the module and reads what there is to know of it.</summary>
    /// <param name="folder">The module's folder.</param>
    /// <param name="comments">The comments of its code.</param>
    public static ModuleFacts Read(string folder, CodeComments comments)
    {
        // A build tells nobody which modules it imports.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var session = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Windows runs no script in a host that does not say so, and the module's loader is one.
            session.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using var runspace = RunspaceFactory.CreateRunspace(session);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        var manifest = Path.Combine(folder, "WixInbox.psd1");
        try
        {
            var module = (PSModuleInfo)shell.AddCommand("Import-Module").AddParameter("Name", manifest)
                .AddParameter("PassThru").AddParameter("ErrorAction", ActionPreference.Stop).Invoke()[0].BaseObject;
            var project = module.ProjectUri?.AbsoluteUri
                ?? throw new HelpException(
                    manifest, "There is no PrivateData.PSData.ProjectUri, which Get-Help -Online needs.");
            CmdletFacts[] cmdlets =
            [
                .. module.ExportedCmdlets.Values
                    .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
                    .Select(cmdlet => CmdletFacts.Of(cmdlet, comments)),
            ];
            return new ModuleFacts(project, [.. cmdlets.Select(cmdlet => cmdlet.Among(cmdlets))]);
        }
        catch (RuntimeException exception)
        {
            throw new HelpException(manifest, exception.Message);
        }
    }
}
