using System.Text;

namespace WixInbox.Tests.Outcomes;

/// <summary>
/// What Wix says of an error is kept, in its three shapes, and nothing that anyone says makes the client throw.
/// </summary>
public sealed class ErrorBodyTests
{
    [Fact]
    public async Task An_application_error_has_a_code_and_what_it_means()
    {
        var failure = await FailAsync(404, """
            {"message":"general","details":{"applicationError":{"code":"INBOX_INSTANCE_NOT_FOUND","description":"No inbox here.","data":{"x":1}}}}
            """);

        Assert.Equal("INBOX_INSTANCE_NOT_FOUND", failure.Code);
        Assert.Equal("No inbox here.", failure.Message);
        Assert.Equal(404, failure.StatusCode);
        Assert.Empty(failure.Violations);
        Assert.Null(failure.Exception);
    }

    [Fact]
    public async Task A_validation_error_names_its_fields()
    {
        var failure = await FailAsync(400, """
            {"message":"message.content is bad","details":{"validationError":{"fieldViolations":[
              {"field":"message.content","description":"must not be empty","violatedRule":"REQUIRED_FIELD"},
              {"field":"url","description":"no","violatedRule":"CUSTOM","ruleName":"SITE_QUOTA_EXCEEDED","data":{"threshold":1}},
              {}]}}}
            """);

        Assert.Null(failure.Code);
        Assert.Equal("message.content is bad", failure.Message);
        Assert.Equal(
            [
                ("message.content", "REQUIRED_FIELD", "must not be empty"),
                ("url", "SITE_QUOTA_EXCEEDED", "no"),
                ("", "", ""),
            ],
            failure.Violations.Select(violation => (violation.Field, violation.Rule, violation.Description)));
        Assert.All(failure.Violations, violation => Assert.Null(violation.Limit ?? violation.Size));
    }

    [Fact]
    public async Task An_error_of_wix_itself_says_nothing()
    {
        var failure = await FailAsync(500, """{"message":"","details":{}}""", OutcomeKind.Ambiguous);

        Assert.Null(failure.Code);
        Assert.Equal(string.Empty, failure.Message);
        Assert.Empty(failure.Violations);
    }

    [Fact]
    public async Task An_error_of_the_sign_in_says_it_in_its_own_words()
    {
        Assert.Equal(
            "expired", (await FailAsync(401, """{"error":"invalid_token","error_description":"expired"}""")).Message);
        Assert.Equal(
            "general",
            (await FailAsync(
                400,
                """{"message":"general","details":{"applicationError":{"code":"X","description":""}}}""")).Message);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_told_from_an_answer_of_wix()
    {
        const string page = "<html><body>502 Bad Gateway</body></html>";

        var failure = await TestClient.FailAsync(Answer.Text(502, page, "text/html"), OutcomeKind.Ambiguous);

        Assert.Equal(
            $"The answer is not one of Wix's ({page.Length} bytes that are not JSON). A proxy may have given it.",
            failure.Message);
        Assert.Null(failure.Code);
    }

    [Fact]
    public async Task An_empty_body_says_nothing()
    {
        Assert.Equal(string.Empty, (await FailAsync(403, "")).Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("""{"message":7,"details":"none"}""")]
    [InlineData("""{"message":null,"details":null}""")]
    [InlineData("""{"message":{},"details":[]}""")]
    [InlineData("""{"details":{"applicationError":7,"validationError":[]}}""")]
    [InlineData("""{"details":{"applicationError":{"code":404,"description":["x"]}}}""")]
    [InlineData("""{"details":{"validationError":{"fieldViolations":{"field":"x"}}}}""")]
    [InlineData("""{"details":{"validationError":{"fieldViolations":[null,7,"x",[],{"field":7,"description":false,"violatedRule":[],"ruleName":{}}]}}}""")]
    [InlineData("""{"message":"\ud800","details":{}}""")]
    [InlineData("""{"message":"x","details":{"applicationError":{"code":"\udc00","description":"\ud800x"}}}""")]
    [InlineData("""{"\ud800":1,"message":"x"}""")]
    [InlineData("""{"details":{"validationError":{"fieldViolations":[{"field":"\ud800"}]}}}""")]
    [InlineData("{")]
    [InlineData("""{"message":"x" """)]
    [InlineData("""{"message":"x"} trailing""")]
    [InlineData("\ufeff{}")]
    [InlineData("\0")]
    public async Task Odd_json_is_an_error_all_the_same(string body)
    {
        var failure = await FailAsync(400, body);

        Assert.Equal(FailureCause.Status, failure.Cause);
        Assert.Equal(400, failure.StatusCode);
        Assert.Null(failure.Code);
        Assert.NotNull(failure.Message);
    }

    [Fact]
    public async Task The_last_of_duplicates_counts()
    {
        Assert.Equal("two", (await FailAsync(400, """{"message":"one","message":"two"}""")).Message);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task Deep_nesting_is_an_error_all_the_same(int depth)
    {
        await FailAsync(400, string.Concat(Enumerable.Repeat("{\"details\":", depth)) + "1" + new string('}', depth));
        await FailAsync(400, new string('[', depth) + new string(']', depth));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_all_the_same()
    {
        byte[][] bodies =
        [
            [0xff, 0xfe, 0x00],
            [.. "{\"message\":\""u8, 0xff, 0xc0, .. "\"}"u8],
            [.. "{\"\xff\":1}"u8, 0xff],
            Encoding.Unicode.GetBytes("""{"message":"x"}"""),
        ];
        foreach (var body in bodies)
        {
            await TestClient.FailAsync(
                new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest) { Content = new ByteArrayContent(body) },
                OutcomeKind.Rejected);
        }
    }

    private static Task<Failure> FailAsync(int status, string body, OutcomeKind kind = OutcomeKind.Rejected) =>
        TestClient.FailAsync(Answer.Json(status, body), kind);
}
