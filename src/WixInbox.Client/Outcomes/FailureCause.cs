namespace WixInbox;

/// <summary>What kind of thing went wrong.</summary>
public enum FailureCause
{
    /// <summary>The request breaks a documented rule. Nothing was sent.</summary>
    InvalidRequest,

    /// <summary>The callback that fetches the token failed, or brought none.</summary>
    Token,

    /// <summary>The connection could not be made or broke.</summary>
    Connection,

    /// <summary>The answer did not come in time.</summary>
    Timeout,

    /// <summary>The server answered with an error status.</summary>
    Status,

    /// <summary>The server says that it did it, in an answer that cannot be read.</summary>
    UnreadableResponse,
}
