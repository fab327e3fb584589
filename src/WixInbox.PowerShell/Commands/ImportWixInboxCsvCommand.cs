using System.Management.Automation;
using System.Text;
using WixInbox.Csv;
using WixInbox.Errors;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Reads a file of people, whichever program has exported it, into one object for each row. It detects the encoding,
/// the separator, and the line with the names of the columns; lines that are not rows are left out and counted. Any
/// cmdlet takes its output as it takes that of Import-Csv. It needs no connection.
/// </summary>
[Cmdlet(VerbsData.Import, "WixInboxCsv", DefaultParameterSetName = PathSet)]
[OutputType("System.Management.Automation.PSCustomObject")]
public sealed class ImportWixInboxCsvCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly PipelineStop _stop = new();

    /// <summary>Gets or sets the files, with wildcards. Folders that match are left out.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// Gets or sets the files. Wildcard characters are taken literally. The output of Get-ChildItem binds here.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Gets or sets the separator between two cells. Default: the one that is detected, from a first line such as
    /// <c>sep=;</c>, or as the comma, semicolon, tab or bar that most lines have as often as the line of column names.
    /// </summary>
    [Parameter(Position = 1)]
    public char? Delimiter { get; set; }

    /// <summary>
    /// Gets or sets the encoding: ansi, oem, utf8, unicode and the other names that Import-Csv takes, the name of a
    /// code page such as windows-1250, or its number. Default: the encoding that is detected, from the file's mark or
    /// from all its bytes. A file that is not Unicode is read in the system's code page or in Windows-1252, and a
    /// warning says so if another is as likely.
    /// </summary>
    [Parameter]
    [EncodingName]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    /// <summary>
    /// Gets or sets the names of the columns, for a file that has none. Each line is then a row, the first one too.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in this.FindFiles(Path, LiteralPath, CsvErrors.NotFound))
        {
            _stop.Run(stopped => Read(path, stopped));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Stop();

    private void Read(string given, CancellationToken stopped)
    {
        if (this.ResolveFile(given, out var problem) is not { } path)
        {
            WriteError(PathErrors.NotAFile(given, "a file of rows", problem!));
            return;
        }

        var name = System.IO.Path.GetFileName(path);
        try
        {
            using var file = CsvFile.Open(
                path, Encoding, Delimiter, Header, CsvEncoding.SystemCodePage, stopped);
            if (file.Columns.Count == 0)
            {
                WriteWarning($"{name}: the file is empty.");
                return;
            }

            foreach (var cells in file.Read(warning => WriteWarning($"{name}: {warning}")))
            {
                WriteObject(RowOf(file.Columns, cells));
            }

            WriteVerbose($"{name}: {file.Describe()}");
        }
        catch (CsvException exception)
        {
            WriteError(CsvErrors.Invalid(
                path,
                (exception.Line > 0 ? FormattableString.Invariant($"'{path}', line {exception.Line}: ") : $"'{path}': ")
                    + exception.Message));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            WriteError(CsvErrors.NotFound(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(CsvErrors.Unreadable(path, exception));
        }
    }

    private static PSObject RowOf(IReadOnlyList<string> columns, string?[] cells)
    {
        var row = new PSObject();
        for (var index = 0; index < cells.Length; index++)
        {
            // Each name is there but once, which the collection need not look for.
            row.Properties.Add(new PSNoteProperty(columns[index], cells[index]), preValidated: true);
        }

        return row;
    }
}
