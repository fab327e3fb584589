using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Gets conversations by their id, in the order of the ids, with one request for each. They can be piped into Get-WixInboxMessage and
/// Send-WixInboxMessage. It needs the permission Read Inbox Messages. A row that cannot be read is an error record whose target is the row, or the id if that was typed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxConversation")]
[OutputType(typeof(Conversation))]
public sealed class GetWixInboxConversationCommand : PSCmdlet, IDisposable
{
    private readonly CallRun _calls;
    private ColumnFinder _columns = null!;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxConversationCommand"/> class.</summary>
    public GetWixInboxConversationCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>Gets or sets the row: an id, or any object with a property ConversationId. An error returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the ids of the conversations, GUIDs.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("conversation_id", "Conversation Id")]
    public string[]? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets the connection, or its name. As a column it says for each row which one it goes to; where that is empty, and without it, rows go to the one
    /// that Connect-WixInbox made last in this runspace.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of the site that a row goes to: over the open connection with an API key for that site. A row that names its connection needs no site.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("site_id", "Site Id")]
    public string? SiteId { get; set; }

    /// <summary>Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.</summary>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);
        _calls.Begin(Connection);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;
        if (ConversationId is not { Length: > 0 } ids)
        {
            Get(RowIds.Of(InputObject));
            return;
        }

        foreach (var id in ids)
        {
            Get(RowIds.Given(id));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Get(string? id)
    {
        var recipient = id is null ? (Recipient?)null : new Recipient(RecipientKind.Conversation, id);
        var row = new Row(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, recipient, prebuilt: false);
        if (id is null)
        {
            WriteError(CallErrors.Faulty(row, RowIds.Missing(row, ErrorIds.ConversationIdMissing, "conversation", nameof(ConversationId))));
            return;
        }

        if (!_calls.TryFind(row, Connection, SiteId, out var connection))
        {
            return;
        }

        var outcome = _calls.Await(connection, (client, token) => client.GetConversationAsync(id, token));
        if (outcome.Value is { } conversation)
        {
            conversation.Connection = connection.Name;
            WriteObject(conversation);
            return;
        }

        _calls.Fail(connection, row, outcome, $"{row.Recipient} could not be read.");
    }
}
