namespace WixInbox.Sandbox;

/// <summary>
/// What goes wrong with a request. "Before" means that the request had no effect; "after" means that it was processed
/// in full (a valid message is stored) and only its answer is lost or replaced.
/// </summary>
public enum FaultKind
{
    /// <summary>The answer is the right one, later: <see cref="Fault.Delay"/> is required.</summary>
    Latency,

    /// <summary>
    /// 429, with <c>Retry-After</c> where <see cref="Fault.RetryAfter"/> is given. Nothing is stored.
    /// </summary>
    RateLimited,

    /// <summary>
    /// A 5xx (500 unless <see cref="Fault.Status"/> says otherwise) with Wix's empty system error. Nothing is stored.
    /// </summary>
    ServerErrorBefore,

    /// <summary>A 5xx as <see cref="ServerErrorBefore"/>, after the request was processed.</summary>
    ServerErrorAfter,

    /// <summary>The connection drops once the request has been read. Nothing is stored.</summary>
    ResetBefore,

    /// <summary>The connection drops after the request was processed.</summary>
    ResetAfter,

    /// <summary>No answer ever comes; the wait ends when the caller gives up. Nothing is stored.</summary>
    Timeout,

    /// <summary>No answer ever comes, and the request was processed.</summary>
    TimeoutAfter,

    /// <summary>
    /// A proxy's HTML page (502 unless <see cref="Fault.Status"/> says otherwise). Nothing is stored.
    /// </summary>
    HtmlBody,

    /// <summary>The request was processed, the headers are right, and the body breaks off in its middle.</summary>
    TruncatedBody,

    /// <summary>
    /// A redirect to another host (302 unless <see cref="Fault.Status"/> says otherwise). Nothing is stored.
    /// </summary>
    Redirect,

    /// <summary>401, as for an expired token. Nothing is stored.</summary>
    Unauthorized,

    /// <summary>
    /// 403 with an empty message and empty details, as Wix was seen to throttle a burst, and to refuse for lack of a
    /// permission. Nothing is stored.
    /// </summary>
    EmptyForbidden,

    /// <summary>
    /// A 4xx (400 unless <see cref="Fault.Status"/> says otherwise) with a message alone: no code, and no field.
    /// Nothing is stored.
    /// </summary>
    MessageAlone,

    /// <summary>
    /// An application error with <see cref="Fault.Code"/>, such as <c>INBOX_INSTANCE_NOT_FOUND</c>, and
    /// <see cref="Fault.Status"/> (404 unless given). Nothing is stored.
    /// </summary>
    ApplicationError,
}
