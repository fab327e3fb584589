using System.Globalization;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pages;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Shows messages before they are sent, in a browser: as the Inbox and the chat widget would show them, and with what
/// is wrong with them. It takes the parameters of Send-WixInboxMessage, needs no connection and sends nothing.
/// </summary>
[Cmdlet(VerbsCommon.Show, "WixInboxMessage", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ShowWixInboxMessageCommand : MessageCommand
{
    private MessagePage _page = null!;
    private string? _path;

    /// <summary>
    /// Gets or sets the file to write the page to. Default: a new file in the folder for temporary files, which only
    /// you can read.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets how many rows to show: those that break a rule first, and then the others, both in their order.
    /// Default: 20. All rows are checked and counted.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 20;

    /// <summary>
    /// Gets or sets whether to keep a file that exists, and report an error. Without it, the page replaces the file.
    /// </summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Gets or sets whether to replace a file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gets or sets whether to return the file instead of opening it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _page = new MessagePage(First);
        if (Path is not null && (_path = this.ResolveFile(Path, out var problem)) is null)
        {
            ThrowTerminatingError(PathErrors.NotAFile(Path, "a page", problem!));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = Rows.Read(InputObject);
        Rows.Warn(row);
        var request = Rows.RequestOf(row);
        _page.Add(row, request, Rows.Check(row, request));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_page.Rows == 0)
        {
            WriteWarning("There is nothing to show: no row was piped in.");
            return;
        }

        Rows.Report();
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "Rows: {0:N0}. Valid: {1:N0}. Shown: {2:N0}.",
            _page.Rows,
            _page.Valid,
            _page.Shown));
        if (_page.Rows > _page.Shown && !MyInvocation.BoundParameters.ContainsKey(nameof(First)))
        {
            WriteWarning(string.Format(
                CultureInfo.InvariantCulture,
                "The page shows {0:N0} of {1:N0} rows, those that break a rule first. -First shows more.",
                _page.Shown,
                _page.Rows));
        }

        var file = new PageFile(this) { NoClobber = NoClobber, Force = Force };
        var page = _page.Build(TimeProvider.System.GetLocalNow());
        var written = _path is null ? file.WriteTemporary(page) : file.Write(_path, page);
        if (written is null)
        {
            return;
        }

        if (PassThru)
        {
            WriteObject(written);
        }
        else
        {
            Browser.Open(this, ((FileInfo)written.BaseObject).FullName);
        }
    }
}
