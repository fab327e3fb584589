using WixInbox.Pace;

namespace WixInbox.Contacts;

/// <summary>
/// Looks contacts up by their e-mail addresses or ids, many with one request: which contact, which member, and whether
/// the contact wants messages.
/// </summary>
/// <remarks>
/// <para>
/// Contacts v5 is asked first: it alone tells the member id, which Wix demands for the conversation of a member, and
/// one page has id, member id and subscription of up to 100 contacts. Its filter knows a contact's main address alone.
/// </para>
/// <para>
/// Contacts v4 is asked for the addresses that are nobody's main one, since its <c>info.emails.email</c> matches every
/// address of a contact, and for everything where v5 refuses. No <c>fields</c> are named: <c>primaryEmail</c>, which
/// has the status of the subscription, is not in the closed list of their names, and comes in the full contact for
/// certain.
/// </para>
/// </remarks>
/// <param name="client">Makes the requests.</param>
internal sealed class ContactDirectory(WixInboxClient client)
{
    /// <summary>
    /// The most addresses or ids to look up at once. Wix documents no limit of its own for <c>$in</c>; a page of v5 has
    /// 100 contacts, and v4 is asked for each address in two spellings.
    /// </summary>
    public const int BatchSize = 50;

    private readonly PersonPages _pages = new(client);

    // Null until v5 has answered or refused.
    private bool? _hasV5;

    /// <summary>Looks e-mail addresses up, at most <see cref="BatchSize"/> of them.</summary>
    /// <param name="addresses">The addresses. Upper and lower case are the same.</param>
    /// <param name="place">The place of the first row among all that wait.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>For each, in their order, what was found, or why it could not be found out.</returns>
    /// <remarks>
    /// An address that is the main one of a contact means that contact, also where another contact has it beside its
    /// own.
    /// </remarks>
    public async Task<Outcome<ContactLookup>[]> FindByEmailAsync(
        IReadOnlyList<string> addresses, QueuePlace place, CancellationToken cancellationToken)
    {
        string[] asked = [.. addresses.Select(Person.Normal).Distinct(StringComparer.Ordinal)];
        var (found, isV4) = await ReadAsync(
            QueryContactsV5Request.EmailField,
            asked,
            new QueryContactsRequest { Emails = Spellings(addresses, asked) },
            place,
            cancellationToken).ConfigureAwait(false);
        if (found.Value is not { } people)
        {
            return [.. addresses.Select(_ => found.As<ContactLookup>(null))];
        }

        string[] others =
            isV4 ? [] : [.. asked.Where(address => !people.Exists(person => person.Email == address))];
        string[] unknown = [];
        Outcome<ContactLookup>? failed = null;
        if (others.Length > 0)
        {
            var older = await _pages.ReadV4Async(
                new QueryContactsRequest { Emails = Spellings(addresses, others) },
                place,
                cancellationToken).ConfigureAwait(false);
            if (older.Value is null && (_hasV5 != true || !IsRefused(older)))
            {
                failed = older.As<ContactLookup>(null);
            }
            else if (older.Value is null)
            {
                // Contacts that v5 did not give may have these too.
                unknown = others;
            }

            people = Person.Join(people.Concat(older.Value ?? []));
            if (older.Value is { Count: > 0 } && _hasV5 == true)
            {
                // Whoever shares an address with hundreds is written to by none, so that the others come first: v5 is
                // asked for a page.
                var owners = older.Value.SelectMany(person => person.Emails).ToLookup(address => address);
                older = older.As<List<Person>>(
                    [
                        .. older.Value.OrderBy(person => person.Emails.Where(address => others.Contains(address))
                            .Select(address => owners[address].Count()).DefaultIfEmpty().Min()),
                    ]);
                var current = await WithV5Async(older, place, cancellationToken).ConfigureAwait(false);
                failed = current.Value is null ? current.As<ContactLookup>(null) : null;
                people = Person.Join((current.Value ?? []).Concat(people));
            }
        }

        return
        [
            .. addresses.Select(address =>
            {
                var lookup = unknown.Contains(Person.Normal(address))
                    ? new ContactLookup(address, [])
                    : ByAddress(address, people);
                return failed is null || HasUnsubscribed(lookup) || !others.Contains(Person.Normal(address))
                    ? found.As(lookup)
                    : failed;
            }),
        ];
    }

    /// <summary>Finds out which version of the API answers, with nobody looked up.</summary>
    public async Task<Outcome<ContactAccess>> ProbeAsync(QueuePlace place, CancellationToken cancellationToken)
    {
        var nobody = new QueryContactsV5Request(QueryContactsV5Request.IdField, [Guid.NewGuid().ToString()], null);
        var current = await client.QueryContactsV5Async(nobody, place, cancellationToken).ConfigureAwait(false);
        if (!IsRefused(current))
        {
            return current.As(current.Value is null ? null : new ContactAccess(tellsMembers: true));
        }

        var request = new QueryContactsRequest { Limit = 1 };
        var older = await client.QueryContactsAsync(request, place, cancellationToken).ConfigureAwait(false);
        return older.As(older.Value is null ? null : new ContactAccess(tellsMembers: false));
    }

    /// <summary>Looks contact ids up, at most <see cref="BatchSize"/> of them.</summary>
    /// <param name="contactIds">The ids, GUIDs.</param>
    /// <param name="place">The place of the first row among all that wait.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>For each, in their order, what was found, or why it could not be found out.</returns>
    public async Task<Outcome<ContactLookup>[]> FindByIdAsync(
        IReadOnlyList<string> contactIds, QueuePlace place, CancellationToken cancellationToken)
    {
        string[] asked = [.. contactIds.Select(Person.Normal).Distinct(StringComparer.Ordinal)];
        var (found, _) = await ReadAsync(
            QueryContactsV5Request.IdField,
            asked,
            new QueryContactsRequest { ContactIds = asked },
            place,
            cancellationToken).ConfigureAwait(false);
        if (found.Value is not { } people)
        {
            return [.. contactIds.Select(_ => found.As<ContactLookup>(null))];
        }

        var byId = people.ToLookup(person => Person.Normal(person.Id));
        var merged = new Dictionary<string, Person>(StringComparer.Ordinal);
        var failed = new Dictionary<string, Outcome<ContactLookup>>(StringComparer.Ordinal);
        Outcome<ContactLookup>? end = null;
        foreach (var id in asked.Where(id => !byId.Contains(id)))
        {
            if (end is not null)
            {
                failed[id] = end;
                continue;
            }

            // An id that no query finds may be that of a contact who was merged into another: only the call for a
            // single contact says into whom.
            var outcome = await client.GetContactAsync(id, place, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is { } survivor)
            {
                merged[id] = Person.Of(survivor);
            }
            else if (outcome.Failure?.StatusCode is not 404)
            {
                failed[id] = outcome.As<ContactLookup>(null);

                // A refusal may be that of one contact; without a network or a token, none can be read.
                end = outcome.Failure is { ConcernsAll: true, StatusCode: not 403 } ? failed[id] : null;
            }
        }

        if (merged.Count > 0 && _hasV5 == true)
        {
            var survivors = await WithV5Async(
                found.As<List<Person>>([.. merged.Values]), place, cancellationToken).ConfigureAwait(false);
            foreach (var id in merged.Keys.ToArray())
            {
                if (survivors.Value is { } current)
                {
                    merged[id] = current.First(person => person.Id == merged[id].Id);
                }
                else if (merged[id].SubscriptionStatus != SubscriptionStatus.Unsubscribed)
                {
                    failed[id] = survivors.As<ContactLookup>(null);
                }
            }
        }

        return
        [
            .. contactIds.Select(id =>
                failed.TryGetValue(Person.Normal(id), out var failure) ? failure
                    : found.As(Of(
                        id,
                        byId[Person.Normal(id)].FirstOrDefault()
                            ?? (merged.TryGetValue(Person.Normal(id), out var survivor) ? survivor : null)))),
        ];
    }

    // Whether v4 tells upper from lower case is not documented; most addresses are kept in lower case.
    private static string[] Spellings(IReadOnlyList<string> addresses, string[] normal) =>
    [
        .. addresses.Where(address => normal.Contains(Person.Normal(address))).Concat(normal)
            .Distinct(StringComparer.Ordinal),
    ];

    private static ContactLookup ByAddress(string address, List<Person> people)
    {
        var normal = Person.Normal(address);
        var found = people.FindAll(person => person.Email == normal);
        if (found.Count == 0)
        {
            found = people.FindAll(person => person.Emails.Contains(normal));
        }

        return found.Count == 1 ? Of(address, found[0]) : new ContactLookup(
            address, [.. found.Select(person => person.Id)])
        {
            // Which of them is meant is not known, so one who has unsubscribed counts.
            SubscriptionStatus = found.Exists(person => person.SubscriptionStatus == SubscriptionStatus.Unsubscribed)
                ? SubscriptionStatus.Unsubscribed
                : null,
        };
    }

    private static ContactLookup Of(string asked, Person? person) =>
        person is null ? new ContactLookup(asked, []) : new ContactLookup(asked, [person.Id])
    {
        Emails = [.. new[] { person.Email }.Concat(person.Emails).OfType<string>().Distinct(StringComparer.Ordinal)],
        MemberId = person.MemberId,
        SubscriptionStatus = person.SubscriptionStatus,
    };

    // What fails after v4 has said so lets nobody through.
    private static bool HasUnsubscribed(ContactLookup lookup) =>
        lookup.SubscriptionStatus == SubscriptionStatus.Unsubscribed;

    // The API is not there, the key may not use it, or it does not take the question: Contacts v4 may still answer.
    // What fails for another reason fails there too.
    private static bool IsRefused<T>(Outcome<T> outcome)
        where T : class =>
        outcome.Kind == OutcomeKind.Rejected && outcome.Failure?.StatusCode is 400 or 403 or 404 or 405 or 410 or 501;

    // What v5 has, or v4, which finds a contact by each of its addresses, where v5 refuses.
    private async Task<(Outcome<List<Person>> Found, bool IsV4)> ReadAsync(
        string field,
        string[] values,
        QueryContactsRequest older,
        QueuePlace place,
        CancellationToken cancellationToken)
    {
        if (_hasV5 != false)
        {
            var outcome = await _pages.ReadV5Async(field, values, place, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not null)
            {
                _hasV5 = true;
                return (outcome, false);
            }

            // Once v5 has answered, only a question that it does not take goes to v4, which could not tell who is a
            // member.
            if (!IsRefused(outcome) || (_hasV5 == true && outcome.Failure?.StatusCode != 400))
            {
                return (outcome, false);
            }

            // A 403 without a code may be for a burst of requests alone, so that the next look-up asks again; unless
            // this one has for two minutes.
            if (outcome.Failure is not { StatusCode: 403, Code: null } || outcome.Attempts > 1)
            {
                _hasV5 ??= false;
            }
        }

        return (await _pages.ReadV4Async(older, place, cancellationToken).ConfigureAwait(false), true);
    }

    // What v5 knows of contacts that v4 has found. One that v5 does not give stays as it is.
    private async Task<Outcome<List<Person>>> WithV5Async(
        Outcome<List<Person>> older, QueuePlace place, CancellationToken cancellationToken)
    {
        var outcome = await _pages.ReadV5Async(
            QueryContactsV5Request.IdField,
            [.. older.Value!.Select(person => person.Id).Distinct().Take(QueryContactsV5Request.LargestPage)],
            place,
            cancellationToken).ConfigureAwait(false);
        if (outcome.Value is not { } current)
        {
            return outcome;
        }

        var byId = current.ToLookup(person => person.Id);
        return outcome.As<List<Person>>(
            [
                .. older.Value!.Select(person => byId[person.Id].FirstOrDefault() is { } known
                    ? known.With(person)
                    : person),
            ]);
    }
}
