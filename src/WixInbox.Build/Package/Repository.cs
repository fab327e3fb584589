using System.Diagnostics;

namespace WixInbox.Build.Package;

/// <summary>The sources that the package is made of.</summary>
internal sealed class Repository(string root)
{
    public string Output => Path.Combine(root, "out");

    /// <summary>Gets what NuGet has found out about the packages that the module needs.</summary>
    public string Assets => Path.Combine(root, "src", "WixInbox.PowerShell", "obj", "project.assets.json");

    /// <summary>Finds the repository that this program lies in.</summary>
    public static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WixInbox.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new PackageException($"There is no WixInbox.sln above '{AppContext.BaseDirectory}'.");
        }

        return folder;
    }

    /// <summary>Builds the module as it is published, in a folder of its own.</summary>
    /// <returns>The folder.</returns>
    public string BuildModule()
    {
        var module = Path.Combine(Output, "package", ModuleManifest.Name);
        if (Directory.Exists(module))
        {
            Directory.Delete(module, recursive: true);
        }

        // Each of the first two for both editions; the last makes the help.
        foreach (var project in new[] { "WixInbox.PowerShell", "WixInbox.Sandbox", "WixInbox.Build" })
        {
            Build(Path.Combine(root, "src", project), module);
        }

        return module;
    }

    private static void Build(string project, string module)
    {
        // No process stays behind that would hold the folder, or this one's output, open.
        using var build = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "build", project, "--nologo", "-consoleLoggerParameters:NoSummary", "--configuration", "Release", "--verbosity", "quiet", "-nodeReuse:false",
                "-property:UseSharedCompilation=false", $"-property:ModuleRoot={module.Replace('\\', '/')}/",
            },
        })!;
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            throw new PackageException($"{project} cannot be built: dotnet ended with exit code {build.ExitCode}.");
        }
    }

    /// <summary>Compares what would be published with the list of what is meant to be: a file more or less is a decision.</summary>
    public void CheckFiles(string module)
    {
        var list = Path.Combine(root, "src", "WixInbox.Build", "Package", "files.txt");
        var (expected, actual) = (File.ReadAllLines(list), ModuleFiles.Of(module));
        var differences = actual.Except(expected).Select(file => $"+ {file}").Concat(expected.Except(actual).Select(file => $"- {file}")).ToArray();
        if (differences.Length > 0)
        {
            throw new PackageException($"The module has not the files that {list} names. If it should, change the list:\n{string.Join('\n', differences)}");
        }
    }
}
