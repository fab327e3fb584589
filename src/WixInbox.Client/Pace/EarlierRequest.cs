namespace WixInbox.Pace;

/// <summary>A request that a program before this one has made.</summary>
/// <param name="Date">When it had its answer; where that is not known, when it was about to leave.</param>
/// <param name="MayArrive">Whether it had none when that program ended, so that the server may have it later still.</param>
internal readonly record struct EarlierRequest(DateTimeOffset Date, bool MayArrive);
