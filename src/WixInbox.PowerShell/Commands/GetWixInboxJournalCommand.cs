using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Commands;

/// <summary>
/// Reads the journal of a run of Send-WixInboxMessage: what became of each row, or how far it is. It needs no connection, changes nothing, and also
/// reads a journal that a run is writing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxJournal", DefaultParameterSetName = PathSet)]
[OutputType(typeof(JournalEntry), typeof(JournalSummary))]
public sealed class GetWixInboxJournalCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// Gets or sets the files, with wildcards: several where a run sent over several connections, <c>run*.jsonl</c>. Folders that these find are left out.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets the files, whose names are taken as they are. What Get-ChildItem gives binds here, and the summary of a run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName", "Journal")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets whether to count the rows instead: how many were sent and failed, how fast, and how long the rest takes.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == PathSet ? Path.SelectMany(Find) : LiteralPath)
        {
            Read(path);
        }
    }

    private IReadOnlyList<string> Find(string path)
    {
        var files = this.ExpandPath(path);
        if (files.Count == 0)
        {
            WriteError(JournalErrors.NotFoundBy(path));
        }

        return files;
    }

    private void Read(string given)
    {
        if (this.ResolveFile(given, out var problem) is not { } path)
        {
            WriteError(JournalErrors.NotAFile(given, problem!));
            return;
        }

        try
        {
            if (Summary)
            {
                WriteObject(JournalReader.ReadSummary(path));
            }
            else
            {
                WriteObject(JournalReader.ReadEntries(path), enumerateCollection: true);
            }
        }
        catch (Exception exception) when (exception is JournalException or FileNotFoundException or DirectoryNotFoundException)
        {
            WriteError(JournalErrors.Unreadable(exception, path));
        }
    }
}
