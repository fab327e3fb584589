namespace WixInbox.Pace;

/// <summary>Where a request waits until it may leave.</summary>
/// <param name="Slots">The slots of its run; null for a call that belongs to none.</param>
/// <param name="Order">The order of its row or call among all of the connection. An earlier one leaves first.</param>
internal readonly record struct QueuePlace(SlotPool? Slots, long Order);
