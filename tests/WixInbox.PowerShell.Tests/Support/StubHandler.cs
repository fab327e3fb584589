using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Answers in place of the network, records what it was asked, and counts what is in flight.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly List<RecordedRequest> _requests = [];
    private readonly SemaphoreSlim _started = new(0);
    private int _inFlight;
    private int _most;

    public StubHandler()
        : this((request, _) => Task.FromResult(Stored(request)))
    {
    }

    public StubHandler(Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answer = answer;
    }

    /// <summary>Gets the requests in the order in which they arrived.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MostInFlight => Volatile.Read(ref _most);

    /// <summary>A handler that answers nothing until it is cancelled.</summary>
    public static StubHandler Silent() => new(async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    });

    /// <summary>
    /// The answer that Wix gives when it has stored a message, found a conversation, or looked contacts up by their
    /// ids: each is there, is no member, and wants messages.
    /// </summary>
    public static HttpResponseMessage Stored(RecordedRequest request)
    {
        if (request.Path.EndsWith("/conversations", StringComparison.Ordinal))
        {
            // The participant's own id, turned around, so that a test can tell where a message went.
            var id = request.Json["participantId"]!.AsObject().First().Value!.GetValue<string>();
            return Json(200, $$"""{"conversation":{"id":"{{ConversationOf(id)}}"},"newConversation":true}""");
        }

        if (request.Path.EndsWith("/contacts/query", StringComparison.Ordinal))
        {
            return Contacts(request);
        }

        if (request.Body.Length == 0)
        {
            // What is read is not there.
            return Error(404, "CONVERSATION_NOT_FOUND");
        }

        var message = request.Json["message"]!.DeepClone().AsObject();
        message["id"] = Text(message)?.Split(' ')[^1] ?? "1";
        return Json(200, new JsonObject { ["message"] = message }.ToJsonString());
    }

    /// <summary>The answer of Contacts v5 to a look-up by ids.</summary>
    public static HttpResponseMessage Contacts(RecordedRequest request) => Json(200, new JsonObject
    {
        ["contacts"] = new JsonArray([.. request.Json["query"]!["filter"]!.AsObject().Single().Value!["$in"]!.AsArray().Select(id => new JsonObject
        {
            ["id"] = id!.GetValue<string>(),
            ["email"] = new JsonObject { ["subscriptionStatus"] = new JsonObject { ["status"] = "SUBSCRIBED" } },
        })]),
    }.ToJsonString());

    public static string ConversationOf(string participant) =>
        new([.. participant.Split('-')[0].Reverse(), .. participant.AsSpan(8)]);

    public static HttpResponseMessage Json(int status, string body)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        response.Headers.Add("x-wix-request-id", string.Create(CultureInfo.InvariantCulture, $"request-{status}"));
        return response;
    }

    public static HttpResponseMessage Error(int status, string? code = null, string description = "Because.") =>
        Json(status, code is null
            ? """{"message":"","details":{}}"""
            : $$$$$"""{"message":"{{{{{description}}}}}","details":{"applicationError":{"code":"{{{{{code}}}}}","description":"{{{{{description}}}}}","data":{}}}}""");

    /// <summary>Ends when so many requests have arrived since the last call.</summary>
    public async Task WaitForAsync(int requests)
    {
        for (var count = 0; count < requests; count++)
        {
            Assert.True(
                await _started.WaitAsync(TimeSpan.FromSeconds(30)), "A request that was awaited did not arrive.");
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var recorded = new RecordedRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.NonValidated.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
        lock (_requests)
        {
            _requests.Add(recorded);
            _inFlight++;
            _most = Math.Max(_most, _inFlight);
        }

        _started.Release();
        try
        {
            return await _answer(recorded, cancellationToken);
        }
        finally
        {
            lock (_requests)
            {
                _inFlight--;
            }
        }
    }

    private static string? Text(JsonObject message) =>
        message["content"]?["basic"]?["items"]?[0]?["text"]?.GetValue<string>();
}
