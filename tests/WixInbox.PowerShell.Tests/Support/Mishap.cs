namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// What goes wrong with a request. "Before" means that it had no effect, "after" that it was carried out.
/// </summary>
public enum Mishap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>500, and nothing is stored.</summary>
    ErrorBefore,

    /// <summary>500, and the message is stored.</summary>
    ErrorAfter,

    /// <summary>The connection drops, and nothing is stored.</summary>
    ResetBefore,

    /// <summary>The connection drops, and the message is stored.</summary>
    ResetAfter,

    /// <summary>No answer ever comes, and nothing is stored.</summary>
    HangBefore,

    /// <summary>No answer ever comes, and the message is stored.</summary>
    HangAfter,

    /// <summary>There is no such conversation.</summary>
    NotFound,

    /// <summary>The token has ended.</summary>
    Unauthorized,

    /// <summary>The app lacks a permission.</summary>
    Forbidden,

    /// <summary>408: the request was not taken up.</summary>
    TimedOut,
}
