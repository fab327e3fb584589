using System.Text.Json;

namespace WixInbox.Sandbox.Tests;

public sealed class ContactTests
{
    private const string Someone = "11111111-2222-4333-8444-555555555555";
    private const string Other = "99999999-2222-4333-8444-555555555555";
    private const string NoOne = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task An_added_contact_has_all_its_fields()
    {
        using var api = Api.InMemory();
        api.Handler.AddContact(new SandboxContact
        {
            Id = Someone.ToUpperInvariant(),
            Emails = { "ada@example.com", "lovelace@example.com" },
            Phones = { "+44 (20) 1", "1" },
            LabelKeys = { "custom.vip" },
            FirstName = "Ada",
            LastName = "Lovelace",
            SubscriptionStatus = "UNSUBSCRIBED",
            DeliverabilityStatus = "BOUNCED",
        });

        var reply = await api.GetAsync($"{Api.Contacts}/{Someone}");

        Assert.Equal(200, reply.Status);
        Assert.Equal("REGULAR", reply.Json.GetProperty("responseType").GetString());
        var contact = reply.Contact;
        Assert.Equal(Someone, contact.GetProperty("id").GetString());
        Assert.Equal(1, contact.GetProperty("revision").GetInt32());
        Assert.Equal("2021-12-30T07:39:12.353Z", contact.GetProperty("createdDate").GetString());
        Assert.Equal(
            """{"email":"ada@example.com","phone":"+44 (20) 1"}""", contact.GetProperty("primaryInfo").GetRawText());
        Assert.Equal(
            """{"email":"ada@example.com","subscriptionStatus":"UNSUBSCRIBED","deliverabilityStatus":"BOUNCED"}""",
            contact.GetProperty("primaryEmail").GetRawText());
        Assert.Equal("+44201", contact.GetProperty("primaryPhone").GetProperty("e164Phone").GetString());
        var info = contact.GetProperty("info");
        Assert.Equal("""{"first":"Ada","last":"Lovelace"}""", info.GetProperty("name").GetRawText());
        Assert.Equal("""{"items":["custom.vip"]}""", info.GetProperty("labelKeys").GetRawText());
        Assert.Equal(
            [("ada@example.com", true), ("lovelace@example.com", false)],
            info.GetProperty("emails").GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("email").GetString()!, item.GetProperty("primary").GetBoolean())));
        Assert.False(info.GetProperty("phones").GetProperty("items")[1].TryGetProperty("e164Phone", out _));
    }

    [Fact]
    public async Task The_labels_of_the_contacts_are_listed_each_once_and_in_pages()
    {
        using var api = Api.InMemory();
        api.Handler.AddContact(new SandboxContact { LabelKeys = { "custom.vip", "custom.big-spender" } });
        api.Handler.AddContact(new SandboxContact { LabelKeys = { "custom.vip" } });

        var all = await api.GetAsync("/contacts/v4/labels");
        var page = await api.GetAsync("/contacts/v4/labels?paging.limit=1&paging.offset=1");

        Assert.Equal(["custom.big-spender big spender", "custom.vip vip"], Labels(all));
        Assert.Equal(["custom.vip vip"], Labels(page));
        Assert.Equal(
            """{"count":1,"offset":1,"total":2,"tooManyToCount":false}""",
            page.Json.GetProperty("metadata").GetRawText());

        static string[] Labels(Reply answer) =>
        [
            .. answer.Json.GetProperty("labels").EnumerateArray()
                .Select(label => $"{label.GetProperty("key")} {label.GetProperty("displayName")}"),
        ];
    }

    [Theory]
    [InlineData("startsWith=big", 1)]
    [InlineData("startsWith=Big", 0)]
    [InlineData("namespace=contacts", 1)]
    [InlineData("labelType=USER_DEFINED", 3)]
    [InlineData("labelType=SYSTEM", 0)]
    [InlineData("paging.limit=2000", 3)]
    [InlineData("language=en", 3)]
    public async Task Labels_are_filtered_by_kind_namespace_and_the_beginning_of_their_name(string query, int count)
    {
        using var api = Api.InMemory();
        var contact = new SandboxContact { LabelKeys = { "custom.vip", "custom.big-spender", "contacts.customers" } };
        api.Handler.AddContact(contact);

        var reply = await api.GetAsync("/contacts/v4/labels?" + query);

        Assert.Equal(count, reply.Json.GetProperty("labels").GetArrayLength());
    }

    [Fact]
    public async Task A_page_of_labels_has_1000_unless_it_is_asked_for_up_to_2000()
    {
        using var api = Api.InMemory();
        var contact = new SandboxContact();
        foreach (var number in Enumerable.Range(0, 1_001))
        {
            contact.LabelKeys.Add($"custom.{number}");
        }

        api.Handler.AddContact(contact);

        Assert.Equal(1_000, (await api.GetAsync("/contacts/v4/labels")).Json.GetProperty("labels").GetArrayLength());
        var whole = await api.GetAsync("/contacts/v4/labels?paging.limit=2000");
        Assert.Equal(1_001, whole.Json.GetProperty("labels").GetArrayLength());
        Assert.Equal(400, (await api.GetAsync("/contacts/v4/labels?paging.limit=2001")).Status);
    }

    [Fact]
    public async Task A_contact_with_an_id_that_is_there_replaces_it()
    {
        using var api = Api.InMemory();
        api.Handler.AddContact(new SandboxContact { Id = Someone, Emails = { "a@example.com" } });
        string created =
            (await api.GetAsync($"{Api.Contacts}/{Someone}")).Contact.GetProperty("createdDate").GetString()!;
        api.Clock.Advance(TimeSpan.FromDays(1));

        api.Handler.AddContact(
            new SandboxContact { Id = Someone, Emails = { "a@example.com" }, SubscriptionStatus = "UNSUBSCRIBED" });

        JsonElement contact = Assert.Single((await api.QueryContactsAsync("{}")).Contacts);
        Assert.Equal(2, contact.GetProperty("revision").GetInt32());
        Assert.Equal(created, contact.GetProperty("createdDate").GetString());
        Assert.Equal("2021-12-31T07:39:12.353Z", contact.GetProperty("updatedDate").GetString());
        Assert.Equal("UNSUBSCRIBED", contact.GetProperty("primaryEmail").GetProperty("subscriptionStatus").GetString());
    }

    [Fact]
    public async Task Contacts_without_an_id_get_one_each_though_they_share_an_address()
    {
        using var api = Api.InMemory();
        using var open = Api.InMemory();

        var ids = api.Handler.AddContacts(
            [new SandboxContact { Emails = { "a@example.com" } }, new SandboxContact { Emails = { "A@example.com" } }]);
        var found = await api.QueryContactsAsync("""{"filter":{"info.emails.email":{"$eq":"a@example.com"}}}""");
        var madeUp = await open.QueryContactsAsync("""{"filter":{"info.emails.email":{"$eq":"a@example.com"}}}""");

        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, found.ContactIds);
        Assert.Equal(ids[0], Assert.Single(madeUp.ContactIds));
    }

    [Fact]
    public async Task Where_none_was_added_every_address_but_an_invalid_one_has_one_contact()
    {
        using var api = Api.InMemory();
        using var other = Api.InMemory();
        const string query = """
            {"filter":{"info.emails.email":{"$in":["Ada@Example.com","ada@example.com","ben@example.com","x@y.invalid","x@y.INVALID",
            "nonsense","a@b","a@@b.c","@b.c","a b@c.d","a@b..c"]}}}
            """;

        var found = await api.QueryContactsAsync(query);
        var elsewhere = await other.QueryContactsAsync(query);
        var byPrimary = await api.QueryContactsAsync("""{"filter":{"primaryInfo.email":"ben@example.com"}}""");
        var got = await api.GetAsync($"{Api.Contacts}/{found.ContactIds[0]}");

        Assert.Equal(
            ["ada@example.com", "ben@example.com"],
            found.Contacts.Select(contact => contact.GetProperty("primaryInfo").GetProperty("email").GetString())
                .Order());
        Assert.All(found.Contacts, contact =>
        {
            Assert.Equal("NOT_SET", contact.GetProperty("primaryEmail").GetProperty("subscriptionStatus").GetString());
            Assert.Equal("{}", contact.GetProperty("info").GetProperty("name").GetRawText());
        });
        Assert.Equal(found.Text, elsewhere.Text);
        Assert.Contains(Assert.Single(byPrimary.ContactIds), found.ContactIds);
        Assert.Equal(found.Contacts[0].GetRawText(), got.Contact.GetRawText());
    }

    [Fact]
    public async Task Where_none_was_added_a_query_finds_only_whom_it_names()
    {
        using var api = Api.InMemory();

        Assert.Empty((await api.QueryContactsAsync("{}")).Contacts);
        Assert.Empty(
            (await api.QueryContactsAsync("""{"filter":{"info.emails.email":{"$startsWith":"ada"}}}""")).Contacts);
        Assert.Empty(
            (await api.QueryContactsAsync("""{"filter":{"info.emails.email":{"$ne":"ada@example.com"}}}""")).Contacts);
        Assert.Equal(
            [Someone],
            (await api.QueryContactsAsync(
                $$$$"""{"filter":{"id":{"$in":["{{{{Someone}}}}","{{{{NoOne}}}}"]}}}""")).ContactIds);
        Assert.Single((await api.PostAsync($"{Api.Contacts}/query", """{"search":"ada@example.com"}""")).Contacts);
    }

    [Fact]
    public async Task Where_none_was_added_every_id_but_zero_has_a_contact()
    {
        using var api = Api.InMemory();

        var someone = await api.GetAsync($"{Api.Contacts}/{Someone}");
        var noOne = await api.GetAsync($"{Api.Contacts}/{NoOne}");
        var nonsense = await api.GetAsync($"{Api.Contacts}/nonsense");

        Assert.Equal((200, Someone), (someone.Status, someone.Contact.GetProperty("id").GetString()));
        Assert.False(someone.Contact.TryGetProperty("primaryEmail", out _));
        Assert.Equal((404, "CONTACT_NOT_FOUND"), (noOne.Status, noOne.ErrorCode));
        Assert.Equal(["id FORMAT"], nonsense.Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_added_ones_exist_as_soon_as_there_are_some_or_in_a_strict_sandbox(bool strict)
    {
        using var api = Api.InMemory(options => options.Strict = strict);
        if (!strict)
        {
            api.Handler.AddContact(new SandboxContact { Id = Other });
        }

        var byAddress = await api.QueryContactsAsync("""{"filter":{"info.emails.email":"ada@example.com"}}""");
        var byId = await api.GetAsync($"{Api.Contacts}/{Someone}");
        var conversation = await api.GetOrCreateAsync("contactId", Someone);
        api.Handler.AddContact(new SandboxContact { Id = Someone });
        api.Handler.AddParticipant(ParticipantKind.Contact, "22222222-2222-4333-8444-555555555555");

        Assert.Empty(byAddress.Contacts);
        Assert.Equal((404, "CONTACT_NOT_FOUND"), (byId.Status, byId.ErrorCode));
        Assert.Equal((404, "PARTICIPANT_NOT_FOUND"), (conversation.Status, conversation.ErrorCode));
        Assert.Equal(200, (await api.GetAsync($"{Api.Contacts}/{Someone}")).Status);
        Assert.Equal(200, (await api.GetOrCreateAsync("contactId", Someone)).Status);
        Assert.Equal(200, (await api.GetAsync($"{Api.Contacts}/22222222-2222-4333-8444-555555555555")).Status);
        Assert.Equal(200, (await api.GetOrCreateAsync("contactId", "22222222-2222-4333-8444-555555555555")).Status);
        Assert.Equal(strict ? 404 : 200, (await api.GetOrCreateAsync("memberId", Someone)).Status);
        api.Handler.Reset();
        Assert.Equal(strict ? 404 : 200, (await api.GetAsync($"{Api.Contacts}/{Someone}")).Status);
    }

    [Fact]
    public async Task A_merged_contact_is_answered_with_the_one_that_is_left()
    {
        using var api = Api.InMemory();
        api.Handler.AddContact(
            new SandboxContact { Id = Someone, Emails = { "old@example.com", "both@example.com" }, FirstName = "Old" });
        api.Handler.AddContact(
            new SandboxContact { Id = Other, Emails = { "new@example.com", "Both@example.com" }, FirstName = "New" });

        api.Handler.MergeContact(Someone, Other);
        var merged = await api.GetAsync($"{Api.Contacts}/{Someone}");
        var left = await api.GetAsync($"{Api.Contacts}/{Other}");
        var byOldAddress = await api.QueryContactsAsync("""{"filter":{"info.emails.email":"old@example.com"}}""");

        Assert.Equal(("MERGED", "REGULAR"), (ResponseType(merged), ResponseType(left)));
        Assert.Equal(left.Contact.GetRawText(), merged.Contact.GetRawText());
        Assert.Equal(2, left.Contact.GetProperty("revision").GetInt32());
        Assert.Equal("New", left.Contact.GetProperty("info").GetProperty("name").GetProperty("first").GetString());
        Assert.Equal(3, left.Contact.GetProperty("info").GetProperty("emails").GetProperty("items").GetArrayLength());
        Assert.Equal([Other], byOldAddress.ContactIds);
        Assert.Equal([Other], (await api.QueryContactsAsync("{}")).ContactIds);
    }

    [Fact]
    public async Task A_merge_of_a_merge_leads_to_the_last_and_is_no_circle()
    {
        using var api = Api.InMemory();
        string last = "33333333-2222-4333-8444-555555555555";
        api.Handler.MergeContact(Someone, Other);
        api.Handler.MergeContact(Other, last);

        Assert.Equal(last, (await api.GetAsync($"{Api.Contacts}/{Someone}")).Contact.GetProperty("id").GetString());
        Assert.Throws<ArgumentException>(() => api.Handler.MergeContact(last, Someone));
        Assert.Throws<ArgumentException>(() => api.Handler.MergeContact(Someone, last));
        Assert.Throws<ArgumentException>(() => api.Handler.MergeContact(last, NoOne));
        Assert.Throws<FormatException>(() => api.Handler.MergeContact("x", last));
    }

    [Fact]
    public async Task The_address_of_a_made_up_contact_goes_with_it_into_a_merge()
    {
        using var api = Api.InMemory();
        string old = Assert.Single(
            (await api.QueryContactsAsync("""{"filter":{"primaryInfo.email":"ada@example.com"}}""")).ContactIds);
        using var later = Api.InMemory();

        api.Handler.MergeContact(old, Other);
        later.Handler.MergeContact(old, Other);

        Assert.Equal(
            [Other],
            (await api.QueryContactsAsync("""{"filter":{"primaryInfo.email":"ada@example.com"}}""")).ContactIds);
        Assert.Equal(
            [Other],
            (await later.QueryContactsAsync("""{"filter":{"primaryInfo.email":"ada@example.com"}}""")).ContactIds);
    }

    [Fact]
    public async Task The_conversation_of_a_merged_contact_is_that_of_the_one_that_is_left()
    {
        using var api = Api.InMemory();
        api.Handler.MergeContact(Someone, Other);

        var left = await api.GetOrCreateAsync("contactId", Other);
        var merged = await api.GetOrCreateAsync("contactId", Someone);

        Assert.Equal(left.Conversation.GetRawText(), merged.Conversation.GetRawText());
        Assert.False(merged.Json.GetProperty("newConversation").GetBoolean());
    }

    [Fact]
    public async Task A_conversation_shows_its_contacts_name_where_there_is_one()
    {
        using var api = Api.InMemory();
        string unnamed = (await api.GetOrCreateAsync("contactId", Someone)).Conversation.GetProperty("id").GetString()!;
        Assert.Equal("Contact 11111111", Name(await api.GetAsync($"{Api.Conversations}/{unnamed}")));

        api.Handler.AddContact(new SandboxContact { Id = Someone, FirstName = "Ada", LastName = "Lovelace" });
        api.Handler.AddContact(new SandboxContact { Id = Other, LastName = "Dare" });

        Assert.Equal("Ada Lovelace", Name(await api.GetAsync($"{Api.Conversations}/{unnamed}")));
        Assert.Equal("Dare", Name(await api.GetOrCreateAsync("contactId", Other)));
        static string? Name(Reply reply) =>
            reply.Conversation.GetProperty("participantDisplayData").GetProperty("name").GetString();
    }

    [Theory]
    [InlineData("?fields=primaryInfo", "id revision primaryInfo")]
    [InlineData("?fields=primaryInfo&fields=createdDate", "id revision createdDate primaryInfo")]
    [InlineData("?fieldsets=BASIC&fields=updatedDate", "id revision updatedDate primaryInfo info")]
    [InlineData("", "id revision createdDate updatedDate lastActivity primaryInfo info primaryEmail")]
    public async Task Get_contact_takes_repeated_fields_and_fieldsets(string query, string names)
    {
        using var api = Api.InMemory();
        api.Handler.AddContact(new SandboxContact { Id = Someone, FirstName = "Ada", Emails = { "ada@example.com" } });

        var reply = await api.GetAsync($"{Api.Contacts}/{Someone}{query}");

        Assert.Equal(names, string.Join(" ", reply.Contact.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task A_contact_that_makes_no_sense_is_refused_with_all_its_list()
    {
        using var api = Api.InMemory();
        SandboxContact[] bad =
        [
            new() { Id = "nonsense" },
            new() { Id = NoOne },
            new() { Emails = { string.Empty } },
            new() { Emails = { new string('x', 321) } },
            new() { Phones = { new string('1', 51) } },
            new() { FirstName = new string('x', 1001) },
            new() { SubscriptionStatus = "subscribed" },
            new() { DeliverabilityStatus = "SUBSCRIBED" },
        ];

        Assert.All(bad, contact => Assert.Throws<ArgumentException>(
            () => api.Handler.AddContacts([new SandboxContact { Id = Other }, contact])));
        var crowded = new SandboxContact();
        for (int i = 0; i < 51; i++)
        {
            crowded.Emails.Add($"{i}@example.com");
        }

        Assert.Throws<ArgumentException>(() => api.Handler.AddContact(crowded));
        Assert.Equal(200, (await api.GetAsync($"{Api.Contacts}/{Someone}")).Status);
    }

    [Fact]
    public async Task Contact_calls_need_a_credential_take_a_place_in_the_window_and_are_counted_by_route()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 2);
        await api.GetAsync($"{Api.Contacts}/{Someone}");
        await api.GetAsync($"{Api.Contacts}/{Other}");

        Assert.Equal(429, (await api.QueryContactsAsync("{}")).Status);
        api.WithoutAuthorization();
        Assert.Equal(401, (await api.QueryContactsAsync("{}")).Status);
        Assert.Equal(405, (await CallAsync(api)).Status);
        Assert.Equal(
            [("GET", "/contacts/v4/contacts/query", 405), ("POST", "/contacts/v4/contacts/query", 401),
             ("POST", "/contacts/v4/contacts/query", 429), ("GET", "/contacts/v4/contacts/{contactId}", 200)],
            api.Handler.RequestCounts.Select(line => (line.Method, line.Path, line.Status)));
    }

    private static Task<Reply> CallAsync(Api api)
    {
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        api.Authorize("t");
        return api.GetAsync($"{Api.Contacts}/query");
    }

    private static string? ResponseType(Reply reply) => reply.Json.GetProperty("responseType").GetString();
}
