using System.Text.Json;

namespace WixInbox;

/// <summary>
/// Which contacts to read (<c>POST /contacts/v5/contacts/query</c>): those whose id or main address is one of several.
/// </summary>
/// <param name="Field"><see cref="IdField"/> or <see cref="EmailField"/>.</param>
/// <param name="Values">The ids, or the addresses in lower case, as v5 keeps them.</param>
/// <param name="Cursor">Where the page before says that this one begins; null for the first.</param>
internal sealed record QueryContactsV5Request(string Field, IReadOnlyList<string> Values, string? Cursor)
{
    public const string IdField = "id";
    public const string EmailField = "email.email";

    // The most contacts that a page has.
    public const int LargestPage = 100;

    public byte[] ToUtf8()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("query");

            // A cursor stands for the filter that it came with; whether both may be given is not documented, and Wix's
            // SDK gives the cursor alone.
            if (Cursor is null)
            {
                json.WriteStartObject("filter");
                json.WriteStartObject(Field);
                json.WriteStartArray("$in");
                foreach (var value in Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteStartObject("cursorPaging");
            json.WriteNumber("limit", LargestPage);
            if (Cursor is not null)
            {
                json.WriteString("cursor", Cursor);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
