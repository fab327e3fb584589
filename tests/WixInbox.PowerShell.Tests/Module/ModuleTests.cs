using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WixInbox.PowerShell.Tests;

/// <summary>The module as it ships.</summary>
public sealed class ModuleTests
{
    private static readonly string[] s_cmdlets =
    [
        "Connect-WixInbox", "Disconnect-WixInbox", "Export-WixInboxReport", "Get-WixInboxConnection",
        "Get-WixInboxContact", "Get-WixInboxConversation", "Get-WixInboxJournal", "Get-WixInboxMessage",
        "Import-WixInboxCsv", "Import-WixInboxMedia", "Resolve-WixInboxConversation", "Select-WixInboxConnection",
        "Send-WixInboxMessage", "Show-WixInboxMessage", "Test-WixInboxConnection", "Test-WixInboxMessage",
    ];

    [Theory]
    [InlineData("Import-Module $manifest; Import-Module $manifest")]
    [InlineData("Import-Module $manifest; Import-Module $manifest -Force")]
    [InlineData("Import-Module $manifest; Remove-Module WixInbox; Import-Module $manifest")]
    [InlineData("Import-Module $folder")]
    public void It_imports_again_and_again_and_exports_its_cmdlets_alone(string import)
    {
        using var engine = new Engine(import: false);
        engine.Set("manifest", StagedModule.Manifest);
        engine.Set("folder", StagedModule.Root);

        var result = engine.Run(
            $"{import}; (Get-Module WixInbox).ExportedCommands.Keys; "
                + $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -WhatIf");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(s_cmdlets, result.Output.Select(item => item.ToString()).Order());
    }

    [Theory]
    [InlineData("Remove-Module WixInbox")]
    [InlineData("Import-Module $manifest -Force")]
    public void Its_connections_go_with_it_and_it_says_so(string removal)
    {
        using var engine = new Engine();
        engine.Set("manifest", StagedModule.Manifest);

        var result = engine.Run($"""
            $shop = Connect-WixInbox -Sandbox -Name shop -PassThru
            Connect-WixInbox -Sandbox
            {removal}
            $shop.Closed
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("True", Assert.Single(result.Output).ToString());
        Assert.StartsWith(
            "The module was removed, and with it its open connections: 2.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);

        result = engine.Run("Import-Module $manifest; Get-WixInboxConnection; Remove-Module WixInbox");
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Import-Module $manifest -Force; Connect-WixInbox -Sandbox")]
    [InlineData("Remove-Module WixInbox; Import-Module $assembly; Connect-WixInbox -Sandbox")]
    public void Cmdlets_that_are_imported_anew_or_without_the_manifest_have_a_default_connection(string script)
    {
        using var engine = new Engine();
        engine.Set("manifest", StagedModule.Manifest);
        engine.Set("assembly", Path.Combine(StagedModule.Root, "bin", "net8.0", "WixInbox.PowerShell.dll"));

        var result = engine.Run(
            $"Connect-WixInbox -Sandbox; {script}; Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Its_connections_go_with_it_in_constrained_language_mode_too()
    {
        using var engine = new Engine();
        engine.Run("$shop = Connect-WixInbox -Sandbox -PassThru");
        engine.Runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;

        var result = engine.Run("Remove-Module WixInbox; $shop.Closed");

        Assert.Empty(result.Errors);
        Assert.Equal("True", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void Each_cmdlet_has_an_approved_verb_and_the_prefix_and_says_what_it_gives()
    {
        using var engine = new Engine();

        var result = engine.Run("""
            Get-Command -Module WixInbox | ForEach-Object {
                @(Get-Verb -Verb $_.Verb).Count -eq 1 -and $_.Noun -like 'WixInbox*' -and $_.OutputType.Count -gt 0
            }
            """);

        Assert.Equal(Enumerable.Repeat("True", s_cmdlets.Length), result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void The_manifest_is_data_that_knows_the_edition_alone_and_exports_by_name()
    {
        ScriptBlock.Create(File.ReadAllText(StagedModule.Manifest))
            .CheckRestrictedLanguage([], ["PSEdition"], allowEnvironmentVariables: false);
        var manifest = ReadManifest();

        Assert.Equal(s_cmdlets, ((object[])manifest["CmdletsToExport"]!).Cast<string>().Order());
        Assert.All(
            ["FunctionsToExport", "VariablesToExport", "AliasesToExport"],
            key => Assert.Empty((object[])manifest[key]!));
    }

    [Theory]
    [InlineData("Core", "bin/net8.0/WixInbox.PowerShell.dll")]
    [InlineData("Desktop", "bin/net472/WixInbox.PowerShell.dll")]
    public void Each_edition_of_PowerShell_has_an_assembly_of_its_own(string edition, string assembly) =>
        Assert.Equal(assembly, ReadManifest(edition)["RootModule"]);

    [Fact]
    public void The_manifest_is_the_one_source_of_the_version()
    {
        var version = ReadManifest()["ModuleVersion"];

        foreach (var assembly in Directory.GetFiles(Path.Combine(StagedModule.Root, "bin", "net8.0"), "*.dll"))
        {
            Assert.Equal(version, AssemblyName.GetAssemblyName(assembly).Version!.ToString(3));
        }
    }

    [Fact]
    public void On_PowerShell_7_it_ships_no_assembly_but_its_own()
    {
        var files =
            Directory.GetFiles(Path.Combine(StagedModule.Root, "bin", "net8.0")).Select(Path.GetFileName).Order();

        Assert.Equal(["WixInbox.Client.dll", "WixInbox.PowerShell.dll", "WixInbox.Sandbox.dll"], files);
    }

    [Fact]
    public void What_lies_beside_the_assemblies_is_all_there()
    {
        Assert.All(
            [
                "WixInbox.psd1", "WixInbox.Format.ps1xml", "WixInbox.Types.ps1xml", "LICENSE", "examples/contacts.csv",
                "examples/send-from-csv.ps1", "en-US/WixInbox.PowerShell.dll-Help.xml",
                "en-US/about_WixInbox.help.txt",
            ],
            file => Assert.True(File.Exists(Path.Combine(StagedModule.Root, file)), file));
    }

    [Fact]
    public void The_sandbox_is_loaded_only_when_it_is_asked_for()
    {
        using var file = new PEReader(
            File.OpenRead(Path.Combine(StagedModule.Root, "bin", "net8.0", "WixInbox.PowerShell.dll")));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .ToArray();

        Assert.Contains("WixInbox.Client", references);
        Assert.DoesNotContain("WixInbox.Sandbox", references);
    }

    private static Hashtable ReadManifest(string edition = "Core")
    {
        using var engine = new Engine(import: false);
        var script = File.ReadAllText(StagedModule.Manifest)
            .Replace("$PSEdition", $"'{edition}'", StringComparison.Ordinal);
        return (Hashtable)Assert.Single(engine.Run(script).Output).BaseObject;
    }
}
