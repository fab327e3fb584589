using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>What the cmdlets share that ask a site something for each row. Not a cmdlet itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SiteCommand : PSCmdlet, IDisposable
{
    private RowReader _reader = null!;
    private int _rows;

    // No cmdlet of another assembly can derive from this: what they share may change.
    private protected SiteCommand()
    {
        Calls = new CallRun(this);
    }

    /// <summary>
    /// Gets or sets the connection, or its name. Default: the column Connection, which names the connection of each row, or else the connection that Connect-WixInbox made last in this
    /// runspace.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ListArgument]
    public RowValue<ConnectionIdentity>? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of the site that a row goes to: over the open connection with an API key for that site. Default: the column SiteId. A row that names its connection needs no
    /// site.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? SiteId { get; set; }

    /// <summary>Gets what makes the calls.</summary>
    internal CallRun Calls { get; }

    /// <summary>Gets the parameters that name whom or what a row is about, the preferred one first.</summary>
    private protected abstract string[] Who { get; }

    /// <summary>Gets a value indicating whether the cmdlet only says what it would do.</summary>
    private protected virtual bool IsRehearsal => false;

    /// <summary>Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.</summary>
    public void Dispose()
    {
        Calls.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _reader = new RowReader(this, Who);
        Calls.Begin(IsRehearsal);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Calls.Stop();

    /// <summary>Reads the row that has come.</summary>
    /// <param name="input">The row.</param>
    private protected Row Read(PSObject? input)
    {
        _rows++;
        return _reader.Read(MyInvocation.ExpectingInput ? _rows : null, input);
    }
}
