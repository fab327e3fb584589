using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Build.Package;

/// <summary>
/// What the module is made of, in the form of CycloneDX 1.6: each assembly that it ships, where it is from, its licence
/// and its hash.
/// </summary>
internal static class BillOfMaterials
{
    private const string FileName = ModuleManifest.Name + ".cdx.json";

    // It has no time and no serial number, which the form allows: the same module has the same bill.
    private static readonly JsonSerializerOptions s_options =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string module, ModuleManifest manifest, ShippedPackages packages)
    {
        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = Component(ModuleManifest.Name, ModuleManifest.Name, manifest.Version, "MIT"),
            },
            ["components"] = new JsonArray(
                [
                    .. ModuleFiles.Of(module).Where(file => Path.GetExtension(file) == ".dll")
                        .Select(file => Assembly(module, file, manifest, packages)),
                ]),
        };
        File.WriteAllText(Path.Combine(module, FileName), bill.ToJsonString(s_options) + "\n");
    }

    private static JsonObject Assembly(string module, string file, ModuleManifest manifest, ShippedPackages packages)
    {
        var path = Path.Combine(module, file);
        var name = Path.GetFileNameWithoutExtension(file);
        var isOurs = name.StartsWith(ModuleManifest.Name + ".", StringComparison.Ordinal);
        var (version, license) = isOurs ? (manifest.Version, "MIT") : packages.Find(path);
        var component = Component(file, name, version, license);
        component["hashes"] = new JsonArray(new JsonObject
        {
            ["alg"] = "SHA-256",
            ["content"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
        });
        if (!isOurs)
        {
            component["purl"] = $"pkg:nuget/{name}@{version}";
        }

        component["evidence"] =
            new JsonObject { ["occurrences"] = new JsonArray(new JsonObject { ["location"] = file }) };
        return component;
    }

    private static JsonObject Component(string reference, string name, string version, string license) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = reference,
        ["name"] = name,
        ["version"] = version,
        ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = license } }),
    };
}
