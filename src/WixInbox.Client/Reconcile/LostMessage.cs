using WixInbox.Clocks;

namespace WixInbox.Reconcile;

/// <summary>A message of which nobody knows whether it was sent.</summary>
/// <param name="Fingerprint">What it is known by.</param>
/// <param name="Since">When the first request for it left.</param>
internal sealed record LostMessage(Hash128 Fingerprint, ClockReading Since);
