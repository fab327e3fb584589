using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Where a page of List Messages begins, opaque to clients. It holds the sequence of the neighbouring message and not
/// an offset, so that messages that arrive between two pages neither shift nor repeat any.
/// </summary>
/// <param name="ConversationId">The conversation that the cursor was made for.</param>
/// <param name="Visibility">The visibility that the cursor was made for.</param>
/// <param name="Ascending">The order that the cursor was made for.</param>
/// <param name="Sequence">The message beside which the page begins; itself not on the page.</param>
/// <param name="Forward">
/// True for the page after that message in the list's order, false for the page before it.
/// </param>
internal sealed record ListCursor(string ConversationId, string Visibility, bool Ascending, long Sequence, bool Forward)
{
    public string Encode() => QueryString.ToBase64Url(Encoding.UTF8.GetBytes(Json.Write(new JsonObject
    {
        ["c"] = ConversationId,
        ["v"] = Visibility,
        ["a"] = Ascending,
        ["s"] = Sequence,
        ["f"] = Forward,
    })));

    /// <summary>Reads a cursor; null where it is not one of ours.</summary>
    public static ListCursor? Decode(string text)
    {
        try
        {
            JsonElement json = Json.ReadObject(QueryString.FromBase64Url(text));
            return new ListCursor(
                json.GetProperty("c").GetString()!,
                json.GetProperty("v").GetString()!,
                json.GetProperty("a").GetBoolean(),
                json.GetProperty("s").GetInt64(),
                json.GetProperty("f").GetBoolean());
        }
        catch (Exception exception)
            when (exception is FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
