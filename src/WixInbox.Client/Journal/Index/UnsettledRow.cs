using WixInbox.Clocks;

namespace WixInbox.Journal;

/// <summary>A row of an earlier run of which nobody knows whether it was sent.</summary>
internal sealed class UnsettledRow
{
    public string Key { get; init; } = string.Empty;

    public Hash128 KeyHash { get; init; }

    /// <summary>Gets where the message was sent to; null if the power went while that was written, and it cannot be looked for.</summary>
    public string? ConversationId { get; internal set; }

    /// <summary>Gets what the message is known by when it is read back.</summary>
    public Hash128 Fingerprint { get; internal set; }

    /// <summary>Gets when its first request was about to leave, since it was last settled.</summary>
    public ClockReading Started { get; internal set; }

    /// <summary>Gets the number of the row in that run, counted from 1, if it was known.</summary>
    public int? Number { get; internal set; }

    internal int Attempts { get; set; } = 1;

    internal long Offset { get; init; }
}
