using System.Management.Automation;
using CsvHelper;

namespace WixInbox.Demo;

/// <summary>Reads a CSV file into one object for each row: as much of Import-Csv as an engine without it needs for the demo.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PSObject))]
public sealed class ImportCsvCommand : PSCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>Gets or sets the files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = null!;

    /// <summary>Gets or sets the files, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = null!;

    /// <summary>Gets or sets what stands between two values.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Gets or sets how the file is written: in UTF-8, with a mark of it or without.</summary>
    [Parameter]
    [ValidateSet("utf8")]
    public string Encoding { get; set; } = "utf8";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = ParameterSetName == ByPath ? Path.SelectMany(Expand) : LiteralPath.Select(GetUnresolvedProviderPathFromPSPath);
        foreach (var file in files)
        {
            Read(file);
        }
    }

    // A path that fits no file is handed on as it is, so that opening it says what is wrong.
    private IEnumerable<string> Expand(string path) =>
        WildcardPattern.ContainsWildcardCharacters(path) ? GetResolvedProviderPathFromPSPath(path, out _) : [GetUnresolvedProviderPathFromPSPath(path)];

    private void Read(string file)
    {
        using var rows = Open(file);
        var columns = rows.Headers;
        while (rows.Read())
        {
            var row = new PSObject();
            for (var index = 0; index < columns.Count; index++)
            {
                row.Properties.Add(new PSNoteProperty(columns[index], index < rows.FieldCount ? rows.GetString(index) : null));
            }

            WriteObject(row);
        }
    }

    private CsvReader Open(string file)
    {
        try
        {
            return CsvReader.FromFile(file, new CsvReaderOptions { Separator = Delimiter, DetectSeparatorHint = false, TrimWhitespace = true });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, null));
            throw;
        }
    }
}
