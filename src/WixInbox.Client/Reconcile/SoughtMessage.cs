using WixInbox.Clocks;
using WixInbox.Pace;

namespace WixInbox.Reconcile;

/// <summary>A message that may or may not have been sent.</summary>
/// <param name="ConversationId">Where it would be.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="DirectionName">Who speaks to whom; null if that is not known.</param>
/// <param name="SendAsName">In whose name it was sent; null for the caller's.</param>
/// <param name="Since">When the first request for it left.</param>
/// <param name="LastIntent">
/// When an earlier run was about to send it for the last time; null if this run has sent it just now.
/// </param>
/// <param name="IsTaken">Tells, at the moment of the look, whether a message is known to be another one.</param>
/// <param name="Place">The place of its row among all that wait.</param>
internal sealed record SoughtMessage(
    string ConversationId,
    Hash128 Fingerprint,
    string? DirectionName,
    string? SendAsName,
    ClockReading Since,
    ClockReading? LastIntent,
    Func<string, bool> IsTaken,
    QueuePlace Place);
