namespace WixInbox.Crash.Tests.Wire;

/// <summary>What happens to a connection after a number of bytes.</summary>
internal enum Break
{
    /// <summary>Nothing; but each byte comes by itself.</summary>
    None,

    /// <summary>It is closed at both ends.</summary>
    Cut,

    /// <summary>It is reset at both ends (RST).</summary>
    Reset,

    /// <summary>It is closed in the one direction, and goes on in the other.</summary>
    HalfClose,

    /// <summary>Nothing more comes in the one direction, and the connection stands.</summary>
    Stall,
}
