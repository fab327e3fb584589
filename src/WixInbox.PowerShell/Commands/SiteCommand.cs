using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Rows;
using WixInbox.Sending;

namespace WixInbox.Commands;

/// <summary>The base of the cmdlets that take rows, each of which goes to a site. Not a cmdlet itself.</summary>
/// <remarks>
/// No parameter but the row itself binds from the pipeline: a <see cref="RowReader"/> reads its columns, and runs the
/// script blocks that were typed, so that whatever goes wrong with a row is that row's own error.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SiteCommand : PSCmdlet, IDisposable
{
    private CallRun? _calls;

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

    /// <summary>Gets the object that makes the calls, one at a time.</summary>
    internal CallRun Calls => LazyInitializer.EnsureInitialized(ref _calls, () => new CallRun(this))!;

    /// <summary>Gets the reader of the rows.</summary>
    internal RowReader Rows { get; private protected set; } = null!;

    /// <summary>Gets how many rows have come.</summary>
    private protected int RowCount { get; private set; }

    /// <summary>Gets the parameters that name whom or what a row is about, the preferred one first.</summary>
    private protected abstract string[] Who { get; }

    /// <summary>Gets a value indicating whether the cmdlet only says what it would do.</summary>
    private protected virtual bool IsRehearsal => false;

    /// <summary>
    /// Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.
    /// </summary>
    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Rows = new RowReader(this, Who, [], ParameterFor);
        Calls.Begin(IsRehearsal);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Calls.Stop();

    /// <summary>Gets the parameter that a row fills when the row is plain text; null if it fills none.</summary>
    private protected virtual string? ParameterFor(string text) => null;

    /// <summary>Ends what is under way.</summary>
    private protected virtual void End() => _calls?.Dispose();

    /// <summary>Takes the row that has come, of which nothing is read.</summary>
    private protected Row TakeRow()
    {
        RowCount++;
        return Rows.Take(MyInvocation.ExpectingInput ? RowCount : null, InputObject);
    }

    /// <summary>Reads the row that has come.</summary>
    private protected Row Read()
    {
        var row = TakeRow();
        Rows.Read(row);
        return row;
    }

    /// <summary>Reads the row that has come, once for each of several ids or addresses that were typed.</summary>
    private protected IEnumerable<Row> ReadEach()
    {
        var row = Read();
        return row.Several is { } several && row.Problems.Count == 0 ? several.Select(row.For) : [row];
    }

    /// <summary>Reads the conversation that a row names. If that fails, the row's error is written.</summary>
    private protected Conversation? ReadConversation(Row row, WixInboxConnection connection)
    {
        var id = row.Recipient!.Value.Id;
        var outcome = Calls.Await(connection, (client, token) => client.GetConversationAsync(id, token));
        if (outcome.Value is { } conversation)
        {
            return conversation;
        }

        Calls.Fail(connection, row, outcome, $"{row.Recipient} could not be read.");
        return null;
    }
}
