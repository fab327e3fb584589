namespace WixInbox;

/// <summary>What became of a request, by what the server can have seen of it.</summary>
public enum OutcomeKind
{
    /// <summary>The server has carried out the request and said so.</summary>
    Succeeded,

    /// <summary>
    /// The server cannot have carried out the request: the request never reached it, or the server said that it did not
    /// process it. The request may be sent again.
    /// </summary>
    NotSent,

    /// <summary>
    /// The server, or a rule that is known here, refuses the request. Sent again unchanged, the request would be
    /// refused again.
    /// </summary>
    Rejected,

    /// <summary>
    /// The server may or may not have carried out the request: the connection or the time ended, or the server failed,
    /// after the body had begun to leave.
    /// </summary>
    Ambiguous,
}
