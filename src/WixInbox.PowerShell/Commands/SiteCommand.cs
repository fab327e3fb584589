using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>The parameters of the cmdlets that take rows, each of which goes to a site. Not a cmdlet itself.</summary>
/// <remarks>
/// No parameter but the row itself binds from the pipeline: a <see cref="RowReader"/> reads its columns, and runs the
/// script blocks that were typed, so that whatever goes wrong with a row is that row's own error.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SiteCommand : PSCmdlet
{
    // No cmdlet of another assembly can derive from this: what they share may change.
    private protected SiteCommand()
    {
    }

    /// <summary>
    /// Gets or sets the row: any object, whose properties fill parameters that are not typed. An error or a result
    /// returns it.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Gets or sets the connection, or its name. Default: the column Connection, which names the connection of each
    /// row, or else the default connection of this runspace.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ListArgument]
    public RowValue<ConnectionIdentity>? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of the site that a row goes to: over the open connection with an API key for that site.
    /// Default: the column SiteId. A row that names its connection needs no site.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ListArgument]
    public RowValue<string>? SiteId { get; set; }
}
