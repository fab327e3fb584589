using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;

namespace WixInbox.Benchmarks;

/// <summary>A binary module with one cmdlet that does nothing: what any such module costs to import.</summary>
internal static class EmptyModule
{
    /// <summary>Writes it to where Contenders.ps1 looks for it.</summary>
    public static void Write()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folders.Journals, "Empty")).FullName;
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Empty"), typeof(object).Assembly);
        var cmdlet = assembly.DefineDynamicModule("Empty").DefineType(
            "GetEmptyCommand", TypeAttributes.Public | TypeAttributes.Sealed, typeof(PSCmdlet));
        cmdlet.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(CmdletAttribute).GetConstructor([typeof(string), typeof(string)])!, [VerbsCommon.Get, "Empty"]));
        cmdlet.CreateType();
        assembly.Save(Path.Combine(folder, "Empty.dll"));
        File.WriteAllText(
            Path.Combine(folder, "Empty.psd1"),
            "@{ RootModule = 'Empty.dll'; ModuleVersion = '1.0'; CmdletsToExport = 'Get-Empty' }");
    }
}
