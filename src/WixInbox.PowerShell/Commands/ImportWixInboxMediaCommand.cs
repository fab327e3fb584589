using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Puts files into the site's Media Manager and waits until Wix has them ready: files of this machine are uploaded,
/// files at an address are fetched by Wix. Send-WixInboxMessage -Image and -File take its output. It needs the
/// permission Manage Media Manager, or over a connection with -MediaStore Channels no other than to send. A file that
/// could not be imported is an error record whose target is its path or address.
/// </summary>
/// <remarks>
/// No parameter set is the default. The engine would take a row's SiteId for that one before it looked at its Url or
/// LiteralPath, and then the row itself for a path.
/// </remarks>
[Cmdlet(VerbsData.Import, "WixInboxMedia", SupportsShouldProcess = true)]
[OutputType(typeof(MediaFile))]
public sealed class ImportWixInboxMediaCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string UrlSet = "Url";

    private readonly CallRun _calls;
    private readonly LocalFiles _files;
    private bool _isSiteTyped;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="ImportWixInboxMediaCommand"/> class.</summary>
    public ImportWixInboxMediaCommand()
    {
        _calls = new CallRun(this);
        _files = new LocalFiles(this, _calls.StopSignal);
    }

    /// <summary>Gets or sets the files of this machine, with wildcards. Folders that match are left out.</summary>
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
    /// Gets or sets the files of this machine. Wildcard characters are taken literally. The output of Get-ChildItem
    /// binds here.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Gets or sets the addresses of files that Wix fetches: public ones, http or https. Wix recognizes the type of a
    /// file by the ending of its name or of its address, or else asks its server.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = UrlSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Url { get; set; } = [];

    /// <summary>
    /// Gets or sets the name that the Media Manager shows, with its ending: at most 1,000 characters, of which Wix
    /// keeps 255, or 200 over a connection with <c>-MediaStore Channels</c>. Default: the last part of the address. A
    /// file of this machine keeps its own name.
    /// </summary>
    [Parameter(ParameterSetName = UrlSet, ValueFromPipelineByPropertyName = true)]
    public string? DisplayName { get; set; }

    /// <summary>
    /// Gets or sets how many seconds to wait until Wix has a file ready after it has arrived. Default: 120. With 0, the
    /// command does not wait, and OperationStatus may be Pending.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int ReadyWaitSec { get; set; } = 120;

    /// <summary>
    /// Gets or sets the connection, or its name. A column Connection names the connection of each row. If it is empty
    /// or missing, the row goes to the default connection of this runspace.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of the site that a row goes to: over the open connection with an API key for that site. A
    /// row that names its connection needs no site.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [Alias("site_id", "Site Id", "Site-Id")]
    public string? SiteId { get; set; }

    /// <summary>
    /// Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.
    /// </summary>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isSiteTyped = MyInvocation.BoundParameters.ContainsKey(nameof(SiteId));
        _calls.Begin(this.IsWhatIf());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;
        foreach (var path in this.FindFiles(Path, LiteralPath, MediaErrors.NotFoundBy))
        {
            Upload(path);
        }

        foreach (var url in Url)
        {
            var name = string.IsNullOrWhiteSpace(DisplayName) ? null : DisplayName;
            Import(url, "Import into the site's Media Manager", (client, token) =>
                client.Media.ImportAsync(url, name, TimeSpan.FromSeconds(ReadyWaitSec), token));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Upload(string path)
    {
        var check = _files.Check(path);
        if (check.File is not { } file)
        {
            WriteError(MediaErrors.Unusable(check));
        }
        else
        {
            Import(file.Path, "Upload to the site's Media Manager", (client, token) => client.Media.UploadAsync(
                file, TimeSpan.FromSeconds(ReadyWaitSec), token));
        }
    }

    private void Import(
        string target, string action, Func<WixInboxClient, CancellationToken, Task<Outcome<MediaFile>>> call)
    {
        // A site that was typed goes before the connection of a row.
        var row = new Row(MyInvocation.ExpectingInput ? _rows : null, null)
        {
            Target = target,
            Connection = _isSiteTyped ? null : Connection,
            SiteId = RowValues.Given(SiteId),
        };
        if (!_calls.TryFind(row, out var connection)
            || !ShouldProcess(target, action + WixInboxConnection.Over(connection)))
        {
            return;
        }

        var outcome = _calls.Await(connection, call);
        if (outcome.Value is { } file)
        {
            WriteObject(connection.AddTo(file));
            return;
        }

        _calls.Fail(connection, row, outcome, $"'{target}' could not be imported.");
    }
}
