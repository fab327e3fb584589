using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WixInbox.Simulation;

namespace WixInbox.Tests.Load;

/// <summary>
/// A server that keeps no more than the latest messages of each conversation, so that what a long run takes is the
/// client's. One request in fifty goes wrong. The texts are
/// numbers, and it counts how often each was stored.
/// </summary>
internal sealed class ForgetfulServer(SimulatedTime time, int rows) : HttpMessageHandler
{
    private const int Kept = 4;

    private readonly Random _random = new(1);
    private readonly byte[] _stored = new byte[rows];
    private readonly Dictionary<string, Queue<(string Id, JsonNode Content, DateTimeOffset At)>> _latest = [];
    private readonly object _gate = new();
    private int _lastId;

    /// <summary>Gets how many requests went wrong.</summary>
    public int Faults { get; private set; }

    /// <summary>Gets how many texts were stored so many times.</summary>
    public int StoredTimes(int times) => _stored.Count(stored => stored == times);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var body = request.Method == HttpMethod.Post
            ? JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)) : null;
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        int fate;
        lock (_gate)
        {
            fate = _random.Next(350);
            Faults += fate < 7 ? 1 : 0;
        }

        switch (fate)
        {
            case 0:
                return Answer.Status(429, ("Retry-After", "5"));
            case 1:
                return Answer.Status(503, ("Retry-After", "2"));
            case 2:
                return Answer.Status(500);
            case 3:
                throw new HttpRequestException("The connection was reset.");
            case 4:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
        }

        var answer = body is null ? List(request.RequestUri!) : Store(body);
        return fate switch
        {
            // Stored, and nobody learns of it.
            5 => Answer.Status(502),
            6 => throw new HttpRequestException("The answer was lost."),
            _ => answer,
        };
    }

    private HttpResponseMessage Store(JsonNode body)
    {
        lock (_gate)
        {
            var id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            var content = body["message"]!["content"]!.DeepClone();
            var conversation = body["conversationId"]!.GetValue<string>();
            if (!_latest.TryGetValue(conversation, out var latest))
            {
                _latest.Add(conversation, latest = new());
            }

            latest.Enqueue((id, content, time.GetUtcNow()));
            if (latest.Count > Kept)
            {
                latest.Dequeue();
            }

            _stored[int.Parse(content["basic"]!["items"]![0]!["text"]!.GetValue<string>(),
                CultureInfo.InvariantCulture)]++;
            return Answer.Sent(id);
        }
    }

    private HttpResponseMessage List(Uri address)
    {
        lock (_gate)
        {
            var conversation = address.Query.Split('=')[1].Split('&')[0];
            var messages = !_latest.TryGetValue(conversation, out var latest) ? [] : latest.Reverse()
                .Select(message => new JsonObject
            {
                ["id"] = message.Id,
                ["content"] = message.Content.DeepClone(),
                ["direction"] = "BUSINESS_TO_PARTICIPANT",
                ["visibility"] = "BUSINESS_AND_PARTICIPANT",
                ["createdDate"] = JsonSerializer.SerializeToNode(message.At),
            });
            return Answer.Json(200,
                new JsonObject { ["messages"] = new JsonArray([.. messages]),
                    ["pagingMetadata"] = new JsonObject() }.ToJsonString());
        }
    }
}
