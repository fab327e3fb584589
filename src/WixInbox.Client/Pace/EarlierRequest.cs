namespace WixInbox.Pace;

/// <summary>A request that a run before this one has made.</summary>
/// <param name="Date">When its answer came; when it was about to leave, if no answer is known.</param>
/// <param name="MayArrive">
/// Whether the run ended without an answer, so that the server may still receive the request.
/// </param>
/// <param name="Run">The id of that run, which tells requests of another process from this one's own.</param>
internal readonly record struct EarlierRequest(DateTimeOffset Date, bool MayArrive, string? Run);
