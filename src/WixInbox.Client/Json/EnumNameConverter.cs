using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox.Json;

/// <summary>
/// Reads and writes the name of an enumeration's value, known or not. Protocol buffers print a value that has no name
/// as its number.
/// </summary>
internal sealed class EnumNameConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        Write(writer, value);

    internal static string? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetInt64().ToString(CultureInfo.InvariantCulture)
            : reader.GetString();

    internal static void Write(Utf8JsonWriter writer, string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }
}
