using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox;

/// <summary>
/// What every object of the API has in common: a field that this version does not know is kept, can be read, and is written
/// back as it came.
/// </summary>
public abstract class WixObject
{
    private protected WixObject()
    {
    }

    /// <summary>
    /// Gets the fields of the response that this version has no property for: the field's name, and its value as JSON text.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> UnknownFields =>
        Extra is null
            ? new Dictionary<string, string>()
            : Extra.ToDictionary(entry => entry.Key, entry => entry.Value.GetRawText(), StringComparer.Ordinal);

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Extra { get; set; }
}
