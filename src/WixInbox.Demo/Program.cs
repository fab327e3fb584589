using Microsoft.PowerShell;

namespace WixInbox.Demo;

/// <summary>
/// PowerShell's own console with the module at hand, for a machine without <c>pwsh</c>. It takes the arguments of
/// <c>pwsh</c>; without any, it shows the main job.
/// </summary>
internal static class Program
{
    private const string Import = "'PS> Import-Module ./out/WixInbox'; Import-Module ./out/WixInbox";

    private const string MainJob = $$"""
        trap { break }
        'Sends a message to each contact of a CSV file in a sandbox.'
        'That is an inbox in memory: nothing leaves this machine.'
        'Then does so once more, is cut off in the middle, and resumes.'
        ''
        {{Import}}
        foreach ($script in 'send-from-csv', 'cut-off-and-resume') {
            ''
            "PS> ./out/WixInbox/examples/$script.ps1"
            & "./out/WixInbox/examples/$script.ps1"
        }
        ''
        'A prompt with the module: dotnet run --project src/WixInbox.Demo -- -NoExit'
        """;

    private static int Main(string[] args)
    {
        var repository = Path.GetFullPath("../../../../..", AppContext.BaseDirectory);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");

        // Windows runs no script unless it is told to; and a script finds the module by its name.
        Environment.SetEnvironmentVariable("PSExecutionPolicyPreference", "Bypass");
        Environment.SetEnvironmentVariable(
            "PSModulePath",
            Path.Combine(repository, "out") + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"));
        if (args is [] or ["-NoExit"])
        {
            Environment.CurrentDirectory = repository;
            args = [.. args, "-Command", args is [] ? MainJob : Import];
        }

        return ConsoleShell.Start(bannerText: null, helpText: null, ["-NoLogo", "-NoProfile", .. args]);
    }
}
