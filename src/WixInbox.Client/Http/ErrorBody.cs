using System.Text.Json;

namespace WixInbox.Http;

/// <summary>
/// The body of an error. Wix has three shapes: an application error with a code, a validation error with fields, and an
/// empty one for its own failures; a proxy on the way may answer with a page of HTML. None of them makes the reader
/// throw.
/// </summary>
internal sealed class ErrorBody
{
    public static readonly ErrorBody None = new();

    public string? Code { get; private init; }

    public string Message { get; private init; } = string.Empty;

    public IReadOnlyList<FieldViolation> Violations { get; private init; } = [];

    /// <summary>
    /// Gets a value indicating whether the body is JSON at all: if not, the answer is likely not Wix's.
    /// </summary>
    public bool IsJson { get; private init; }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The bytes; null if they could not be read whole.</param>
    /// <param name="redactor">Takes the secrets of the request out of each text.</param>
    /// <returns>What it says; <see cref="None"/> where that is nothing, or cannot be read.</returns>
    public static ErrorBody Read(byte[]? body, Redactor redactor)
    {
        if (body is null || body.Length == 0)
        {
            return None;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            var details = Child(root, "details");
            var application = Child(details, "applicationError");
            return new ErrorBody
            {
                IsJson = true,

                // The second is OAuth's form, for example invalid_client.
                Code = TextOf(application, "code") ?? TextOf(root, "error"),
                Message = FirstOf(
                    TextOf(application, "description"), TextOf(root, "message"), TextOf(root, "error_description")),
                Violations =
                [
                    .. ItemsOf(Child(Child(details, "validationError"), "fieldViolations")).Select(ReadViolation),
                ],
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string of the JSON is no text, such as half of a surrogate pair.
            return None;
        }

        // Each text comes by this function: no secret gets past it.
        string? TextOf(JsonElement parent, string name) =>
            Child(parent, name) is { ValueKind: JsonValueKind.String } text ? redactor.Clean(text.GetString()!) : null;

        FieldViolation ReadViolation(JsonElement violation) => new(
            TextOf(violation, "field") ?? string.Empty,
            FirstOf(TextOf(violation, "ruleName"), TextOf(violation, "violatedRule")),
            TextOf(violation, "description") ?? string.Empty);
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string FirstOf(params string?[] texts) =>
        texts.FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? string.Empty;
}
