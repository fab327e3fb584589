using System.Text.Json;

namespace WixInbox.Sandbox.Tests;

public sealed class ContactQueryTests
{
    private const string Ada = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Ben = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string Cleo = "cccccccc-0000-4000-8000-000000000003";
    private const string Dan = "dddddddd-0000-4000-8000-000000000004";

    [Theory]
    [InlineData("""{"info.emails.email":{"$eq":"ADA@example.com"}}""", "a")]
    [InlineData("""{"info.emails.email":"ada@example.com"}""", "a")]
    [InlineData("""{"info.emails.email":{"$eq":"shared@example.com"}}""", "ab")]
    [InlineData("""{"primaryInfo.email":{"$eq":"shared@example.com"}}""", "b")]
    [InlineData("""{"info.emails.email":{"$ne":"shared@example.com"}}""", "cd")]
    [InlineData("""{"primaryInfo.email":{"$ne":"Shared@Example.com"}}""", "acd")]
    [InlineData("""{"info.emails.email":{"$in":["cleo@example.org","Shared@example.com","x@y.z"]}}""", "abc")]
    [InlineData("""{"primaryInfo.email":{"$in":["cleo@example.org","shared@example.com"]}}""", "bc")]
    [InlineData("""{"info.emails.email":{"$exists":false}}""", "d")]
    [InlineData("""{"primaryInfo.email":{"$exists":true}}""", "abc")]
    [InlineData("""{"info.emails.email":{"$startsWith":"SHA"}}""", "ab")]
    [InlineData("""{"primaryInfo.email":{"$startsWith":"sha"}}""", "b")]
    [InlineData($$$"""{"id":{"$eq":"{{{Cleo}}}"}}""", "c")]
    [InlineData("""{"id":{"$eq":"CCCCCCCC-0000-4000-8000-000000000003"}}""", "c")]
    [InlineData($$$"""{"id":{"$ne":"{{{Cleo}}}"}}""", "abd")]
    [InlineData($$$"""{"id":{"$in":["{{{Dan}}}","{{{Ada}}}","dddddddd-0000-4000-8000-00000000000d"]}}""", "ad")]
    [InlineData("""{"id":{"$exists":true}}""", "abcd")]
    [InlineData("""{"id":{"$exists":false}}""", "")]
    [InlineData($$$"""{"info.emails.email":{"$startsWith":"sha"},"id":{"$ne":"{{{Ben}}}"}}""", "a")]
    [InlineData("""{"info.emails.email":{"$startsWith":"sha","$ne":"ada@example.com"}}""", "b")]
    [InlineData("""{"primaryEmail.email":{"$nin":["shared@example.com"]}}""", "acd")]
    [InlineData("""{"primaryEmail.subscriptionStatus":"UNSUBSCRIBED"}""", "b")]
    [InlineData("""{"primaryEmail.subscriptionStatus":{"$in":["UNSUBSCRIBED","NOT_SET"]}}""", "abc")]
    [InlineData("""{"info.extendedFields.emailSubscriptions.subscriptionStatus":{"$ne":"UNSUBSCRIBED"}}""", "acd")]
    [InlineData("""{"primaryEmail.deliverabilityStatus":{"$eq":"BOUNCED"}}""", "c")]
    [InlineData("""{"info.name.first":{"$startsWith":"A"}}""", "a")]
    [InlineData("""{"info.name.last":"dare"}""", "d")]
    [InlineData("""{"primaryInfo.phone":{"$exists":true}}""", "b")]
    [InlineData("""{"info.labelKeys":{"$hasSome":["custom.vip","custom.old"]}}""", "ac")]
    [InlineData("""{"info.labelKeys":{"$hasAll":["custom.vip","custom.old"]}}""", "a")]
    [InlineData("""{"createdDate":{"$gt":"2021-12-30T07:39:13.353Z"}}""", "bcd")]
    [InlineData("""{"createdDate":{"$gte":"2021-12-30T07:39:13.353Z","$lt":"2021-12-30T08:39:15.353+01:00"}}""", "ab")]
    [InlineData("""{"updatedDate":{"$lte":"2021-12-30T07:39:13.353Z"}}""", "a")]
    [InlineData("""{"lastActivity.activityDate":{"$gte":"2021-12-31T00:00:00Z"}}""", "d")]
    [InlineData("""{"lastActivity.activityDate":{"$ne":"2021-12-31T00:00:00Z"}}""", "abc")]
    [InlineData("{}", "abcd")]
    public async Task A_filter_finds_who_meets_all_its_conditions(string filter, string found)
    {
        using var api = FourPeople();

        var reply = await api.QueryContactsAsync($$"""{"filter":{{filter}}}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(found, Letters(reply));
        Assert.Equal(found.Length, reply.Json.GetProperty("pagingMetadata").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("""[]""", "MALFORMED_FILTER")]
    [InlineData(""" "id" """, "MALFORMED_FILTER")]
    [InlineData("""{"id":{}}""", "MALFORMED_FILTER")]
    [InlineData("""{"$or":[]}""", "UNSUPPORTED_FILTER")]
    [InlineData("""{"info.emails":{"$eq":"x"}}""", "UNSUPPORTED_FILTER_FIELD_UNKNOWN")]
    [InlineData("""{"info_emails_email":{"$eq":"x"}}""", "UNSUPPORTED_FILTER_FIELD_UNKNOWN")]
    [InlineData("""{"id":{"$startsWith":"a"}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"primaryInfo.email":{"$begins":"a"}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"info.emails.email":{"eq":"a"}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"id":{"$eq":"nonsense"}}""", "UNSUPPORTED_FILTER_VALUE")]
    [InlineData("""{"info.emails.email":{"$in":[]}}""", "UNSUPPORTED_FILTER_VALUE")]
    [InlineData("""{"info.emails.email":{"$startsWith":""}}""", "UNSUPPORTED_FILTER_VALUE")]
    [InlineData("""{"lastActivity.activityDate":{"$gte":"yesterday"}}""", "UNSUPPORTED_FILTER_VALUE")]
    [InlineData("""{"lastActivity.activityDate":{"$in":["2021-12-31T00:00:00Z"]}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"lastActivity.activityType":"INBOX_MESSAGE_FROM_CUSTOMER"}""", "UNSUPPORTED_FILTER_FIELD_UNKNOWN")]
    [InlineData("""{"primaryEmail.subscriptionStatus":{"$exists":true}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"info.labelKeys":{"$in":["custom.vip"]}}""", "UNSUPPORTED_FILTER_OPERATOR")]
    [InlineData("""{"info.emails.email":{"$in":"a"}}""", "UNSUPPORTED_FILTER_VALUE_TYPE")]
    [InlineData("""{"info.emails.email":{"$in":["a",1]}}""", "UNSUPPORTED_FILTER_VALUE_TYPE")]
    [InlineData("""{"info.emails.email":{"$eq":["a"]}}""", "UNSUPPORTED_FILTER_VALUE_TYPE")]
    [InlineData("""{"info.emails.email":7}""", "UNSUPPORTED_FILTER_VALUE_TYPE")]
    [InlineData("""{"info.emails.email":{"$exists":"true"}}""", "UNSUPPORTED_FILTER_VALUE_TYPE")]
    public async Task A_bad_filter_is_refused_with_its_code(string filter, string code)
    {
        using var api = FourPeople();

        var reply = await api.QueryContactsAsync($$"""{"filter":{{filter}}}""");

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("ada", "a")]
    [InlineData("Lovelace", "a")]
    [InlineData("Shared@example.com", "ab")]
    [InlineData("+49 30 1234", "b")]
    [InlineData("Ad", "")]
    [InlineData("Ada Lovelace", "")]
    [InlineData("", "abcd")]
    public async Task A_search_is_for_a_whole_name_address_or_phone(string search, string found)
    {
        using var api = FourPeople();

        var reply = await api.PostAsync($"{Api.Contacts}/query", $$"""{"search":"{{search}}"}""");

        Assert.Equal(found, Letters(reply));
    }

    [Theory]
    [InlineData("createdDate", "ASC", "abcd")]
    [InlineData("createdDate", "DESC", "dcba")]
    [InlineData("info.name.first", "ASC", "dabc")]
    [InlineData("info.name.first", "DESC", "cbad")]
    [InlineData("info.name.last", "ASC", "cdba")]
    [InlineData("primaryInfo.email", "ASC", "dacb")]
    [InlineData("lastActivity.activityDate", "DESC", "dcba")]
    [InlineData("info.company", "ASC", "abcd")]
    public async Task One_field_sorts_in_either_order(string field, string order, string sorted)
    {
        using var api = FourPeople();

        var reply = await api.QueryContactsAsync($$"""{"sort":[{"fieldName":"{{field}}","order":"{{order}}"}]}""");

        Assert.Equal(sorted, Letters(reply));
    }

    [Fact]
    public async Task Pages_go_by_limit_and_offset_and_say_how_many_there_are()
    {
        using var api = FourPeople();

        var first = await api.QueryContactsAsync("""{"paging":{"limit":3}}""");
        var second = await api.QueryContactsAsync("""{"paging":{"limit":3,"offset":3}}""");
        var beyond = await api.QueryContactsAsync("""{"paging":{"limit":"3","offset":4}}""");

        Assert.Equal(["abc", "d", ""], [Letters(first), Letters(second), Letters(beyond)]);
        Assert.Equal(
            """{"count":1,"offset":3,"total":4,"tooManyToCount":false}""",
            second.Json.GetProperty("pagingMetadata").GetRawText());
    }

    [Theory]
    [InlineData("{}", 50)]
    [InlineData("""{"paging":{"limit":0}}""", 50)]
    [InlineData("""{"paging":{"limit":1000}}""", 1000)]
    public async Task A_page_has_50_unless_asked_for_up_to_1000(string query, int count)
    {
        using var api = Api.InMemory();
        api.Handler.AddContacts(Enumerable.Range(0, 1001).Select(_ => new SandboxContact()));

        Assert.Equal(count, (await api.QueryContactsAsync(query)).Contacts.Length);
    }

    [Theory]
    [InlineData("""{"paging":{"limit":1001}}""", "ILLEGAL_LIMIT")]
    [InlineData("""{"paging":{"limit":-1}}""", "ILLEGAL_LIMIT")]
    [InlineData("""{"sort":[{"fieldName":"id"}]}""", "UNSUPPORTED_SORT_FIELD")]
    [InlineData("""{"sort":[{"fieldName":"updatedDate"}]}""", "UNSUPPORTED_SORT_FIELD")]
    public async Task A_bad_limit_or_sort_field_is_refused_with_its_code(string query, string code)
    {
        using var api = Api.InMemory();

        var reply = await api.QueryContactsAsync(query);

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("""{"query":{"paging":{"offset":-1}}}""", "query.paging.offset MIN")]
    [InlineData(
        """{"query":{"sort":[{"fieldName":"createdDate"},{"fieldName":"createdDate"}]}}""", "query.sort MAX_SIZE")]
    [InlineData("""{"query":{"sort":[{"order":"ASC"}]}}""", "query.sort[0].fieldName REQUIRED_FIELD")]
    [InlineData(
        """{"query":{"sort":[{"fieldName":"createdDate","order":"UP"}]}}""", "query.sort[0].order INVALID_ENUM_VALUE")]
    [InlineData("""{"query":{"fieldsets":["LITTLE"]}}""", "query.fieldsets[0] INVALID_ENUM_VALUE")]
    public async Task What_breaks_a_rule_is_a_violation(string json, string violation)
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync($"{Api.Contacts}/query", json);

        Assert.Equal(400, reply.Status);
        Assert.Equal([violation], reply.Violations);
    }

    [Theory]
    [InlineData("""{"query":[]}""", "Expected an object")]
    [InlineData("""{"query":{"paging":{"limit":"many"}}}""", "Expected a whole number")]
    [InlineData("""{"search":7}""", "Expected a string")]
    public async Task What_has_the_wrong_type_is_refused_with_a_message_alone(string json, string message)
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync($"{Api.Contacts}/query", json);

        Assert.Equal((400, $$"""{"message":"{{message}}"}"""), (reply.Status, reply.Text));
    }

    [Theory]
    [InlineData("/contacts/v4/contacts", "info.emails.email")]
    [InlineData("/contacts/v5/contacts", "email.email")]
    public async Task A_hundred_values_may_be_asked_for_at_once(string path, string field)
    {
        using var api = FourPeople();
        string Request(int count) =>
            "{\"query\":{\"filter\":{\"" + field + "\":{\"$in\":["
            + string.Join(",", Enumerable.Range(0, count).Select(number => $"\"p{number}@example.com\"")) + "]}}}}";

        Assert.Equal(200, (await api.PostAsync(path + "/query", Request(100))).Status);
        Assert.Equal(400, (await api.PostAsync(path + "/query", Request(101))).Status);
    }

    [Fact]
    public async Task The_documented_sizes_hold()
    {
        using var api = Api.InMemory();
        static string Many(string item, int count) => string.Join(",", Enumerable.Repeat(item, count));
        static string Request(int more) => $$$"""
            {"search":"{{{new string('x', 100 + more)}}}","query":{"fields":[{{{Many($"\"{new string('x', 100 + more)}\"", 100 + more)}}}],
            "fieldsets":[{{{Many("\"FULL\"", 10 + more)}}}]}}
            """;

        var most = await api.PostAsync($"{Api.Contacts}/query", Request(0));
        var more = await api.PostAsync($"{Api.Contacts}/query", Request(1));

        Assert.Equal(200, most.Status);
        Assert.Equal(400, more.Status);
        Assert.Equal(
            ["query.fields MAX_SIZE", "query.fields[0] MAX_LENGTH", "query.fieldsets MAX_SIZE", "search MAX_LENGTH"],
            more.Violations.Where(violation => violation == "query.fields[0] MAX_LENGTH"
                || !violation.Contains('[', StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("""{"fields":["info.name"]}""", "id revision info", "name")]
    [InlineData("""{"fields":["info.labelKeys","primaryInfo"]}""", "id revision primaryInfo info", "labelKeys")]
    [InlineData("""{"fields":["primaryEmail","info.name.first","nothing"]}""", "id revision", "")]
    [InlineData("""{"fieldsets":["COMMUNICATION_DETAILS"]}""", "id revision primaryInfo info", "name emails phones")]
    [InlineData("""{"fieldsets":["EXTENDED"]}""", "id revision primaryInfo info", "name extendedFields")]
    [InlineData("""{"fieldsets":["BASIC"]}""", "id revision primaryInfo info", "name")]
    [InlineData(
        """{"fields":["createdDate"],"fieldsets":["BASIC"]}""", "id revision createdDate primaryInfo info", "name")]
    [InlineData(
        """{"fieldsets":["BASIC","FULL"]}""",
        "id revision createdDate updatedDate lastActivity primaryInfo info primaryEmail",
        "name emails phones labelKeys extendedFields")]
    [InlineData(
        "{}",
        "id revision createdDate updatedDate lastActivity primaryInfo info primaryEmail",
        "name emails phones labelKeys extendedFields")]
    public async Task The_fields_asked_for_come_with_id_and_revision(string query, string names, string info)
    {
        using var api = FourPeople();

        var ada = (await api.QueryContactsAsync(query)).Contacts[0];

        Assert.Equal(names, Names(ada));
        Assert.Equal(info, ada.TryGetProperty("info", out var inner) ? Names(inner) : string.Empty);
    }

    [Fact]
    public async Task Fields_beside_the_query_are_read_as_well_and_keys_in_either_style()
    {
        using var api = FourPeople();

        var beside = await api.PostAsync($"{Api.Contacts}/query", """{"fields":["primaryInfo"],"query":{}}""");
        var snake = await api.QueryContactsAsync("""{"sort":[{"field_name":"createdDate","order":"DESC"}]}""");

        Assert.Equal("id revision primaryInfo", Names(beside.Contacts[0]));
        Assert.Equal("dcba", Letters(snake));
    }

    private static Api FourPeople()
    {
        var api = Api.InMemory();
        Add(api, new SandboxContact
        {
            Id = Ada,
            FirstName = "Ada",
            LastName = "Lovelace",
            Emails = { "Ada@Example.com", "shared@example.com" },
            LabelKeys = { "custom.vip", "custom.old" },
        });
        Add(api, new SandboxContact
        {
            Id = Ben,
            FirstName = "ben",
            LastName = "Franklin",
            Emails = { "shared@example.com" },
            Phones = { "+49 30 1234" },
            SubscriptionStatus = "UNSUBSCRIBED",
        });
        Add(api, new SandboxContact
        {
            Id = Cleo,
            FirstName = "Cleo",
            Emails = { "cleo@example.org" },
            LabelKeys = { "custom.vip" },
            DeliverabilityStatus = "BOUNCED",
        });
        Add(api, new SandboxContact
        {
            Id = Dan,
            LastName = "Dare",
            LastActivityDate = new DateTimeOffset(2021, 12, 31, 0, 0, 0, TimeSpan.Zero),
        });
        return api;
    }

    private static void Add(Api api, SandboxContact contact)
    {
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(contact.Id, api.Handler.AddContact(contact));
    }

    private static string Letters(Reply reply) => string.Concat(reply.ContactIds.Select(id => id[0]));

    private static string Names(JsonElement element) =>
        string.Join(" ", element.EnumerateObject().Select(property => property.Name));
}
