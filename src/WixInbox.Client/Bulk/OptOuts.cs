namespace WixInbox;

/// <summary>
/// Who wants no messages, by each id that is known of the person: what the row has that opts somebody out, what
/// look-ups tell of the same person, before or after, and the conversation that was found for one of these names.
/// </summary>
/// <remarks>
/// An address opts out whoever has it. A person who is opted out does not opt out the addresses: a colleague may have
/// one of them too, and who is named by an address is looked up, and known by the ids.
/// </remarks>
/// <param name="conversationOf">Tells which conversation a name is known to have; null for none.</param>
internal sealed class OptOuts(Func<Recipient, string?> conversationOf)
{
    // By each name, the place of the row by which this run has found out: what comes of the rows in front of it does
    // not depend on how fast they are.
    private readonly Dictionary<Recipient, long> _orders = [];

    // By each name, the ids of whoever has it: some four names for each person whose look-up is kept.
    private readonly BoundedCache<Recipient, Recipient[]> _ids = new(40_000);

    // The first opt-out without a known conversation, and the last row that names only a conversation, a member or a
    // visitor.
    private long _firstWithoutConversation = long.MaxValue;
    private long _lastUnnamed = long.MinValue;

    /// <summary>
    /// Gets a value indicating whether a row may be for somebody who wants no messages, and nothing tells whether it
    /// is.
    /// </summary>
    public bool AreInDoubt
    {
        get
        {
            lock (_orders)
            {
                return _firstWithoutConversation < _lastUnnamed;
            }
        }
    }

    /// <summary>Notes that somebody wants no messages.</summary>
    /// <param name="order">The place of the row that says so.</param>
    /// <param name="names">Names of the person.</param>
    public void Add(long order, IEnumerable<Recipient> names)
    {
        lock (_orders)
        {
            var hasConversation = false;
            foreach (var name in names.SelectMany(name => IdsOf(name).Append(name)))
            {
                Set(name, order);
                if (conversationOf(name) is { } conversation)
                {
                    hasConversation = true;
                    Set(Recipient.Conversation(conversation), order);
                }
            }

            _firstWithoutConversation =
                hasConversation ? _firstWithoutConversation : Math.Min(_firstWithoutConversation, order);
        }
    }

    /// <summary>
    /// Notes a row that tells nothing of its person but a conversation, or an id that is no contact's.
    /// </summary>
    /// <param name="order">The place of the row.</param>
    public void AddUnnamed(long order)
    {
        lock (_orders)
        {
            _lastUnnamed = Math.Max(_lastUnnamed, order);
        }
    }

    /// <summary>Notes that names are those of one person, who may have been opted out by one of them.</summary>
    /// <param name="names">The names.</param>
    public void Join(IEnumerable<Recipient> names)
    {
        lock (_orders)
        {
            var given = names.ToLookup(name => name.Kind == RecipientKind.Email);
            Recipient[] ids = [.. given[false].Concat(given[false].SelectMany(IdsOf)).Distinct()];
            foreach (var id in ids)
            {
                _ids.Set(id, ids);
            }

            foreach (var address in given[true])
            {
                _ids.Set(address, [.. IdsOf(address).Union(ids)]);
            }

            long[] orders = [.. ids.Concat(given[true]).Where(_orders.ContainsKey).Select(name => _orders[name])];
            if (orders.Length > 0)
            {
                Add(orders.Min(), ids);
            }
        }
    }

    /// <summary>Tells whether an earlier row has opted out somebody who has one of these names.</summary>
    /// <param name="order">The place of the row that would write.</param>
    /// <param name="names">The names.</param>
    public bool Has(long order, Recipient[] names)
    {
        lock (_orders)
        {
            foreach (var name in names)
            {
                if (_orders.TryGetValue(name, out var earlier) && earlier < order)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private Recipient[] IdsOf(Recipient name) => _ids.TryGet(name, out var ids) ? ids : [];

    private void Set(Recipient name, long order)
    {
        if (!_orders.TryGetValue(name, out var earlier) || order < earlier)
        {
            _orders[name] = order;
        }
    }
}
