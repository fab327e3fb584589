using WixInbox.Contacts;
using static WixInbox.Tests.Contacts.DirectorySite;

namespace WixInbox.Tests.Contacts;

/// <summary>Contacts of a site where Contacts v5 or v4 refuses or fails.</summary>
public sealed class ContactVersionTests : IDisposable
{
    private readonly DirectorySite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Where_v5_refuses_v4_is_asked_for_the_same()
    {
        var handler = new StubHandler(request =>
            request.Path == PathV4 ? Answer.Json(200, """{"contacts":[]}""") : Answer.Status(404));
        using var client = TestClient.Over(handler);
        var directory = new ContactDirectory(client);

        await directory.FindByIdAsync([Ada, Ben, Ada], default, TestClient.Cancellation);
        await directory.FindByEmailAsync(["ada@example.com"], default, TestClient.Cancellation);

        var asked = handler.Requests.Where(request => request.Path == PathV4).ToArray();
        Assert.Equal([Ada, Ben], Asked(asked[0], "id"));
        Assert.Equal(["ada@example.com"], Asked(asked[1], "info.emails.email"));
    }

    [Fact]
    public async Task Where_v5_holds_up_a_look_up_for_two_minutes_the_next_one_goes_to_v4()
    {
        var isRefused = false;
        var handler = new StubHandler(request =>
            request.Path == PathV5 && isRefused ? Answer.Status(403) : Answer.Json(200, """{"contacts":[]}"""));
        using var client = TestClient.Over(handler);
        await new ContactDirectory(client).FindByEmailAsync(["a@example.com"], default, TestClient.Cancellation);
        isRefused = true;
        var asked = handler.Requests.Count(request => request.Path == PathV5);
        var later = new ContactDirectory(client);

        await later.FindByEmailAsync(["a@example.com"], default, TestClient.Cancellation);
        await later.FindByEmailAsync(["b@example.com"], default, TestClient.Cancellation);

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
        _site.Refuse("/contacts/v5", status);

        var addresses = await _site.FindAsync("ada@example.com", "lovelace@example.com", "shared@example.com");

        // v4 finds a contact by each of its addresses with the same request.
        Assert.Equal(
            ["1 " + QueryV4, "1 " + QueryV5], _site.Requests.OrderBy(request => request, StringComparer.Ordinal));

        var ids = await _site.FindByIdAsync(Ada);
        Assert.Equal([Ada, Ada, null], addresses.Select(one => one.ContactId));
        Assert.All([.. addresses.Take(2), .. ids], one => Assert.Equal(
            (SubscriptionStatus.Unsubscribed, null), (one.SubscriptionStatus, one.MemberId)));

        // It is not asked again.
        Assert.Contains("1 " + QueryV5, _site.Requests);
    }

    [Fact]
    public async Task What_v5_does_not_take_goes_to_v4_and_the_next_ones_go_to_v5_again()
    {
        await _site.FindAsync("ben@example.com");
        _site.Refuse("/contacts/v5", 400, times: 1);

        Assert.Null(Assert.Single(await _site.FindAsync("ada@example.com")).MemberId);
        Assert.Equal(AdasMember, Assert.Single(await _site.FindAsync("ada@example.com")).MemberId);
    }

    [Fact]
    public async Task Once_v5_has_answered_a_refusal_is_a_failure_since_v4_could_not_tell_who_is_a_member()
    {
        await _site.FindAsync("ben@example.com");
        _site.Refuse("/contacts/v5", 403);

        var outcome = Assert.Single(
            await _site.Directory.FindByEmailAsync(["ada@example.com"], default, TestClient.Cancellation));

        Assert.Equal((OutcomeKind.Rejected, 403), (outcome.Kind, outcome.Failure!.StatusCode));
    }

    [Fact]
    public async Task Where_v4_has_gone_main_addresses_are_found_and_others_are_not()
    {
        _site.Refuse("/contacts/v4", 404);

        Assert.Equal(
            [Ada, null],
            (await _site.FindAsync("ada@example.com", "lovelace@example.com")).Select(one => one.ContactId));
    }

    [Fact]
    public async Task Where_v4_fails_main_addresses_are_found_and_whose_the_others_are_is_not_known()
    {
        _site.Refuse("/contacts/v4", 500);

        var outcomes = await _site.Directory.FindByEmailAsync(
            ["ben@example.com", "shared@example.com"], default, TestClient.Cancellation);

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
            ["lovelace@example.com", "shared@example.com"], default, TestClient.Cancellation);

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
            await new ContactDirectory(client).FindByEmailAsync(["ada@example.com"], default, TestClient.Cancellation));

        Assert.Null(outcome.Value);
        Assert.Equal(status, outcome.Failure!.StatusCode);
        Assert.All(handler.Requests, request => Assert.Equal(PathV5, request.Path));
    }
}
