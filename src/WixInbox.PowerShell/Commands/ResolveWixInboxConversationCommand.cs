using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets the conversation with a contact, a member or a visitor, and creates it if there is none: one request for each
/// row, and one more for each 50 contacts, who are
/// looked up first since a member's conversation is found by the member id. Its property Created says which. It can be
/// piped into Get-WixInboxMessage and
/// Send-WixInboxMessage. It needs the permission Manage Inbox Messages, and for contacts Read Contacts. A row without a
/// conversation is an error record whose target is
/// the row.
/// </summary>
/// <remarks>A conversation's id changes when its participant goes from visitor to contact to member: Wix advises to find it right before it is used.</remarks>
[Cmdlet(VerbsDiagnostic.Resolve, "WixInboxConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class ResolveWixInboxConversationCommand : SiteCommand
{
    private readonly List<(Row, Recipient, WixInboxConnection, ErrorRecord? Problem)> _waiting = [];
    private readonly Dictionary<WixInboxConnection, ConversationFinder> _finders = [];
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <summary>Gets or sets the row: any object, whose properties fill the parameters. An error returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Gets or sets the id of a contact, a GUID. Of a contact who is a member of the site, the conversation is found by
    /// the member id, as Wix demands. Default: the column
    /// ContactId.
    /// </summary>
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
        var problem = Find(row, out var recipient, out var connection);
        if (problem is null)
        {
            var action = $"Find the conversation of {recipient}, or create it{WixInboxConnection.Over(connection)}";
            if (!ShouldProcess(row.Begin(action), row.Begin(action + "?"), "Resolve-WixInboxConversation"))
            {
                return;
            }
        }

        // What becomes of the rows is written in their order: one that waits for others holds up those behind it.
        _waiting.Add((row, recipient, connection, problem));
        var isAlone = _waiting.Count == 1 && (problem is not null || !ConversationFinder.LooksUp(recipient));
        if (isAlone || _waiting.Count == BulkRun.LookUpSize)
        {
            Resolve();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Resolve();

    private ErrorRecord? Find(Row row, out Recipient recipient, out WixInboxConnection connection)
    {
        recipient = row.Recipient ?? default;
        connection = null!;
        if (row.Problems.Count > 0)
        {
            return RowErrors.Invalid(row, row.Problems, RowErrors.NoRequest);
        }

        if (row.Recipient is null)
        {
            string[] parameters = [nameof(ContactId), nameof(MemberId), nameof(AnonymousVisitorId)];
            return RowErrors.IdMissing(row, ErrorIds.RecipientMissing, "participant", parameters);
        }

        return recipient.Validate() is { Count: > 0 } violations
            ? RowErrors.Invalid(row, violations)
            : Calls.Find(row, out connection);
    }

    private void Resolve()
    {
        foreach (var (_, recipient, connection, problem) in _waiting)
        {
            if (problem is null)
            {
                FinderOf(connection).Begin(recipient);
            }
        }

        foreach (var (row, recipient, connection, problem) in _waiting)
        {
            // An earlier row may have met what every further one would.
            if ((problem ?? Calls.Find(row, out _)) is { } error)
            {
                WriteError(error);
            }
            else
            {
                Resolve(row, recipient, connection);
            }
        }

        _waiting.Clear();
    }

    private ConversationFinder FinderOf(WixInboxConnection connection)
    {
        if (!_finders.TryGetValue(connection, out var finder))
        {
            _finders[connection] = finder = new ConversationFinder(connection.Client, _warnings.Enqueue, Calls.Stopped);
        }

        return finder;
    }

    private void Resolve(Row row, Recipient recipient, WixInboxConnection connection)
    {
        var outcome = Calls.Await(connection, (_, token) => FinderOf(connection).FindAsync(recipient, token));
        while (_warnings.TryDequeue(out var warning))
        {
            WriteWarning(warning);
        }

        if (outcome.Value is { } answer)
        {
            answer.Conversation!.Created = answer.NewConversation;
            WriteObject(connection.AddTo(answer.Conversation));
            return;
        }

        Calls.Fail(connection, row, outcome, $"the conversation of {row.Recipient} could not be found or created.");
    }
}
