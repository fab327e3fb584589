using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox.Json;

/// <summary>Reads and writes a list of the names of an enumeration's values, known or not.</summary>
internal sealed class EnumNamesConverter : JsonConverter<string[]>
{
    /// <inheritdoc/>
    public override string[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list is expected.");
        }

        List<string> names = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Add(EnumNameConverter.Read(ref reader) ?? string.Empty);
        }

        return [.. names];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value)
        {
            EnumNameConverter.Write(writer, name);
        }

        writer.WriteEndArray();
    }
}
