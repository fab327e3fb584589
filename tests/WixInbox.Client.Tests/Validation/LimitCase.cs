namespace WixInbox.Tests.Validation;

/// <summary>
/// A limit: where it stands, the rule's name, its size, and a request with a value of a given size there.
/// </summary>
internal sealed record LimitCase(string Field, string Rule, int Limit, Func<int, SendMessageRequest> Request);
