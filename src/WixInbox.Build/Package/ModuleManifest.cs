using System.Collections;
using System.Management.Automation.Language;

namespace WixInbox.Build.Package;

/// <summary>What the module's manifest says of it.</summary>
internal sealed class ModuleManifest
{
    public const string Name = "WixInbox";

    private readonly Hashtable _table;
    private readonly Hashtable _data;

    private ModuleManifest(Hashtable table)
    {
        _table = table;
        _data = (Hashtable)((Hashtable)table["PrivateData"]!)["PSData"]!;
    }

    public string Version => Text(_table, "ModuleVersion");

    public string Author => Text(_table, "Author");

    public string CompanyName => Text(_table, "CompanyName");

    public string Description => Text(_table, "Description");

    public string Copyright => Text(_table, "Copyright");

    public string ProjectUri => Text(_data, "ProjectUri");

    public string LicenseUri => Text(_data, "LicenseUri");

    public string ReleaseNotes => Text(_data, "ReleaseNotes");

    public IEnumerable<string> Cmdlets => ((object[])_table["CmdletsToExport"]!).Cast<string>();

    public IEnumerable<string> Tags => ((object[])_data["Tags"]!).Cast<string>();

    public static ModuleManifest Read(string module)
    {
        var path = Path.Combine(module, Name + ".psd1");
        var script = Parser.ParseFile(path, out _, out var errors);
        return errors is []
            ? new ModuleManifest(
                Constants((HashtableAst)script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false)))
            : throw new PackageException($"{path}({errors[0].Extent.StartLineNumber}): {errors[0].Message}");
    }

    // The root module is an expression, since each edition of PowerShell has an assembly of its own.
    private static Hashtable Constants(HashtableAst table)
    {
        var constants = new Hashtable();
        foreach (var (key, value) in table.KeyValuePairs)
        {
            if (value is PipelineAst pipeline)
            {
                constants.Add(key.SafeGetValue(), pipeline.GetPureExpression().SafeGetValue());
            }
        }

        return constants;
    }

    private static string Text(Hashtable table, string key) =>
        table[key] as string ?? throw new PackageException($"The module's manifest has no {key}.");
}
