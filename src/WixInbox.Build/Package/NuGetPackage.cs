using NuGet.Packaging;
using NuGet.Versioning;

namespace WixInbox.Build.Package;

/// <summary>The package: the module's files, and what the gallery's own commands write about a module.</summary>
internal static class NuGetPackage
{
    // The start of 1980 in seconds of Unix time, the earliest that an archive can record: the same files make the same
    // bytes.
    private const string Time = "315532800";

    public static void Write(string package, ModuleManifest manifest, string module)
    {
        var builder = new PackageBuilder(deterministic: true)
        {
            DeterministicTimestamp = Time,
            Id = ModuleManifest.Name,
            Version = new NuGetVersion(manifest.Version),
            Description = manifest.Description,
            Copyright = manifest.Copyright,
            ProjectUrl = new Uri(manifest.ProjectUri),
            LicenseUrl = new Uri(manifest.LicenseUri),
            ReleaseNotes = manifest.ReleaseNotes,
            Authors = { manifest.Author },
            Owners = { manifest.CompanyName },
        };

        // Publish-PSResource writes the tags of the manifest; Publish-Module also those that a search for a command
        // finds.
        builder.Tags.AddRange(["PSModule", .. manifest.Tags, "PSIncludes_Cmdlet"]);
        builder.Tags.AddRange(
            manifest.Cmdlets.SelectMany(cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" }));
        builder.Files.AddRange(ModuleFiles.Of(module).Select(file => new PhysicalPackageFile
        {
            SourcePath = Path.Combine(module, file),
            TargetPath = file,
        }));

        using var stream = File.Create(package);
        builder.Save(stream);
    }
}
