namespace WixInbox.Sandbox;

/// <summary>How a sandbox behaves. It is read once, when the <see cref="SandboxHandler"/> is made.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// Gets or sets how many requests are allowed in any 60 seconds, counted over all operations together; 0 is
    /// unlimited. The default of 200 is Wix's documented limit for an app instance ("About rate limits").
    /// </summary>
    public int RequestsPerMinute { get; set; } = 200;

    /// <summary>
    /// Gets or sets a value indicating whether nothing exists but the conversations and participants that the sandbox
    /// was given, and the conversations that Get or Create Conversation made for them. When false (the default), every
    /// well-formed GUID but the all-zero one exists, so that a user's own file can be rehearsed; and, as long as no
    /// contact was added, every e-mail address outside <c>.invalid</c> has one contact.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// Gets or sets the one credential that is accepted in the Authorization header, raw or after <c>Bearer </c>,
    /// beside the tokens that the sandbox issues. Null (the default) accepts any credential that is not empty, unless a
    /// client is configured.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// Gets or sets the one app that gets access tokens; null (the default) is any. Where this, the secret or the
    /// instance is set, an issued token is needed.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the app's secret; null (the default) is any.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// Gets or sets the one app instance that there are access tokens for; null (the default) is any.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>Gets or sets how long an access token is accepted; Wix's 4 hours by default.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// Gets or sets how long an uploaded or imported file is PENDING before it is READY or FAILED; not at all by
    /// default.
    /// </summary>
    public TimeSpan MediaReadyAfter { get; set; }

    /// <summary>
    /// Gets or sets the largest file in bytes. Wix's limit is not in what we know; the default of 25 MiB is our choice.
    /// </summary>
    public long MediaSizeLimit { get; set; } = 25 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the wait before each answer; none by default. A request that is cancelled meanwhile stores nothing.
    /// </summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets the clock behind latency, the rate limit, tokens, message ids and dates.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
