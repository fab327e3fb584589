using System.Globalization;

namespace WixInbox.Runs;

/// <summary>Counts what a run would cost: the rows that would be sent, the requests for them, and the time that these take at the pace of the API.</summary>
internal sealed class SendPlan
{
    /// <summary>Wix's limit for an app, which a connection has unless it is told otherwise.</summary>
    public const int UsualLimit = 200;

    private readonly int _limit;
    private readonly HashSet<Recipient> _searched = [];
    private readonly HashSet<string> _uploaded = new(StringComparer.Ordinal);
    private readonly SendJournal? _journal;
    private int _valid;
    private int _skipped;
    private int _rowsAhead;
    private bool _hasNewAddress;
    private int _lookUps;

    /// <summary>Initializes a new instance of the <see cref="SendPlan"/> class.</summary>
    /// <param name="limit">The most requests in 60 seconds; zero for any number.</param>
    /// <param name="journal">What knows the conversations of earlier runs, if there is one.</param>
    public SendPlan(int limit, SendJournal? journal)
    {
        _limit = limit;
        _journal = journal;
    }

    // One for each message, and one more to find the conversation of each recipient that is not one. Contacts are found by their address for many at once. A file
    // takes two, if Wix has it ready at once.
    private long Requests => (long)_valid + _searched.Count + _lookUps + (2 * _uploaded.Count);

    /// <summary>Counts a row that would be sent.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="request">What would be sent.</param>
    public void Add(Recipient recipient, SendMessageRequest request)
    {
        _valid++;
        _uploaded.UnionWith((request.Message?.Content?.Basic?.Items ?? []).Select(item => item?.LocalFile?.Path).OfType<string>());
        if (recipient.Kind != RecipientKind.Conversation && _journal?.FindConversation(recipient) is null)
        {
            _hasNewAddress |= _searched.Add(recipient) && recipient.Kind == RecipientKind.Email;
        }

        // A run reads as many rows ahead from the first address on.
        _rowsAhead += _rowsAhead > 0 || recipient.Kind == RecipientKind.Email ? 1 : 0;
        if (_rowsAhead == BulkSender.LookUpSize)
        {
            EndBatch();
        }
    }

    /// <summary>Counts the look-up of the addresses among the rows that were counted last.</summary>
    public void EndBatch()
    {
        _lookUps += _hasNewAddress ? 1 : 0;
        _hasNewAddress = false;
        _rowsAhead = 0;
    }

    /// <summary>Counts a row that an earlier run has dealt with.</summary>
    public void Skip() => _skipped++;

    /// <summary>Says what was counted.</summary>
    /// <param name="rows">How many rows came in all.</param>
    /// <returns>For example <c>195 of 200 rows would be sent, with 390 requests: about 1 minute at 200 a minute.</c></returns>
    public string Describe(int rows)
    {
        EndBatch();
        var sent = string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1} would be sent", _valid, Count(rows, "row"));
        var skipped = _skipped switch
        {
            0 => string.Empty,
            1 => " (1 is skipped, since the journal has it)",
            _ => string.Format(CultureInfo.CurrentCulture, " ({0:N0} are skipped, since the journal has them)", _skipped),
        };
        var with = _valid == 0 ? string.Empty : ", with " + Count(Requests, "request");
        var time = _valid == 0 || _limit == 0 ? string.Empty : string.Format(CultureInfo.CurrentCulture, ": {0} at {1:N0} a minute", Time(), _limit);
        return sent + skipped + with + time + ".";
    }

    // As many as the limit leave at once, and as many again each time that a minute is over.
    private string Time()
    {
        var minutes = (Requests - 1) / _limit;
        return minutes switch
        {
            0 => "less than a minute",
            < 60 => "about " + Count(minutes, "minute"),
            _ when minutes % 60 == 0 => string.Format(CultureInfo.CurrentCulture, "about {0:N0} h", minutes / 60),
            _ => string.Format(CultureInfo.CurrentCulture, "about {0:N0} h {1} min", minutes / 60, minutes % 60),
        };
    }

    private static string Count(long count, string what) => string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}{2}", count, what, count == 1 ? string.Empty : "s");
}
