using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace WixInbox.Build.Package;

/// <summary>
/// The packages whose assemblies the module ships, as NuGet has resolved them. Each of their assemblies has its
/// package's name.
/// </summary>
internal sealed class ShippedPackages
{
    private readonly Dictionary<string, (string Version, string Folder)> _packages =
        new(StringComparer.OrdinalIgnoreCase);

    private ShippedPackages(JsonElement assets)
    {
        var roots = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        foreach (var library in assets.GetProperty("libraries").EnumerateObject())
        {
            if (library.Name.Split('/') is [var name, var version]
                && library.Value.TryGetProperty("path", out var path)
                && roots.Select(root => Path.Combine(root, path.GetString()!))
                    .FirstOrDefault(Directory.Exists) is { } folder)
            {
                _packages[name] = (version, folder);
            }
        }
    }

    /// <summary>Reads what NuGet has found out about the packages that the module needs.</summary>
    /// <param name="path">Its file, which a build leaves in <c>obj</c>.</param>
    public static ShippedPackages Read(string path)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(path));
        return new ShippedPackages(assets.RootElement);
    }

    /// <summary>Finds the package that an assembly is from, to the byte.</summary>
    /// <returns>The package's version, and its licence as an SPDX expression.</returns>
    public (string Version, string License) Find(string assembly)
    {
        var name = Path.GetFileNameWithoutExtension(assembly);
        var hash = SHA256.HashData(File.ReadAllBytes(assembly));
        if (!_packages.TryGetValue(name, out var package)
            || !Directory.EnumerateFiles(package.Folder, Path.GetFileName(assembly), SearchOption.AllDirectories)
                .Any(file => SHA256.HashData(File.ReadAllBytes(file)).AsSpan().SequenceEqual(hash)))
        {
            throw new PackageException($"{assembly} is in no package that the module refers to.");
        }

        var specification = XDocument.Load(Directory.EnumerateFiles(package.Folder, "*.nuspec").Single());
        var license = specification.Descendants().FirstOrDefault(element => element.Name.LocalName == "license"
            && (string?)element.Attribute("type") == "expression");
        return (
            package.Version,
            license?.Value ?? throw new PackageException($"The package {name} does not say which licence it has."));
    }
}
