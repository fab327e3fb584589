namespace WixInbox.Simulation;

/// <summary>What happens to a request.</summary>
internal enum Fate
{
    /// <summary>Nothing.</summary>
    Served,

    /// <summary>There is no connection: nothing of it leaves.</summary>
    Unreachable,

    /// <summary>It left, and the connection broke before the server had it.</summary>
    LostBefore,

    /// <summary>It left, the connection broke, and the server goes on with it.</summary>
    LostBetween,

    /// <summary>The server served it, and its answer was lost.</summary>
    LostAfter,

    /// <summary>The connection stands, and no answer comes in time.</summary>
    NoAnswer,

    /// <summary>The server failed before it had served it.</summary>
    ErrorBefore,

    /// <summary>The server served it and failed then.</summary>
    ErrorAfter,

    /// <summary>The server served it, and the answer cannot be read.</summary>
    Garbled,

    /// <summary>The server served it and dated its answer, whose body takes 20 seconds to come.</summary>
    SlowBody,

    /// <summary>The server asks to come again (503 with Retry-After).</summary>
    Busy,

    /// <summary>The server asks to wait (429).</summary>
    Throttled,
}
