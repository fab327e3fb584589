using System.Text.RegularExpressions;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Get-WixInboxMessage and pages: how many it asks for, which of their messages it gives, and where it ends.
/// </summary>
public sealed class ReadPagesTests
{
    [Theory]
    [InlineData("Get-WixInboxMessage $c -First 5", 5, 1)]
    [InlineData("Get-WixInboxMessage $c | Select-Object -First 1", 1, 1)]
    [InlineData("Get-WixInboxMessage $c -First 64", 64, 1)]
    [InlineData("Get-WixInboxMessage $c", 65, 1)]
    public void In_the_sandbox_reading_costs_a_request_for_a_hundred_messages(string script, int messages, int requests)
    {
        using var engine = new Engine();
        engine.Set("c", Engine.Guid1);
        engine.Set("token", Secrets.Secure("token-of-the-tests"));

        var result = engine.Run($$"""
            Connect-WixInbox -Sandbox
            $sandbox = [WixInbox.Sandbox.SandboxHandler]::new($null)
            Connect-WixInbox -AccessToken $token -MessageHandler $sandbox -RequestsPerMinute 0
            $null = 1..65 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = "x $_" } } | Send-WixInboxMessage
            $read = @({{script}})
            $read.Count
            ($sandbox.RequestCounts | Where-Object Method -EQ 'GET').Count
            $read[0].Content.Basic.Items[0].Text
            """);

        Assert.Empty(result.Errors);
        Assert.Equal([$"{messages}", $"{requests}", "x 65"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-First 5", 5, 1)]
    [InlineData("-First 30", 30, 1)]
    [InlineData("-First 31", 31, 2)]
    [InlineData("| Select-Object -First 1", 1, 1)]
    [InlineData("", 65, 3)]
    public void Where_Wix_gives_no_more_than_thirty_a_page_the_same_messages_come_in_more_pages(
        string rest, int messages, int requests)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);

        var result = Run(handler, $"Get-WixInboxMessage $c {rest}");

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(0, messages).Select(index => $"{65 - index}"), result.OutputOf("Id"));
        Assert.All(result.OutputOf("ConversationId"), id => Assert.Equal(Engine.Guid1, id));
        Assert.Equal(requests, handler.Requests.Count);
    }

    [Theory]
    [InlineData("-First 5", "5")]
    [InlineData("-First 100", "100")]
    [InlineData("-First 150", "100,100")]
    [InlineData("", "100,100,100")]
    [InlineData("-First 5 -Before 2026-01-01T00:20Z", "100,100,100")]
    public void A_page_is_as_long_as_is_worth_a_request(string parameters, string limits)
    {
        var handler = ReadableConversation.Of(250);

        Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Equal(limits, string.Join(",", handler.Requests.Select(request => request.Query("paging.limit"))));
    }

    [Fact]
    public void The_next_page_is_asked_for_when_all_of_the_last_one_was_taken()
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("c", Engine.Guid1);
        engine.Set("handler", handler);

        var result = engine.Run("Get-WixInboxMessage $c | ForEach-Object { $handler.Requests.Count }");

        Assert.Equal(
            [.. Enumerable.Repeat("1", 30), .. Enumerable.Repeat("2", 30), .. Enumerable.Repeat("3", 5)],
            result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-After 2026-01-01T01:00Z", "65,64,63,62,61", 1)]
    [InlineData("-After 2026-01-01T02:05+01:00", "", 1)]
    [InlineData("-After 2026-01-01T01:04:59.999Z", "65", 1)]
    [InlineData("-Before 2026-01-01T00:03Z", "2,1", 7)]
    [InlineData("-Before 2026-01-01T01:00Z -First 2", "59,58", 1)]
    [InlineData("-After 2026-01-01T00:49Z -Before 2026-01-01T00:52Z", "51,50", 2)]
    [InlineData("-Before 2026-01-01T00:01Z", "", 7)]
    public void Messages_are_chosen_by_their_date_and_reading_ends_with_the_first_that_is_older(
        string parameters, string ids, int requests)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 10);

        var result = Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Empty(result.Errors);
        Assert.Equal(ids, string.Join(",", result.OutputOf("Id")));
        Assert.Equal(requests, handler.Requests.Count);
    }

    [Theory]
    [InlineData("-After 2026-01-02 -Before 2026-01-01")]
    [InlineData("-After 2026-01-02 -Before 2026-01-02")]
    public void Times_that_leave_none_between_them_are_a_slip_that_costs_nothing(string parameters)
    {
        var handler = ReadableConversation.Of(1);

        Assert.Equal("TimeRangeEmpty", End(handler, $"Get-WixInboxMessage $c {parameters}").Id());
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_message_without_a_date_is_in_no_time_that_is_asked_for_and_ends_nothing()
    {
        var undated = ReadableConversation.Message(2);
        undated.Remove("createdDate");
        var handler = new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer(
            [ReadableConversation.Message(3), undated.DeepClone(), null, ReadableConversation.Message(1)], null)));

        Assert.Equal(["3", "2", "1"], Run(handler, "Get-WixInboxMessage $c").OutputOf("Id"));
        Assert.Equal(["3", "1"], Run(handler, "Get-WixInboxMessage $c -After 2026-01-01T00:00Z").OutputOf("Id"));
        Assert.Equal(["3", "1"], Run(handler, "Get-WixInboxMessage $c -Before 2026-01-02T00:00Z").OutputOf("Id"));
    }

    [Theory]
    [InlineData("", "BUSINESS")]
    [InlineData("-Visibility Business", "BUSINESS")]
    [InlineData("-Visibility BusinessAndParticipant", "BUSINESS_AND_PARTICIPANT")]
    public void The_visibility_is_that_of_every_page(string parameters, string visibility)
    {
        var handler = ReadableConversation.Of(65, mostPerPage: 30);

        Run(handler, $"Get-WixInboxMessage $c {parameters}");

        Assert.Equal(
            [visibility, visibility, visibility], handler.Requests.Select(request => request.Query("visibility")));
        Assert.All(handler.Requests, request => Assert.Equal(
            $"GET /inbox/v2/messages {Engine.Guid1}",
            $"{request.Method} {request.Path} {request.Query("conversationId")}"));
    }

    [Fact]
    public void A_server_that_gives_the_same_page_again_and_again_is_not_followed_for_ever()
    {
        var handler = new StubHandler(
            (_, _) => Task.FromResult(ReadableConversation.Answer([ReadableConversation.Message(1)], "again")));

        var result = Run(handler, "Get-WixInboxMessage $c");

        Assert.Equal(2, handler.Requests.Count);
        Assert.Contains(result.AllStreams, line => line.Contains("again and again", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_page_is_not_the_end_while_there_is_a_next_one()
    {
        var pages = new Queue<HttpResponseMessage>(
            [
                ReadableConversation.Answer([], "a"),
                ReadableConversation.Answer([ReadableConversation.Message(1)], "b"),
                ReadableConversation.Answer([], null),
            ]);
        var handler = new StubHandler((_, _) => Task.FromResult(pages.Dequeue()));

        Assert.Equal(["1"], Run(handler, "Get-WixInboxMessage $c").OutputOf("Id"));
        Assert.Equal([null, "a", "b"], handler.Requests.Select(request => request.Query("paging.cursor")));
    }

    [Fact]
    public void The_verbose_stream_says_how_much_was_read_and_nothing_of_what_it_says()
    {
        var result = Run(ReadableConversation.Of(65, mostPerPage: 30), "Get-WixInboxMessage $c -Verbose");

        Assert.Equal(
            [30, 30, 5],
            result.Verbose.Select(line => int.Parse(
                Regex.Match(line, "Read ([0-9]+) messages").Groups[1].Value,
                System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("confidential", StringComparison.Ordinal));
    }
}
