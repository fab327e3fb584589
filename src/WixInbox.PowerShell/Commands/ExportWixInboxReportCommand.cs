using System.Management.Automation;
using System.Runtime.InteropServices;
using WixInbox.Errors;
using WixInbox.Pages;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Writes a page about the runs of a journal: the counts, the requests over time against Wix's limit, what failed and
/// why, and the rows that somebody has to look at. It needs no connection, and can also read a journal while a run is
/// writing it.
/// </summary>
[Cmdlet(VerbsData.Export, "WixInboxReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWixInboxReportCommand : PSCmdlet
{
    // Where X.html and x.html are two files. A folder may be told otherwise on any system; most are not.
    private static readonly StringComparer s_names =
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly PipelineStop _stop = new();
    private readonly HashSet<string> _written = new(s_names);

    /// <summary>Gets or sets the journal. Wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Journal { get; set; } = null!;

    /// <summary>
    /// Gets or sets the file to write the page to. Wildcard characters are taken literally. For several journals, a
    /// script block names one for each: <c>{ $_.BaseName + '.html' }</c>.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>
    /// Gets or sets whether to keep a file that exists, and report an error. Without it, the page replaces the file.
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Gets or sets whether to replace a file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gets or sets whether to return the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (this.ResolveFile(Journal, out var problem) is not { } journal)
        {
            WriteError(PathErrors.NotAFile(Journal, "a journal", problem!));
            return;
        }

        if (this.ResolveFile(Path, out problem) is not { } path)
        {
            WriteError(PathErrors.NotAFile(Path, "a page", problem!));
            return;
        }

        if (_written.Contains(path))
        {
            WriteError(PageErrors.Repeated(path));
            return;
        }

        try
        {
            var report = _stop.Run(stopped => JournalReader.ReadReport(journal, cancellationToken: stopped));
            if (new PageFile(this) { NoClobber = NoClobber, Force = Force }.Write(
                path, ReportPage.Build(report, TimeProvider.System.GetLocalNow())) is { } written)
            {
                _written.Add(path);
                if (PassThru)
                {
                    WriteObject(written);
                }
            }
        }
        catch (Exception exception)
            when (exception is JournalException or FileNotFoundException or DirectoryNotFoundException)
        {
            WriteError(JournalErrors.Unreadable(exception, journal));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Stop();
}
