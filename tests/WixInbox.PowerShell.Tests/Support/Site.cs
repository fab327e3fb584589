using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A site in memory: the sandbox as it ships, with mishaps on demand. It writes down what it was asked, and its ledger
/// is what was delivered.
/// </summary>
internal sealed class Site : DelegatingHandler
{
    private readonly dynamic _sandbox;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Mishap>> _mishaps = new();
    private readonly ConcurrentQueue<(string Method, string Path, string Subject)> _requests = new();
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;
    private int _arrived;

    public Site()
    {
        _sandbox = StagedSandbox.Create(options => options.TimeProvider = Clock);
        InnerHandler = _sandbox;
    }

    public SkippingClock Clock { get; } = new();

    /// <summary>Gets or sets a value indicating whether no connection can be made.</summary>
    public bool IsDown { get; set; }

    /// <summary>
    /// Gets or sets how many requests have to be there, and carried out, before the first of them is answered.
    /// </summary>
    public int Together { get; set; } = 1;

    /// <summary>Gets or sets what the messages wait for that come after the first ones; nothing by default.</summary>
    public Task Later { get; set; } = Task.CompletedTask;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Gets how many requests came, of any kind.</summary>
    public int Requests => _requests.Count;

    /// <summary>Gets the texts that were asked to be sent, once for each request.</summary>
    public string[] Asked =>
    [
        .. _requests.Where(request => request is { Method: "POST", Path: "/inbox/v2/messages" })
            .Select(request => request.Subject),
    ];

    /// <summary>Gets the participants whose conversation was asked for.</summary>
    public string[] LookedUp =>
        [.. _requests.Where(request => request.Path == "/inbox/v2/conversations").Select(request => request.Subject)];

    /// <summary>Gets how often a conversation was read.</summary>
    public int Looks => _requests.Count(request => request.Method == "GET");

    /// <summary>Gets the texts that were delivered, in the order in which they were.</summary>
    public string[] Delivered =>
        [.. ((IEnumerable<object>)_sandbox.Ledger).Select(entry => (string)((dynamic)entry).Text)];

    /// <summary>Gets the ids of what was delivered.</summary>
    public string[] DeliveredIds =>
        [.. ((IEnumerable<object>)_sandbox.Ledger).Select(entry => (string)((dynamic)entry).MessageId)];

    /// <summary>
    /// Has something go wrong with the next requests about something: a text, a participant, "contacts" or "read".
    /// </summary>
    public void On(string subject, params Mishap[] mishaps) => _mishaps[subject] = new(mishaps);

    /// <summary>Has nothing go wrong from now on.</summary>
    public void Calm()
    {
        IsDown = false;
        _mishaps.Clear();
    }

    public void WaitForInFlight(int requests) =>
        Assert.True(
            SpinWait.SpinUntil(() => InFlight >= requests, TimeSpan.FromSeconds(30)),
            $"{requests} requests were awaited, and {InFlight} are there.");

    /// <summary>Waits until so many requests have come to where they wait for each other.</summary>
    public void WaitForArrived(int requests) =>
        Assert.True(
            SpinWait.SpinUntil(() => Volatile.Read(ref _arrived) >= requests, TimeSpan.FromSeconds(30)),
            $"{requests} requests were awaited, and {_arrived} have come.");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (IsDown)
        {
            _requests.Enqueue((request.Method.Method, path, string.Empty));
            throw new HttpRequestException("Nobody is there.");
        }

        var body = request.Content is null or { Headers.ContentLength: 0 }
            ? null
            : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        var subject = body switch
        {
            null => "read",
            _ when body["query"] is not null => "contacts",
            _ when body["participantId"] is { } participant => participant.AsObject().First().Value!.GetValue<string>(),
            _ => body["message"]!["content"]!["basic"]!["items"]![0]!["text"]!.GetValue<string>(),
        };
        _requests.Enqueue((request.Method.Method, path, subject));
        var mishap =
            _mishaps.TryGetValue(subject, out var queue) && queue.TryDequeue(out var next) ? next : Mishap.None;
        Interlocked.Increment(ref _inFlight);
        try
        {
            return await AnswerAsync(request, mishap, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task GatherAsync(CancellationToken cancellationToken)
    {
        var arrived = Interlocked.Increment(ref _arrived);
        if (arrived >= Together)
        {
            _gathered.TrySetResult();
        }

        await _gathered.Task.WaitAsync(cancellationToken);
        if (arrived > Together)
        {
            await Later.WaitAsync(cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request, Mishap mishap, CancellationToken cancellationToken)
    {
        var answer = mishap is Mishap.None or Mishap.ErrorAfter or Mishap.ResetAfter or Mishap.HangAfter
            ? await base.SendAsync(request, cancellationToken)
            : null;
        await GatherAsync(cancellationToken);
        switch (mishap)
        {
            case Mishap.ErrorBefore:
            case Mishap.ErrorAfter:
                return StubHandler.Error(500);
            case Mishap.ResetBefore:
            case Mishap.ResetAfter:
                throw new HttpRequestException("The wire was cut.");
            case Mishap.HangBefore:
            case Mishap.HangAfter:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException();
            case Mishap.NotFound:
                return StubHandler.Error(404, "CONVERSATION_NOT_FOUND");
            case Mishap.Unauthorized:
                return StubHandler.Error(401);
            case Mishap.Forbidden:
                return StubHandler.Error(403, "PERMISSION_DENIED");
            case Mishap.TimedOut:
                return StubHandler.Error(408);
            default:
                return answer!;
        }
    }
}
