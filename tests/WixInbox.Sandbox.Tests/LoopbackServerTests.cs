using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using WixInbox.SandboxServer;

namespace WixInbox.Sandbox.Tests;

/// <summary>The same rules over real sockets.</summary>
public sealed class LoopbackServerTests : IAsyncLifetime
{
    private readonly SocketsHttpHandler _sockets = new() { AllowAutoRedirect = false };
    private LoopbackServer _server = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync(new ServerOptions { Port = 0 });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _sockets.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_goes_in_and_is_in_the_ledger_and_in_the_list()
    {
        var sent = await SendAsync("Grüße 👋");
        var listed = await GetAsync(
            $"{Api.Messages}?conversationId={Api.SomeConversation}&visibility=BUSINESS_AND_PARTICIPANT");
        var ledger = (await GetAsync("/sandbox/ledger")).Json;

        Assert.Equal(200, sent.Status);
        Assert.NotNull(sent.RequestId);
        Assert.Equal(sent.Message.GetRawText(), Assert.Single(listed.Messages).GetRawText());
        JsonElement entry = Assert.Single(ledger.EnumerateArray());
        Assert.Equal(Api.SomeConversation, entry.GetProperty("conversationId").GetString());
        Assert.Equal("Grüße 👋", entry.GetProperty("text").GetString());
        Assert.Equal(sent.Message.GetProperty("id").GetString(), entry.GetProperty("messageId").GetString());
        Assert.True(entry.GetProperty("receivedAt").GetDateTime() > DateTime.UnixEpoch);
    }

    [Fact]
    public async Task The_SDKs_encoded_query_arrives_whole()
    {
        await SendAsync("x");
        string request = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$$"""{"conversationId":"{{{Api.SomeConversation}}}","visibility":"BUSINESS","paging":{"limit":1}}""")).TrimEnd('=');

        var reply = await GetAsync($"{Api.Messages}?.r={request}");

        Assert.Single(reply.Messages);
    }

    [Fact]
    public async Task Requests_are_counted_by_method_path_and_status()
    {
        await SendAsync("x");
        await SendAsync("x");
        await SendAsync(new string('x', 16385));
        await GetAsync($"{Api.Conversations}/{Api.SomeConversation}");

        var counts = (await GetAsync("/sandbox/requests")).Json;

        Assert.Equal(
            [
                ("GET", "/inbox/v2/conversations/{conversationId}", 200, 1),
                ("POST", "/inbox/v2/messages", 200, 2),
                ("POST", "/inbox/v2/messages", 400, 1),
            ],
            counts.EnumerateArray().Select(line => (
                line.GetProperty("method").GetString()!,
                line.GetProperty("path").GetString()!,
                line.GetProperty("status").GetInt32(),
                line.GetProperty("count").GetInt32())));
    }

    [Theory]
    [InlineData("""{"kind":"rateLimited"}""", 429, null, 0)]
    [InlineData("""{"kind":"RateLimited","retryAfter":5}""", 429, "5", 0)]
    [InlineData("""{"kind":"ServerErrorBefore"}""", 500, null, 0)]
    [InlineData("""{"kind":"ServerErrorAfter","status":503,"retryAfter":"9"}""", 503, "9", 1)]
    [InlineData("""{"kind":"HtmlBody"}""", 502, null, 0)]
    [InlineData("""{"kind":"Redirect"}""", 302, null, 0)]
    [InlineData("""{"kind":"Unauthorized"}""", 401, null, 0)]
    [InlineData("""{"kind":"ApplicationError","code":"INBOX_INSTANCE_NOT_FOUND"}""", 404, null, 0)]
    [InlineData("""{"kind":"Latency","delayMs":1,"method":"POST","pathPrefix":"/inbox","times":1}""", 200, null, 1)]
    public async Task A_fault_that_answers_answers(string fault, int status, string? retryAfter, int stored)
    {
        await FaultAsync(fault);

        var reply = await SendAsync("x");
        var next = await SendAsync("y");

        Assert.Equal(status, reply.Status);
        Assert.Equal(retryAfter, reply.RetryAfter);
        Assert.Equal(200, next.Status);
        Assert.Equal(stored + 1, _server.Handler.Ledger.Count);
    }

    [Theory]
    [InlineData("ResetBefore", 0)]
    [InlineData("ResetAfter", 1)]
    public async Task A_reset_drops_the_connection(string kind, int stored)
    {
        await FaultAsync($$"""{"kind":"{{kind}}"}""");

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("x"));

        Assert.Null(exception.StatusCode);
        Assert.IsAssignableFrom<IOException>(exception.InnerException);
        Assert.Equal(stored, _server.Handler.Ledger.Count);
        Assert.Equal(200, (await SendAsync("next")).Status);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("Timeout", 0)]
    [InlineData("TimeoutAfter", 1)]
    public async Task A_timeout_ends_when_the_client_gives_up(string kind, int stored)
    {
        await FaultAsync($$"""{"kind":"{{kind}}"}""");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var body = Body("x");

        var waiting = _client.PostAsync(new Uri(Api.Messages, UriKind.Relative), body, giveUp.Token);
        await UntilAsync(() => _server.Handler.InFlight == 1 && _server.Handler.Ledger.Count == stored);
        Assert.False(waiting.IsCompleted);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync(() => _server.Handler.InFlight == 0);
        Assert.Equal(stored, _server.Handler.Ledger.Count);
        Assert.Equal(0, Assert.Single(_server.Handler.RequestCounts).Status);
    }

    [Fact]
    public async Task A_truncated_body_arrives_in_part_and_then_the_connection_ends()
    {
        await FaultAsync("""{"kind":"TruncatedBody"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Messages) { Content = Body("x") };

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var stream = await response.Content.ReadAsStreamAsync(Cancel);
        using var received = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(received, Cancel));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(response.Content.Headers.ContentLength / 2, received.Length);
        Assert.Single(_server.Handler.Ledger);
    }

    [Fact]
    public async Task The_control_paths_need_no_token_and_no_place_in_the_window()
    {
        await RestartAsync(options =>
        {
            options.Sandbox.RequestsPerMinute = 1;
            options.Sandbox.Token = "secret";
        });

        Assert.Equal(401, (await SendAsync("wrong token")).Status);
        _client.DefaultRequestHeaders.Remove("Authorization");
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer secret");
        Assert.Equal(200, (await SendAsync("a")).Status);
        Assert.Equal(429, (await SendAsync("b")).Status);
        _client.DefaultRequestHeaders.Remove("Authorization");
        Assert.Equal(200, (await GetAsync("/sandbox/ledger")).Status);
        Assert.Equal(200, (await GetAsync("/sandbox/requests")).Status);
        using var reset = await _client.PostAsync(new Uri("/sandbox/reset", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        Assert.Equal("[]", (await GetAsync("/sandbox/ledger")).Text);
        Assert.Equal("[]", (await GetAsync("/sandbox/requests")).Text);
    }

    [Fact]
    public async Task A_strict_server_learns_what_it_knows()
    {
        await RestartAsync(options => options.Sandbox.Strict = true);
        var unknown = await SendAsync("x");

        var told = await PostControlAsync("known", $$"""
            {"conversations":["{{Api.SomeConversation}}"],"contacts":["11111111-2222-4333-8444-555555555555"],"members":[],"anonymousVisitors":[]}
            """);
        using var conversation = await _client.PostAsJsonAsync(
            Api.Conversations,
            new { participantId = new { contactId = "11111111-2222-4333-8444-555555555555" } },
            Cancel);

        Assert.Equal(404, unknown.Status);
        Assert.Equal(200, told.Status);
        Assert.Equal(200, (await SendAsync("x")).Status);
        Assert.Equal(HttpStatusCode.OK, conversation.StatusCode);
    }

    [Fact]
    public async Task Contacts_come_from_the_file_and_from_the_control_path_and_those_of_the_file_stay()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, "Email,FirstName\nada@example.com,\"Ada, Countess\"\nada@example.com,Other\n", Cancel);
            await RestartAsync(options => options.ContactFile = file);
            var seeded = await QueryAsync("ada@example.com");
            var unknown = await QueryAsync("ben@example.com");

            var told = await PostControlAsync("contacts", """
                [{"email":"ben@example.com","emails":["b@example.com"],"phones":["1"],"labelKeys":["l"],"firstName":"Ben","lastName":"F",
                  "contactId":"11111111-2222-4333-8444-555555555555","subscriptionStatus":"SUBSCRIBED","deliverabilityStatus":"VALID"}]
                """);
            var ben = await QueryAsync("b@example.com");
            await PostControlAsync("reset", "{}");

            Assert.Equal(
                ["Ada, Countess", "Other"],
                seeded.Contacts.Select(
                    contact => contact.GetProperty("info").GetProperty("name").GetProperty("first").GetString()));
            Assert.Empty(unknown.Contacts);
            Assert.Equal("""{"contactIds":["11111111-2222-4333-8444-555555555555"]}""", told.Text);
            JsonElement contact = Assert.Single(ben.Contacts);
            Assert.Equal(
                """{"email":"ben@example.com","subscriptionStatus":"SUBSCRIBED","deliverabilityStatus":"VALID"}""",
                contact.GetProperty("primaryEmail").GetRawText());
            Assert.Equal(
                """{"first":"Ben","last":"F"}""", contact.GetProperty("info").GetProperty("name").GetRawText());
            Assert.Equal("1", contact.GetProperty("primaryInfo").GetProperty("phone").GetString());
            Assert.Equal("""{"items":["l"]}""", contact.GetProperty("info").GetProperty("labelKeys").GetRawText());
            Assert.Equal(seeded.ContactIds, (await QueryAsync("ada@example.com")).ContactIds);
            Assert.Empty((await QueryAsync("ben@example.com")).Contacts);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Mail\nada@example.com\n")]
    [InlineData("Email,SubscriptionStatus\nada@example.com,yes\n")]
    public async Task A_file_of_contacts_that_cannot_be_used_starts_no_server(string csv)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, csv, Cancel);

            FormatException exception = await Assert.ThrowsAsync<FormatException>(
                () => LoopbackServer.StartAsync(new ServerOptions { Port = 0, ContactFile = file }, Cancel));

            Assert.Contains(file, exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_token_and_an_upload_go_over_the_same_address()
    {
        await RestartAsync(options => options.Sandbox.ClientId = "app");
        _client.DefaultRequestHeaders.Remove("Authorization");

        var token = await PostAsync(
            Api.Token,
            new { grant_type = "client_credentials", client_id = "app", client_secret = "s", instance_id = "i" });
        var refused = await PostAsync($"{Api.Files}/generate-upload-url", new { mimeType = "image/png" });
        _client.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", token.Json.GetProperty("access_token").GetString());
        var url = await PostAsync($"{Api.Files}/generate-upload-url", new { mimeType = "image/png" });
        _client.DefaultRequestHeaders.Remove("Authorization");
        var address = new Uri(url.Json.GetProperty("uploadUrl").GetString() + "?filename=a.png");
        using var bytes = new ByteArrayContent(new byte[100_000]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        var put = await Reply.ReadAsync(await _client.PutAsync(address, bytes, Cancel));

        Assert.Equal([200, 401, 200, 200], [token.Status, refused.Status, url.Status, put.Status]);
        Assert.Equal(_server.Address.Authority, address.Authority);
        Assert.Equal(100_000, Assert.Single(_server.Handler.Uploads).Length);
    }

    [Theory]
    [InlineData("faults", """[{"kind":"Rate"}]""")]
    [InlineData("faults", """[{"kind":"RateLimited","retry":1}]""")]
    [InlineData("faults", """[{"status":500}]""")]
    [InlineData("faults", """[{"kind":"ServerErrorBefore","status":200}]""")]
    [InlineData("faults", """[{"kind":"ServerErrorBefore","status":"500"}]""")]
    [InlineData("faults", """{"kind":"RateLimited"}""")]
    [InlineData("faults", "nonsense")]
    [InlineData("known", """{"conversation":[]}""")]
    [InlineData("known", """{"conversations":["nonsense"]}""")]
    [InlineData("contacts", """{"email":"ada@example.com"}""")]
    [InlineData("contacts", """[{"mail":"ada@example.com"}]""")]
    [InlineData("contacts", """[{"email":"ada@example.com"},{"contactId":"nonsense"}]""")]
    [InlineData("contacts", """[{"emails":"ada@example.com"}]""")]
    [InlineData("contacts", """[{"subscriptionStatus":null}]""")]
    public async Task A_control_request_that_makes_no_sense_is_400_with_the_reason(string path, string json)
    {
        var reply = await PostControlAsync(path, json);

        Assert.Equal(400, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Json.GetProperty("message").GetString()));
        Assert.Equal(200, (await SendAsync("x")).Status);
    }

    [Fact]
    public async Task The_control_paths_know_their_methods()
    {
        Assert.Equal(405, (await GetAsync("/sandbox/reset")).Status);
        Assert.Equal(405, (await GetAsync("/sandbox/contacts")).Status);
        Assert.Equal(405, (await PostControlAsync("ledger", "{}")).Status);
        Assert.Equal(404, (await GetAsync("/sandbox/nothing")).Status);
    }

    [Fact]
    public async Task Many_connections_at_once_lose_nothing()
    {
        await RestartAsync(options => options.Sandbox.RequestsPerMinute = 0);

        var replies = await Task.WhenAll(Enumerable.Range(0, 128).Select(i => SendAsync($"{i}")));

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        Assert.Equal(128, replies.Select(reply => reply.Message.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(128, _server.Handler.Ledger.Select(entry => entry.Text).Distinct().Count());
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        while (!isTrue())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static StringContent Body(string text) => new(Api.Basic(text), Encoding.UTF8, "application/json");

    private async Task StartAsync(ServerOptions options)
    {
        _server = await LoopbackServer.StartAsync(options, Cancel);
        _client = new HttpClient(_sockets, disposeHandler: false) { BaseAddress = _server.Address };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "a-token");
    }

    private async Task RestartAsync(Action<ServerOptions> configure)
    {
        _client.Dispose();
        await _server.DisposeAsync();
        var options = new ServerOptions { Port = 0 };
        configure(options);
        await StartAsync(options);
    }

    private async Task<Reply> SendAsync(string text)
    {
        using var body = Body(text);
        return await Reply.ReadAsync(await _client.PostAsync(new Uri(Api.Messages, UriKind.Relative), body, Cancel));
    }

    private Task<Reply> QueryAsync(string address) => PostAsync(
        $"{Api.Contacts}/query",
        new { query = new { filter = new Dictionary<string, string> { ["info.emails.email"] = address } } });

    private async Task<Reply> PostAsync<T>(string path, T body) =>
        await Reply.ReadAsync(await _client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancel));

    private async Task<Reply> GetAsync(string path) =>
        await Reply.ReadAsync(await _client.GetAsync(new Uri(path, UriKind.Relative), Cancel));

    private async Task FaultAsync(string fault) =>
        Assert.Equal(200, (await PostControlAsync("faults", $"[{fault}]")).Status);

    private async Task<Reply> PostControlAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Reply.ReadAsync(
            await _client.PostAsync(new Uri($"/sandbox/{path}", UriKind.Relative), content, Cancel));
    }
}
