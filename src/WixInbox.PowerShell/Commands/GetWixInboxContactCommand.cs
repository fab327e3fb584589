using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Rows;
using WixInbox.Runs;

namespace WixInbox.Commands;

/// <summary>
/// Gets the site's contacts: by address, id or name, by a search for an exact value, by what they did last, or all of them. They can be piped into
/// Send-WixInboxMessage, which sends to the contact by its ContactId, and into Resolve-WixInboxConversation. It needs the permission Read Contacts. 50 addresses cost
/// one request, and so does each id; a search or a list costs one for each 1,000 contacts that are found, made when they are needed.
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
    private readonly List<(Row Row, string Address, WixInboxConnection Connection)> _addresses = [];
    private ColumnFinder _columns = null!;
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxContactCommand"/> class.</summary>
    public GetWixInboxContactCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>Gets or sets the row: an address, or any object with a property Email. An error returns it.</summary>
    [Parameter(ParameterSetName = ByEmail, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets e-mail addresses of the contacts: the main one, or another. Several contacts may have the same one. An address that no contact has is an error.</summary>
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

    /// <summary>
    /// Gets or sets a time. Only contacts that have done something since then, or to whom something was done, are returned: the longest ago first. Wix keeps a contact's
    /// last activity alone.
    /// </summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    public DateTimeOffset? ActiveAfter { get; set; }

    /// <summary>
    /// Gets or sets what the last activity of a contact was, with wildcards: INBOX_MESSAGE_FROM_CUSTOMER for one who wrote, INBOX_MESSAGE_TO_CUSTOMER for one who was
    /// written to, or another of Wix's words, with or without their underscores. It is looked for among the contacts that are found otherwise, since Wix does not look
    /// for it: use -ActiveAfter with it. One who wrote and then did something else is not among them.
    /// </summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ArgumentCompleter(typeof(ActivityCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? LastActivity { get; set; }

    /// <summary>Gets or sets the keys of labels, such as custom.vip. Only contacts that have at least one of them are returned.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>Gets or sets statuses of subscription. Only contacts with one of them are returned.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateNotNullOrEmpty]
    public SubscriptionStatus[]? Subscription { get; set; }

    /// <summary>Gets or sets a time. Only contacts that were created since then are returned.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Gets or sets the largest number of contacts to return.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

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
        switch (ParameterSetName)
        {
            case ByEmail:
                foreach (var address in Email is { Length: > 0 } ? (string?[])Email : [RowIds.Of(InputObject)])
                {
                    Take(AddressText.Read(address));
                }

                break;
            case ById:
                foreach (var id in ContactId)
                {
                    GetById(RowOf(new Recipient(RecipientKind.Contact, id.Trim())));
                }

                break;
            default:
                List(RowOf(null));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => GetByAddress();

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Take(AddressText? text)
    {
        if (text is null)
        {
            var empty = RowOf(null);
            WriteError(CallErrors.Faulty(empty, RowIds.Missing(empty, ErrorIds.RecipientMissing, "address", nameof(Email))));
            return;
        }

        var address = text.Address;
        var recipient = new Recipient(RecipientKind.Email, address);
        var row = RowOf(recipient);
        IReadOnlyList<FieldViolation> violations = text.Problem is { } problem ? [new FieldViolation("email", AddressText.Rule, problem)] : recipient.Validate();
        if (violations.Count > 0)
        {
            WriteError(CallErrors.Faulty(row, RowIds.Invalid(row, violations)));
            return;
        }

        if (_calls.TryFind(row, Connection, SiteId, out var connection))
        {
            _addresses.Add((row, address, connection));
            if (_addresses.Count == BatchSize)
            {
                GetByAddress();
            }
        }
    }

    private void GetByAddress()
    {
        var contacts = _addresses.GroupBy(one => one.Connection).ToDictionary(group => group.Key, group => LookUp(group.Key, [.. group.Select(one => (one.Row, one.Address))]));
        foreach (var (row, address, connection) in _addresses)
        {
            if (contacts[connection] is not { } found)
            {
                continue;
            }

            if (!found.Contains(address))
            {
                WriteError(CallErrors.ContactNotFound(row));
            }

            foreach (var contact in found[address])
            {
                Write(contact, connection);
            }
        }

        _addresses.Clear();
    }

    // Nothing where that could not be found out, which is said of each row if others go on.
    private ILookup<string, Contact>? LookUp(WixInboxConnection connection, (Row Row, string Address)[] rows)
    {
        // Whether Wix tells upper from lower case is not documented; most addresses are kept in lower case.
        var asked = rows.SelectMany(one => new[] { one.Address, one.Address.ToLowerInvariant() }).Distinct(StringComparer.Ordinal).ToArray();
        var hasFailed = false;
        var contacts = Query(connection, new QueryContactsRequest { Emails = asked, Limit = QueryContactsRequest.LargestPage }, Fail).ToArray();
        return hasFailed ? null : contacts
            .SelectMany(contact => contact.Emails.Select(address => (Address: address, Contact: contact)))
            .ToLookup(pair => pair.Address, pair => pair.Contact, StringComparer.OrdinalIgnoreCase);

        void Fail(Outcome<QueryContactsResponse> outcome)
        {
            hasFailed = true;
            if (!_calls.AreNamed)
            {
                End(rows[0].Row.Number, outcome, "the contacts could not be looked up.");
            }

            foreach (var (row, _) in rows)
            {
                _calls.Fail(connection, row, outcome, $"{row.Recipient} could not be looked up.");
            }
        }
    }

    private void GetById(Row row)
    {
        if (!_calls.TryFind(row, Connection, SiteId, out var connection))
        {
            return;
        }

        var outcome = _calls.Await(connection, (client, token) => client.GetContactAsync(row.Recipient!.Value.Id, token));
        if (outcome.Value?.Contact is { } contact)
        {
            Write(contact, connection);
            return;
        }

        _calls.Fail(connection, row, outcome, $"{row.Recipient} could not be read.");
    }

    private void List(Row row)
    {
        if (!_calls.TryFind(row, Connection, SiteId, out var connection))
        {
            return;
        }

        // Wix looks for one of the two names, as it is: both together are none of them.
        var words = Name?.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var request = new QueryContactsRequest
        {
            Search = words is null ? Search : words[words.Length - 1],
            Labels = Label,
            Subscriptions = Subscription,
            ActiveAfter = ActiveAfter,
            CreatedAfter = CreatedAfter,

            // A short page is enough where what comes is what is returned.
            Limit = words is null && LastActivity is null && First < QueryContactsRequest.LargestPage ? First : QueryContactsRequest.LargestPage,
        };
        WildcardPattern[]? activities = LastActivity is null ? null : [.. LastActivity.Select(activity => WildcardPattern.Get(Plain(activity), WildcardOptions.IgnoreCase))];
        var written = 0;
        foreach (var contact in Query(connection, request, Fail))
        {
            if ((words is null || IsNamed(contact)) && activities?.Any(activity => activity.IsMatch(Plain(contact.LastActivity?.ActivityType))) != false)
            {
                Write(contact, connection);
                if (++written == First)
                {
                    return;
                }
            }
        }

        static string Plain(string? activity) => (activity ?? string.Empty).Replace("_", string.Empty);

        void Fail(Outcome<QueryContactsResponse> outcome)
        {
            const string Consequence = "the contacts could not be read.";
            if (!_calls.AreNamed)
            {
                End(null, outcome, Consequence);
            }

            _calls.Fail(connection, row, outcome, Consequence);
        }
    }

    private bool IsNamed(Contact contact) =>
        new[] { contact.FirstName, contact.LastName, $"{contact.FirstName} {contact.LastName}" }.Contains(Name!.Trim(), StringComparer.CurrentCultureIgnoreCase);

    // A page is read when what is on it is asked for.
    private IEnumerable<Contact> Query(WixInboxConnection connection, QueryContactsRequest request, Action<Outcome<QueryContactsResponse>> fail)
    {
        string? firstOfLast = null;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var outcome = _calls.Await(connection, (client, token) => client.QueryContactsAsync(request, token));
            if (outcome.Value?.Contacts is not { } page)
            {
                fail(outcome);
                yield break;
            }

            // A server that does not look at the offset would be asked for ever.
            var firstOfPage = page.Length > 0 ? page[0]?.Id : null;
            if (firstOfPage is not null && firstOfPage == firstOfLast)
            {
                WriteWarning("Wix gives the same page of contacts again and again: further contacts were not read.");
                yield break;
            }

            firstOfLast = firstOfPage;
            foreach (var contact in page)
            {
                // Who is active while pages are read comes again at their end.
                if (contact?.Id is not null && (request.ActiveAfter is null || seen.Add(contact.Id)))
                {
                    yield return contact;
                }
            }

            if (page.Length < request.Limit)
            {
                yield break;
            }

            // Counted by an offset, a contact would be passed over whenever an earlier one moves behind it. The next page begins where the time of this one ends.
            if (page[page.Length - 1]?.LastActivity?.ActivityDate is { } last && request.ActiveAfter < last)
            {
                request.ActiveAfter = last;
                request.Offset = 0;
                continue;
            }

            request.Offset += page.Length;
        }
    }

    // A list or a batch that fails leaves nothing of which it could be told whether it is there, and its failure is that of no row alone.
    private void End(int? first, Outcome<QueryContactsResponse> outcome, string consequence) =>
        ThrowTerminatingError(CallErrors.Failed(new Row(first, null, _columns, null, prebuilt: false), outcome, consequence));

    private void Write(Contact contact, WixInboxConnection connection)
    {
        contact.Connection = connection.Name;
        WriteObject(contact);
    }

    private Row RowOf(Recipient? recipient) => new(MyInvocation.ExpectingInput ? _rows : null, InputObject, _columns, recipient, prebuilt: false);
}
