using System.Management.Automation;
using WixInbox.Pipeline;
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
public sealed class ResolveWixInboxConversationCommand : RecipientCommand, IDisposable
{
    private readonly CallRun _calls;
    private readonly ConversationRows _conversations;
    private RowReader _rows = null!;

    /// <summary>Initializes a new instance of the <see cref="ResolveWixInboxConversationCommand"/> class.</summary>
    public ResolveWixInboxConversationCommand()
    {
        _calls = new CallRun(this);
        _conversations = new ConversationRows(this, _calls, Write);
    }

    /// <summary>
    /// Gets or sets the id of a conversation, a GUID, which is read. It may be an old one, and is used where nothing
    /// else names anybody. Default: the column ConversationId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public override RowValue<string>? ConversationId { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A person's conversation is found anew, whatever id it had before.
        string[] who = [.. RecipientParameters.Names.Skip(1), nameof(ConversationId)];
        _rows = new RowReader(this, who, [], RecipientParameters.OfAddress);
        _calls.Begin(isRehearsal: this.IsWhatIf());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in _rows.ReadEach(InputObject))
        {
            _conversations.Add(row, Confirm);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _conversations.WriteAll();

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private bool Confirm(Row row, WixInboxConnection connection)
    {
        var recipient = row.Recipient!.Value;
        var whole = Action(recipient.ToString());

        // What is said here also goes to the verbose stream, unless it is a rehearsal, and a customer's address does
        // not belong there.
        var description = recipient.Kind == RecipientKind.Email && !this.IsWhatIf()
            ? Action("a contact by its address")
            : whole;
        return ShouldProcess(row.Begin(description), row.Begin(whole + "?"), "Resolve-WixInboxConversation");

        string Action(string whom) =>
            (recipient.Kind == RecipientKind.Conversation
                ? $"Read {whom}"
                : $"Find the conversation of {whom}, or create it") + WixInboxConnection.Over(connection);
    }

    private void Write(Row row, WixInboxConnection connection)
    {
        var isRead = row.Recipient!.Value.Kind == RecipientKind.Conversation;
        if ((isRead ? _calls.GetConversation(row, connection) : _conversations.Find(row, connection))
            is { } conversation)
        {
            WriteObject(row.AddTo(conversation, connection));
        }
    }
}
