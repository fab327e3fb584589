namespace WixInbox.Sandbox;

/// <summary>A message in a conversation.</summary>
/// <param name="Sequence">Its place in the conversation: Unix time in microseconds.</param>
/// <param name="Visibility">Who sees it, as it is on the wire.</param>
/// <param name="Json">The message as the API returns it.</param>
internal sealed record StoredMessage(long Sequence, string Visibility, string Json);
