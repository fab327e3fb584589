using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>GET /contacts/v4/labels: the labels that the site's contacts have, by their keys.</summary>
internal static class ListLabels
{
    // Wix documents no default of its own for this list: our choice is that of the other lists of v4.
    private const int UsualPage = 50;

    public static Answer Handle(JsonElement parameters, ContactBook contacts)
    {
        var violations = new Violations();
        InputObject? paging = new InputObject(parameters, string.Empty, violations).Object("paging");
        var limit = paging?.Int32("limit", 0, FieldLimits.ContactPageSize) ?? 0;
        var offset = paging?.Int32("offset", 0, int.MaxValue) ?? 0;
        if (violations.Any)
        {
            return ErrorAnswers.Invalid(violations);
        }

        var labels = contacts.LabelKeys().Skip(offset).Take(limit == 0 ? UsualPage : limit).Select(ToJson);
        var answer = new JsonObject { ["labels"] = new JsonArray([.. labels]) };
        return new Answer((int)HttpStatusCode.OK, Json.Write(answer));
    }

    // Wix makes the key of the name that somebody gives. Our choice is the other way round: the sandbox is given keys.
    private static JsonNode ToJson(string key)
    {
        var dot = key.IndexOf('.');
        return new JsonObject
        {
            ["namespace"] = dot < 0 ? "custom" : key.Substring(0, dot),
            ["key"] = key,
            ["displayName"] = key.Substring(dot + 1).Replace('-', ' '),
            ["labelType"] = "USER_DEFINED",
        };
    }
}
