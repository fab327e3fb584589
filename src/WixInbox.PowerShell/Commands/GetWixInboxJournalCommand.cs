using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Reads the journal of a run of Send-WixInboxMessage: what became of each row, or how far it is. It needs no
/// connection, changes nothing, and can also read a journal while a run is writing it.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxJournal", DefaultParameterSetName = PathSet)]
[OutputType(typeof(JournalEntry), typeof(JournalSummary))]
public sealed class GetWixInboxJournalCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly PipelineStop _stop = new();

    /// <summary>
    /// Gets or sets the files, with wildcards: a run over several connections has several files, <c>run*.jsonl</c>.
    /// Folders that match are left out.
    /// </summary>
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
    /// Gets or sets the files. Wildcard characters are taken literally. The output of Get-ChildItem binds here, and the
    /// summary of a run.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName", "Journal")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Gets or sets whether to return the counts instead of the rows: how many were sent and failed, how fast, and how
    /// long the rest takes.
    /// </summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in this.FindFiles(Path, LiteralPath, JournalErrors.NotFoundBy))
        {
            Read(path);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Stop();

    private void Read(string given)
    {
        if (this.ResolveFile(given, out var problem) is not { } path)
        {
            WriteError(PathErrors.NotAFile(given, "a journal", problem!));
            return;
        }

        try
        {
            if (Summary)
            {
                WriteObject(_stop.Run(stopped => JournalReader.ReadSummary(path, cancellationToken: stopped)));
            }
            else
            {
                WriteObject(
                    _stop.Run(stopped => JournalReader.ReadEntries(path, stopped)), enumerateCollection: true);
            }
        }
        catch (Exception exception)
            when (exception is JournalException or FileNotFoundException or DirectoryNotFoundException)
        {
            WriteError(JournalErrors.Unreadable(exception, path));
        }
    }
}
