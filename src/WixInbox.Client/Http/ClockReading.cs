namespace WixInbox.Http;

/// <summary>
/// A moment. How far the server's clock was ahead then says when that was also if ours is set later; that a computer has slept since does not matter, as it does
/// for a time that is counted.
/// </summary>
/// <param name="Ours">What our clock showed.</param>
/// <param name="Ahead">How far the server's was ahead of it; null if no answer had told, and a later one has to.</param>
internal readonly record struct ClockReading(DateTimeOffset Ours, TimeSpan? Ahead = null);
