using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace WixInbox.Sandbox.Tests;

/// <summary>A client with a sandbox, or a server around one, on its other side.</summary>
internal sealed class Api : IDisposable
{
    public const string Messages = "/inbox/v2/messages";
    public const string Conversations = "/inbox/v2/conversations";
    public const string Contacts = "/contacts/v4/contacts";
    public const string Token = "/oauth2/token";
    public const string Files = "/site-media/v1/files";
    public const string SomeConversation = "6202c3bb-f263-3c16-8c90-d6387d9ed420";

    private readonly HttpClient _client;

    private Api(SandboxHandler handler, FakeTimeProvider clock, HttpClient client)
    {
        Handler = handler;
        Clock = clock;
        _client = client;
    }

    public SandboxHandler Handler { get; }

    public FakeTimeProvider Clock { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Api InMemory(Action<SandboxOptions>? configure = null)
    {
        // The moment of the reference page's sample message, to the microsecond.
        var clock = new FakeTimeProvider(
            new DateTimeOffset(2021, 12, 30, 7, 39, 12, TimeSpan.Zero).AddTicks(353_627 * 10));
        var options = new SandboxOptions { TimeProvider = clock };
        configure?.Invoke(options);
        var handler = new SandboxHandler(options);
        var client = new HttpClient(handler) { BaseAddress = new Uri("https://www.wixapis.com") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "a-token");
        return new Api(handler, clock, client);
    }

    public static string Basic(string text, string? conversationId = null) =>
        $$$"""
        {"conversationId":"{{{conversationId ?? SomeConversation}}}","message":{"content":{"basic":{"items":[{"text":"{{{text}}}"}]}},
        "visibility":"BUSINESS_AND_PARTICIPANT","direction":"BUSINESS_TO_PARTICIPANT"}}
        """;

    /// <summary>A send request whose message is this content, in JSON, and nothing else.</summary>
    public static string WithContent(string content) =>
        $$$"""{"conversationId":"{{{SomeConversation}}}","message":{"content":{{{content}}}}}""";

    /// <summary>A send request with good content and these further fields of the message, in JSON.</summary>
    public static string WithFields(string fields) =>
        $$$"""{"conversationId":"{{{SomeConversation}}}","message":{"content":{"basic":{"items":[{"text":"x"}]}},{{{fields}}}}}""";

    public Task<Reply> SendAsync(string json) => PostAsync(Messages, json);

    public async Task<Reply> PostAsync(string path, string json, CancellationToken? cancellationToken = null)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Reply.ReadAsync(
            await _client.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken ?? Cancel));
    }

    public async Task<Reply> GetAsync(string path) =>
        await Reply.ReadAsync(await _client.GetAsync(new Uri(path, UriKind.Relative), Cancel));

    public async Task<Reply> CallAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Reply.ReadAsync(await _client.SendAsync(request, Cancel));
    }

    public Task<Reply> QueryContactsAsync(string query) =>
        PostAsync($"{Contacts}/query", $$"""{"query":{{query}}}""");

    public Task<Reply> GetOrCreateAsync(string kind, string id) =>
        PostAsync(Conversations, $$$"""{"participantId":{"{{{kind}}}":"{{{id}}}"}}""");

    public Task<Reply> ListAsync(string conversationId) =>
        GetAsync($"{Messages}?conversationId={conversationId}&visibility=BUSINESS");

    public async Task<Reply> PutAsync(Uri address, byte[] body, string? mediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        return await Reply.ReadAsync(await _client.PutAsync(address, content, Cancel));
    }

    public async Task<HttpResponseMessage> HeadersOnlyAsync(string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Messages)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    public void WithoutAuthorization() => _client.DefaultRequestHeaders.Remove("Authorization");

    public void Authorize(string value)
    {
        WithoutAuthorization();
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", value);
    }

    public void Dispose()
    {
        _client.Dispose();
        Handler.Dispose();
    }
}
