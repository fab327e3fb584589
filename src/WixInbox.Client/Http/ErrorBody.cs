using System.Text.Json;

namespace WixInbox.Http;

/// <summary>
/// The body of an error. Wix has three shapes: an application error with a code, a validation error with fields, and an empty one for its own
/// failures; a proxy on the way may answer with a page of HTML. None of them makes the reader throw.
/// </summary>
internal sealed class ErrorBody
{
    private static readonly ErrorBody s_none = new();

    public string? Code { get; private init; }

    public string Message { get; private init; } = string.Empty;

    public IReadOnlyList<FieldViolation> Violations { get; private init; } = [];

    /// <summary>Gets a value indicating whether the body is JSON at all: if not, the answer is likely not Wix's.</summary>
    public bool IsJson { get; private init; }

    public static ErrorBody Read(byte[]? body)
    {
        if (body is null || body.Length == 0)
        {
            return s_none;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            var details = Child(root, "details");
            var application = Child(details, "applicationError");
            var message = TextOf(root, "message");
            return new ErrorBody
            {
                IsJson = true,

                // The second is OAuth's form, for example invalid_client.
                Code = TextOf(application, "code") ?? TextOf(root, "error"),
                Message = FirstOf(TextOf(application, "description"), message, TextOf(root, "error_description")),
                Violations = ReadViolations(Child(Child(details, "validationError"), "fieldViolations")),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for bytes, or halves of a character, that are no text.
            return s_none;
        }
    }

    private static List<FieldViolation> ReadViolations(JsonElement violations)
    {
        List<FieldViolation> read = [];
        if (violations.ValueKind == JsonValueKind.Array)
        {
            foreach (var violation in violations.EnumerateArray())
            {
                read.Add(new FieldViolation(
                    TextOf(violation, "field") ?? string.Empty,
                    FirstOf(TextOf(violation, "ruleName"), TextOf(violation, "violatedRule")),
                    TextOf(violation, "description") ?? string.Empty));
            }
        }

        return read;
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static string? TextOf(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string FirstOf(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? string.Empty;
}
