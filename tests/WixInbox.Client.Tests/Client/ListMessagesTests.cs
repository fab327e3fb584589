using WixInbox.Sandbox;

namespace WixInbox.Tests.Client;

/// <summary>A page of a conversation: how it is asked for, and what comes of the answer.</summary>
public sealed class ListMessagesTests
{
    private const string EmptyPage = """{"messages":[]}""";

    private const string Path = "https://www.wixapis.com/inbox/v2/messages?conversationId=" + Sample.ConversationId;

    [Fact]
    public async Task A_page_is_asked_for_with_a_get_that_has_no_body()
    {
        var request = await RequestAsync(new ListMessagesRequest { ConversationId = Sample.ConversationId });

        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Equal(Path + "&visibility=BUSINESS", request.Address.AbsoluteUri);
        Assert.Empty(request.Body);
        Assert.Equal(["Accept", "Authorization", "User-Agent"], request.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(MessageVisibility.Business, 1, null, "&visibility=BUSINESS&paging.limit=1")]
    [InlineData(
        MessageVisibility.BusinessAndParticipant, 100, null, "&visibility=BUSINESS_AND_PARTICIPANT&paging.limit=100")]
    [InlineData(MessageVisibility.Business, null, "abc", "&visibility=BUSINESS&paging.cursor=abc")]
    [InlineData(
        MessageVisibility.Business,
        30,
        "a+b/c=&d é#?%",
        "&visibility=BUSINESS&paging.limit=30&paging.cursor=a%2Bb%2Fc%3D%26d%20%C3%A9%23%3F%25")]
    public async Task What_is_asked_for_is_in_the_query_and_escaped(
        MessageVisibility visibility, int? limit, string? cursor, string query)
    {
        var request = await RequestAsync(new ListMessagesRequest
        {
            ConversationId = Sample.ConversationId,
            Visibility = visibility,
            Limit = limit,
            Cursor = cursor,
        });

        Assert.Equal(Path + query, request.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData(null, null, "ConversationIdMissing")]
    [InlineData("", null, "ConversationIdMissing")]
    [InlineData("42", null, "ConversationIdInvalid")]
    [InlineData(Sample.ConversationId + "&visibility=BUSINESS", null, "ConversationIdInvalid")]
    [InlineData(Sample.ConversationId, 0, "LimitOutOfRange")]
    [InlineData(Sample.ConversationId, -1, "LimitOutOfRange")]
    [InlineData(Sample.ConversationId, 101, "LimitOutOfRange")]
    public async Task A_request_that_breaks_a_rule_is_not_sent(string? conversationId, int? limit, string rule)
    {
        var handler = new StubHandler(_ => Answer.Json(200, """{"messages":[]}"""));
        using var client = TestClient.Over(handler);

        var outcome = await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = conversationId, Limit = limit }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(FailureCause.InvalidRequest, outcome.Failure!.Cause);
        Assert.Equal(Operation.ListMessages, outcome.Failure.Operation);
        Assert.Equal(rule, Assert.Single(outcome.Failure.Violations).Rule);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task A_request_is_needed()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(500)));

        await Assert.ThrowsAsync<ArgumentNullException>(
            "request", () => client.ListMessagesAsync(null!, TestClient.Cancellation));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(null)]
    public async Task The_pages_of_a_conversation_follow_each_other_newest_first(int? limit)
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { RequestsPerMinute = 0 });
        using var client = TestClient.Over(sandbox, requestsPerMinute: 0);
        for (var number = 0; number < 65; number++)
        {
            await client.SendMessageAsync(Sample.Text($"{number}"), TestClient.Cancellation);
        }

        await client.SendMessageAsync(
            Sample.Text("elsewhere").With(request => request.ConversationId = Sample.OtherConversationId),
            TestClient.Cancellation);
        var sizes = new List<int>();
        var texts = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await client.ListMessagesAsync(
                new ListMessagesRequest { ConversationId = Sample.ConversationId, Limit = limit, Cursor = cursor },
                TestClient.Cancellation);
            Assert.Equal(OutcomeKind.Succeeded, page.Kind);
            Assert.All(page.Value!.Messages!, message =>
            {
                Assert.Equal(Sample.ConversationId, message.ConversationId);
                Assert.Null(message.Delivery);
            });
            sizes.Add(page.Value.Messages!.Length);
            texts.AddRange(page.Value.Messages.Select(message => message.Content!.Basic!.Items![0].Text));
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal([30, 30, 5], sizes);
        Assert.Equal(Enumerable.Range(0, 65).Reverse().Select(number => $"{number}"), texts);
    }

    [Theory]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[],"pagingMetadata":null}""")]
    [InlineData("""{"messages":[],"pagingMetadata":{"count":0}}""")]
    [InlineData("""{"messages":[],"pagingMetadata":{"count":0,"cursors":{}}}""")]
    [InlineData("""{"messages":[],"pagingMetadata":{"count":0,"cursors":{"next":null}}}""")]
    [InlineData("""{"messages":[],"pagingMetadata":{"count":0,"cursors":{"next":""}}}""")]
    public async Task A_page_with_no_next_cursor_is_the_last(string body)
    {
        var outcome = await ListAsync(body);

        Assert.Empty(outcome.Value!.Messages!);
        Assert.Null(outcome.Value.NextCursor);
    }

    [Fact]
    public async Task What_is_not_known_yet_is_kept()
    {
        var outcome = await ListAsync("""{"messages":[{"id":"1","new":{"a":1},"visibility":"PARTICIPANT_ONLY"},null],"summary":"x","pagingMetadata":{"cursors":{"next":"n"}}}""");

        Assert.Equal("\"x\"", outcome.Value!.UnknownFields["summary"]);
        Assert.Equal("n", outcome.Value.NextCursor);
        var message = outcome.Value.Messages![0];
        Assert.Equal("""{"a":1}""", message.UnknownFields["new"]);
        Assert.Equal("PARTICIPANT_ONLY", message.UnknownFields["visibility"]);
        Assert.Null(message.Visibility);
        Assert.Equal(Sample.ConversationId, message.ConversationId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"messages":null}""")]
    [InlineData("""{"messages":{}}""")]
    [InlineData("<html>")]
    public async Task An_answer_that_is_no_page_is_none(string body)
    {
        var outcome = await ListAsync(body);

        Assert.NotEqual(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Null(outcome.Value);
        Assert.Equal(Operation.ListMessages, outcome.Failure!.Operation);
    }

    [Fact]
    public async Task A_token_that_may_not_read_is_not_fetched_again()
    {
        // Wix answers 401 where the permission is missing: another token would not have it either.
        var tokens = new Signing.TokenSource();
        var handler = new StubHandler(_ => Answer.Status(401));
        using var client = TestClient.Over(handler, authentication: tokens.Authentication);

        var outcome = await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(401, outcome.Failure!.StatusCode);
        Assert.Equal(1, tokens.Calls);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_page_of_messages_that_are_as_long_as_they_may_be_is_read()
    {
        var message = """{"id":"1","content":{"basic":{"items":[{"text":"TEXT"}]}}}""".Replace(
            "TEXT", new string('€', 16_384), StringComparison.Ordinal);

        var outcome = await ListAsync($$"""{"messages":[{{string.Join(",", Enumerable.Repeat(message, 100))}}]}""");

        Assert.Equal(100, outcome.Value!.Messages!.Length);
    }

    [Theory]
    [InlineData(59, 1)]
    [InlineData(60, 2)]
    public async Task A_token_that_may_have_ended_is_fetched_anew_once(double age, int calls)
    {
        var tokens = new Signing.TokenSource();
        var clock = new SkippingClock();
        var ended = false;
        var handler = new StubHandler(
            request => ended && request.Authorization == "token-1" ? Answer.Status(401) : Answer.Json(200, EmptyPage));
        using var client = TestClient.Over(handler, clock, tokens.Authentication);
        await client.ListMessagesAsync(Request(), TestClient.Cancellation);
        clock.Advance(TimeSpan.FromSeconds(age));
        ended = true;

        var outcome = await client.ListMessagesAsync(Request(), TestClient.Cancellation);

        Assert.Equal(calls == 2 ? OutcomeKind.Succeeded : OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(calls, outcome.Attempts);
        Assert.Equal(calls, tokens.Calls);
    }

    [Fact]
    public async Task A_session_that_only_reads_signs_in_anew_each_time_that_its_token_ends()
    {
        var tokens = new Signing.TokenSource();
        var clock = new SkippingClock();
        var valid = "token-1";
        using var client = TestClient.Over(
            new StubHandler(
                request => request.Authorization == valid ? Answer.Json(200, EmptyPage) : Answer.Status(401)),
            clock,
            tokens.Authentication);
        for (var number = 1; number <= 3; number++)
        {
            valid = $"token-{number}";
            Assert.Equal(
                OutcomeKind.Succeeded, (await client.ListMessagesAsync(Request(), TestClient.Cancellation)).Kind);
            clock.Advance(TimeSpan.FromHours(4));
        }

        Assert.Equal(3, tokens.Calls);
    }

    [Fact]
    public async Task A_token_that_may_not_read_is_fetched_anew_once_in_a_minute_however_often_it_is_refused()
    {
        var tokens = new Signing.TokenSource();
        var clock = new SkippingClock();
        var handler = new StubHandler(_ => Answer.Status(401, ("x-wix-request-id", "r1")));
        using var client = TestClient.Over(handler, clock, tokens.Authentication);
        for (var second = 0; second < 120; second += 10)
        {
            var outcome = await client.ListMessagesAsync(Request(), TestClient.Cancellation);
            Assert.Equal(
                (OutcomeKind.Rejected, 401, "r1"), (outcome.Kind, outcome.Failure!.StatusCode, outcome.RequestId));
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(2, tokens.Calls);
        Assert.Equal(13, handler.Requests.Count);
    }

    [Fact]
    public async Task Many_that_read_at_once_cause_one_refresh()
    {
        const int Count = 25;
        var tokens = new Signing.TokenSource();
        var clock = new SkippingClock();
        var waiting = 0;
        var allWait = new TaskCompletionSource();
        using var client = TestClient.Over(
            new StubHandler(async (request, _) =>
            {
                if (waiting < 0 || request.Authorization != "token-1")
                {
                    return Answer.Json(200, EmptyPage);
                }

                if (Interlocked.Increment(ref waiting) == Count)
                {
                    allWait.SetResult();
                }

                await allWait.Task;
                return Answer.Status(401);
            }),
            clock,
            tokens.Authentication);
        waiting = -1;
        await client.ListMessagesAsync(Request(), TestClient.Cancellation);
        waiting = 0;
        clock.Advance(TimeSpan.FromMinutes(1));

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, Count).Select(_ => client.ListMessagesAsync(Request(), TestClient.Cancellation)));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(2, tokens.Calls);
    }

    private static ListMessagesRequest Request() => new() { ConversationId = Sample.ConversationId };

    private static async Task<RecordedRequest> RequestAsync(ListMessagesRequest request)
    {
        var handler = new StubHandler(_ => Answer.Json(200, """{"messages":[]}"""));
        using var client = TestClient.Over(handler);
        Assert.Equal(OutcomeKind.Succeeded, (await client.ListMessagesAsync(request, TestClient.Cancellation)).Kind);
        return Assert.Single(handler.Requests);
    }

    private static async Task<Outcome<ListMessagesResponse>> ListAsync(string body)
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Json(200, body)));
        return await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);
    }
}
