using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WixInbox.Clocks;
using WixInbox.Reconcile;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Reconcile;

/// <summary>
/// A conversation of the sandbox in virtual time, in which the test puts messages and the client looks for them.
/// </summary>
internal sealed class SearchedConversation : IDisposable
{
    private readonly HttpMessageInvoker _server;
    private readonly WixInboxClient _client;
    private readonly ServerTime _serverTime;
    private readonly SandboxHandler _sandbox;
    private readonly List<(TimeSpan At, string Text)> _later = [];

    public SearchedConversation(TimeSpan serverIsAhead = default, bool hasDate = true, int longestPage = 100)
    {
        _serverTime = new ServerTime(Clock, serverIsAhead);
        _sandbox = new SandboxHandler(new SandboxOptions { RequestsPerMinute = 0, TimeProvider = _serverTime });
        _server = new HttpMessageInvoker(_sandbox);
        _client = TestClient.Over(
            new RawHandler(async (request, token) =>
            {
                foreach (var (_, text) in _later.Where(later => later.At <= Now))
                {
                    await PutAsync(text);
                }

                _later.RemoveAll(later => later.At <= Now);
                if (request.Method == HttpMethod.Get)
                {
                    Looks.Add(Now.TotalSeconds);
                    request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace(
                        "limit=100", $"limit={longestPage}", StringComparison.Ordinal));
                    if (Failing.TryDequeue(out var status) && status is not 200)
                    {
                        return Answer.Status(status);
                    }
                }

                var response = await _server.SendAsync(request, token);
                response.Headers.Date = hasDate ? _serverTime.GetUtcNow() : null;
                return response;
            }),
            Clock,
            requestsPerMinute: 0);
    }

    public SkippingClock Clock { get; } = new();

    public TimeSpan Now => Clock.GetUtcNow() - Clock.Start;

    /// <summary>Gets when the conversation was read, in seconds.</summary>
    public List<double> Looks { get; } = [];

    /// <summary>Gets how the next readings fail; 200 is one that does not.</summary>
    public Queue<int> Failing { get; } = new();

    public static SoughtMessage Lost(string text, DateTimeOffset since) =>
        new(
            Sample.ConversationId,
            MessageFingerprint.Of(Sample.Text(text).Message),
            "BUSINESS_TO_PARTICIPANT",
            SendAsName: null,
            new ClockReading(since),
            LastIntent: null,
            IsTaken: _ => false,
            Place: default);

    public SoughtMessage Lost(string text) => Lost(text, Clock.GetUtcNow());

    /// <summary>Puts a message into the conversation past the client.</summary>
    public async Task<string> PutAsync(string text)
    {
        var json = new JsonObject
        {
            ["conversationId"] = Sample.ConversationId,
            ["message"] = new JsonObject
            {
                ["content"] = new JsonObject
                {
                    ["basic"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["text"] = text }) },
                },
                ["visibility"] = "BUSINESS_AND_PARTICIPANT",
                ["direction"] = "BUSINESS_TO_PARTICIPANT",
            },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://www.wixapis.com/inbox/v2/messages")
        {
            Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "token");
        using var response = await _server.SendAsync(request, TestClient.Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return _sandbox.Ledger[^1].MessageId;
    }

    /// <summary>Has a message turn up later: a server may finish a request after the client has given it up.</summary>
    public void PutLater(double seconds, string text) => _later.Add((TimeSpan.FromSeconds(seconds), text));

    /// <summary>Has the client learn what the server's clock shows.</summary>
    public async Task SendAsync(string text) =>
        Assert.Equal(
            OutcomeKind.Succeeded, (await _client.SendMessageAsync(Sample.Text(text), TestClient.Cancellation)).Kind);

    public Task<LookResult> LookAsync(SoughtMessage sought, double window = 10, params string[] taken) =>
        new Reconciler(_client, TimeSpan.FromSeconds(window))
            .FindAsync(
                sought with
                {
                    IsTaken = id => taken.Contains(id) || _client.Sent.Contains(Sample.ConversationId, id),
                },
                TestClient.Cancellation);

    /// <summary>Looks for one message.</summary>
    /// <returns>Its id; empty if it is proven not to be there; null if nobody can tell.</returns>
    public async Task<string?> FindAsync(SoughtMessage sought, double window = 10, params string[] taken) =>
        await LookAsync(sought, window, taken) switch
        {
            { Found: { } found } => found.Id,
            { IsAbsent: true } => string.Empty,
            _ => null,
        };

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private sealed class ServerTime(TimeProvider time, TimeSpan ahead) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + ahead;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
