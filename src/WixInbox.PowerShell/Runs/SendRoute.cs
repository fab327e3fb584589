namespace WixInbox.Runs;

/// <summary>What a run has for each of its connections: the sender with its client and budget, the journal, and what sending over it would cost.</summary>
/// <param name="connection">The connection; null in a rehearsal without one.</param>
internal sealed class SendRoute(WixInboxConnection? connection) : IDisposable
{
    private readonly long _requestsBefore = connection?.Client.RequestCount ?? 0;

    public WixInboxConnection? Connection { get; } = connection;

    /// <summary>Gets what sends; null in a rehearsal.</summary>
    public BulkSender? Sender { get; init; }

    public JournaledRows? Journal { get; init; }

    /// <summary>Gets what clears up what an earlier run left open, before anything else is sent.</summary>
    public Task? Settling { get; init; }

    /// <summary>Gets what is counted in a rehearsal.</summary>
    public SendPlanShare? Plan { get; init; }

    /// <summary>Gets or sets the outcome that every further row over the connection would have, once it is known. The other connections continue.</summary>
    public Outcome<Message>? End { get; set; }

    /// <summary>Gets how many requests the connection has made in this run.</summary>
    public long Requests => (Connection?.Client.RequestCount ?? 0) - _requestsBefore;

    public void Dispose() => Journal?.Dispose();
}
