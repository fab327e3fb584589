namespace WixInbox.Runs;

/// <summary>What a run has for each of its connections: the sender with its client and budget, the journal, and what sending over it would cost.</summary>
/// <param name="connection">The connection; null in a rehearsal without one.</param>
internal sealed class SendRoute(WixInboxConnection? connection) : IDisposable
{
    private readonly long _requestsBefore = connection?.Client.RequestCount ?? 0;

    public WixInboxConnection? Connection { get; } = connection;

    /// <summary>Gets what sends, or only tells what it would do; null in a rehearsal without a connection.</summary>
    public BulkRun? Run { get; init; }

    /// <summary>Gets the rows as the run knows them; null where there is no run.</summary>
    public JournaledRows? Rows { get; init; }

    /// <summary>Gets a value indicating whether the rows are written down, so that the run can be resumed.</summary>
    public bool HasJournal => Run?.Journal is not null;

    /// <summary>Gets what is counted in a rehearsal.</summary>
    public SendPlanShare? Plan { get; init; }

    /// <summary>Gets or sets the outcome that every further row over the connection would have, once it is known. The other connections continue.</summary>
    public Outcome<Message>? End { get; set; }

    /// <summary>Gets or sets a value indicating whether a row went this way.</summary>
    public bool HasRows { get; set; }

    /// <summary>Gets how many requests the connection has made in this run.</summary>
    public long Requests => (Connection?.Client.RequestCount ?? 0) - _requestsBefore;

    public void Dispose() => Run?.Dispose();
}
