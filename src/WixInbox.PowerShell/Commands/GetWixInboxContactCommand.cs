using System.Globalization;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Gets the site's contacts: by address, id or name, by a search for an exact value, by their last activity, or all of
/// them. They can be piped into Send-WixInboxMessage, which sends to the contact by its ContactId, and into
/// Get-WixInboxMessage. It needs the permission Read Contacts. 50 addresses or ids cost one request; a search or a list
/// costs one for each 1,000 contacts that are found, made when they are needed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxContact", DefaultParameterSetName = BySearch)]
[OutputType(typeof(Contact))]
public sealed class GetWixInboxContactCommand : SiteCommand, IDisposable
{
    private const string ByEmail = "Email";
    private const string ById = "ContactId";
    private const string ByName = "Name";
    private const string BySearch = "Search";

    // What chooses among all contacts of a site.
    private static readonly string[] s_filters =
    [
        nameof(Name), nameof(Search), nameof(Label), nameof(Subscription), nameof(LastActivity), nameof(ActiveAfter),
        nameof(CreatedAfter), nameof(First),
    ];

    private readonly CallRun _calls;
    private readonly ContactPages _pages;
    private readonly ContactRows _ofRows;
    private RowReader _rows = null!;

    // The words of -Name.
    private string[]? _name;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxContactCommand"/> class.</summary>
    public GetWixInboxContactCommand()
    {
        _calls = new CallRun(this);
        _pages = new ContactPages(this, _calls);
        _ofRows = new ContactRows(this, _calls, _pages, Write);
    }

    /// <summary>
    /// Gets or sets e-mail addresses of the contacts: the main one, or another. Several contacts may have the same one.
    /// An address that no contact has is an error. Default: a column of addresses, as with Send-WixInboxMessage, or the
    /// row itself if it is an address.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = ByEmail)]
    [Alias("EmailAddress", "Mail")]
    [ListArgument]
    public RowValue<string>? Email { get; set; }

    /// <summary>
    /// Gets or sets the ids of the contacts, GUIDs. For a contact that was merged into another, that other one is
    /// returned. Default: the column ContactId, or the row itself if it is a GUID.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [ListArgument]
    public RowValue<string>? ContactId { get; set; }

    /// <summary>
    /// Gets or sets a first name, a last name, or both with a blank between them, exactly as the contact has them. Each
    /// may have several words.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the exact first name, last name, address or phone number to look for: at most 100 characters.
    /// Without it, all contacts are returned.
    /// </summary>
    [Parameter(ParameterSetName = BySearch)]
    [ValidateLength(1, 100)]
    public string? Search { get; set; }

    /// <summary>
    /// Gets or sets a time. Only contacts that have done something since then, or to whom something was done, are
    /// returned: the longest ago first. Wix keeps only the last activity of a contact.
    /// </summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateNotNull]
    public DateTimeOffset? ActiveAfter { get; set; }

    /// <summary>
    /// Gets or sets the last activity of a contact, with wildcards: INBOX_MESSAGE_FROM_CUSTOMER for a contact who
    /// wrote, INBOX_MESSAGE_TO_CUSTOMER for one who was written to, or another of Wix's words, with or without their
    /// underscores. Wix cannot search for it, so it is a filter on the contacts that are found otherwise: use
    /// -ActiveAfter with it. A contact who wrote and then did something else is left out.
    /// </summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ArgumentCompleter(typeof(ActivityCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? LastActivity { get; set; }

    /// <summary>
    /// Gets or sets the keys of labels, such as custom.vip. Only contacts that have at least one of them are returned.
    /// Tab completion turns the name of a label into its key, with an API key or app that has the permission Manage
    /// Contact Labels.
    /// </summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ArgumentCompleter(typeof(LabelCompleter))]
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
    [ValidateNotNull]
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Gets or sets the largest number of contacts to return.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = BySearch)]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _rows = new RowReader(
            this,
            [nameof(ContactId), nameof(Email)],
            [],
            text => Guid.TryParse(text, out _) ? nameof(ContactId) : nameof(Email));
        _calls.Begin();
        _name = Name?.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (_name is { Length: 0 })
        {
            ThrowTerminatingError(ParameterErrors.NameEmpty());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in _rows.ReadEach(InputObject))
        {
            if (row.Problems.Count > 0 || (!AsksForList(row) && FiltersGiven().Length == 0))
            {
                _ofRows.Add(row);
            }
            else if (AsksForList(row))
            {
                List(row);
            }
            else
            {
                WriteError(RowErrors.ListOfRow(row, FiltersGiven()[0]));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _ofRows.WriteAll();

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    // A row is to name its contact, and one that fails to is no reason to return those of the whole site: they may be
    // piped on into Send-WixInboxMessage.
    private bool AsksForList(Row row) =>
        ParameterSetName is BySearch or ByName
        && (row.Input?.BaseObject is WixInboxConnection
            || (row.Number is null && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject))));

    private string[] FiltersGiven() => [.. s_filters.Where(MyInvocation.BoundParameters.ContainsKey)];

    private void List(Row row)
    {
        if (!_calls.TryFind(row, out var connection))
        {
            return;
        }

        WildcardPattern[]? activities = LastActivity is null
            ? null
            : [.. LastActivity.Select(activity => WildcardPattern.Get(Plain(activity), WildcardOptions.IgnoreCase))];
        var written = 0;
        var hasFailed = false;
        foreach (var contact in _name is { Length: > 1 } ? FindByName() : _pages.Read(connection, NewRequest(), Fail))
        {
            if ((_name is null || IsNamed(contact))
                && activities?.Any(activity => activity.IsMatch(Plain(contact.LastActivity?.ActivityType))) != false)
            {
                Write(contact, row, connection);
                if (++written == First)
                {
                    return;
                }
            }
        }

        // Wix looks for each name by itself, and the words do not tell where the first name ends: see Jan van der Berg
        // and Mary Ann Smith. Both lists together are in the order that one of them has.
        IEnumerable<Contact> FindByName()
        {
            var (byFirst, byLast) = (NewRequest(), NewRequest());
            byFirst.FirstNames = SpellingsOf([string.Join(" ", _name!)]);
            byLast.LastNames = SpellingsOf(_name!.Select((_, start) => string.Join(" ", _name!.Skip(start))));
            return new[] { byFirst, byLast }
                .SelectMany(request => hasFailed ? [] : _pages.Read(connection, request, Fail))
                .GroupBy(contact => contact.Id, StringComparer.OrdinalIgnoreCase).Select(same => same.First())
                .OrderBy(contact => ActiveAfter is null ? contact.CreatedDate : contact.LastActivity?.ActivityDate);
        }

        QueryContactsRequest NewRequest() => new()
        {
            Search = _name is { Length: 1 } ? _name[0] : Search,
            Labels = Label,
            Subscriptions = Subscription,
            ActiveAfter = ActiveAfter,
            CreatedAfter = CreatedAfter,

            // A short page is enough if all of its contacts are returned.
            Limit = _name is null && LastActivity is null && First < QueryContactsRequest.LargestPage
                ? First
                : QueryContactsRequest.LargestPage,
        };

        static string Plain(string? activity) => (activity ?? string.Empty).Replace("_", string.Empty);

        void Fail(Outcome<QueryContactsResponse> outcome)
        {
            const string Consequence = "the contacts could not be read.";
            hasFailed = true;
            if (!_calls.AreNamed)
            {
                _calls.End(null, outcome, Consequence);
            }

            _calls.Fail(connection, row, outcome, Consequence);
        }
    }

    // Whether Wix tells upper from lower case is not documented, and costs no further request. By the letters of the
    // computer's language and by those of all others: in Turkish, the small letter of I has no dot.
    private static string[] SpellingsOf(IEnumerable<string> names) =>
    [
        .. new[] { CultureInfo.CurrentCulture.TextInfo, CultureInfo.InvariantCulture.TextInfo }
            .SelectMany(text => names.SelectMany(
                name => new[] { name, text.ToLower(name), text.ToTitleCase(text.ToLower(name)) }))
            .Distinct(StringComparer.Ordinal),
    ];

    private bool IsNamed(Contact contact)
    {
        var name = string.Join(" ", _name!);
        string?[] names = [contact.FirstName, contact.LastName, $"{contact.FirstName} {contact.LastName}"];
        return names.Contains(name, StringComparer.CurrentCultureIgnoreCase)
            || names.Contains(name, StringComparer.InvariantCultureIgnoreCase);
    }

    // The contact of a row has the way back to it, since the row may say that this person wants no messages. Several
    // rows may name one contact. A list is of no row.
    private void Write(Contact contact, Row row, WixInboxConnection connection) =>
        WriteObject(row is { Input: not null, Recipient: not null }
            ? row.AddTo(contact.Copy(), connection)
            : connection.AddTo(contact));
}
