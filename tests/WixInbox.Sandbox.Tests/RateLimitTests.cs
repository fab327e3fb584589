namespace WixInbox.Sandbox.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task The_201st_request_of_a_minute_is_refused_until_the_window_has_moved_on()
    {
        using var api = Api.InMemory();
        Assert.Equal(200, (await api.SendAsync(Api.Basic("first"))).Status);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        for (int i = 0; i < 199; i++)
        {
            Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        }

        var refused = await api.SendAsync(Api.Basic("one too many"));
        api.Clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        var early = await api.SendAsync(Api.Basic("still one too many"));
        api.Clock.Advance(TimeSpan.FromTicks(1));
        var accepted = await api.SendAsync(Api.Basic("the first one is a minute old"));
        var next = await api.SendAsync(Api.Basic("the others are not"));

        Assert.Equal(429, refused.Status);
        Assert.Equal("RESOURCE_EXHAUSTED", refused.ErrorCode);
        Assert.Null(refused.RetryAfter);
        Assert.Equal([429, 200, 429], [early.Status, accepted.Status, next.Status]);
        Assert.Equal(201, api.Handler.Ledger.Count);
        Assert.DoesNotContain(api.Handler.Ledger, entry => entry.Text!.Contains("too many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_operations_count_together_and_a_401_does_not()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 4);
        api.WithoutAuthorization();
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        api.Authorize("t");

        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        Assert.Equal(400, (await api.SendAsync("{}")).Status);
        Assert.Equal(200, (await api.GetAsync($"{Api.Conversations}/{Api.SomeConversation}")).Status);
        Assert.Equal(
            200,
            (await api.GetAsync($"{Api.Messages}?conversationId={Api.SomeConversation}&visibility=BUSINESS")).Status);
        Assert.Equal(429, (await api.GetAsync($"{Api.Conversations}/{Api.SomeConversation}")).Status);
    }

    [Fact]
    public async Task Zero_is_unlimited()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 0);

        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        }
    }

    [Fact]
    public async Task Requests_count_from_their_arrival_and_not_from_their_answer()
    {
        using var api = Api.InMemory(options =>
        {
            options.RequestsPerMinute = 1;
            options.Latency = TimeSpan.FromSeconds(50);
        });

        var slow = api.SendAsync(Api.Basic("x"));
        api.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(200, (await slow).Status);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var next = api.SendAsync(Api.Basic("x"));
        api.Clock.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(200, (await next).Status);
    }

    [Fact]
    public async Task Reset_empties_the_window_the_ledger_and_the_counts()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 1);
        await api.SendAsync(Api.Basic("x"));
        api.Handler.AddFault(new Fault { Kind = FaultKind.ResetBefore });

        api.Handler.Reset();

        Assert.Empty(api.Handler.Ledger);
        Assert.Empty(api.Handler.RequestCounts);
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }
}
