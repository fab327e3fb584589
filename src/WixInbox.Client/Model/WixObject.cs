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
    /// Gets what a response had that this version does not know: fields, as their JSON text, and values of enumerations, as their name.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> UnknownFields
    {
        get
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var extra in Extra ?? [])
            {
                fields[extra.Key] = extra.Value.GetRawText();
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
}
