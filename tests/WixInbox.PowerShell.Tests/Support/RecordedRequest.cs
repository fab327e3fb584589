using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A request as a handler received it.</summary>
internal sealed record RecordedRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Uri.AbsolutePath;

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>
    /// Gets the value at a dotted path such as <c>message.content.basic.items.0.text</c>, as JSON text; null if there
    /// is none.
    /// </summary>
    public string? this[string path]
    {
        get
        {
            JsonNode? node = Json;
            foreach (var step in path.Split('.'))
            {
                node = node switch
                {
                    JsonArray list => int.Parse(step, System.Globalization.CultureInfo.InvariantCulture) is var index
                        && index < list.Count
                        ? list[index]
                        : null,
                    JsonObject item => item[step],
                    _ => null,
                };
            }

            return node is JsonValue value && value.GetValueKind() == JsonValueKind.String
                ? value.GetValue<string>()
                : node?.ToJsonString();
        }
    }
}
