using System.Globalization;

namespace WixInbox.Sandbox;

/// <summary>
/// Issues access tokens to the app that was configured, or to any, and knows which of them still hold.
/// </summary>
internal sealed class TokenIssuer(SandboxOptions options)
{
    private readonly string? _clientId = options.ClientId;
    private readonly string? _clientSecret = options.ClientSecret;
    private readonly string? _instanceId = options.InstanceId;
    private readonly TimeProvider _timeProvider = options.TimeProvider;
    private readonly Dictionary<string, DateTimeOffset> _ends = [];

    public TimeSpan Lifetime { get; } = options.TokenLifetime;

    /// <summary>
    /// Gets a value indicating whether a client was configured, so that a credential must come from here.
    /// </summary>
    public bool IsConfigured => _clientId is not null || _clientSecret is not null || _instanceId is not null;

    public bool IsClient(string id, string secret) => Fits(_clientId, id) && Fits(_clientSecret, secret);

    public bool IsInstance(string id) => Fits(_instanceId, id);

    public string Issue()
    {
        lock (_ends)
        {
            // Wix's tokens are opaque, and so are ours but for a number that tells one from another.
            var token = string.Format(CultureInfo.InvariantCulture, "sandbox-access-token-{0:D6}", _ends.Count + 1);
            _ends.Add(token, _timeProvider.GetUtcNow() + Lifetime);
            return token;
        }
    }

    /// <summary>Whether an issued token is still good; null for what was not issued here.</summary>
    public bool? IsGood(string token)
    {
        lock (_ends)
        {
            return _ends.TryGetValue(token, out var end) ? _timeProvider.GetUtcNow() < end : null;
        }
    }

    public void Revoke()
    {
        lock (_ends)
        {
            foreach (var token in _ends.Keys.ToArray())
            {
                _ends[token] = DateTimeOffset.MinValue;
            }
        }
    }

    private static bool Fits(string? configured, string given) =>
        configured is null || string.Equals(configured, given, StringComparison.Ordinal);
}
