using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Gets the conversation with a contact, a member or a visitor, and creates it if there is none: one request for each row. Its property Created says
/// which. It can be piped into Get-WixInboxMessage and Send-WixInboxMessage. It needs the permission Manage Inbox Messages. A row without a
/// conversation is an error record whose target is the row.
/// </summary>
/// <remarks>A conversation's id changes when its participant goes from visitor to contact to member: Wix advises to find it right before it is used.</remarks>
[Cmdlet(VerbsDiagnostic.Resolve, "WixInboxConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class ResolveWixInboxConversationCommand : PSCmdlet, IDisposable
{
    private readonly CallRun _calls;
    private ColumnFinder _columns = null!;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="ResolveWixInboxConversationCommand"/> class.</summary>
    public ResolveWixInboxConversationCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>Gets or sets the row: any object, whose properties fill the parameters. An error returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the id of a contact, a GUID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("contact_id", "Contact Id")]
    public string? ContactId { get; set; }

    /// <summary>Gets or sets the id of a member of the site, a GUID. It is preferred to the ids of the contact and the visitor, as Wix advises.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("member_id", "Member Id")]
    public string? MemberId { get; set; }

    /// <summary>Gets or sets the id of a visitor who is not signed in, a GUID. It is used if neither of the other ids is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("anonymous_visitor_id", "Anonymous Visitor Id", "VisitorId")]
    public string? AnonymousVisitorId { get; set; }

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
        _calls.Begin(Connection, this.IsWhatIf());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows++;

        // A member's conversation is found by the member id, whatever else is known.
        var recipient = Of(RecipientKind.Member, MemberId) ?? Of(RecipientKind.Contact, ContactId) ?? Of(RecipientKind.AnonymousVisitor, AnonymousVisitorId);
        var row = new Row(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, recipient, prebuilt: false);
        if (recipient is not { } named)
        {
            WriteError(CallErrors.Faulty(row, RowIds.Missing(row, ErrorIds.RecipientMissing, "participant", nameof(ContactId), nameof(MemberId), nameof(AnonymousVisitorId))));
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
            WriteError(CallErrors.Faulty(row, RowIds.Invalid(row, violations)));
            return;
        }

        if (!_calls.TryFind(row, Connection, SiteId, out var connection))
        {
            return;
        }

        var action = $"Find the conversation of {named}, or create it";
        if (ShouldProcess(row.Begin(action), row.Begin(action + "?"), "Resolve-WixInboxConversation"))
        {
            Resolve(row, participant, connection);
        }

        static Recipient? Of(RecipientKind kind, string? id) => RowIds.Given(id) is { } given ? new Recipient(kind, given) : null;
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Resolve(Row row, IdentificationData participant, WixInboxConnection connection)
    {
        var outcome = _calls.Await(connection, (client, token) => client.GetOrCreateConversationAsync(participant, token));
        if (outcome.Value is { } answer)
        {
            answer.Conversation!.Created = answer.NewConversation;
            answer.Conversation.Connection = connection.Name;
            WriteObject(answer.Conversation);
            return;
        }

        _calls.Fail(connection, row, outcome, $"the conversation of {row.Recipient} could not be found or created.");
    }
}
