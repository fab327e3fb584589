namespace WixInbox.Pace;

/// <summary>Why a request may not go out.</summary>
internal enum LeaseRefusal
{
    /// <summary>The server asks for a longer wait than the caller accepts.</summary>
    HeldTooLong,

    /// <summary>Neither network nor server can be reached, and the wait for them has been given up.</summary>
    Outage,

    /// <summary>The connection was closed meanwhile.</summary>
    Closed,
}
