using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Adding what is there and leaving out what is not: the API omits optional scalars rather than sending null.
/// </summary>
internal static class JsonObjectExtensions
{
    public static void AddText(this JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    public static void AddNumber(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
