namespace WixInbox.Clocks;

/// <summary>
/// When something happened, as dates of the server can be compared with it (<see cref="ServerClock.ToServer"/>): also
/// where our clock has been set since, or the computer has slept, which a count of the time that has passed does not
/// survive.
/// </summary>
/// <param name="Ours">What our clock showed.</param>
/// <param name="Ahead">How far the server's clock was ahead of ours; null if no answer had told yet.</param>
internal readonly record struct ClockReading(DateTimeOffset Ours, TimeSpan? Ahead = null);
