using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Gets the site's contacts: by address, id or name, by a search for an exact value, or all of them. They can be piped into Send-WixInboxMessage, which sends to the
/// contact by its ContactId, and into Resolve-WixInboxConversation. It needs the permission Read Contacts. 50 addresses cost one request, and so does each id; a
/// search or a list costs one for each 1,000 contacts, made when they are needed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxContact", DefaultParameterSetName = BySearch)]
[OutputType(typeof(Contact))]
public sealed class GetWixInboxContactCommand : PSCmdlet, IDisposable
{
    private const string ByEmail = "Email";
    private const string ById = "ContactId";
    private const string ByName = "Name";
    private const string BySearch = "Search";

    // As many as Send-WixInboxMessage looks up at once. Wix documents no limit of its own.
    private const int BatchSize = 50;

    private readonly CallRun _calls;
    private readonly List<(Row Row, string Address)> _addresses = [];
    private ColumnFinder _columns = null!;
    private WixInboxConnection _connection = null!;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxContactCommand"/> class.</summary>
    public GetWixInboxContactCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>Gets or sets the row: an address, or any object with a property Email. An error returns it.</summary>
    [Parameter(ParameterSetName = ByEmail, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the main e-mail addresses of the contacts. Several contacts may have the same one. An address that no contact has is an error.</summary>
    [Parameter(Position = 0, ParameterSetName = ByEmail, ValueFromPipelineByPropertyName = true)]
    [Alias("E-mail", "EmailAddress", "Email Address", "Mail")]
    public string[]? Email { get; set; }

    /// <summary>Gets or sets the ids of the contacts, GUIDs. For a contact that was merged into another, that other one is returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    public string[] ContactId { get; set; } = [];

    /// <summary>Gets or sets a first name, a last name, or both with a blank between them, exactly as the contact has them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the exact first name, last name, address or phone number to look for: at most 100 characters. Without it, all contacts are returned.
    /// </summary>
    [Parameter(ParameterSetName = BySearch)]
    [ValidateLength(1, 100)]
    public string? Search { get; set; }

    /// <summary>Gets or sets the largest number of contacts to return.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

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
        switch (ParameterSetName)
        {
            case ByEmail:
                foreach (var address in Email is { Length: > 0 } ? Email.Select(RowIds.Given) : [RowIds.Of(InputObject)])
                {
                    Take(address);
                }

                break;
            case ById:
                foreach (var id in ContactId)
                {
                    GetById(id.Trim());
                }

                break;
            default:
                List();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => GetByAddress();

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Take(string? address)
    {
        if (address is null)
        {
            var empty = RowOf(null);
            WriteError(CallErrors.Faulty(empty, RowIds.Missing(empty, ErrorIds.RecipientMissing, "address", nameof(Email))));
            return;
        }

        var recipient = new Recipient(RecipientKind.Email, address);
        var row = RowOf(recipient);
        if (recipient.Validate() is { Count: > 0 } violations)
        {
            WriteError(CallErrors.Faulty(row, RowIds.Invalid(row, violations)));
            return;
        }

        _addresses.Add((row, address));
        if (_addresses.Count == BatchSize)
        {
            GetByAddress();
        }
    }

    private void GetByAddress()
    {
        if (_addresses.Count == 0)
        {
            return;
        }

        // Whether Wix tells upper from lower case is not documented; most addresses are kept in lower case.
        var asked = _addresses.SelectMany(one => new[] { one.Address, one.Address.ToLowerInvariant() }).Distinct(StringComparer.Ordinal).ToArray();
        var contacts = Query(new QueryContactsRequest { Emails = asked, Limit = QueryContactsRequest.LargestPage }, _addresses[0].Row.Number, "the contacts could not be looked up.")
            .ToLookup(contact => contact.Email ?? string.Empty, StringComparer.OrdinalIgnoreCase);
        foreach (var (row, address) in _addresses)
        {
            if (!contacts.Contains(address))
            {
                WriteError(CallErrors.ContactNotFound(row));
            }

            foreach (var contact in contacts[address])
            {
                WriteObject(contact);
            }
        }

        _addresses.Clear();
    }

    private void GetById(string id)
    {
        var row = RowOf(new Recipient(RecipientKind.Contact, id));
        var outcome = _calls.Await(_connection, (client, token) => client.GetContactAsync(id, token));
        if (outcome.Value?.Contact is { } contact)
        {
            WriteObject(contact);
            return;
        }

        Fail(CallErrors.Failed(row, outcome, $"{row.Recipient} could not be read."), outcome.Failure!);
    }

    private void List()
    {
        // Wix looks for one of the two names, as it is: both together are none of them.
        var words = Name?.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var request = new QueryContactsRequest
        {
            Search = words is null ? Search : words[words.Length - 1],
            Limit = words is null && First < QueryContactsRequest.LargestPage ? First : QueryContactsRequest.LargestPage,
        };
        var written = 0;
        foreach (var contact in Query(request, null, "the contacts could not be read."))
        {
            if (words is null || IsNamed(contact))
            {
                WriteObject(contact);
                if (++written == First)
                {
                    return;
                }
            }
        }
    }

    private bool IsNamed(Contact contact) =>
        new[] { contact.FirstName, contact.LastName, $"{contact.FirstName} {contact.LastName}" }.Contains(Name!.Trim(), StringComparer.CurrentCultureIgnoreCase);

    // A page is read when what is on it is asked for.
    private IEnumerable<Contact> Query(QueryContactsRequest request, int? first, string consequence)
    {
        // It is asked for all of them, and its failure is that of no row alone.
        var row = new Row(first, null, _columns, null, prebuilt: false);
        while (true)
        {
            var outcome = _calls.Await(_connection, (client, token) => client.QueryContactsAsync(request, token));
            if (outcome.Value?.Contacts is not { } page)
            {
                Fail(CallErrors.Failed(row, outcome, consequence), outcome.Failure!);
                yield break;
            }

            foreach (var contact in page)
            {
                if (contact?.Id is not null)
                {
                    yield return contact;
                }
            }

            if (page.Length < request.Limit)
            {
                yield break;
            }

            request.Offset += page.Length;
        }
    }

    private void Fail(ErrorRecord error, Failure failure)
    {
        // A list or a batch that fails leaves nothing of which it could be told whether it is there.
        if (CallErrors.EndsRun(failure) || failure.Operation == Operation.QueryContacts)
        {
            ThrowTerminatingError(error);
        }

        WriteError(error);
    }

    private Row RowOf(Recipient? recipient) => new(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, recipient, prebuilt: false);
}
