namespace WixInbox;

/// <summary>What became of a request, by what the server can have seen of it.</summary>
public enum OutcomeKind
{
    /// <summary>The server has done it and said so.</summary>
    Succeeded,

    /// <summary>
    /// The server cannot have done it: the request never reached it, or it said that it did not take it up. It may be
    /// sent again.
    /// </summary>
    NotSent,

    /// <summary>
    /// The server, or a rule that is known here, refuses it. Sent again as it is, it would be refused again.
    /// </summary>
    Rejected,

    /// <summary>
    /// The server may or may not have done it: the connection or the time ended, or the server failed, after the body
    /// had begun to leave.
    /// </summary>
    Ambiguous,
}
