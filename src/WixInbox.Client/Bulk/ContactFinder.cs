namespace WixInbox;

/// <summary>Finds the contacts of e-mail addresses, many with one request.</summary>
/// <param name="client">Asks for them.</param>
internal sealed class ContactFinder(WixInboxClient client)
{
    /// <summary>How many addresses a request asks for at most. Wix documents no limit of its own.</summary>
    public const int BatchSize = 50;

    // Fifty addresses have some fifty contacts, and these are five thousand. A server that gives the same page again and again would be asked for ever.
    private const int MostPages = 5;

    // What has been looked up. Where it is full, the oldest makes room, and is asked for again when its row comes.
    private readonly BoundedCache<string, ContactMatch> _found = new(10_000, StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether an address has been looked up.</summary>
    public bool Knows(string address) => _found.TryGet(address, out _);

    /// <summary>Gets the contact of an address.</summary>
    /// <returns>What was found, or why it could not be looked for.</returns>
    public async Task<(ContactMatch? Match, Outcome<QueryContactsResponse>? Failed)> FindAsync(string address, CancellationToken cancellationToken)
    {
        if (!_found.TryGet(address, out var match))
        {
            var outcome = await LookUpAsync([address], cancellationToken).ConfigureAwait(false);
            if (outcome.Value is null)
            {
                return (null, outcome);
            }

            _found.TryGet(address, out match);
        }

        return (match, null);
    }

    /// <summary>Looks addresses up, at most <see cref="BatchSize"/> of them.</summary>
    public async Task<Outcome<QueryContactsResponse>> LookUpAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        // Whether Wix tells upper from lower case is not documented; most addresses are kept in lower case.
        string[] asked = [.. addresses.Concat(addresses.Select(address => address.ToLowerInvariant())).Distinct(StringComparer.Ordinal)];
        var contacts = new List<Contact>();
        for (var page = 0; page < MostPages; page++)
        {
            var request = new QueryContactsRequest { Emails = asked, Limit = QueryContactsRequest.LargestPage, Offset = page * QueryContactsRequest.LargestPage };
            var outcome = await client.QueryContactsAsync(request, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                return outcome;
            }

            contacts.AddRange(answer.Contacts!.Where(contact => contact?.Id is not null));
            if (answer.Contacts!.Length < QueryContactsRequest.LargestPage)
            {
                Keep(addresses, contacts);
                return outcome;
            }
        }

        return new Outcome<QueryContactsResponse>
        {
            Kind = OutcomeKind.NotSent,
            Failure = new Failure { Operation = Operation.QueryContacts, Cause = FailureCause.UnreadableResponse, Message = "The list of the contacts with these addresses does not end." },
        };
    }

    private void Keep(IReadOnlyList<string> addresses, List<Contact> contacts)
    {
        var byAddress = contacts.Where(contact => contact.Email is not null).ToLookup(contact => contact.Email!, StringComparer.OrdinalIgnoreCase);
        foreach (var address in addresses)
        {
            Contact[] found = [.. byAddress[address]];
            var only = found.Length == 1 ? found[0] : null;
            _found.Set(address, new ContactMatch(only?.Id, found.Length, only?.SubscriptionStatus == SubscriptionStatus.Unsubscribed));
        }
    }
}
