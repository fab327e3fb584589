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
        const string Old = "eeeeeeee-0000-4000-8000-000000000005";
        const string Unknown = "ffffffff-0000-4000-8000-000000000006";
        _site.MergeContact(Old, Ada);

        var found = await FindByIdAsync(Old, Unknown, Ben);

        Assert.Equal([Ada, null, Ben], found.Select(one => one.ContactId));
        Assert.Equal((AdasMember, SubscriptionStatus.Unsubscribed), (found[0].MemberId, found[0].SubscriptionStatus));
        Assert.Empty(found[1].ContactIds);
        Assert.Equal(["1 " + GetV4, "1 " + GetV4, "2 " + QueryV5], Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
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

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task What_is_no_refusal_of_v5_alone_is_a_failure(int status)
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(status)));

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["ada@example.com"], 0, TestClient.Cancellation));

        Assert.Null(outcome.Value);
        Assert.Equal(status, outcome.Failure!.StatusCode);
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

    private static bool AreSame(ContactLookup one, ContactLookup other) =>
        one with { ContactIds = [], Emails = [] } == other with { ContactIds = [], Emails = [] }
        && one.ContactIds.SequenceEqual(other.ContactIds)
        && one.Emails.SequenceEqual(other.Emails);

    private void Refuse(string pathPrefix, int status, int times = 100) =>
        _site.AddFault(new Fault
        {
            Kind = FaultKind.ApplicationError,
            Code = "NO",
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
