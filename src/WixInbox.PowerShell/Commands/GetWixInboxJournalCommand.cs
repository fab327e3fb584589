using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Commands;

/// <summary>
/// Reads the journal of a run of Send-WixInboxMessage: what became of each row, or how far it is. It needs no connection, changes nothing, and also
/// reads a journal that a run is writing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxJournal")]
[OutputType(typeof(JournalEntry), typeof(JournalSummary))]
public sealed class GetWixInboxJournalCommand : PSCmdlet
{
    /// <summary>
    /// Gets or sets the files: several where a run sent over several connections. A wildcard in a name is one of its characters; Get-ChildItem finds them:
    /// <c>Get-ChildItem run*.jsonl | Get-WixInboxJournal</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "Journal")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Gets or sets whether to count the rows instead: how many were sent and failed, how fast, and how long the rest takes.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Read(path);
        }
    }

    private void Read(string given)
    {
        var path = this.ResolveFile(given, JournalErrors.NotAFile);
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
        catch (Exception exception) when ((exception is JournalException ? exception.InnerException : exception) is FileNotFoundException or DirectoryNotFoundException)
        {
            WriteError(JournalErrors.NotFound(path));
        }
        catch (JournalException exception)
        {
            WriteError(JournalErrors.Unusable(exception, path));
        }
    }
}
