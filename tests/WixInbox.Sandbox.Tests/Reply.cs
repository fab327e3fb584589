using System.Text.Json;

namespace WixInbox.Sandbox.Tests;

/// <summary>An answer, read to its end.</summary>
internal sealed record Reply(int Status, string Text, string? RequestId, string? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Message => Json.GetProperty("message");

    public JsonElement[] Messages => [.. Json.GetProperty("messages").EnumerateArray()];

    public string? ErrorCode =>
        Json.GetProperty("details").GetProperty("applicationError").GetProperty("code").GetString();

    /// <summary>The violations as "path RULE", in the order of the answer.</summary>
    public string[] Violations =>
    [
        .. FieldViolations.Select(
            item => $"{item.GetProperty("field").GetString()} {item.GetProperty("violatedRule").GetString()}"),
    ];

    /// <summary>The violations' own rule names, in the order of the answer.</summary>
    public string?[] RuleNames =>
        [.. FieldViolations.Select(item => item.TryGetProperty("ruleName", out var name) ? name.GetString() : null)];

    public JsonElement Conversation => Json.GetProperty("conversation");

    public JsonElement Contact => Json.GetProperty("contact");

    public JsonElement File => Json.GetProperty("file");

    public JsonElement[] Contacts => [.. Json.GetProperty("contacts").EnumerateArray()];

    public string[] ContactIds => [.. Contacts.Select(contact => contact.GetProperty("id").GetString()!)];

    public JsonElement[] FieldViolations =>
    [
        .. Json.GetProperty("details").GetProperty("validationError").GetProperty("fieldViolations").EnumerateArray(),
    ];

    public string? Cursor(string name) =>
        Json.GetProperty("pagingMetadata").GetProperty("cursors").TryGetProperty(name, out var cursor)
            ? cursor.GetString()
            : null;

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Reply(
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                Header(response, "x-wix-request-id"),
                Header(response, "Retry-After"));
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
