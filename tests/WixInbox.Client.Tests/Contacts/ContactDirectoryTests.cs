using System.Text.Json.Nodes;
using WixInbox.Contacts;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Contacts;

/// <summary>
/// Contacts are looked up by address or id, many with one request: which contact, which member, and whether it wants
/// messages.
/// </summary>
public sealed class ContactDirectoryTests : IDisposable
{
    private const string Ada = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Ben = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string Cleo = "cccccccc-0000-4000-8000-000000000003";
    private const string Dan = "dddddddd-0000-4000-8000-000000000004";
    private const string AdasMember = "aaaaaaaa-0000-4000-8000-00000000000a";
    private const string OldAda = "eeeeeeee-0000-4000-8000-000000000005";
    private const string OldBen = "ffffffff-0000-4000-8000-000000000006";
    private const string PathV5 = "/contacts/v5/contacts/query";
    private const string PathV4 = "/contacts/v4/contacts/query";
    private const string QueryV5 = "POST /contacts/v5/contacts/query";
    private const string QueryV4 = "POST /contacts/v4/contacts/query";
    private const string GetV4 = "GET /contacts/v4/contacts/{contactId}";

    private readonly SandboxHandler _site = new();
    private readonly WixInboxClient _client;
    private readonly ContactDirectory _directory;

    public ContactDirectoryTests()
    {
        _site.AddContacts(
        [
            new()
            {
                Id = Ada,
                Emails = { "Ada@Example.com", "lovelace@example.com" },
                MemberId = AdasMember,
                SubscriptionStatus = "UNSUBSCRIBED",
            },
            new() { Id = Ben, Emails = { "ben@example.com", "shared@example.com" }, SubscriptionStatus = "SUBSCRIBED" },
            new() { Id = Cleo, Emails = { "twice@example.com", "shared@example.com", "ada@example.com" } },
            new() { Id = Dan, Emails = { "twice@example.com" } },
        ]);
        _client = TestClient.Over(_site, requestsPerMinute: 0);
        _directory = new ContactDirectory(_client);
    }

    private string[] Requests => [.. _site.RequestCounts.Select(count => $"{count.Count} {count.Method} {count.Path}")];

    public void Dispose()
    {
        _client.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task Main_addresses_cost_one_request_with_member_id_and_subscription()
    {
        var found = await FindAsync(" ADA@example.com", "ben@example.com");

        Assert.Equal(
            [
                new(" ADA@example.com", [Ada])
                {
                    Emails = ["ada@example.com", "lovelace@example.com"],
                    MemberId = AdasMember,
                    SubscriptionStatus = SubscriptionStatus.Unsubscribed,
                },
                new("ben@example.com", [Ben])
                {
                    Emails = ["ben@example.com", "shared@example.com"],
                    SubscriptionStatus = SubscriptionStatus.Subscribed,
                },
            ],
            found,
            AreSame);
        Assert.Equal(["1 " + QueryV5], Requests);
    }

    [Fact]
    public async Task An_address_beside_the_main_one_is_the_contacts_too_and_tells_as_much()
    {
        var found = Assert.Single(await FindAsync("Lovelace@Example.com"));

        Assert.Equal(
            (Ada, AdasMember, SubscriptionStatus.Unsubscribed),
            (found.ContactId, found.MemberId, found.SubscriptionStatus));
        Assert.Equal(["1 " + QueryV4, "2 " + QueryV5], Requests);
    }

    [Theory]
    [InlineData("twice@example.com", new[] { Cleo, Dan })]
    [InlineData("shared@example.com", new[] { Ben, Cleo })]
    [InlineData("nobody@example.com", new string[0])]
    public async Task Several_contacts_of_an_address_are_all_named_and_none_is_none(string address, string[] ids)
    {
        var found = Assert.Single(await FindAsync(address));

        Assert.Equal(ids, found.ContactIds.Order());
        Assert.Null(found.ContactId);
        Assert.Null(found.SubscriptionStatus);
    }

    [Fact]
    public async Task Whose_main_address_it_is_goes_before_who_has_it_as_well()
    {
        Assert.Equal(Ada, Assert.Single(await FindAsync("ada@example.com")).ContactId);
    }

    [Fact]
    public async Task Ids_are_looked_up_together_as_addresses_are()
    {
        var found = await FindByIdAsync(Ben, Ada.ToUpperInvariant());

        Assert.Equal(
            [(Ben, null, SubscriptionStatus.Subscribed), (Ada, AdasMember, SubscriptionStatus.Unsubscribed)],
            found.Select(one => (one.ContactId, one.MemberId, one.SubscriptionStatus)));
        Assert.Equal(["1 " + QueryV5], Requests);
    }

    [Fact]
    public async Task An_id_that_was_merged_means_the_contact_that_is_left_and_what_that_one_wants()
    {
        const string Unknown = "ffffffff-0000-4000-8000-000000000007";
        _site.MergeContact(OldAda, Ada);

        var found = await FindByIdAsync(OldAda, Unknown, Ben);

        Assert.Equal([Ada, null, Ben], found.Select(one => one.ContactId));
        Assert.Equal((AdasMember, SubscriptionStatus.Unsubscribed), (found[0].MemberId, found[0].SubscriptionStatus));
        Assert.Empty(found[1].ContactIds);
        Assert.Equal(["1 " + GetV4, "1 " + GetV4, "2 " + QueryV5], Requests);
    }

    [Fact]
    public async Task Of_several_ids_that_were_merged_each_means_its_own_contact()
    {
        _site.MergeContact(OldAda, Ada);
        _site.MergeContact(OldBen, Ben);

        Assert.Equal(
            [(Ben, SubscriptionStatus.Subscribed), (Ada, SubscriptionStatus.Unsubscribed)],
            (await FindByIdAsync(OldBen, OldAda)).Select(one => (one.ContactId, one.SubscriptionStatus)));
    }

    [Fact]
    public async Task An_id_that_was_merged_is_known_to_v4_alone_where_v5_refuses()
    {
        _site.MergeContact(OldBen, Ben);
        Refuse("/contacts/v5", 404);

        var found = Assert.Single(await FindByIdAsync(OldBen));

        Assert.Equal((Ben, SubscriptionStatus.Subscribed), (found.ContactId, found.SubscriptionStatus));
    }

    [Theory]
    [InlineData("""[]""", null)]
    [InlineData($$$"""[{"id":"{{{Ada}}}","memberInfo":{"memberId":"{{{AdasMember}}}"}}]""", AdasMember)]
    [InlineData(
        $$$"""[{"id":"{{{Ada}}}","email":{"subscriptionStatus":{"status":"SUBSCRIBED"},"email":"a@b.example"}}]""",
        null)]
    public async Task Who_has_unsubscribed_by_the_one_version_has_whatever_the_other_says(
        string contacts, string? memberId)
    {
        var handler = MergedSite(Answer.Json(200, $$"""{"contacts":{{contacts}}}"""));
        using var client = TestClient.Over(handler);

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByIdAsync([OldAda], 0, TestClient.Cancellation));

        Assert.Equal(
            (Ada, memberId, SubscriptionStatus.Unsubscribed),
            (outcome.Value?.ContactId, outcome.Value?.MemberId, outcome.Value?.SubscriptionStatus));
        Assert.Equal([Ada], Asked(handler.Requests[^1], "id"));
    }

    [Fact]
    public async Task Of_those_that_were_merged_and_v5_tells_nothing_of_only_who_has_unsubscribed_is_known()
    {
        using var client = TestClient.Over(MergedSite(Answer.Status(400)));

        var outcomes = await new ContactDirectory(client).FindByIdAsync(
            [OldAda, OldBen], 0, TestClient.Cancellation);

        Assert.Equal(SubscriptionStatus.Unsubscribed, outcomes[0].Value?.SubscriptionStatus);
        Assert.Equal((null, 400), (outcomes[1].Value, outcomes[1].Failure?.StatusCode));
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 1)]
    [InlineData(403, 2)]
    public async Task Ids_that_no_query_finds_are_asked_for_one_by_one_unless_every_call_would_fail(
        int status, int expected)
    {
        var handler = new StubHandler(
            request => request.Path == PathV5 ? Answer.Json(200, """{"contacts":[]}""") : Answer.Status(status));
        using var client = TestClient.Over(handler);

        var outcomes = await new ContactDirectory(client).FindByIdAsync(
            [OldAda, OldBen], 0, TestClient.Cancellation);

        Assert.All(outcomes, outcome => Assert.Equal((null, status), (outcome.Value, outcome.Failure?.StatusCode)));
        Assert.Equal(expected, handler.Requests.Count(request => request.Method == HttpMethod.Get));
    }

    [Fact]
    public async Task Those_that_are_nobodys_main_address_are_asked_for_as_they_are_written_and_in_lower_case()
    {
        var handler = new StubHandler(request => Answer.Json(
            200,
            request.Path == PathV5
                ? $$$"""{"contacts":[{"id":"{{{Ben}}}","email":{"email":"ben@example.com"}}]}"""
                : """{"contacts":[]}"""));
        using var client = TestClient.Over(handler);

        await new ContactDirectory(client).FindByEmailAsync(
            ["Ben@example.com", "Lovelace@Example.com", "x@example.com", "lovelace@example.com"],
            0,
            TestClient.Cancellation);

        Assert.Equal(
            ["ben@example.com", "lovelace@example.com", "x@example.com"], Asked(handler.Requests[0], "email.email"));
        Assert.Equal(
            ["Lovelace@Example.com", "x@example.com", "lovelace@example.com"],
            Asked(handler.Requests[1], "info.emails.email"));
    }

    [Fact]
    public async Task Where_v5_refuses_v4_is_asked_for_the_same()
    {
        var handler = new StubHandler(request =>
            request.Path == PathV4 ? Answer.Json(200, """{"contacts":[]}""") : Answer.Status(404));
        using var client = TestClient.Over(handler);
        var directory = new ContactDirectory(client);

        await directory.FindByIdAsync([Ada, Ben, Ada], 0, TestClient.Cancellation);
        await directory.FindByEmailAsync(["ada@example.com"], 0, TestClient.Cancellation);

        var asked = handler.Requests.Where(request => request.Path == PathV4).ToArray();
        Assert.Equal([Ada, Ben], Asked(asked[0], "id"));
        Assert.Equal(["ada@example.com"], Asked(asked[1], "info.emails.email"));
    }

    [Fact]
    public async Task More_contacts_than_a_page_of_v4_has_are_all_read()
    {
        var handler = new StubHandler(request =>
            request.Path != PathV4 ? Answer.Status(404)
                : Offset(request) == 0 ? OlderContacts(1_000, "x@example.com")
                : OlderContacts(1, "a@example.com"));
        using var client = TestClient.Over(handler);

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], 0, TestClient.Cancellation));

        Assert.Equal("a@example.com0", outcome.Value?.ContactId);
        Assert.Equal([0, 1_000], handler.Requests.Where(request => request.Path == PathV4).Select(Offset));
    }

    [Fact]
    public async Task An_address_that_fills_five_pages_of_v4_does_not_keep_the_others_from_being_found()
    {
        var handler = new StubHandler(request =>
            request.Path != PathV4 ? Answer.Status(404)
                : Asked(request, "info.emails.email").Contains("info@example.com")
                    ? OlderContacts(1_000, "info@example.com")
                : OlderContacts(1, "a@example.com"));
        using var client = TestClient.Over(handler);

        var outcomes = await new ContactDirectory(client).FindByEmailAsync(
            ["info@example.com", "a@example.com"], 0, TestClient.Cancellation);

        Assert.Equal(1_000, outcomes[0].Value?.ContactIds.Count);
        Assert.Equal("a@example.com0", outcomes[1].Value?.ContactId);
        Assert.Equal(
            [0, 1_000, 2_000, 3_000, 4_000, 0],
            handler.Requests.Where(request => request.Path == PathV4).Select(Offset));
    }

    [Theory]
    [InlineData(PathV5)]
    [InlineData(PathV4)]
    public async Task What_a_list_has_besides_contacts_is_passed_over(string path)
    {
        var handler = new StubHandler(request => request.Path == path
            ? Answer.Json(200, $$$"""
                {"contacts":[
                    null,
                    {"email":{"email":"ben@example.com"},"primaryEmail":{"email":"ben@example.com"}},
                    {"id":"{{{Ben}}}","email":{"email":"ben@example.com"},"primaryEmail":{"email":"ben@example.com"}}]}
                """)
            : Answer.Status(404));
        using var client = TestClient.Over(handler);

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["ben@example.com"], 0, TestClient.Cancellation));

        Assert.Equal(Ben, outcome.Value?.ContactId);
    }

    [Fact]
    public async Task Where_v5_holds_up_a_look_up_for_two_minutes_the_next_one_goes_to_v4()
    {
        var isRefused = false;
        var handler = new StubHandler(request =>
            request.Path == PathV5 && isRefused ? Answer.Status(403) : Answer.Json(200, """{"contacts":[]}"""));
        using var client = TestClient.Over(handler);
        await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], 0, TestClient.Cancellation);
        isRefused = true;
        var asked = handler.Requests.Count(request => request.Path == PathV5);
        var later = new ContactDirectory(client);

        await later.FindByEmailAsync(["a@example.com"], 0, TestClient.Cancellation);
        await later.FindByEmailAsync(["b@example.com"], 0, TestClient.Cancellation);

        Assert.Equal(asked + 6, handler.Requests.Count(request => request.Path == PathV5));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(410)]
    [InlineData(501)]
    public async Task Where_v5_refuses_v4_answers_with_the_subscription_and_not_who_is_a_member(int status)
    {
        Refuse("/contacts/v5", status);

        var addresses = await FindAsync("ada@example.com", "lovelace@example.com", "shared@example.com");

        // v4 finds a contact by each of its addresses with the same request.
        Assert.Equal(["1 " + QueryV4, "1 " + QueryV5], Requests.OrderBy(request => request, StringComparer.Ordinal));

        var ids = await FindByIdAsync(Ada);
        Assert.Equal([Ada, Ada, null], addresses.Select(one => one.ContactId));
        Assert.All([.. addresses.Take(2), .. ids], one => Assert.Equal(
            (SubscriptionStatus.Unsubscribed, null), (one.SubscriptionStatus, one.MemberId)));

        // It is not asked again.
        Assert.Contains("1 " + QueryV5, Requests);
    }

    [Fact]
    public async Task What_v5_does_not_take_goes_to_v4_and_the_next_ones_go_to_v5_again()
    {
        await FindAsync("ben@example.com");
        Refuse("/contacts/v5", 400, times: 1);

        Assert.Null(Assert.Single(await FindAsync("ada@example.com")).MemberId);
        Assert.Equal(AdasMember, Assert.Single(await FindAsync("ada@example.com")).MemberId);
    }

    [Fact]
    public async Task Once_v5_has_answered_a_refusal_is_a_failure_since_v4_could_not_tell_who_is_a_member()
    {
        await FindAsync("ben@example.com");
        Refuse("/contacts/v5", 403);

        var outcome = Assert.Single(
            await _directory.FindByEmailAsync(["ada@example.com"], 0, TestClient.Cancellation));

        Assert.Equal((OutcomeKind.Rejected, 403), (outcome.Kind, outcome.Failure!.StatusCode));
    }

    [Fact]
    public async Task Where_v4_has_gone_main_addresses_are_found_and_others_are_not()
    {
        Refuse("/contacts/v4", 404);

        Assert.Equal(
            [Ada, null], (await FindAsync("ada@example.com", "lovelace@example.com")).Select(one => one.ContactId));
    }

    [Fact]
    public async Task Where_v4_fails_main_addresses_are_found_and_whose_the_others_are_is_not_known()
    {
        Refuse("/contacts/v4", 500);

        var outcomes = await _directory.FindByEmailAsync(
            ["ben@example.com", "shared@example.com"], 0, TestClient.Cancellation);

        Assert.Equal((Ben, null), (outcomes[0].Value?.ContactId, outcomes[0].Failure));
        Assert.Equal((null, 500), (outcomes[1].Value, outcomes[1].Failure?.StatusCode));
    }

    [Fact]
    public async Task Where_v5_fails_after_v4_has_found_contacts_only_who_has_unsubscribed_is_known()
    {
        var asked = 0;
        using var client = TestClient.Over(new StubHandler(request =>
            request.Path == PathV4
                ? Answer.Json(200, $$$"""
                    {"contacts":[
                        {"id":"{{{Ada}}}","info":{"emails":{"items":[{"email":"lovelace@example.com"}]}},
                         "primaryEmail":{"email":"ada@example.com","subscriptionStatus":"UNSUBSCRIBED"}},
                        {"id":"{{{Ben}}}","info":{"emails":{"items":[{"email":"shared@example.com"}]}},
                         "primaryEmail":{"email":"ben@example.com","subscriptionStatus":"SUBSCRIBED"}}]}
                    """)
                : asked++ == 0 ? Answer.Json(200, """{"contacts":[]}""")
                : Answer.Status(500)));

        var outcomes = await new ContactDirectory(client).FindByEmailAsync(
            ["lovelace@example.com", "shared@example.com"], 0, TestClient.Cancellation);

        Assert.Equal(
            (Ada, SubscriptionStatus.Unsubscribed),
            (outcomes[0].Value?.ContactId, outcomes[0].Value?.SubscriptionStatus));
        Assert.Equal((null, 500), (outcomes[1].Value, outcomes[1].Failure?.StatusCode));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task What_is_no_refusal_of_v5_alone_is_a_failure(int status)
    {
        var handler = new StubHandler(_ => Answer.Status(status));
        using var client = TestClient.Over(handler);

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["ada@example.com"], 0, TestClient.Cancellation));

        Assert.Null(outcome.Value);
        Assert.Equal(status, outcome.Failure!.StatusCode);
        Assert.All(handler.Requests, request => Assert.Equal(PathV5, request.Path));
    }

    [Theory]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com"}}""")]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com","subscriptionStatus":{}}}""")]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com","subscriptionStatus":{"status":"PERHAPS"}}}""")]
    public async Task A_status_that_does_not_come_or_is_not_known_is_none(string contact)
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Json(200, $$"""{"contacts":[{{contact}}]}""")));

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], 0, TestClient.Cancellation));

        Assert.Equal(("c1", null), (outcome.Value!.ContactId, outcome.Value.SubscriptionStatus));
    }

    [Fact]
    public async Task Fifty_addresses_stay_within_one_page_though_each_is_shared_by_three()
    {
        string[] addresses =
        [
            .. Enumerable.Range(0, ContactDirectory.BatchSize).Select(number => $"p{number}@example.com"),
        ];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _site.AddContacts(addresses.Select(address => new SandboxContact { Emails = { address } }));
        }

        var found = await FindAsync(addresses);

        Assert.All(found, one => Assert.Equal(3, one.ContactIds.Count));
        Assert.Equal(["2 " + QueryV5], Requests);
    }

    [Fact]
    public async Task A_member_is_written_to_as_a_member_and_another_contact_as_a_contact()
    {
        var sender = BulkRuns.Open(_client, new BulkRunOptions { IncludeUnsubscribed = true });

        foreach (var address in new[] { "ada@example.com", "ben@example.com" })
        {
            var outcome = await sender.SendAsync(new Recipient(RecipientKind.Email, address), Sample.Text());
            Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        }

        var member = await _client.GetOrCreateConversationAsync(
            new IdentificationData { MemberId = AdasMember }, TestClient.Cancellation);
        var contact = await _client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Ben }, TestClient.Cancellation);
        Assert.Equal(
            [member.Value!.Conversation!.Id, contact.Value!.Conversation!.Id],
            _site.Ledger.Select(entry => entry.ConversationId));
    }

    // Where two contacts were merged: Ada, who has unsubscribed, and Ben, who has not. The queries do not find the old
    // ids, and the later ones have this answer.
    private static StubHandler MergedSite(HttpResponseMessage later)
    {
        var asked = 0;
        return new StubHandler(request => request.Path switch
        {
            PathV5 => asked++ == 0 ? Answer.Json(200, """{"contacts":[]}""") : later,
            $"/contacts/v4/contacts/{OldAda}" => Contact(Ada, "UNSUBSCRIBED"),
            _ => Contact(Ben, "SUBSCRIBED"),
        });

        static HttpResponseMessage Contact(string id, string status) => Answer.Json(
            200, $$$"""{"contact":{"primaryEmail":{"subscriptionStatus":"{{{status}}}"},"id":"{{{id}}}"}}""");
    }

    private static HttpResponseMessage OlderContacts(int count, string address) => Answer.Json(
        200,
        new JsonObject
        {
            ["contacts"] = new JsonArray(
                [
                    .. Enumerable.Range(0, count).Select(number => new JsonObject
                    {
                        ["id"] = $"{address}{number}", ["primaryEmail"] = new JsonObject { ["email"] = address },
                    }),
                ]),
        }.ToJsonString());

    private static int Offset(RecordedRequest request) =>
        JsonNode.Parse(request.Body)!["query"]!["paging"]!["offset"]!.GetValue<int>();

    private static string[] Asked(RecordedRequest request, string field) =>
    [
        .. JsonNode.Parse(request.Body)!["query"]!["filter"]![field]!["$in"]!.AsArray()
            .Select(value => value!.GetValue<string>()),
    ];

    private static bool AreSame(ContactLookup one, ContactLookup other) =>
        one with { ContactIds = [], Emails = [] } == other with { ContactIds = [], Emails = [] }
        && one.ContactIds.SequenceEqual(other.ContactIds)
        && one.Emails.SequenceEqual(other.Emails);

    private void Refuse(string pathPrefix, int status, int times = 100) =>
        _site.AddFault(new Fault
        {
            Kind = status < 500 ? FaultKind.ApplicationError : FaultKind.ServerErrorBefore,
            Code = status < 500 ? "NO" : null,
            Status = status,
            PathPrefix = pathPrefix,
            Times = times,
        });

    private async Task<ContactLookup[]> FindAsync(params string[] addresses) =>
        Found(await _directory.FindByEmailAsync(addresses, 0, TestClient.Cancellation));

    private async Task<ContactLookup[]> FindByIdAsync(params string[] ids) =>
        Found(await _directory.FindByIdAsync(ids, 0, TestClient.Cancellation));

    private static ContactLookup[] Found(Outcome<ContactLookup>[] outcomes) =>
    [
        .. outcomes.Select(outcome =>
        {
            Assert.Null(outcome.Failure);
            return outcome.Value!;
        }),
    ];
}
