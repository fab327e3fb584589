using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets conversations by their id, in the order of the ids, with one request for each. They can be piped into
/// Get-WixInboxMessage and Send-WixInboxMessage. It needs the permission Read Inbox Messages. A row that cannot be read
/// is an error record whose target is the row, or the id if that was typed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxConversation")]
[OutputType(typeof(Conversation))]
public sealed class GetWixInboxConversationCommand : SiteCommand, IDisposable
{
    private readonly CallRun _calls;
    private RowReader _rows = null!;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxConversationCommand"/> class.</summary>
    public GetWixInboxConversationCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>
    /// Gets or sets the ids of the conversations, GUIDs. Default: the column ConversationId, or the row itself if it is
    /// an id.
    /// </summary>
    [Parameter(Position = 0)]
    [ListArgument]
    public RowValue<string>? ConversationId { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _rows = new RowReader(this, [nameof(ConversationId)], [], _ => nameof(ConversationId));
        _calls.Begin();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in _rows.ReadEach(InputObject))
        {
            if (row.Problems.Count > 0)
            {
                WriteError(RowErrors.Invalid(row, row.Problems, RowErrors.NoRequest));
            }
            else if (row.Recipient is null)
            {
                WriteError(RowErrors.IdMissing(
                    row, RuleNames.ConversationIdMissing, "conversation", nameof(ConversationId)));
            }
            else if (_calls.TryFind(row, out var connection)
                && _calls.GetConversation(row, connection) is { } conversation)
            {
                WriteObject(row.AddTo(conversation, connection));
            }
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();
}
