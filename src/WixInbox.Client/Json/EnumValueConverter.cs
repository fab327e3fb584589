using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox.Json;

/// <summary>Reads and writes a value of an enumeration by its name on the wire, known or not.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumValueConverter<T> : JsonConverter<EnumValue<T>>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override EnumValue<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? new(reader.GetInt64().ToString(CultureInfo.InvariantCulture))
            : new(reader.GetString() ?? string.Empty);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EnumValue<T> value, JsonSerializerOptions options)
    {
        // Protocol buffers print a value that has no name as its number.
        if (long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Value);
        }
    }
}
