using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// GET /contacts/v4/labels: the labels that the site's contacts have, by their keys. Filters, limits and answer are
/// those of the types of Wix's SDK. Which fields <c>sort</c> takes is not in them; our choice is to ignore it.
/// </summary>
internal static class ListLabels
{
    // Wix makes the key of the name that somebody gives. Our choice is the other way round: the sandbox is given keys,
    // and all of them are somebody's own.
    private const string Type = "USER_DEFINED";

    public static Answer Handle(JsonElement parameters, ContactBook contacts)
    {
        var violations = new Violations();
        var request = new InputObject(parameters, string.Empty, violations);
        var type = request.Enum("labelType", EnumNames.LabelType);
        var nameSpace = request.Text("namespace", min: 3, max: FieldLimits.LabelNamespace);
        var start = request.Text("startsWith", min: 1, max: FieldLimits.LabelName) ?? string.Empty;
        InputObject? paging = request.Object("paging");
        var limit = paging?.Int32("limit", 0, FieldLimits.LabelPageSize) ?? 0;
        var offset = paging?.Int32("offset", 0, int.MaxValue) ?? 0;
        if (violations.Any)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // The beginning of a name is documented to be case-sensitive.
        (string Namespace, string Key, string Name)[] found =
        [
            .. contacts.LabelKeys().Select(Split).Where(label =>
                type is null or Type
                && (nameSpace is null || label.Namespace == nameSpace)
                && label.Name.StartsWith(start, StringComparison.Ordinal)),
        ];

        // A limit of 0 is in proto the same as none: our choice, as for List Messages.
        var size = limit == 0 ? FieldLimits.DefaultLabelPageSize : limit;
        var page = found.Skip(offset).Take(size).Select(ToJson).ToArray();
        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["labels"] = new JsonArray(page),
            ["metadata"] = new JsonObject
            {
                ["count"] = page.Length,
                ["offset"] = offset,
                ["total"] = found.Length,
                ["tooManyToCount"] = false,
            },
        }));
    }

    private static (string Namespace, string Key, string Name) Split(string key)
    {
        var dot = key.IndexOf('.');
        return (dot < 0 ? "custom" : key.Substring(0, dot), key, key.Substring(dot + 1).Replace('-', ' '));
    }

    private static JsonNode ToJson((string Namespace, string Key, string Name) label) => new JsonObject
    {
        ["namespace"] = label.Namespace,
        ["key"] = label.Key,
        ["displayName"] = label.Name,
        ["labelType"] = Type,
    };
}
