using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets the conversation with a contact, a member or a visitor, and creates it if there is none: one request for each row. Its property Created says
/// which. It can be piped into Get-WixInboxMessage and Send-WixInboxMessage. It needs the permission Manage Inbox Messages. A row without a
/// conversation is an error record whose target is the row.
/// </summary>
/// <remarks>A conversation's id changes when its participant goes from visitor to contact to member: Wix advises to find it right before it is used.</remarks>
[Cmdlet(VerbsDiagnostic.Resolve, "WixInboxConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class ResolveWixInboxConversationCommand : SiteCommand
{

    /// <summary>Gets or sets the row: any object, whose properties fill the parameters. An error returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the id of a contact, a GUID. Default: the column ContactId.</summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? ContactId { get; set; }

    /// <summary>
    /// Gets or sets the id of a member of the site, a GUID. It is preferred to the ids of the contact and the visitor, as Wix advises. Default: the column MemberId.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? MemberId { get; set; }

    /// <summary>
    /// Gets or sets the id of a visitor who is not signed in, a GUID. It is used if neither of the other ids is given. Default: the column AnonymousVisitorId or VisitorId.
    /// </summary>
    [Parameter]
    [Alias("VisitorId")]
    [ListArgument]
    public RowValue<string>? AnonymousVisitorId { get; set; }

    // A member's conversation is found by the member id, whatever else is known.
    private protected override string[] Who => [nameof(MemberId), nameof(ContactId), nameof(AnonymousVisitorId)];

    private protected override bool IsRehearsal => this.IsWhatIf();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = Read(InputObject);
        if (row.Problems.Count > 0)
        {
            WriteError(RowErrors.Invalid(row, row.Problems, RowErrors.NoRequest));
            return;
        }

        if (row.Recipient is not { } named)
        {
            WriteError(RowErrors.IdMissing(row, ErrorIds.RecipientMissing, "participant", nameof(ContactId), nameof(MemberId), nameof(AnonymousVisitorId)));
            return;
        }

        var participant = new IdentificationData
        {
            MemberId = named.Kind == RecipientKind.Member ? named.Id : null,
            ContactId = named.Kind == RecipientKind.Contact ? named.Id : null,
            AnonymousVisitorId = named.Kind == RecipientKind.AnonymousVisitor ? named.Id : null,
        };
        if (WixInboxClient.Validate(participant) is { Count: > 0 } violations)
        {
            WriteError(RowErrors.Invalid(row, violations));
            return;
        }

        if (!Calls.TryFind(row, out var connection))
        {
            return;
        }

        var action = $"Find the conversation of {named}, or create it";
        if (ShouldProcess(row.Begin(action), row.Begin(action + "?"), "Resolve-WixInboxConversation"))
        {
            Resolve(row, participant, connection);
        }
    }

    private void Resolve(Row row, IdentificationData participant, WixInboxConnection connection)
    {
        var outcome = Calls.Await(connection, (client, token) => client.GetOrCreateConversationAsync(participant, token));
        if (outcome.Value is { } answer)
        {
            answer.Conversation!.Created = answer.NewConversation;
            answer.Conversation.Connection = connection.Name;
            WriteObject(answer.Conversation);
            return;
        }

        Calls.Fail(connection, row, outcome, $"the conversation of {row.Recipient} could not be found or created.");
    }
}
