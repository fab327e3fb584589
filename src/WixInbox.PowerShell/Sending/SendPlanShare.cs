namespace WixInbox.Sending;

/// <summary>What a run would cost on one of its connections.</summary>
/// <param name="name">What the connection is called.</param>
/// <param name="limit">The most requests in 60 seconds; zero for any number.</param>
/// <param name="run">What knows the conversations of earlier runs, if there is one.</param>
internal sealed class SendPlanShare(string name, int limit, BulkRun? run)
{
    private readonly HashSet<Recipient> _lookedUp = [];
    private readonly HashSet<Recipient> _searched = [];
    private readonly HashSet<string> _uploaded = new(StringComparer.Ordinal);
    private int _valid;

    public string Name { get; } = name;

    public int Limit { get; } = limit;

    /// <summary>
    /// Gets the requests: one for each message, and one more to find the conversation of each recipient that is not
    /// one. Contacts are looked up for many at once, by their address and by their id. A file takes two, if Wix has it
    /// ready at once.
    /// </summary>
    public long Requests =>
        (long)_valid + _searched.Count + Batches(RecipientKind.Email) + Batches(RecipientKind.Contact)
        + (2 * _uploaded.Count);

    /// <summary>
    /// Gets the minutes that these take: as many as the limit leave at once, and as many again each time that a minute
    /// is over.
    /// </summary>
    public long Minutes => Limit == 0 || Requests == 0 ? 0 : (Requests - 1) / Limit;

    /// <summary>Counts a row that would be sent.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="contacts">Further contacts that the row names for the same person.</param>
    /// <param name="request">What would be sent.</param>
    public void Add(Recipient recipient, IReadOnlyList<Recipient> contacts, SendMessageRequest request)
    {
        _valid++;
        _uploaded.UnionWith(
            (request.Message?.Content?.Basic?.Items ?? []).Select(item => item?.LocalFile?.Path).OfType<string>());

        // Whether somebody may be written to is asked in each run.
        _lookedUp.UnionWith(contacts);
        if (recipient.Kind is RecipientKind.Email or RecipientKind.Contact)
        {
            _lookedUp.Add(recipient);
        }

        if (recipient.Kind != RecipientKind.Conversation && run?.KnowsConversation(recipient) != true)
        {
            _searched.Add(recipient);
        }
    }

    private int Batches(RecipientKind kind) =>
        (_lookedUp.Count(recipient => recipient.Kind == kind) + BulkRun.LookUpSize - 1) / BulkRun.LookUpSize;
}
