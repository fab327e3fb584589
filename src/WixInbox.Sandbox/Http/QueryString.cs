using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Turns a query string into the JSON object that it stands for. Two forms are in use: the documented dotted parameters
/// (<c>paging.limit=10</c>), and the official SDK's single <c>.r</c>, which is the whole request as unpadded base64url
/// JSON.
/// </summary>
internal static class QueryString
{
    private const string WholeRequest = ".r";

    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="lists">The parameters that are repeated for more values, and so become arrays.</param>
    /// <exception cref="FormatException">The query cannot be read.</exception>
    public static byte[] ToJson(string query, params string[] lists)
    {
        var parameters = new JsonObject();
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            if (pair.Length == 0)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair.Substring(0, equals));
            var value = Decode(equals < 0 ? string.Empty : pair.Substring(equals + 1));
            if (name == WholeRequest)
            {
                // Our choice: where both forms are given, .r is the request.
                return FromBase64Url(value);
            }

            if (lists.Contains(name))
            {
                Append(parameters, name, value);
            }
            else
            {
                Set(parameters, name.Split('.'), value);
            }
        }

        return Encoding.UTF8.GetBytes(Json.Write(parameters));
    }

    public static byte[] FromBase64Url(string value)
    {
        var base64 = value.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }

    public static string ToBase64Url(byte[] value) =>
        Convert.ToBase64String(value).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static void Append(JsonObject target, string name, string value)
    {
        if (target[name] is not JsonArray list)
        {
            list = [];
            target[name] = list;
        }

        list.Add((JsonNode)value);
    }

    private static void Set(JsonObject target, string[] path, string value)
    {
        for (var i = 0; i < path.Length - 1; i++)
        {
            if (target[path[i]] is null)
            {
                target[path[i]] = new JsonObject();
            }

            target = target[path[i]] as JsonObject
                ?? throw new FormatException($"The query parameter {path[i]} is both a value and an object.");
        }

        var name = path[path.Length - 1];

        // Our choice: a parameter may be repeated as long as it says the same.
        if (target.TryGetPropertyValue(name, out var earlier)
            && !(earlier is JsonValue && earlier.GetValue<string>() == value))
        {
            throw new FormatException(
                $"The query parameter {string.Join(".", path)} is given twice with different values.");
        }

        target[name] = value;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
