namespace WixInbox.Runs;

/// <summary>What a run would cost on one of its connections.</summary>
/// <param name="name">What the connection is called.</param>
/// <param name="limit">The most requests in 60 seconds; zero for any number.</param>
/// <param name="journal">What knows the conversations of earlier runs, if there is one.</param>
internal sealed class SendPlanShare(string name, int limit, SendJournal? journal)
{
    private readonly HashSet<Recipient> _searched = [];
    private readonly HashSet<string> _uploaded = new(StringComparer.Ordinal);
    private bool _hasNewAddress;
    private int _valid;
    private int _lookUps;

    public string Name { get; } = name;

    public int Limit { get; } = limit;

    /// <summary>
    /// Gets the requests: one for each message, and one more to find the conversation of each recipient that is not one. Contacts are found by their address for
    /// many at once. A file takes two, if Wix has it ready at once.
    /// </summary>
    public long Requests => (long)_valid + _searched.Count + _lookUps + (2 * _uploaded.Count);

    /// <summary>Gets the minutes that these take: as many as the limit leave at once, and as many again each time that a minute is over.</summary>
    public long Minutes => Limit == 0 || Requests == 0 ? 0 : (Requests - 1) / Limit;

    /// <summary>Counts a row that would be sent.</summary>
    public void Add(Recipient recipient, SendMessageRequest request)
    {
        _valid++;
        _uploaded.UnionWith((request.Message?.Content?.Basic?.Items ?? []).Select(item => item?.LocalFile?.Path).OfType<string>());
        if (recipient.Kind != RecipientKind.Conversation && journal?.FindConversation(recipient) is null)
        {
            _hasNewAddress |= _searched.Add(recipient) && recipient.Kind == RecipientKind.Email;
        }
    }

    /// <summary>Counts the look-up of the addresses among the rows that were counted last.</summary>
    public void EndBatch()
    {
        _lookUps += _hasNewAddress ? 1 : 0;
        _hasNewAddress = false;
    }
}
