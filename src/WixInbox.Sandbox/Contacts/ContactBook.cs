namespace WixInbox.Sandbox;

/// <summary>
/// The contacts of the site. While none was given, and unless the sandbox is strict, the book is open: every address
/// that looks like one has a contact, and so has every GUID. Ids are in their lower-case form throughout. The book has
/// a lock of its own, which it holds while it asks nothing else.
/// </summary>
internal sealed class ContactBook(bool strict, TimeProvider timeProvider)
{
    // A made-up contact is the same in every sandbox and at every time.
    private static readonly DateTimeOffset s_madeUpDate = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly Dictionary<string, Contact> _added = [];
    private readonly Dictionary<string, Contact> _madeUp = [];
    private readonly HashSet<string> _knownIds = [];
    private readonly Dictionary<string, string> _survivors = [];
    private readonly Dictionary<string, int> _given = [];
    private int _lastNumber;
    private bool _wasGivenOne;

    private bool IsOpen => !strict && !_wasGivenOne;

    /// <summary>
    /// Adds contacts: all of them or, where one makes no sense, none. One whose id is there already replaces it.
    /// </summary>
    public string[] Add(IEnumerable<SandboxContact> contacts)
    {
        SandboxContact[] given = [.. contacts];
        foreach (SandboxContact contact in given)
        {
            (contact ?? throw new ArgumentException("A contact is null.")).Check();
        }

        lock (_gate)
        {
            _wasGivenOne |= given.Length > 0;
            return [.. given.Select(AddOne)];
        }
    }

    /// <summary>Makes a contact exist of which nothing but the id is known. It does not close an open book.</summary>
    public void Know(string id)
    {
        lock (_gate)
        {
            _knownIds.Add(id);
        }
    }

    /// <summary>
    /// Merges one contact into another, which gets the addresses, phones and labels that it does not have yet. How Wix
    /// merges their fields is not in what we know; our choice is that the survivor's own stay as they are.
    /// </summary>
    public void Merge(string oldId, string newId)
    {
        lock (_gate)
        {
            Contact survivor = FindLocked(newId)
                ?? throw new ArgumentException($"There is no contact {newId} to merge into.");
            if (survivor.Id == oldId)
            {
                throw new ArgumentException("A contact cannot be merged into itself.");
            }

            if (_survivors.ContainsKey(oldId))
            {
                throw new ArgumentException($"The contact {oldId} was merged before.");
            }

            if (FindLocked(oldId) is Contact merged)
            {
                Keep(survivor with
                {
                    Revision = survivor.Revision + 1,
                    Updated = timeProvider.GetUtcNow(),
                    Emails = Union(survivor.Emails, merged.Emails),
                    Phones = Union(survivor.Phones, merged.Phones),
                    LabelKeys = Union(survivor.LabelKeys, merged.LabelKeys),
                });
            }

            _added.Remove(oldId);
            _madeUp.Remove(oldId);
            _survivors[oldId] = survivor.Id;
        }
    }

    /// <summary>
    /// The contact with an id or, where that one was merged, the contact that it was merged into. Null where there is
    /// none.
    /// </summary>
    public Contact? Find(string id)
    {
        lock (_gate)
        {
            return FindLocked(id);
        }
    }

    /// <summary>
    /// The contacts among which a query finds its own, the oldest first. In an open book they are without end; our
    /// choice is that a query finds those whose address or id it names.
    /// </summary>
    public Contact[] Candidates(IEnumerable<string> namedAddresses, IEnumerable<string> namedIds)
    {
        lock (_gate)
        {
            var candidates = new Dictionary<string, Contact>();
            foreach (Contact contact in _added.Values.Concat(namedIds.Select(FindLocked).OfType<Contact>()))
            {
                candidates[contact.Id] = contact;
            }

            // Somebody who was written to is there, whether named or not.
            foreach (Contact active in IsOpen ? _madeUp.Values.Where(one => one.LastActivityDate != s_madeUpDate) : [])
            {
                candidates[active.Id] = active;
            }

            foreach (var address in IsOpen ? namedAddresses : [])
            {
                if (EmailAddress.HasSomeone(address))
                {
                    Contact contact = SomeoneAt(address);
                    candidates[contact.Id] = contact;
                }
            }

            return [.. candidates.Values.OrderBy(contact => contact.Created).ThenBy(contact => contact.Number)];
        }
    }

    /// <summary>The keys of the labels that the contacts have, in their order.</summary>
    public string[] LabelKeys()
    {
        lock (_gate)
        {
            return
            [
                .. _added.Values.SelectMany(contact => contact.LabelKeys)
                    .Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(key => key, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Tells whether a contact is this member of the site.</summary>
    public bool HasMember(string memberId)
    {
        lock (_gate)
        {
            return _added.Values.Any(contact => contact.MemberId == memberId);
        }
    }

    /// <summary>
    /// Notes what a contact or member has just done. Nobody is made up for it: in an open book, somebody of whom only
    /// the id is known stays so.
    /// </summary>
    public void Note(Participant participant, string activityType)
    {
        lock (_gate)
        {
            var contact = participant.Kind == ParticipantKind.Member
                ? _added.Values.FirstOrDefault(one => one.MemberId == participant.Id)
                : participant.Kind == ParticipantKind.Contact ? FindLocked(participant.Id) : null;
            if (contact is not null && (_added.ContainsKey(contact.Id) || _madeUp.ContainsKey(contact.Id)))
            {
                Keep(contact with { LastActivityDate = timeProvider.GetUtcNow(), LastActivityType = activityType });
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _added.Clear();
            _madeUp.Clear();
            _knownIds.Clear();
            _survivors.Clear();
            _given.Clear();
            _wasGivenOne = false;
        }
    }

    private static string[] Union(IReadOnlyList<string> values, IReadOnlyList<string> more) =>
        [.. values.Union(more, StringComparer.OrdinalIgnoreCase)];

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string AddOne(SandboxContact given)
    {
        var id = given.Id?.ToLowerInvariant() ?? FreeId(given.Emails.FirstOrDefault() ?? string.Empty);
        _added.TryGetValue(id, out var earlier);
        DateTimeOffset now = timeProvider.GetUtcNow();
        _added[id] = new Contact
        {
            Id = id,
            Number = earlier?.Number ?? ++_lastNumber,
            Revision = (earlier?.Revision ?? 0) + 1,
            Created = earlier?.Created ?? now,
            Updated = now,
            Emails = [.. given.Emails],
            Phones = [.. given.Phones],
            LabelKeys = [.. given.LabelKeys],
            FirstName = NullIfEmpty(given.FirstName),
            LastName = NullIfEmpty(given.LastName),
            MemberId = given.MemberId?.ToLowerInvariant(),
            LastActivityDate = given.LastActivityDate ?? now,
            LastActivityType = given.LastActivityType,
            SubscriptionStatus = given.SubscriptionStatus,
            DeliverabilityStatus = given.DeliverabilityStatus,
        };
        _survivors.Remove(id);
        return id;
    }

    // The first contact of an address has the id that it has in an open book. How many there were is kept, since a
    // count that begins anew for each of ten thousand contacts without an address takes minutes.
    private string FreeId(string address)
    {
        var key = address.ToLowerInvariant();
        string id;
        do
        {
            _given.TryGetValue(key, out var earlier);
            _given[key] = earlier + 1;
            id = IdOf(earlier == 0 ? key : $"{key}:{earlier + 1}");
        }
        while (_added.ContainsKey(id) || _survivors.ContainsKey(id));
        return id;
    }

    private static string IdOf(string address) => NameBasedId.Of("contact:" + address.ToLowerInvariant());

    private Contact? FindLocked(string id)
    {
        while (_survivors.TryGetValue(id, out var survivor))
        {
            id = survivor;
        }

        if (_added.TryGetValue(id, out var added))
        {
            return added;
        }

        if (id == Inbox.NoOne || !(IsOpen || _knownIds.Contains(id)))
        {
            return null;
        }

        return _madeUp.TryGetValue(id, out var madeUp)
            ? madeUp
            : new Contact { Id = id, Created = s_madeUpDate, Updated = s_madeUpDate, LastActivityDate = s_madeUpDate };
    }

    // An id does not tell its address. Who asked by the address before finds it under the id from then on.
    private Contact SomeoneAt(string address)
    {
        Contact contact = FindLocked(IdOf(address))!;
        if (!contact.Emails.Contains(address, StringComparer.OrdinalIgnoreCase))
        {
            contact = contact with { Emails = [.. contact.Emails, address.ToLowerInvariant()] };
            Keep(contact);
        }

        return contact;
    }

    private void Keep(Contact contact) => (IsOpen ? _madeUp : _added)[contact.Id] = contact;
}
