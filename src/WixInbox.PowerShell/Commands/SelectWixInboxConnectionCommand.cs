using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Pipeline;

namespace WixInbox.Commands;

/// <summary>
/// Makes another open connection the default, which cmdlets use when they are given none: by itself, by its name, or by
/// its site. The connection that was the default stays open.
/// </summary>
[Cmdlet(VerbsCommon.Select, "WixInboxConnection", DefaultParameterSetName = ByConnection)]
[OutputType(typeof(WixInboxConnection))]
public sealed class SelectWixInboxConnectionCommand : PSCmdlet
{
    private const string ByConnection = "Connection";
    private const string BySite = "SiteId";

    /// <summary>Gets or sets the connection, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByConnection, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>Gets or sets the id of the site that the connection leads to. One connection alone may.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySite)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string SiteId { get; set; } = string.Empty;

    /// <summary>Gets or sets whether to also return the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var table = new ConnectionTable(this);
        var connection = Connection is null
            ? table.FindOfSite(SiteId.Trim(), preferred: null, out var problem)
            : table.Find(Connection, out problem);
        if (connection is null)
        {
            WriteError(problem!);
            return;
        }

        if (table.Default is { Name: null, Closed: false } earlier && earlier != connection)
        {
            WriteWarning($"The default until now, {earlier}, has no name, and stays open where a variable holds it.");
        }

        table.SetDefault(connection);
        HostLine.Write(this, $"The default connection is {connection}.");
        if (PassThru)
        {
            WriteObject(connection);
        }
    }
}
