using System.IO.Compression;
using System.Xml.Linq;

namespace WixInbox.Build.Package;

/// <summary>
/// The package: the module's files, and what tells of them as the gallery's own commands would. The same files make the same bytes: NuGet's own
/// libraries write the time and a random name into each package.
/// </summary>
internal static class NuGetPackage
{
    private const string Specification = ModuleManifest.Name + ".nuspec";

    // The earliest time that an archive can record.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string package, ModuleManifest manifest, string module)
    {
        var files = ModuleFiles.Of(module);
        using var archive = new ZipArchive(File.Create(package), ZipArchiveMode.Create);
        Add(archive, "_rels/.rels", stream => Relationships().Save(stream));
        Add(archive, Specification, stream => Describe(manifest).Save(stream));
        foreach (var file in files)
        {
            Add(archive, file, stream =>
            {
                using var content = File.OpenRead(Path.Combine(module, file));
                content.CopyTo(stream);
            });
        }

        Add(archive, "[Content_Types].xml", stream => ContentTypes(files).Save(stream));
    }

    // Publish-PSResource writes these elements; Publish-Module also the tags that a search for a command finds.
    private static XElement Describe(ModuleManifest manifest)
    {
        XNamespace nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
        string[] tags = ["PSModule", .. manifest.Tags, "PSIncludes_Cmdlet", .. manifest.Cmdlets.SelectMany(cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" })];
        return new XElement(
            nuspec + "package",
            new XElement(
                nuspec + "metadata",
                new XElement(nuspec + "id", ModuleManifest.Name),
                new XElement(nuspec + "version", manifest.Version),
                new XElement(nuspec + "authors", manifest.Author),
                new XElement(nuspec + "owners", manifest.CompanyName),
                new XElement(nuspec + "requireLicenseAcceptance", "false"),
                new XElement(nuspec + "licenseUrl", manifest.LicenseUri),
                new XElement(nuspec + "projectUrl", manifest.ProjectUri),
                new XElement(nuspec + "description", manifest.Description),
                new XElement(nuspec + "releaseNotes", manifest.ReleaseNotes),
                new XElement(nuspec + "copyright", manifest.Copyright),
                new XElement(nuspec + "tags", string.Join(' ', tags))));
    }

    private static XElement Relationships()
    {
        XNamespace relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
        return new XElement(
            relationships + "Relationships",
            new XElement(
                relationships + "Relationship",
                new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
                new XAttribute("Target", "/" + Specification),
                new XAttribute("Id", "R1")));
    }

    private static XElement ContentTypes(string[] files)
    {
        XNamespace types = "http://schemas.openxmlformats.org/package/2006/content-types";
        var extensions = files.Append(Specification).Select(Path.GetExtension).Where(extension => extension is not "").Distinct().Order(StringComparer.Ordinal);
        return new XElement(
            types + "Types",
            new XElement(types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            extensions.Select(extension =>
                new XElement(types + "Default", new XAttribute("Extension", extension![1..]), new XAttribute("ContentType", "application/octet"))),
            files.Where(file => Path.GetExtension(file) is "").Select(file =>
                new XElement(types + "Override", new XAttribute("PartName", "/" + file), new XAttribute("ContentType", "application/octet"))));
    }

    private static void Add(ZipArchive archive, string path, Action<Stream> write)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.SmallestSize);
        entry.LastWriteTime = s_time;
        using var stream = entry.Open();
        write(stream);
    }
}
