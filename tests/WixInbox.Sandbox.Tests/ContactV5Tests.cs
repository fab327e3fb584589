using System.Text;

namespace WixInbox.Sandbox.Tests;

/// <summary>Contacts v5: flat contacts with their member ids, and pages by cursor.</summary>
public sealed class ContactV5Tests
{
    private const string Path = "/contacts/v5/contacts";
    private const string Ada = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Ben = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string Cleo = "cccccccc-0000-4000-8000-000000000003";
    private const string Member = "aaaaaaaa-0000-4000-8000-00000000000a";

    [Fact]
    public async Task A_contact_is_flat_with_its_addresses_in_lower_case_and_its_member_id()
    {
        using var api = ThreePeople();

        var queried = (await FilterAsync(api, $$"""{"id":"{{Ada}}"}""")).Contacts[0];
        var got = (await api.GetAsync($"{Path}/{Ada}")).Contact;

        Assert.Equal(
            """
            {"id":"aaaaaaaa-0000-4000-8000-000000000001","revision":"1","createdDate":"2021-12-30T07:39:13.353Z","updatedDate":"2021-12-30T07:39:13.353Z",
            "name":{"first":"Ada"},"additionalEmails":[{"email":"lovelace@example.com"}],"lastActivity":{"date":"2021-12-30T07:39:13.353Z"},
            "email":{"email":"ada@example.com","subscriptionStatus":{"status":"UNSUBSCRIBED"},"deliverabilityStatus":"NOT_SET"},
            "memberInfo":{"memberId":"aaaaaaaa-0000-4000-8000-00000000000a","status":"ACTIVE"}}
            """.ReplaceLineEndings(string.Empty),
            queried.GetRawText());
        Assert.Equal(queried.GetRawText(), got.GetRawText());
    }

    [Theory]
    [InlineData("""{"email.email":{"$in":["ada@example.com","cleo@example.com"]}}""", "ca")]
    [InlineData("""{"email.email":"ada@example.com"}""", "a")]
    [InlineData("""{"email.email":"Ada@example.com"}""", "")]
    [InlineData("""{"email.email":"lovelace@example.com"}""", "")]
    [InlineData("""{"email.email":{"$exists":false}}""", "b")]
    [InlineData($$$"""{"id":{"$in":["{{{Ben}}}","{{{Ada}}}"]}}""", "ba")]
    [InlineData("""{"createdDate":{"$gt":"2021-12-30T07:39:13.353Z"}}""", "cb")]
    [InlineData("{}", "cba")]
    public async Task A_filter_finds_who_meets_it_the_newest_first(string filter, string found)
    {
        using var api = ThreePeople();

        var reply = await FilterAsync(api, filter);

        Assert.Equal(found, Letters(reply));
    }

    [Theory]
    [InlineData("""{"info.emails.email":{"$in":["ada@example.com"]}}""")]
    [InlineData("""{"memberInfo.memberId":"aaaaaaaa-0000-4000-8000-00000000000a"}""")]
    [InlineData("""{"email.subscriptionStatus.status":"SUBSCRIBED"}""")]
    [InlineData("""{"lastActivity.date":{"$gt":"2021-12-30T07:39:13.353Z"}}""")]
    [InlineData("""{"id":{"$exists":true}}""")]
    [InlineData("""{"email.email":{"$startsWith":"a"}}""")]
    public async Task What_it_does_not_filter_by_is_a_violation_without_a_rule(string filter)
    {
        using var api = ThreePeople();

        var reply = await FilterAsync(api, filter);

        Assert.Equal(400, reply.Status);
        Assert.StartsWith(
            "query.filter.",
            Assert.Single(reply.FieldViolations).GetProperty("field").GetString(),
            StringComparison.Ordinal);
        Assert.False(reply.FieldViolations[0].TryGetProperty("violatedRule", out _));
    }

    [Fact]
    public async Task Pages_go_by_cursor_there_and_back_and_the_filter_goes_with_it()
    {
        using var api = ThreePeople();

        var first = await api.PostAsync(
            Path + "/query", """{"query":{"filter":{"email.email":{"$exists":true}},"cursorPaging":{"limit":1}}}""");
        var second = await PageAsync(api, first.Cursor("next")!);
        var back = await PageAsync(api, second.Cursor("prev")!);

        Assert.Equal(["c", "a", "c"], [Letters(first), Letters(second), Letters(back)]);
        Assert.Equal(
            [true, false],
            new[] { first, second }.Select(
                reply => reply.Json.GetProperty("pagingMetadata").GetProperty("hasNext").GetBoolean()));
        Assert.Null(second.Cursor("next"));
    }

    [Theory]
    [InlineData("""{"query":{"cursorPaging":{"limit":101}}}""", "query.cursorPaging.limit")]
    [InlineData("""{"query":{"cursorPaging":{"cursor":"eA"}}}""", "query.cursorPaging.cursor")]
    [InlineData("""{"query":{"sort":[{"fieldName":"createdDate","order":"DESC"}]}}""", "query.sort")]
    [InlineData("""{"query":{"sort":[{"fieldName":"email.email"}]}}""", "query.sort")]
    [InlineData("{}", "query")]
    public async Task What_breaks_a_rule_is_refused_with_its_field(string json, string field)
    {
        using var api = ThreePeople();

        var reply = await api.PostAsync(Path + "/query", json);

        Assert.Equal(400, reply.Status);
        Assert.Equal(field, Assert.Single(reply.FieldViolations).GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_whole_request_may_come_in_the_query_as_the_official_sdk_sends_it()
    {
        using var api = ThreePeople();
        var request = Convert
            .ToBase64String(
                Encoding.UTF8.GetBytes("""{"query":{"filter":{"email.email":{"$eq":"ada@example.com"}}}}"""))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');

        Assert.Equal("a", Letters(await api.GetAsync($"{Path}/query?.r={request}")));
    }

    [Fact]
    public async Task A_member_has_a_conversation_of_its_own_and_its_message_is_the_contacts_last_activity()
    {
        using var api = Api.InMemory(options => options.Strict = true);
        api.Handler.AddContact(new SandboxContact { Id = Ada, MemberId = Member });
        api.Clock.Advance(TimeSpan.FromDays(1));

        var member = await api.GetOrCreateAsync("memberId", Member);
        var contact = await api.GetOrCreateAsync("contactId", Ada);
        await api.SendAsync(Api.Basic("hi", member.Conversation.GetProperty("id").GetString())
            .Replace("BUSINESS_TO_PARTICIPANT", "PARTICIPANT_TO_BUSINESS", StringComparison.Ordinal));

        Assert.NotEqual(
            member.Conversation.GetProperty("id").GetString(), contact.Conversation.GetProperty("id").GetString());
        Assert.Equal(
            """{"activityDate":"2021-12-31T07:39:12.353Z","activityType":"INBOX_MESSAGE_FROM_CUSTOMER"}""",
            (await api.GetAsync($"{Api.Contacts}/{Ada}")).Contact.GetProperty("lastActivity").GetRawText());
    }

    private static Task<Reply> FilterAsync(Api api, string filter) =>
        api.PostAsync(Path + "/query", "{\"query\":{\"filter\":" + filter + "}}");

    private static Task<Reply> PageAsync(Api api, string cursor) =>
        api.PostAsync(Path + "/query", "{\"query\":{\"cursorPaging\":{\"limit\":1,\"cursor\":\"" + cursor + "\"}}}");

    private static Api ThreePeople()
    {
        var api = Api.InMemory();
        foreach (var contact in new SandboxContact[]
        {
            new()
            {
                Id = Ada,
                FirstName = "Ada",
                Emails = { "Ada@Example.com", "lovelace@example.com" },
                MemberId = Member,
                SubscriptionStatus = "UNSUBSCRIBED",
            },
            new() { Id = Ben, FirstName = "Ben" },
            new() { Id = Cleo, Emails = { "cleo@example.com" } },
        })
        {
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            api.Handler.AddContact(contact);
        }

        return api;
    }

    private static string Letters(Reply reply) => string.Concat(reply.ContactIds.Select(id => id[0]));
}
