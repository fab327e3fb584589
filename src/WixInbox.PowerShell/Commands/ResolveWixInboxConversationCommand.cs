using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets the conversation with a contact, a member or a visitor, and creates it if there is none: one request for each
/// row, and one more for each 50 contacts, who are looked up first since a member's conversation is found by the member
/// id. Its property Created says which. It can be piped into Get-WixInboxMessage and Send-WixInboxMessage. It needs the
/// permission Manage Inbox Messages, and for contacts Read Contacts. A row without a conversation is an error record
/// whose target is the row.
/// </summary>
/// <remarks>
/// A conversation's id changes when its participant goes from visitor to contact to member: Wix advises to find it
/// right before it is used.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Resolve, "WixInboxConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class ResolveWixInboxConversationCommand : ConversationCommand
{
    /// <summary>
    /// Gets or sets the id of a conversation, a GUID, which is read. It may be an old one, and is used where nothing
    /// else names anybody. Default: the column ConversationId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public override RowValue<string>? ConversationId { get; set; }

    // A person's conversation is found anew, whatever id it had before.
    private protected override string[] Who => [.. RecipientParameters.Names.Skip(1), nameof(ConversationId)];

    private protected override bool IsRehearsal => this.IsWhatIf();

    private protected override bool Confirm(Row row, WixInboxConnection connection)
    {
        var recipient = row.Recipient!.Value;
        var action = recipient.Kind == RecipientKind.Conversation
            ? $"Read {recipient}"
            : $"Find the conversation of {recipient}, or create it";
        action += WixInboxConnection.Over(connection);
        return ShouldProcess(row.Begin(action), row.Begin(action + "?"), "Resolve-WixInboxConversation");
    }

    private protected override void Write(Row row, WixInboxConnection connection)
    {
        var isRead = row.Recipient!.Value.Kind == RecipientKind.Conversation;
        if ((isRead ? ReadConversation(row, connection) : Find(row, connection)) is { } conversation)
        {
            WriteObject(row.AddTo(conversation, connection));
        }
    }
}
