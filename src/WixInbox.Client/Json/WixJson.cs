using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WixInbox.Json;

/// <summary>The serializers as the client uses them.</summary>
internal static class WixJson
{
    /// <summary>
    /// Gets the context for what goes over the wire. It writes the letters of most scripts as they are, since the body
    /// is UTF-8 and never part of a page; what lies beyond the basic plane, such as emoji, it escapes.
    /// </summary>
    public static WixJsonContext Wire { get; } =
        new(new JsonSerializerOptions(WixJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

            // A message that has such a number is not sent, and has a key nevertheless.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        });
}
