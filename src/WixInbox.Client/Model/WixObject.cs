using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox;

/// <summary>
/// What every object of the API has in common: a field that this version does not know is kept, can be read, and is
/// written back as it came.
/// </summary>
public abstract class WixObject
{
    private protected WixObject()
    {
    }

    /// <summary>
    /// Gets what a response had that this version does not know: fields, as their JSON text, and values of
    /// enumerations, as their name.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> UnknownFields
    {
        get
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var extra in Extra ?? [])
            {
                fields[extra.Key] = TextOf(extra.Value);
            }

            AddUnknownNames(fields);
            return fields;
        }
    }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Extra { get; set; }

    private protected virtual void AddUnknownNames(IDictionary<string, string> fields)
    {
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Some of its bytes are no UTF-8. Written anew, each of them is a U+FFFD.
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text))
            {
                value.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(text.ToArray());
        }
    }
}
