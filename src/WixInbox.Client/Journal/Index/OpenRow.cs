using WixInbox.Clocks;

namespace WixInbox.Journal;

/// <summary>A row of which earlier runs do not say whether it was sent.</summary>
internal sealed class OpenRow
{
    /// <summary>Gets or sets where the message was sent to; null if the power went while that was written.</summary>
    public string? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets when the first request was about to leave, since the row was last known not to have been sent.
    /// </summary>
    public ClockReading Since { get; set; }

    /// <summary>Gets or sets when the last request was about to leave.</summary>
    public ClockReading LastIntent { get; set; }
}
