using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace WixInbox.Package.Tests;

/// <summary>
/// The edition for Windows PowerShell finds all that it refers to, as can be read in its assemblies: Windows
/// PowerShell's configuration redirects no version to another.
/// </summary>
public sealed class DesktopEditionTests(Packages packages)
{
    private static readonly string[] s_ofWindowsPowerShell =
    [
        "mscorlib", "System", "System.Core", "System.Data", "System.Management.Automation", "System.Net.Http",
        "System.Numerics",
    ];

    [Fact]
    public void Every_assembly_that_it_refers_to_is_the_framework_s_or_lies_beside_it_in_that_very_version()
    {
        var assemblies = packages.Assemblies("net472").Select(Read).ToDictionary(assembly => assembly.Name);

        foreach (var assembly in assemblies.Values)
        {
            foreach (var (name, version) in assembly.References.Where(
                reference => !s_ofWindowsPowerShell.Contains(reference.Name)))
            {
                Assert.True(
                    assemblies.TryGetValue(name, out var shipped),
                    $"{assembly.Name} refers to {name}, which is not shipped.");
                Assert.True(
                    shipped.Version == version,
                    $"{assembly.Name} refers to {name} {version}, and {shipped.Version} is shipped.");
            }
        }
    }

    [Fact]
    public void Nothing_is_shipped_that_nothing_refers_to()
    {
        var assemblies = packages.Assemblies("net472").Select(Read).ToArray();
        var needed = assemblies.SelectMany(assembly => assembly.References).Select(reference => reference.Name);

        // The loader imports the one, and the sandbox is loaded when it is asked for.
        Assert.Empty(assemblies.Select(assembly => assembly.Name).Except(needed)
            .Except(["WixInbox.PowerShell", "WixInbox.Sandbox"]));
    }

    [Fact]
    public void Each_assembly_that_is_not_ours_is_one_that_is_answered_for()
    {
        var others = packages.Assemblies("net472").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.StartsWith("WixInbox.", StringComparison.Ordinal)).ToHashSet();
        using var file = new PEReader(File.OpenRead(
            packages.Assemblies("net472").Single(path => Path.GetFileName(path) == "WixInbox.PowerShell.dll")));
        var metadata = file.GetMetadataReader();
        var literals = new HashSet<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            literals.Add(metadata.GetUserString(handle));
        }

        Assert.Subset(literals, others);
    }

    [Fact]
    public void On_PowerShell_7_there_is_nothing_of_it()
    {
        using var file = new PEReader(File.OpenRead(
            packages.Assemblies("net8.0").Single(path => Path.GetFileName(path) == "WixInbox.PowerShell.dll")));
        var metadata = file.GetMetadataReader();

        Assert.DoesNotContain(
            "WixInbox.Desktop",
            metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace)));
        Assert.DoesNotContain(
            "System.Runtime.CompilerServices",
            metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace))
                .Where(name => name.StartsWith("System", StringComparison.Ordinal)));
    }

    private static (string Name, Version Version, (string Name, Version Version)[] References) Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var definition = metadata.GetAssemblyDefinition();
        return (
            metadata.GetString(definition.Name),
            definition.Version,
            [
                .. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                    .Select(reference => (metadata.GetString(reference.Name), reference.Version)),
            ]);
    }
}
