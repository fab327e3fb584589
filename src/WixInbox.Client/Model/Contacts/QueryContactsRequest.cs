using System.Globalization;
using System.Text.Json;
using WixInbox.Json;

namespace WixInbox;

/// <summary>
/// Which contacts to read (<c>POST /contacts/v4/contacts/query</c>): those that meet all conditions. Each contact comes
/// whole: the status of its subscription is in no other answer for certain.
/// </summary>
public sealed class QueryContactsRequest
{
    /// <summary>The most contacts that a page has.</summary>
    public const int LargestPage = 1_000;

    /// <summary>
    /// Gets or sets the e-mail addresses to look for; null for any. Each address of a contact counts, not the main one
    /// alone.
    /// </summary>
    /// <remarks>How many may be given at once is not documented.</remarks>
    public IReadOnlyList<string>? Emails { get; set; }

    /// <summary>Gets or sets the ids of the contacts, GUIDs; null for any.</summary>
    public IReadOnlyList<string>? ContactIds { get; set; }

    /// <summary>Gets or sets first names of which a contact has one exactly; null for any.</summary>
    public IReadOnlyList<string>? FirstNames { get; set; }

    /// <summary>Gets or sets last names of which a contact has one exactly; null for any.</summary>
    public IReadOnlyList<string>? LastNames { get; set; }

    /// <summary>
    /// Gets or sets the keys of labels, such as <c>custom.vip</c>, of which a contact has at least one; null for any
    /// contact.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; set; }

    /// <summary>Gets or sets the statuses of subscription of which a contact has one; null for any.</summary>
    public IReadOnlyList<SubscriptionStatus>? Subscriptions { get; set; }

    /// <summary>
    /// Gets or sets since when the contact has done something, or something was done to it. The contacts then come in
    /// the order of that, the longest ago first; else in that of their creation, the oldest first.
    /// </summary>
    public DateTimeOffset? ActiveAfter { get; set; }

    /// <summary>Gets or sets since when there is the contact.</summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>
    /// Gets or sets a first name, a last name, an address or a phone number that a contact has exactly: at most 100
    /// characters.
    /// </summary>
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
            if ((Emails ?? ContactIds ?? FirstNames ?? LastNames ?? Labels ?? (object?)Subscriptions ?? ActiveAfter
                ?? CreatedAfter) is not null)
            {
                json.WriteStartObject("filter");
                Condition(json, "info.emails.email", "$in", Emails);
                Condition(json, "id", "$in", ContactIds);
                Condition(json, "info.name.first", "$in", FirstNames);
                Condition(json, "info.name.last", "$in", LastNames);
                Condition(json, "info.labelKeys", "$hasSome", Labels);
                Condition(
                    json,
                    "primaryEmail.subscriptionStatus",
                    "$in",
                    Subscriptions?.Select(status => EnumName.Of<SubscriptionStatus>(status)!));
                Condition(json, "lastActivity.activityDate", ActiveAfter);
                Condition(json, "createdDate", CreatedAfter);
                json.WriteEndObject();
            }

            // In an order of its own choice, Wix might repeat contacts of one page on another. Whoever does something
            // while the pages are read moves to the end of this order, which has not been read yet.
            json.WriteStartArray("sort");
            json.WriteStartObject();
            json.WriteString("fieldName", ActiveAfter is null ? "createdDate" : "lastActivity.activityDate");
            json.WriteString("order", "ASC");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("paging");
            json.WriteNumber("limit", Limit ?? 50);
            json.WriteNumber("offset", Offset);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static void Condition(Utf8JsonWriter json, string field, string name, IEnumerable<string>? values)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartObject(field);
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Condition(Utf8JsonWriter json, string field, DateTimeOffset? after)
    {
        if (after is { } date)
        {
            json.WriteStartObject(field);
            json.WriteString(
                "$gte", date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
    }
}
