namespace WixInbox.Sandbox;

/// <summary>Who may call: the Authorization header and the two headers that go with an API key.</summary>
internal sealed class Authentication(string? token, TokenIssuer tokens)
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>The answer that refuses the request, or null where it may pass.</summary>
    public Answer? Check(IncomingRequest request)
    {
        var credential = Credential(request.Header("Authorization"));
        if (credential is null)
        {
            return ErrorAnswers.Unauthorized("The Authorization header is missing or empty.");
        }

        // A token that was issued and has ended is refused even where any other credential would do.
        var isGood = tokens.IsGood(credential);
        if (isGood == false)
        {
            return ErrorAnswers.Unauthorized("The token has expired.");
        }

        if (isGood is null && !IsAccepted(credential))
        {
            return ErrorAnswers.Unauthorized("The credential in the Authorization header is not valid.");
        }

        // Wix: an API key call carries one of the two, and sending both may fail. Our choice: it does fail, so that a
        // rehearsal shows it. Whether a credential is an API key cannot be told from here, so neither is required.
        return request.Header("wix-site-id") is not null && request.Header("wix-account-id") is not null
            ? ErrorAnswers.InvalidArgument("Send wix-site-id or wix-account-id, not both.")
            : null;
    }

    private bool IsAccepted(string credential) =>
        token is null ? !tokens.IsConfigured : string.Equals(token, credential, StringComparison.Ordinal);

    // Wix documents the raw value; its token endpoint answers token_type "Bearer" all the same, and some clients take
    // that at its word. Our choice: accept both forms.
    private static string? Credential(string? header)
    {
        var value = (header ?? string.Empty).Trim();
        if (string.Equals(value, BearerPrefix.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            value = value.Substring(BearerPrefix.Length).Trim();
        }

        return value.Length == 0 ? null : value;
    }
}
