using System.Security.Cryptography;

namespace WixInbox.Build.Package;

/// <summary>
/// Makes the package that the PowerShell Gallery takes: out of a build of its own, so that nothing of another build is
/// in it.
/// </summary>
internal static class PackageVerb
{
    /// <param name="repository">The repository that this program lies in.</param>
    /// <param name="options">
    /// None; or another repository, and another folder for the package than its <c>out</c>.
    /// </param>
    /// <returns>0 if it was made.</returns>
    public static int Run(Repository repository, string[] options)
    {
        if (options is not ([] or ["--source", _, "--output", _]))
        {
            Console.Error.WriteLine("Usage: WixInbox.Build package [--source REPOSITORY --output FOLDER]");
            return 1;
        }

        try
        {
            var package = options is [_, var source, _, var output]
                ? Make(new Repository(source), output)
                : Make(repository, repository.Output);
            Console.WriteLine(
                $"{package} sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package)))}");
            return 0;
        }
        catch (PackageException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static string Make(Repository repository, string output)
    {
        var build = new ModuleBuild(repository);
        build.Run();
        var manifest = ModuleManifest.Read(build.Folder);
        BillOfMaterials.Write(build.Folder, manifest, build.ReadPackages());
        build.CheckFiles();

        Directory.CreateDirectory(output);
        var package = Path.Combine(output, $"{ModuleManifest.Name}.{manifest.Version}.nupkg");
        NuGetPackage.Write(package, manifest, build.Folder);
        return package;
    }
}
