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

    /// <summary>A proxy on the way asks to sign in (407), and has passed nothing on.</summary>
    Proxy,

    /// <summary>The server answered with an error status.</summary>
    Status,

    /// <summary>
    /// There is no network or no server: most requests have failed, and so has one every 15 seconds since, three times
    /// in all where nothing had ever succeeded, else for as long as <see cref="WixInboxClientOptions.MaxWait"/>.
    /// </summary>
    Outage,

    /// <summary>The connection was closed before the request left.</summary>
    Closed,

    /// <summary>The run had been ended before the row was tried.</summary>
    RunEnded,

    /// <summary>The journal could not be written, without which the request does not leave.</summary>
    Journal,

    /// <summary>An earlier message to the same conversation was not sent: this one would have overtaken it.</summary>
    EarlierMessage,

    /// <summary>An earlier run was cut off while it sent the message, and what became of it is not known.</summary>
    EarlierRun,

    /// <summary>
    /// An earlier row of the run has sent the same message to the same conversation, or may have
    /// (<see cref="BulkRunOptions.SkipDuplicates"/>).
    /// </summary>
    Duplicate,

    /// <summary>
    /// The contact of a row cannot be written to: there is none, there are several, it is somebody else than the
    /// row names besides, or it wants no messages. <see cref="Failure.Code"/> says which: <c>ContactNotFound</c>,
    /// <c>ContactAmbiguous</c>, <c>ContactMismatch</c> or <c>ContactUnsubscribed</c>.
    /// </summary>
    Contact,

    /// <summary>
    /// A file could not be read here, has changed since it was looked at, or is not one that Wix has ready.
    /// <see cref="Failure.Code"/> says which: <c>FileUnreadable</c>, <c>FileChanged</c> and the like,
    /// <c>MediaFailed</c> or <c>MediaNotReady</c>.
    /// </summary>
    File,

    /// <summary>The server says that it carried out the request, in an answer that cannot be read.</summary>
    UnreadableResponse,

    /// <summary>The row failed in an earlier run, and was not tried again (<see cref="BulkRow.IsSettled"/>).</summary>
    AlreadyFailed,

    /// <summary>
    /// The row's key stands for another row. <see cref="Failure.Code"/> says which: <c>KeyRepeated</c> or
    /// <c>KeyOfAnother</c>.
    /// </summary>
    Key,
}
