using System.Diagnostics;
using WixInbox.Build.Help;

namespace WixInbox.Build.Package;

/// <summary>A build of the module as it is published, in a folder of its own.</summary>
/// <param name="repository">What it is built of.</param>
internal sealed class ModuleBuild(Repository repository)
{
    /// <summary>Gets the folder of the module.</summary>
    public string Folder { get; } = Path.Combine(repository.Output, "package", ModuleManifest.Name);

    /// <summary>Builds it.</summary>
    public void Run()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        // Each for both editions.
        Build(PathOf("WixInbox.PowerShell"));
        Build(PathOf("WixInbox.Sandbox"));
        try
        {
            HelpVerb.Stage(repository, Folder, Path.Combine(PathOf("WixInbox.PowerShell"), "bin", "Release", "net8.0"));
        }
        catch (HelpException exception)
        {
            throw new PackageException(exception.Report);
        }
    }

    /// <summary>Finds out which packages its assemblies are from.</summary>
    public ShippedPackages ReadPackages() =>
        ShippedPackages.Read(Path.Combine(PathOf("WixInbox.PowerShell"), "obj", "project.assets.json"));

    /// <summary>
    /// Compares what would be published with the list of what should be, so that no file is added or lost by accident.
    /// </summary>
    public void CheckFiles()
    {
        var list = Path.Combine(PathOf("WixInbox.Build"), "Package", "files.txt");
        var (expected, actual) = (File.ReadAllLines(list), ModuleFiles.Of(Folder));
        var differences = actual.Except(expected).Select(file => $"+ {file}")
            .Concat(expected.Except(actual).Select(file => $"- {file}")).ToArray();
        if (differences.Length > 0)
        {
            throw new PackageException(
                $"The module does not have exactly the files that {list} names. "
                    + $"If the difference is meant, change the list:\n{string.Join('\n', differences)}");
        }
    }

    private string PathOf(string project) => Path.Combine(repository.Root, "src", project);

    private void Build(string project)
    {
        // No node stays behind that would hold the folder open. An ordinary build has analyzed the code.
#pragma warning disable RS0030 // There is no secret here that a list of processes could show.
        using var build = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "build",
                project,
                "--nologo",
                "-consoleLoggerParameters:NoSummary",
                "--configuration",
                "Release",
                "--verbosity",
                "quiet",
                "-nodeReuse:false",
                "-property:RunAnalyzers=false", $"-property:ModuleRoot={Folder.Replace('\\', '/')}/",
            },
        })!;
#pragma warning restore RS0030
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            throw new PackageException($"{project} cannot be built: dotnet ended with exit code {build.ExitCode}.");
        }
    }
}
