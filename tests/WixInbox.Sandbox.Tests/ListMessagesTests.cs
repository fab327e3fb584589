using System.Text;

namespace WixInbox.Sandbox.Tests;

public sealed class ListMessagesTests
{
    private const string Query =
        $"{Api.Messages}?conversationId={Api.SomeConversation}&visibility=BUSINESS_AND_PARTICIPANT";

    [Fact]
    public async Task The_list_is_newest_first_30_at_a_time_with_the_messages_as_they_were_stored()
    {
        using var api = await WithMessagesAsync(35);

        var reply = await api.GetAsync(Query);

        Assert.Equal(200, reply.Status);
        Assert.Equal(Numbers(35, 6), Texts(reply));
        Assert.Equal(30, reply.Json.GetProperty("pagingMetadata").GetProperty("count").GetInt32());
        Assert.Equal(api.Handler.Ledger[^1].Json, reply.Messages[0].GetRawText());
        Assert.NotNull(reply.Cursor("next"));
        Assert.Null(reply.Cursor("prev"));
    }

    [Fact]
    public async Task The_cursors_lead_through_all_pages_and_back()
    {
        using var api = await WithMessagesAsync(5);

        var first = await api.GetAsync(Query + "&paging.limit=2");
        var second = await api.GetAsync(Query + "&paging.limit=2&paging.cursor=" + first.Cursor("next"));
        var third = await api.GetAsync(Query + "&paging.limit=2&paging.cursor=" + second.Cursor("next"));
        var back = await api.GetAsync(Query + "&paging.limit=2&paging.cursor=" + third.Cursor("prev"));
        var start = await api.GetAsync(Query + "&paging.limit=2&paging.cursor=" + back.Cursor("prev"));

        Assert.Equal(["5", "4"], Texts(first));
        Assert.Equal(["3", "2"], Texts(second));
        Assert.Equal(["1"], Texts(third));
        Assert.Null(third.Cursor("next"));
        Assert.Equal(["3", "2"], Texts(back));
        Assert.Equal(["5", "4"], Texts(start));
        Assert.Null(start.Cursor("prev"));
    }

    [Fact]
    public async Task A_message_that_arrives_between_two_pages_neither_repeats_nor_hides_any()
    {
        using var api = await WithMessagesAsync(4);
        var first = await api.GetAsync(Query + "&paging.limit=2");
        await api.SendAsync(Api.Basic("5"));

        var second = await api.GetAsync(Query + "&paging.limit=2&paging.cursor=" + first.Cursor("next"));

        Assert.Equal(["2", "1"], Texts(second));
        Assert.Null(second.Cursor("next"));
    }

    [Fact]
    public async Task The_last_page_is_the_last_even_when_it_is_full()
    {
        using var api = await WithMessagesAsync(2);

        var reply = await api.GetAsync(Query + "&paging.limit=2");

        Assert.Null(reply.Cursor("next"));
    }

    [Theory]
    [InlineData("message_sequence")]
    [InlineData("sequence")]
    public async Task Ascending_order_pages_from_the_oldest(string field)
    {
        using var api = await WithMessagesAsync(3);
        string sorted = Query + $"&sorting.fieldName={field}&sorting.order=ASC&paging.limit=2";

        var first = await api.GetAsync(sorted);
        var second = await api.GetAsync(sorted + "&paging.cursor=" + first.Cursor("next"));

        Assert.Equal(["1", "2"], Texts(first));
        Assert.Equal(["3"], Texts(second));
    }

    [Fact]
    public async Task The_SDKs_form_the_dotted_form_and_snake_case_mean_the_same()
    {
        using var api = await WithMessagesAsync(3);

        var dotted = await api.GetAsync(Query + "&paging.limit=2&sorting.order=ASC");
        var snake = await api.GetAsync(
            $"{Api.Messages}?conversation_id={Api.SomeConversation}&visibility=BUSINESS_AND_PARTICIPANT&paging.limit=2&sorting.order=ASC");
        var sdk = await api.GetAsync(Api.Messages + "?.r=" + Base64Url(
            $$$"""{"conversationId":"{{{Api.SomeConversation}}}","visibility":"BUSINESS_AND_PARTICIPANT","paging":{"limit":2},"sorting":{"order":"ASC"}}"""));
        var nextBySdk = await api.GetAsync(Api.Messages + "?.r=" + Base64Url(
            $$$"""{"conversationId":"{{{Api.SomeConversation}}}","visibility":"BUSINESS_AND_PARTICIPANT","paging":{"limit":2,"cursor":"{{{sdk.Cursor("next")}}}"},"sorting":{"order":"ASC"}}"""));

        Assert.Equal(["1", "2"], Texts(dotted));
        Assert.Equal(dotted.Text, snake.Text);
        Assert.Equal(dotted.Text, sdk.Text);
        Assert.Equal(["3"], Texts(nextBySdk));
    }

    [Fact]
    public async Task BUSINESS_sees_everything_and_the_other_view_only_what_is_shared()
    {
        using var api = Api.InMemory();
        await api.SendAsync(Api.Basic("shared"));
        await api.SendAsync(
            Api.Basic("internal").Replace("BUSINESS_AND_PARTICIPANT", "BUSINESS", StringComparison.Ordinal));
        await api.SendAsync(Api.WithContent("""{"basic":{"items":[{"text":"unsaid"}]}}"""));

        var shared = await api.GetAsync(Query);
        var all = await api.GetAsync(Query.Replace("_AND_PARTICIPANT", string.Empty, StringComparison.Ordinal));

        Assert.Equal(["shared"], Texts(shared));
        Assert.Equal(["unsaid", "internal", "shared"], Texts(all));
    }

    [Theory]
    [InlineData("0", 30)]
    [InlineData("1", 1)]
    [InlineData("100", 40)]
    public async Task The_limit_is_0_to_100_and_0_means_the_default(string limit, int count)
    {
        using var api = await WithMessagesAsync(40);

        Assert.Equal(count, (await api.GetAsync(Query + "&paging.limit=" + limit)).Messages.Length);
    }

    [Theory]
    [InlineData("paging.limit=101", "paging.limit MAX")]
    [InlineData("paging.limit=-1", "paging.limit MIN")]
    [InlineData("paging.cursor=rubbish", "paging.cursor FORMAT")]
    [InlineData("sorting.fieldName=text", "sorting.fieldName CUSTOM")]
    [InlineData("sorting.order=UP", "sorting.order INVALID_ENUM_VALUE")]
    public async Task A_bad_parameter_is_named(string parameter, string violation)
    {
        using var api = Api.InMemory();

        var reply = await api.GetAsync($"{Query}&{parameter}");

        Assert.Equal(400, reply.Status);
        Assert.Equal([violation], reply.Violations);
    }

    [Fact]
    public async Task Conversation_and_visibility_are_required()
    {
        using var api = Api.InMemory();

        var nothing = await api.GetAsync(Api.Messages);
        var unknown = await api.GetAsync(
            $"{Api.Messages}?conversationId={Api.SomeConversation}&visibility=UNKNOWN_VISIBILITY");

        Assert.Equal(["conversationId REQUIRED_FIELD", "visibility REQUIRED_FIELD"], nothing.Violations);
        Assert.Equal(["visibility INVALID_ENUM_VALUE"], unknown.Violations);
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_list()
    {
        using var api = await WithMessagesAsync(3);
        string cursor = (await api.GetAsync(Query + "&paging.limit=1")).Cursor("next")!;

        var otherOrder = await api.GetAsync(Query + "&sorting.order=ASC&paging.cursor=" + cursor);
        var otherConversation = await api.GetAsync(
            $"{Api.Messages}?conversationId=11111111-2222-4333-8444-555555555555&visibility=BUSINESS_AND_PARTICIPANT&paging.cursor={cursor}");

        Assert.Equal(["paging.cursor FORMAT"], otherOrder.Violations);
        Assert.Equal(["paging.cursor FORMAT"], otherConversation.Violations);
    }

    [Theory]
    [InlineData("?paging.limit=ten&visibility=BUSINESS")]
    [InlineData("?.r=!!!")]
    [InlineData("?.r=bm90IGpzb24")]
    [InlineData("?visibility=BUSINESS&visibility=BUSINESS_AND_PARTICIPANT")]
    public async Task A_query_that_cannot_be_read_is_400(string query)
    {
        using var api = Api.InMemory();

        var reply = await api.GetAsync(Api.Messages + query);

        Assert.Equal(400, reply.Status);
        Assert.Equal(["message"], reply.Json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task An_empty_conversation_has_an_empty_list_and_no_one_has_none()
    {
        using var api = Api.InMemory();

        var empty = await api.GetAsync(Query);
        var none = await api.GetAsync(
            $"{Api.Messages}?conversationId=00000000-0000-0000-0000-000000000000&visibility=BUSINESS");

        Assert.Equal("""{"messages":[],"pagingMetadata":{"count":0,"cursors":{}}}""", empty.Text);
        Assert.Equal(404, none.Status);
        Assert.Equal("CONVERSATION_NOT_FOUND", none.ErrorCode);
    }

    private static async Task<Api> WithMessagesAsync(int count)
    {
        var api = Api.InMemory();
        for (int i = 1; i <= count; i++)
        {
            await api.SendAsync(Api.Basic($"{i}"));
        }

        return api;
    }

    private static string[] Texts(Reply reply) =>
    [
        .. reply.Messages.Select(message =>
            message.GetProperty("content").GetProperty("basic").GetProperty("items")[0].GetProperty("text")
                .GetString()!),
    ];

    private static IEnumerable<string> Numbers(int from, int to) =>
        Enumerable.Range(to, from - to + 1).Reverse().Select(number => $"{number}");

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
