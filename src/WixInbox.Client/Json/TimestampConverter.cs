using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox.Json;

/// <summary>
/// Reads an RFC 3339 time with up to nine digits of a second, as protocol buffers write it, and writes UTC with a
/// <c>Z</c>, as Wix does.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
