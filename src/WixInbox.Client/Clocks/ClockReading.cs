namespace WixInbox.Clocks;

/// <summary>
/// The time of an event, for comparison with dates of the server (<see cref="ServerClock.ToServer"/>). It stays right
/// when our clock is set or the computer sleeps afterwards; a count of elapsed time would not.
/// </summary>
/// <param name="Ours">What our clock showed.</param>
/// <param name="Ahead">How far the server's clock was ahead of ours; null if no answer had told yet.</param>
internal readonly record struct ClockReading(DateTimeOffset Ours, TimeSpan? Ahead = null);
