using System.Management.Automation;
using System.Xml.Linq;
using WixInbox.Build.Help;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>The module's help as it ships, what it is made of, and the cmdlets that it is of.</summary>
internal static class StagedHelp
{
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly Lazy<CmdletInfo[]> s_cmdlets = new(() =>
    {
        using var engine = new Engine();
        return [.. engine.Run("Get-Command -Module WixInbox").Output.Select(command => (CmdletInfo)command.BaseObject)];
    });

    private static readonly Lazy<XElement[]> s_commands = new(
        () => [.. XDocument.Load(Path.Combine(Folder, "WixInbox.PowerShell.dll-Help.xml")).Root!.Elements()]);

    private static readonly Lazy<List<CmdletPage>> s_pages = new(() =>
        CmdletPage.ReadAll(Sources, ModuleFacts.Read(StagedModule.Root, new CodeComments(AppContext.BaseDirectory))));

    /// <summary>Gets the folder of the pages.</summary>
    public static string Sources => Path.GetFullPath(Path.Combine(StagedModule.Root, "..", "..", "docs", "help"));

    /// <summary>Gets the folder where Get-Help looks.</summary>
    public static string Folder => Path.Combine(StagedModule.Root, "en-US");

    /// <summary>Gets what the module exports.</summary>
    public static IReadOnlyList<CmdletInfo> Cmdlets => s_cmdlets.Value;

    /// <summary>Gets what the help file has, one for each cmdlet.</summary>
    public static IReadOnlyList<XElement> Commands => s_commands.Value;

    /// <summary>Gets the pages as they are read.</summary>
    public static IReadOnlyList<CmdletPage> Pages => s_pages.Value;

    public static IEnumerable<TheoryDataRow<string>> CmdletNames =>
        Cmdlets.Select(cmdlet => new TheoryDataRow<string>(cmdlet.Name));

    public static CmdletInfo Cmdlet(string name) => Cmdlets.Single(cmdlet => cmdlet.Name == name);

    public static XElement Of(string name) =>
        Commands.Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == name);

    /// <summary>
    /// Gets the parameters that are a cmdlet's own, and -WhatIf and -Confirm, which not every cmdlet has.
    /// </summary>
    public static IEnumerable<ParameterMetadata> OwnParameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(
            parameter => !System.Management.Automation.Cmdlet.CommonParameters.Contains(parameter.Name));
}
