using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace WixInbox.Tests;

/// <summary>Compares JSON by what it says: no key more, none less.</summary>
internal static class JsonCheck
{
    public static void Same(string expected, string actual)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)))
        {
            // The texts differ too: they are compared to show where.
            Assert.Equal(Sorted(expected), Sorted(actual));
            Assert.Fail($"The values differ.\n{expected}\n{actual}");
        }
    }

    /// <summary>Reads a text into a type and writes it back.</summary>
    public static string RoundTrip<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type)!, type);

    private static string Sorted(string json) =>
        Sorted(JsonNode.Parse(json))?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
