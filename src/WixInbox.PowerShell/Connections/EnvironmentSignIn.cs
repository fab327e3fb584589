using System.Management.Automation;
using System.Net;
using System.Security;
using WixInbox.Errors;

namespace WixInbox.Connections;

/// <summary>Signs in with what the environment's variables have.</summary>
internal static class EnvironmentSignIn
{
    private const string ApiKeyName = "WIX_API_KEY";
    private const string TokenName = "WIX_ACCESS_TOKEN";
    private const string ClientSecretName = "WIX_CLIENT_SECRET";

    private static readonly string[] s_secrets = [ApiKeyName, TokenName, ClientSecretName];

    /// <summary>Gets a value indicating whether there is a secret of any kind.</summary>
    public static bool HasSecret => s_secrets.Any(name => Variable(name).Length > 0);

    /// <summary>Gets a value indicating whether there is an API key and no other secret.</summary>
    public static bool HasApiKeyAlone => s_secrets.Where(name => Variable(name).Length > 0).SequenceEqual([ApiKeyName]);

    /// <summary>Gets a value indicating whether there is the id of a site, or of an account.</summary>
    public static bool HasSite => Variable("WIX_SITE_ID").Length > 0 || Variable("WIX_ACCOUNT_ID").Length > 0;

    /// <summary>Makes the authentication of a connection.</summary>
    /// <param name="siteId">A site that was typed.</param>
    /// <param name="accountId">An account that was typed.</param>
    /// <param name="problem">Why there is none.</param>
    /// <exception cref="ArgumentException">What is there cannot be used.</exception>
    public static Authentication? Create(string? siteId, string? accountId, out ErrorRecord? problem)
    {
        var key = Variable(ApiKeyName);
        var token = Variable(TokenName);
        var clientSecret = Variable(ClientSecretName);
        problem = new[] { key, token, clientSecret }.Count(secret => secret.Length > 0) switch
        {
            0 => ConnectionErrors.NoCredential(),
            1 => null,
            _ => ConnectionErrors.TwoCredentials(),
        };
        if (problem is null && accountId is not null && key.Length == 0)
        {
            // Without it, the connection would lead to another place than the one that was typed.
            throw new ArgumentException(
                "-AccountId goes with an API key, and the environment has "
                    + $"{(token.Length > 0 ? TokenName : ClientSecretName)}. Leave -AccountId out, or give -ApiKey.");
        }

        var site = siteId ?? Variable("WIX_SITE_ID");
        return problem is not null ? null
            : token.Length > 0 ? Authentication.AccessToken(Secure(token), site)
            : clientSecret.Length > 0
                ? Authentication.AppCredentials(
                    Variable("WIX_CLIENT_ID"), Secure(clientSecret), Variable("WIX_INSTANCE_ID"), site)
            : ApiKey(Secure(key), siteId, accountId);
    }

    /// <summary>
    /// Makes the authentication of an API key. An id that is typed holds, whatever the environment says of the other.
    /// </summary>
    public static Authentication ApiKey(SecureString key, string? siteId, string? accountId) =>
        siteId is null && accountId is null
            ? Authentication.ApiKey(key, Variable("WIX_SITE_ID"), Variable("WIX_ACCOUNT_ID"))
            : Authentication.ApiKey(key, siteId, accountId);

    public static SecureString Secure(string text) => new NetworkCredential(string.Empty, text).SecurePassword;

    // A value that was copied into a file of variables may have blanks and line ends around it.
    private static string Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim() ?? string.Empty;
}
