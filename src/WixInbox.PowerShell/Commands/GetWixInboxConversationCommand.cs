using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets conversations by their id, in the order of the ids, with one request for each. They can be piped into Get-WixInboxMessage and
/// Send-WixInboxMessage. It needs the permission Read Inbox Messages. A row that cannot be read is an error record whose target is the row, or the id if that was typed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxConversation")]
[OutputType(typeof(Conversation))]
public sealed class GetWixInboxConversationCommand : SiteCommand
{
    /// <summary>Gets or sets the row: an id, or any object with a property ConversationId. An error returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the ids of the conversations, GUIDs. Default: the column ConversationId, or the row itself if it is an id.</summary>
    [Parameter(Position = 0)]
    public string[]? ConversationId { get; set; }

    private protected override string[] Who => [nameof(ConversationId)];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = Read(InputObject);
        if (row.Problems.Count > 0)
        {
            WriteError(RowErrors.Invalid(row, row.Problems, RowErrors.NoRequest));
            return;
        }

        foreach (var id in ConversationId is { Length: > 0 } typed ? typed.Select(one => RowValues.Given(one)) : [row.Recipient?.Id ?? row.Itself])
        {
            if (id is null)
            {
                WriteError(RowErrors.IdMissing(row, ErrorIds.ConversationIdMissing, "conversation", nameof(ConversationId)));
                continue;
            }

            var one = row.For(new Recipient(RecipientKind.Conversation, id));
            if (Calls.TryFind(one, out var connection))
            {
                Get(one, id, connection);
            }
        }
    }

    private void Get(Row row, string id, WixInboxConnection connection)
    {
        var outcome = Calls.Await(connection, (client, token) => client.GetConversationAsync(id, token));
        if (outcome.Value is { } conversation)
        {
            WriteObject(connection.AddTo(conversation));
            return;
        }

        Calls.Fail(connection, row, outcome, $"{row.Recipient} could not be read.");
    }
}
