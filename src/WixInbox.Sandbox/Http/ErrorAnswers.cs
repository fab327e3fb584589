using System.Net;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Wix's three error bodies ("About errors"): an application error, a validation error and the empty system error.
/// </summary>
internal static class ErrorAnswers
{
    /// <summary>
    /// The header that the official SDK reads for its error reports; on every response of the API itself.
    /// </summary>
    public const string RequestIdHeader = "x-wix-request-id";

    public static Answer Application(int status, string code, string description) =>
        new(status, Json.Write(new JsonObject
        {
            ["message"] = description,
            ["details"] = new JsonObject
            {
                ["applicationError"] = new JsonObject
                {
                    ["code"] = code,
                    ["description"] = description,
                    ["data"] = new JsonObject(),
                },
            },
        }));

    public static Answer Invalid(Violations violations)
    {
        var list = new JsonArray();
        foreach (Violation violation in violations)
        {
            var item = new JsonObject
            {
                ["field"] = violation.Field,
                ["description"] = violation.Description,
            };
            item.AddText("violatedRule", violation.Rule);
            if (violation.RuleName is not null)
            {
                item["ruleName"] = violation.RuleName;
            }

            // Wix documents an empty object here; the bound that was passed is our addition, for whoever reads the
            // error.
            item["data"] = violation.Threshold is int threshold
                ? new JsonObject { ["threshold"] = threshold }
                : new JsonObject();
            list.Add((JsonNode)item);
        }

        return new Answer((int)HttpStatusCode.BadRequest, Json.Write(new JsonObject
        {
            ["message"] = string.Join(
                "; ", violations.Select(violation => $"{violation.Field} {violation.Description}")),
            ["details"] = new JsonObject { ["validationError"] = new JsonObject { ["fieldViolations"] = list } },
        }));
    }

    public static Answer System(int status) => new(status, """{"message":"","details":{}}""");

    // Wix documents 401 and 429 by their meaning and gives no code for either. Our choice: the names of the matching
    // standard status, RESOURCE_EXHAUSTED being the one that Wix's status table has beside 429.
    public static Answer Unauthorized(string description) =>
        Application((int)HttpStatusCode.Unauthorized, "UNAUTHENTICATED", description);

    public static Answer TooManyRequests() =>
        Application(
            429, "RESOURCE_EXHAUSTED", "Too many requests for this app instance. Wait a minute, then try again.");

    // Documented for List and Get Conversation alone. Our choice for Send Message too, where Wix documents nothing.
    public static Answer ConversationNotFound(string conversationId) =>
        Application(
            (int)HttpStatusCode.NotFound, "CONVERSATION_NOT_FOUND", $"Conversation {conversationId} was not found.");

    // Wix documents nothing for the next two. Our choice: a plain 404 and 405 in the shape of every other error.
    public static Answer NoSuchPath(string path) =>
        Application((int)HttpStatusCode.NotFound, "NOT_FOUND", $"There is nothing at {path}.");

    public static Answer WrongMethod(string method, string path, string allowed) =>
        Application((int)HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED", $"{path} does not answer to {method}.")
            .With("Allow", allowed);

    public static Answer InvalidArgument(string description) =>
        Application((int)HttpStatusCode.BadRequest, "INVALID_ARGUMENT", description);

    /// <summary>A message without details, as Wix itself has noted of several of its APIs. It names no field.</summary>
    public static Answer MessageAlone(int status, string message) =>
        new(status, Json.Write(new JsonObject { ["message"] = message }));
}
