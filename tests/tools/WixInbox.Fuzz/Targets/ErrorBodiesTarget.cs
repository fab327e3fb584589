using System.Text;
using WixInbox.Http;

namespace WixInbox.Fuzz;

/// <summary>The body of an error: nothing that it says has a secret in it.</summary>
internal sealed class ErrorBodiesTarget : FuzzTarget
{
    private const string Payload = "eyJkYXRhIjoiY2FuYXJ5In0";
    private const string Secret = $"IST.eyJhbGciOiJSUzI1NiJ9.{Payload}.c2lnbmF0dXJl/b2Y+dG9rZW4=";

    public override string Name => "errors";

    public override IReadOnlyList<string> Words { get; } =
    [
        Secret, Payload, Uri.EscapeDataString(Secret), string.Concat(Payload.Select(letter => $"\\u{(int)letter:x4}")),
        "\"details\":{", "\"applicationError\":{", "\"validationError\":{", "\"fieldViolations\":[{", "\"code\":\"",
        "\"message\":\"",
        "\"description\":\"", "\"error\":\"", "\"error_description\":\"", "\"field\":\"", "\"ruleName\":\"",
        "\"violatedRule\":\"",
        "\\ud800", "null", "[", "]", "{", "}", "\"", ",",
    ];

    public override IEnumerable<byte[]> Seeds() =>
        new[]
        {
            """{"message":"No.","details":{"applicationError":{"code":"CONVERSATION_NOT_FOUND","description":"No."}}}""",
            """
            {"message":"No.","details":{"validationError":{"fieldViolations":[
              {"field":"a.b[0]","ruleName":"MAX_LENGTH","description":"Too long."}]}}}
            """,
            """{"message":"","details":{}}""",
            $$"""{"error":"invalid_client","error_description":"client_secret {{Secret}} is unknown"}""",
            "<html><body>502 Bad Gateway</body></html>",
            string.Empty,
        }.Select(Encoding.UTF8.GetBytes);

    public override void Run(byte[] input)
    {
        var body = ErrorBody.Read(input, new Redactor(() => [Secret]));
        string?[] said =
        [
            body.Code, body.Message,
                .. body.Violations.SelectMany(one => new[] { one.Field, one.Rule, one.Description }),
        ];
        foreach (var text in said)
        {
            Hold(text?.Contains(Payload, StringComparison.OrdinalIgnoreCase) != true, "A secret is in what was said.");
        }

        Hold(body.IsJson || said.All(string.IsNullOrEmpty), "What is no JSON says nothing.");
    }
}
