using System.IO.Compression;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace WixInbox.Package.Tests;

/// <summary>The package as it is published.</summary>
public sealed class PackageTests(Packages packages)
{
    private static readonly string[] s_ofThePackage =
    [
        "WixInbox.nuspec",
        "[Content_Types].xml",
        "_rels/.rels",
        "package/services/metadata/core-properties/nuget.psmdcp",
    ];

    [Fact]
    public void The_same_sources_make_the_same_package_wherever_they_lie() =>
        Assert.Equal(File.ReadAllBytes(packages.Package), File.ReadAllBytes(packages.Again));

    [Fact]
    public void Its_files_are_those_of_the_list()
    {
        using var archive = ZipFile.OpenRead(packages.Package);
        var list = File.ReadAllLines(
            Path.Combine(Packages.Repository, "src", "WixInbox.Build", "Package", "files.txt"));

        Assert.Equal(list.Order(StringComparer.Ordinal), list);
        Assert.Equal(
            list.Concat(s_ofThePackage).Order(StringComparer.Ordinal),
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_test_no_symbol_and_no_comment_is_in_it()
    {
        var files = Directory.GetFiles(packages.Module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(packages.Module, file))
            .ToArray();

        Assert.DoesNotContain(files, file => file.Contains("Test", StringComparison.OrdinalIgnoreCase)
            || file.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.EndsWith(".xml", StringComparison.Ordinal)
            && !file.EndsWith("dll-Help.xml", StringComparison.Ordinal)
            && file != "[Content_Types].xml");
    }

    [Fact]
    public void No_assembly_of_ours_tells_where_it_was_built()
    {
        var repository = Encoding.UTF8.GetBytes(Packages.Repository);
        foreach (var file in packages.Assemblies("net8.0").Concat(packages.Assemblies("net472"))
            .Where(file => Path.GetFileName(file).StartsWith("WixInbox.", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.True(bytes.AsSpan().IndexOf(repository) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Packages.Repository)) < 0, file);
        }
    }

    [Fact]
    public void It_tells_the_gallery_what_the_manifest_says()
    {
        var metadata = XDocument.Load(Path.Combine(packages.Module, "WixInbox.nuspec")).Root!.Elements().Single()
            .Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("WixInbox", metadata["id"]);
        Assert.Equal(Path.GetFileName(packages.Module), metadata["version"]);
        Assert.Equal("https://github.com/wixinbox/WixInbox", metadata["projectUrl"]);
        Assert.StartsWith(metadata["projectUrl"], metadata["licenseUrl"], StringComparison.Ordinal);
        Assert.EndsWith("/CHANGELOG.md", metadata["releaseNotes"], StringComparison.Ordinal);
        Assert.All(["authors", "owners", "description", "copyright"], key => Assert.NotEmpty(metadata[key]));
        var tags = metadata["tags"].Split(' ');
        Assert.Equal(tags.Distinct(), tags);
        Assert.Superset(
            new HashSet<string>
            {
                "PSModule",
                "PSEdition_Desktop",
                "PSEdition_Core",
                "Windows",
                "Linux",
                "MacOS",
                "PSIncludes_Cmdlet",
                "PSCmdlet_Send-WixInboxMessage",
                "PSCommand_Send-WixInboxMessage",
            },
            tags.ToHashSet());
    }

    [Fact]
    public void The_bill_of_materials_has_each_assembly_with_its_origin_licence_and_hash()
    {
        using var bill = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(packages.Module, "WixInbox.cdx.json")));
        var components = bill.RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(component => component.GetProperty("bom-ref").GetString()!);
        var assemblies = packages.Assemblies("net472").Concat(packages.Assemblies("net8.0")).ToArray();

        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        Assert.Equal(assemblies.Length, components.Count);
        foreach (var file in assemblies)
        {
            var component = components[Path.GetRelativePath(packages.Module, file).Replace('\\', '/')];
            var (name, version) =
                (component.GetProperty("name").GetString(), component.GetProperty("version").GetString());
            Assert.Equal(Path.GetFileNameWithoutExtension(file), name);
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                component.GetProperty("hashes")[0].GetProperty("content").GetString());
            Assert.Equal(
                "MIT", component.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString());
            if (name!.StartsWith("WixInbox.", StringComparison.Ordinal))
            {
                Assert.Equal(Path.GetFileName(packages.Module), version);
            }
            else
            {
                Assert.Equal($"pkg:nuget/{name}@{version}", component.GetProperty("purl").GetString());
            }
        }
    }

    [Fact]
    public void The_notices_name_each_assembly_of_others()
    {
        var notices = File.ReadAllText(Path.Combine(packages.Module, "THIRD-PARTY-NOTICES.txt"));
        var others = packages.Assemblies("net472").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.StartsWith("WixInbox.", StringComparison.Ordinal));

        Assert.All(others, name => Assert.Contains(name!, notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Unpacked_to_a_folder_of_the_module_path_it_is_found_and_works()
    {
        var state = InitialSessionState.CreateDefault2();
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        var before = Environment.GetEnvironmentVariable("PSModulePath");
        try
        {
            Environment.SetEnvironmentVariable("PSModulePath", packages.ModulePath);
            var output = shell.AddScript(
                "Connect-WixInbox -Sandbox; Send-WixInboxMessage "
                    + "hello -ConversationId 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c; Get-Module WixInbox").Invoke();

            Assert.Empty(shell.Streams.Error.Select(error => error.ToString()));
            Assert.Equal("WixInbox.Message", output[^2].BaseObject.GetType().FullName);
            var module = Assert.IsType<PSModuleInfo>(output[^1].BaseObject);
            Assert.Equal(packages.Module, module.ModuleBase);
            Assert.Equal(Path.GetFileName(packages.Module), module.Version.ToString());
        }
        finally
        {
            Environment.SetEnvironmentVariable("PSModulePath", before);
        }
    }
}
