using WixInbox.Clocks;

namespace WixInbox.Reconcile;

/// <summary>A message of which nobody knows whether it was sent.</summary>
/// <param name="Fingerprint">What it is known by.</param>
/// <param name="DirectionName">Who speaks to whom; null if that is not known.</param>
/// <param name="Since">When the first request for it left.</param>
/// <param name="LastIntent">
/// When an earlier run was about to send it for the last time; null if this run has sent it just now.
/// </param>
internal sealed record SoughtMessage(
    Hash128 Fingerprint, string? DirectionName, ClockReading Since, ClockReading? LastIntent = null);
