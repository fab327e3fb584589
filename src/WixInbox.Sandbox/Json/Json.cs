using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>Reading and writing JSON text.</summary>
internal static class Json
{
    // Letters of any script go out as themselves rather than as \u escapes (an emoji the encoder escapes all the same);
    // no browser renders these bodies as HTML, which is what the default encoder guards against.
    private static readonly JsonSerializerOptions s_output =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly UTF8Encoding s_strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Write(JsonNode node) => node.ToJsonString(s_output);

    /// <summary>Reads a request, which is one JSON object.</summary>
    /// <exception cref="FormatException">The bytes are not UTF-8, not JSON, or not an object.</exception>
    public static JsonElement ReadObject(byte[] utf8)
    {
        try
        {
            _ = s_strictUtf8.GetCharCount(utf8);
            RefuseLoneSurrogates(utf8);
            using JsonDocument document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new FormatException("The request is not a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new FormatException("The request is not JSON in UTF-8: " + exception.Message, exception);
        }
    }

    // An escape such as "\ud83d" with no other half passes the parser and fails only when the string is asked for.
    // Asking for all of them here keeps that failure out of the rest of the code.
    private static void RefuseLoneSurrogates(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                try
                {
                    _ = reader.GetString();
                }
                catch (InvalidOperationException exception)
                {
                    throw new FormatException("The request has half of a surrogate pair in a string.", exception);
                }
            }
        }
    }
}
