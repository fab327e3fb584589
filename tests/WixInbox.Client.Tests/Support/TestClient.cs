namespace WixInbox.Tests;

/// <summary>Clients that send into a handler of the test.</summary>
internal static class TestClient
{
    /// <summary>
    /// The time of an attempt: unlike any wait that a test expects, so that a clock can tell the two apart.
    /// </summary>
    public static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(29.5);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static WixInboxClient Over(
        HttpMessageHandler handler,
        TimeProvider? time = null,
        Authentication? authentication = null,
        TimeSpan? maxWait = null,
        int requestsPerMinute = 200,
        Func<double>? random = null) =>
        new(new WixInboxClientOptions(authentication ?? Authentication.AccessToken(Secret.Of(Secret.Canary)))
        {
            Handler = handler,
            Timeout = AttemptTime,
            MaxWait = maxWait ?? TimeSpan.FromMinutes(15),
            RequestsPerMinute = requestsPerMinute,
            Random = random ?? (() => 0),
            TimeProvider = time ?? new SkippingClock(),
        });

    public static async Task<Outcome<Message>> SendAsync(HttpMessageHandler handler, SendMessageRequest? request = null)
    {
        using var client = Over(handler);
        return await client.SendMessageAsync(request ?? Sample.Text(), Cancellation);
    }

    public static Task<Outcome<Message>> SendAsync(HttpResponseMessage answer) =>
        SendAsync(new StubHandler(_ => answer));

    public static async Task<Failure> FailAsync(HttpResponseMessage answer, OutcomeKind kind)
    {
        var outcome = await SendAsync(answer);
        Assert.Equal(kind, outcome.Kind);
        Assert.Null(outcome.Value);
        return Assert.IsType<Failure>(outcome.Failure);
    }
}
