using System.Text.Json.Serialization;

namespace WixInbox;

/// <summary>The answer of <c>POST /oauth2/token</c>. It carries a secret, and is neither kept nor shown.</summary>
internal sealed class TokenResponse
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; set; }

    /// <summary>
    /// Gets or sets the seconds that the token lasts. Wix documents 14,400 and has been seen to send 300, so the
    /// answer's own value counts.
    /// </summary>
    [JsonPropertyName("expires_in")]
    public double? ExpiresIn { get; set; }
}
