using System.Net;
using System.Text;
using WixInbox.Journal;
using WixInbox.Tests.Sockets;

namespace WixInbox.Tests.Signing;

/// <summary>
/// A server that repeats the secret of a request in what it says does not bring it into an error, a note or a journal.
/// </summary>
public sealed class EchoedSecretTests : IDisposable
{
    private const string Payload = "eyJkYXRhIjoiY2FuYXJ5In0";
    private const string Token = $"IST.eyJhbGciOiJSUzI1NiJ9.{Payload}.c2lnbmF0dXJl/b2Y+dG9rZW4=";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Echoes =>
    [
        Token,

        // In a text, in other letters, escaped as in an address, and the payload alone.
        $"The token '{Token}' has ended.",
        Token.ToUpperInvariant(),
        Uri.EscapeDataString(Token),
        Payload,

        // In base64, after a scheme and a name of any length, and as it is written in addresses.
        Base64(Token),
        Base64("Bearer " + Token),
        Base64("ada:" + Token + "\n"),
        Base64("Bearer " + Token).Replace('+', '-').Replace('/', '_'),

        // Parts of it, cut anywhere.
        Token[..24],
        $"{Token[10..40]}…{Token[50..]}",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task It_is_in_no_part_of_a_failure(string echo)
    {
        var body = """
            {"message":"ECHO","details":{
              "applicationError":{"code":"ECHO","description":"ECHO"},
              "validationError":{"fieldViolations":[{"field":"ECHO","violatedRule":"ECHO","description":"ECHO"}]}}}
            """.Replace("ECHO", echo, StringComparison.Ordinal);

        var outcome = await SendAsync(Answer.Json(400, body, ("x-wix-request-id", echo)));

        var failure = outcome.Failure!;
        var violation = Assert.Single(failure.Violations);
        string?[] said =
        [
            failure.Message, failure.Code, violation.Field, violation.Rule, violation.Description, outcome.RequestId,
        ];
        Assert.All(said, text => Assert.Contains("[secret]", text, StringComparison.Ordinal));
        Assert.All(said, IsClean);

        // What is left is the sentence around it, or the neighbours of base64.
        Assert.All(said, text => Assert.InRange(text!.Length, 8, 40));
    }

    [Fact]
    public async Task A_part_is_taken_out_and_what_is_around_it_is_left()
    {
        var outcome = await SendAsync(Answer.Json(400, $$"""{"message":"No {{Token[7..30]}}, no {{Token[..15]}}."}"""));

        Assert.Equal($"No [secret], no {Token[..15]}.", outcome.Failure!.Message);
    }

    [Fact(Skip = NotOnDesktop.LoopbackProxy)]
    public async Task Nor_is_the_password_of_a_proxy()
    {
        var body = $$"""{"message":"No {{Secret.Canary}}, no {{Base64("ada:" + Secret.Canary)}}."}""";
        await using var server = new SocketServer(
            $"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using var proxy = new ForwardProxy("ada", Secret.Canary);
        using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Token)))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/"),
            Proxy = new WebProxy(proxy.Address) { Credentials = new NetworkCredential("ada", Secret.Canary) },
        });

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Matches(@"^No \[secret\], no .{0,6}\[secret\]=*\.$", outcome.Failure!.Message);
    }

    [Fact]
    public async Task Nor_is_it_where_the_server_writes_it_in_escapes()
    {
        var escaped = string.Concat(Token.Select(letter => $"\\u{(int)letter:x4}"));

        var outcome = await SendAsync(Answer.Json(403, $$"""{"message":"No {{escaped}}."}"""));

        Assert.Equal("No [secret].", outcome.Failure!.Message);
    }

    [Fact]
    public async Task Nor_is_it_where_a_redirect_leads()
    {
        var outcome = await SendAsync(Answer.Status(307, ("Location", $"https://{Payload}.example/")));

        IsClean(outcome.Failure!.Message);
        Assert.Contains("https://[secret]", outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_says_none_stays_as_it_is()
    {
        var outcome = await SendAsync(Answer.Json(
            400,
            """{"message":"The conversation (a.b/c?d=e) is closed."}""",
            ("x-wix-request-id", "1700000000.12345")));

        Assert.Equal("The conversation (a.b/c?d=e) is closed.", outcome.Failure!.Message);
        Assert.Equal("1700000000.12345", outcome.RequestId);
    }

    [Fact]
    public async Task The_secret_of_an_app_is_taken_out_of_what_its_sign_in_says()
    {
        var handler = new StubHandler(_ => Answer.Json(
            400, $$"""{"error":"{{Token}}","error_description":"client_secret {{Token}} is unknown"}"""));
        using var client = TestClient.Over(
            handler, authentication: Authentication.AppCredentials("app", Secret.Of(Token), "instance"));

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal("client_secret [secret] is unknown", outcome.Failure!.Message);
        Assert.Equal("[secret]", outcome.Failure.Code);
    }

    [Fact]
    public async Task It_is_in_no_note_and_no_journal()
    {
        const string body = $$"""{"error":"{{Token}}"}""";
        var answers = StubHandler.InTurn(
            Answer.Json(503, body, ("Retry-After", "1"), ("x-wix-request-id", Token)),
            Answer.Json(400, body, ("x-wix-request-id", Token)));
        using var client = TestClient.Over(answers, authentication: Authentication.AccessToken(Secret.Of(Token)));
        List<string> notes = [];
        var path = _folder["run.jsonl"];
        using (var journal = SendJournal.Open(path, new SendJournalOptions("test")))
        {
            var recipient = new Recipient(RecipientKind.Conversation, Sample.ConversationId);
            await BulkRuns.Open(client, new BulkRunOptions { Note = notes.Add }, journal)
                .SendAsync(recipient, Sample.Text(), 1);
        }

        IsClean(Assert.Single(notes));
        var written = await File.ReadAllTextAsync(path, TestClient.Cancellation);
        IsClean(written);
        Assert.Equal(2, written.Split("\"code\":\"[secret]\"").Length - 1);
        Assert.Equal(2, written.Split("\"req\":\"[secret]\"").Length - 1);
    }

    [Fact]
    public async Task Nothing_that_a_server_says_is_shown_where_the_secret_is_gone_by_then()
    {
        var authentication = Authentication.AccessToken(Secret.Of(Token));
        var handler = new StubHandler(_ =>
        {
            authentication.Dispose();
            return Answer.Json(400, $$"""{"message":"No {{Token}}."}""", ("x-wix-request-id", "17.1"));
        });
        using var client = TestClient.Over(handler, authentication: authentication);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(("[secret]", "17.1"), (outcome.Failure!.Message, outcome.RequestId));
    }

    [Fact(Skip = NotOnDesktop.QuotedAnswers)]
    public async Task It_is_in_no_exception_of_the_network_that_quotes_an_answer_which_is_no_HTTP()
    {
        await using var server = new SocketServer($"{Secret.Canary} is no status line\r\n\r\n");
        using var client = SocketServer.ClientFor(server.Port);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Contains("[secret] is no status line", outcome.Failure!.Message, StringComparison.Ordinal);
        Secret.IsNotIn(outcome.Failure.Exception);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void IsClean(string? said) =>
        Assert.DoesNotContain(Payload, said, StringComparison.OrdinalIgnoreCase);

    private static async Task<Outcome<Message>> SendAsync(HttpResponseMessage answer)
    {
        using var client = TestClient.Over(
            new StubHandler(_ => answer), authentication: Authentication.AccessToken(Secret.Of(Token)));
        return await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
    }
}
