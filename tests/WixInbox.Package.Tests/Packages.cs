using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;

[assembly: AssemblyFixture(typeof(WixInbox.Package.Tests.Packages))]

namespace WixInbox.Package.Tests;

/// <summary>
/// The package, made of this repository and once more of its sources in another folder; and the first one's files, as
/// they are unpacked.
/// </summary>
public sealed class Packages : IDisposable
{
    private static readonly string[] s_sources = ["docs", "module", "src"];

    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-package-").FullName;

    public Packages()
    {
        var sources = Path.Combine(_folder, "sources");
        CopySources(sources);
        Package = Make(Repository, Path.Combine(_folder, "package"));
        Again = Make(sources, Path.Combine(_folder, "again"));
        Module = Path.Combine(ModulePath, "WixInbox", Path.GetFileNameWithoutExtension(Package)["WixInbox.".Length..]);
        ZipFile.ExtractToDirectory(Package, Module);
    }

    public static string Repository { get; } = FindRepository();

    public string Package { get; }

    public string Again { get; }

    /// <summary>Gets a folder where the engine may look for modules.</summary>
    public string ModulePath => Path.Combine(_folder, "modules");

    public string Module { get; }

    /// <summary>Gets the assemblies of an edition.</summary>
    public string[] Assemblies(string edition) => Directory.GetFiles(Path.Combine(Module, "bin", edition));

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps the assemblies that these tests have loaded.
        }
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WixInbox.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not run in a checkout of the repository.");
        }

        return folder;
    }

    // What a build brings about stays behind.
    private static void CopySources(string target)
    {
        var folders = s_sources.Select(folder => Path.Combine(Repository, folder)).Where(Directory.Exists);
        foreach (var file in Directory.GetFiles(Repository).Concat(folders.SelectMany(Sources)))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(folder).Concat(Directory.GetDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj"))
            .SelectMany(Sources));

    private static string Make(string repository, string output)
    {
        var program = typeof(Packages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "BuildProgram").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { program, "package", "--source", repository, "--output", output },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Directory.GetFiles(output).Single()
            : throw new InvalidOperationException(text + error.Result);
    }
}
