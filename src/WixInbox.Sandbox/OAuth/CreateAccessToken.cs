using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// POST /oauth2/token with client_credentials. Its keys are OAuth's own and so have one style, snake_case: the
/// camelCase ones belong to another flow of the same address, for a site's visitors and members, who cannot call the
/// Inbox API.
/// </summary>
internal static class CreateAccessToken
{
    public static Answer Handle(IncomingRequest request, TokenIssuer tokens)
    {
        // Wix says that the failures are 4xx and follow IETF conventions. Our choice: the codes of RFC 6749, section
        // 5.2, with the statuses that it gives them, for a body that cannot be read too.
        if (!request.IsJson)
        {
            return Refused(HttpStatusCode.BadRequest, "invalid_request", "Content-Type must be application/json.");
        }

        JsonElement body;
        try
        {
            body = Json.ReadObject(request.Body);
        }
        catch (FormatException exception)
        {
            return Refused(HttpStatusCode.BadRequest, "invalid_request", exception.Message);
        }

        if (Text(body, "grant_type") is not string grantType)
        {
            return Missing("grant_type");
        }

        if (grantType != "client_credentials")
        {
            return Refused(
                HttpStatusCode.BadRequest, "unsupported_grant_type", "grant_type must be client_credentials.");
        }

        if (Text(body, "client_id") is not string clientId)
        {
            return Missing("client_id");
        }

        if (Text(body, "client_secret") is not string clientSecret)
        {
            return Missing("client_secret");
        }

        // Documented for headless projects: no instance, and the calls then name the site in wix-site-id. Which apps
        // get a token so is not known here; our choice is all of them, unless the sandbox was told of an instance.
        var instanceId = Text(body, "instance_id") ?? string.Empty;
        if (!tokens.IsClient(clientId, clientSecret))
        {
            return Refused(HttpStatusCode.Unauthorized, "invalid_client", "The client_id or client_secret is wrong.");
        }

        if (!tokens.IsInstance(instanceId))
        {
            return Refused(HttpStatusCode.BadRequest, "invalid_grant", "The app has no such instance_id.");
        }

        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["access_token"] = tokens.Issue(),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)tokens.Lifetime.TotalSeconds,
        }));
    }

    // An empty value is as good as none.
    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static Answer Missing(string name) =>
        Refused(HttpStatusCode.BadRequest, "invalid_request", $"{name} is missing.");

    private static Answer Refused(HttpStatusCode status, string error, string description) =>
        new((int)status, Json.Write(new JsonObject { ["error"] = error, ["error_description"] = description }));
}
