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
    private WixInboxConnection _connection = null!;
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

    /// <summary>Gets or sets the connection, or its name. Without one, the one that Connect-WixInbox made last in this runspace.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.</summary>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);
        _connection = this.OpenConnection(Connection);
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

        var outcome = _calls.Await(_connection, (client, token) => client.GetConversationAsync(id, token));
        if (outcome.Value is { } conversation)
        {
            WriteObject(conversation);
            return;
        }

        var error = CallErrors.Failed(row, outcome, $"{row.Recipient} could not be read.");
        if (CallErrors.EndsRun(outcome.Failure!))
        {
            ThrowTerminatingError(error);
        }

        WriteError(error);
    }
}
