using System.Text.Json.Nodes;
using WixInbox.Contacts;
using WixInbox.Sandbox;
using static WixInbox.Tests.Contacts.DirectorySite;

namespace WixInbox.Tests.Contacts;

/// <summary>
/// Contacts are looked up by address or id, many with one request: which contact, which member, and whether it wants
/// messages.
/// </summary>
public sealed class ContactDirectoryTests : IDisposable
{
    private readonly DirectorySite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Main_addresses_cost_one_request_with_member_id_and_subscription()
    {
        var found = await _site.FindAsync(" ADA@example.com", "ben@example.com");

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
        Assert.Equal(["1 " + QueryV5], _site.Requests);
    }

    [Fact]
    public async Task An_address_beside_the_main_one_is_the_contacts_too_and_tells_as_much()
    {
        var found = Assert.Single(await _site.FindAsync("Lovelace@Example.com"));

        Assert.Equal(
            (Ada, AdasMember, SubscriptionStatus.Unsubscribed),
            (found.ContactId, found.MemberId, found.SubscriptionStatus));
        Assert.Equal(["1 " + QueryV4, "2 " + QueryV5], _site.Requests);
    }

    [Theory]
    [InlineData("twice@example.com", new[] { Cleo, Dan })]
    [InlineData("shared@example.com", new[] { Ben, Cleo })]
    [InlineData("nobody@example.com", new string[0])]
    public async Task Several_contacts_of_an_address_are_all_named_and_none_is_none(string address, string[] ids)
    {
        var found = Assert.Single(await _site.FindAsync(address));

        Assert.Equal(ids, found.ContactIds.Order());
        Assert.Null(found.ContactId);
        Assert.Null(found.SubscriptionStatus);
    }

    [Fact]
    public async Task Whose_main_address_it_is_goes_before_who_has_it_as_well()
    {
        Assert.Equal(Ada, Assert.Single(await _site.FindAsync("ada@example.com")).ContactId);
    }

    [Fact]
    public async Task Ids_are_looked_up_together_as_addresses_are()
    {
        var found = await _site.FindByIdAsync(Ben, Ada.ToUpperInvariant());

        Assert.Equal(
            [(Ben, null, SubscriptionStatus.Subscribed), (Ada, AdasMember, SubscriptionStatus.Unsubscribed)],
            found.Select(one => (one.ContactId, one.MemberId, one.SubscriptionStatus)));
        Assert.Equal(["1 " + QueryV5], _site.Requests);
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
            default,
            TestClient.Cancellation);

        Assert.Equal(
            ["ben@example.com", "lovelace@example.com", "x@example.com"], Asked(handler.Requests[0], "email.email"));
        Assert.Equal(
            ["Lovelace@Example.com", "x@example.com", "lovelace@example.com"],
            Asked(handler.Requests[1], "info.emails.email"));
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
            await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], default, TestClient.Cancellation));

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
            ["info@example.com", "a@example.com"], default, TestClient.Cancellation);

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
            await new ContactDirectory(client).FindByEmailAsync(["ben@example.com"], default, TestClient.Cancellation));

        Assert.Equal(Ben, outcome.Value?.ContactId);
    }

    [Theory]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com"}}""")]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com","subscriptionStatus":{}}}""")]
    [InlineData("""{"id":"c1","email":{"email":"a@example.com","subscriptionStatus":{"status":"PERHAPS"}}}""")]
    public async Task A_status_that_does_not_come_or_is_not_known_is_none(string contact)
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Json(200, $$"""{"contacts":[{{contact}}]}""")));

        var outcome = Assert.Single(
            await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], default, TestClient.Cancellation));

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
            _site.Sandbox.AddContacts(addresses.Select(address => new SandboxContact { Emails = { address } }));
        }

        var found = await _site.FindAsync(addresses);

        Assert.All(found, one => Assert.Equal(3, one.ContactIds.Count));
        Assert.Equal(["2 " + QueryV5], _site.Requests);
    }

    [Fact]
    public async Task A_member_is_written_to_as_a_member_and_another_contact_as_a_contact()
    {
        var sender = BulkRuns.Open(_site.Client, new BulkRunOptions { IncludeUnsubscribed = true });

        foreach (var address in new[] { "ada@example.com", "ben@example.com" })
        {
            var outcome = await sender.SendAsync(new Recipient(RecipientKind.Email, address), Sample.Text());
            Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        }

        var member = await _site.Client.GetOrCreateConversationAsync(
            new IdentificationData { MemberId = AdasMember }, TestClient.Cancellation);
        var contact = await _site.Client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Ben }, TestClient.Cancellation);
        Assert.Equal(
            [member.Value!.Conversation!.Id, contact.Value!.Conversation!.Id],
            _site.Sandbox.Ledger.Select(entry => entry.ConversationId));
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

    private static bool AreSame(ContactLookup one, ContactLookup other) =>
        one with { ContactIds = [], Emails = [] } == other with { ContactIds = [], Emails = [] }
        && one.ContactIds.SequenceEqual(other.ContactIds)
        && one.Emails.SequenceEqual(other.Emails);
}
