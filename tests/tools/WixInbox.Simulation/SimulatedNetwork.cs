using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace WixInbox.Simulation;

/// <summary>
/// The way between one program and the server, with all that can happen on it: requests that never get there, answers
/// that never come back, a server that fails before or after, or goes on with a request that was given up.
/// </summary>
/// <param name="server">The server, which outlives the program.</param>
/// <param name="time">The true clock.</param>
/// <param name="plan">What happens, and how often.</param>
/// <param name="door">Counts what arrives at the server.</param>
internal sealed class SimulatedNetwork(
    HttpMessageInvoker server, SimulatedTime time, SimulationPlan plan, FrontDoor door) : HttpMessageHandler
{
    // What the guarantee asks of the server: it has finished with a request that was given up before the client has
    // looked for the last time.
    private static readonly TimeSpan s_longestAfterwards = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan s_slowness = TimeSpan.FromSeconds(20);

    private volatile bool _isDead;

    /// <summary>Ends the program: none of its requests leaves any more, and none of its answers arrives.</summary>
    public void Crash() => _isDead = true;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text =
            request.Content is null ? null : TextOf(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        var fate = _isDead || plan.IsOutage(time.Now) ? Fate.Unreachable : plan.NextFate(text);
        if (fate == Fate.Unreachable)
        {
            await Task.Delay(plan.NextLatency(), time, cancellationToken);
            throw new HttpRequestException("No route to host.");
        }

        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (_isDead)
        {
            throw new HttpRequestException("The program has ended.");
        }

        // The server takes no notice of whether somebody still waits, for a while.
        var call = new Call();
        using var abandoned = cancellationToken.Register(() => call.AbandonedAt = time.Now);
        call.Answer = ServeAsync(request, body, fate, call);
        if (fate == Fate.NoAnswer)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        HttpResponseMessage? response;
        if (fate == Fate.LostBetween)
        {
            await Task.Delay(plan.NextLatency(), time, cancellationToken);
            response = null;
        }
        else
        {
            response = await call.Answer.WaitAsync(cancellationToken);
            await Task.Delay(plan.NextLatency(), time, cancellationToken);
        }

        if (_isDead)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        if (response is null)
        {
            call.AbandonedAt = time.Now;
            throw new HttpRequestException("The connection was reset.");
        }

        // To the second, as HTTP has it.
        response.Headers.Date = time.GetUtcNow();
        if (fate == Fate.SlowBody)
        {
            response.Content = new SlowContent(await response.Content.ReadAsByteArrayAsync(cancellationToken), time);
        }

        return response;
    }

    private static string? TextOf(byte[] body) =>
        body.Length == 0
            ? null
            : (string?)JsonNode.Parse(body)?["message"]?["content"]?["basic"]?["items"]?[0]?["text"];

    private async Task<HttpResponseMessage?> ServeAsync(HttpRequestMessage request, byte[]? body, Fate fate, Call call)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = body is null ? null : new ByteArrayContent(body),
        };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (copy.Content is not null)
        {
            copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
        }

        await Task.Delay(plan.NextLatency(), time);
        if (fate is Fate.LostBefore)
        {
            return null;
        }

        door.Enter(time.Now, request);
        if (fate is Fate.NoAnswer or Fate.LostBetween)
        {
            await Task.Delay(plan.NextLateness(), time);
        }

        if (call.AbandonedAt is { } at && time.Now - at > s_longestAfterwards)
        {
            return null;
        }

        if (Refusal(fate) is { } refusal)
        {
            return refusal;
        }

        var response = await server.SendAsync(copy, CancellationToken.None);
        return fate switch
        {
            Fate.LostAfter => null,
            Fate.ErrorAfter => new HttpResponseMessage(HttpStatusCode.InternalServerError),
            Fate.Garbled => new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("{\"message\":{\"id\":\"16", Encoding.UTF8, "application/json"),
            },
            _ => response,
        };
    }

    private static HttpResponseMessage? Refusal(Fate fate)
    {
        var response = fate switch
        {
            Fate.ErrorBefore => new HttpResponseMessage(HttpStatusCode.BadGateway),
            Fate.Busy => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            Fate.Throttled => new HttpResponseMessage(HttpStatusCode.TooManyRequests),
            _ => null,
        };
        if (fate is Fate.Busy or Fate.Throttled)
        {
            response!.Headers.TryAddWithoutValidation("Retry-After", "5");
        }

        return response;
    }

    private sealed class Call
    {
        public TimeSpan? AbandonedAt { get; set; }

        public Task<HttpResponseMessage?> Answer { get; set; } = null!;
    }

    /// <summary>A body of which nothing comes for a while.</summary>
    private sealed class SlowContent(byte[] body, TimeProvider time) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync()
        {
            await Task.Delay(s_slowness, time);
            return new MemoryStream(body);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await Task.Delay(s_slowness, time);
            await stream.WriteAsync(body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
