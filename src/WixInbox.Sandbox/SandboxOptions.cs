namespace WixInbox.Sandbox;

/// <summary>How a sandbox behaves. It is read once, when the <see cref="SandboxHandler"/> is made.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// Requests allowed in any 60 seconds, counted over all operations together; 0 is unlimited. The default of 200 is
    /// Wix's documented limit for an app instance ("About rate limits").
    /// </summary>
    public int RequestsPerMinute { get; set; } = 200;

    /// <summary>
    /// When true, only the conversations and participants that the sandbox was given, or that Get or Create Conversation
    /// made from them, exist. When false (the default), every well-formed GUID but the all-zero one exists, so that a
    /// user's own file can be rehearsed.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// The one credential that is accepted in the Authorization header, raw or after <c>Bearer </c>. Null (the default)
    /// accepts any credential that is not empty.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>The wait before each answer; none by default. A request that is cancelled meanwhile stores nothing.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The clock behind latency, the rate limit, message ids and dates.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
