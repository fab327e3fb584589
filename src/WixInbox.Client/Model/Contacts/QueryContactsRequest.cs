using System.Text.Json;

namespace WixInbox;

/// <summary>Which contacts to read (<c>POST /contacts/v4/contacts/query</c>).</summary>
public sealed class QueryContactsRequest
{
    /// <summary>The most contacts that a page has.</summary>
    public const int LargestPage = 1_000;

    /// <summary>Gets or sets the main e-mail addresses to look for; null for any.</summary>
    /// <remarks>
    /// Wix's pages contradict each other on whether other addresses of a contact can be looked for: the main one can by all of them. How many may be given at
    /// once is not documented.
    /// </remarks>
    public IReadOnlyList<string>? Emails { get; set; }

    /// <summary>Gets or sets a first name, a last name, an address or a phone number that a contact has exactly: at most 100 characters.</summary>
    public string? Search { get; set; }

    /// <summary>Gets or sets how many contacts a page has at most: 1 to 1,000. Wix takes 50 without it.</summary>
    public int? Limit { get; set; }

    /// <summary>Gets or sets how many contacts to skip: those of the pages before. Default: none.</summary>
    public int Offset { get; set; }

    internal byte[] ToUtf8()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (Search is not null)
            {
                json.WriteString("search", Search);
            }

            json.WriteStartObject("query");
            if (Emails is not null)
            {
                json.WriteStartObject("filter");
                json.WriteStartObject("primaryInfo.email");
                json.WriteStartArray("$in");
                foreach (var email in Emails)
                {
                    json.WriteStringValue(email);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            // In an order of its own choice, Wix might repeat contacts of one page on another.
            json.WriteStartArray("sort");
            json.WriteStartObject();
            json.WriteString("fieldName", "createdDate");
            json.WriteString("order", "ASC");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("paging");
            json.WriteNumber("limit", Limit ?? 50);
            json.WriteNumber("offset", Offset);
            json.WriteEndObject();
            json.WriteStartArray("fields");
            foreach (var field in new[] { "primaryInfo", "primaryEmail", "info.name", "info.emails", "createdDate", "updatedDate" })
            {
                json.WriteStringValue(field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
