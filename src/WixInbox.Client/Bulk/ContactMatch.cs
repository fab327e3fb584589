namespace WixInbox;

/// <summary>What was found for an e-mail address.</summary>
/// <param name="ContactId">The contact, if there is exactly one.</param>
/// <param name="Count">How many contacts have it as their main address.</param>
/// <param name="IsUnsubscribed">Whether that contact wants no messages.</param>
internal sealed record ContactMatch(string? ContactId, int Count, bool IsUnsubscribed);
