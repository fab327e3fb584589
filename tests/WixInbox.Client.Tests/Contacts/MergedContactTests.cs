using WixInbox.Contacts;
using static WixInbox.Tests.Contacts.DirectorySite;

namespace WixInbox.Tests.Contacts;

/// <summary>Contacts whose ids no query finds, since they were merged into others.</summary>
public sealed class MergedContactTests : IDisposable
{
    private readonly DirectorySite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task An_id_that_was_merged_means_the_contact_that_is_left_and_what_that_one_wants()
    {
        const string Unknown = "ffffffff-0000-4000-8000-000000000007";
        _site.Sandbox.MergeContact(OldAda, Ada);

        var found = await _site.FindByIdAsync(OldAda, Unknown, Ben);

        Assert.Equal([Ada, null, Ben], found.Select(one => one.ContactId));
        Assert.Equal((AdasMember, SubscriptionStatus.Unsubscribed), (found[0].MemberId, found[0].SubscriptionStatus));
        Assert.Empty(found[1].ContactIds);
        Assert.Equal(["1 " + GetV4, "1 " + GetV4, "2 " + QueryV5], _site.Requests);
    }

    [Fact]
    public async Task Of_several_ids_that_were_merged_each_means_its_own_contact()
    {
        _site.Sandbox.MergeContact(OldAda, Ada);
        _site.Sandbox.MergeContact(OldBen, Ben);

        Assert.Equal(
            [(Ben, SubscriptionStatus.Subscribed), (Ada, SubscriptionStatus.Unsubscribed)],
            (await _site.FindByIdAsync(OldBen, OldAda)).Select(one => (one.ContactId, one.SubscriptionStatus)));
    }

    [Fact]
    public async Task An_id_that_was_merged_is_known_to_v4_alone_where_v5_refuses()
    {
        _site.Sandbox.MergeContact(OldBen, Ben);
        _site.Refuse("/contacts/v5", 404);

        var found = Assert.Single(await _site.FindByIdAsync(OldBen));

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
            await new ContactDirectory(client).FindByIdAsync([OldAda], default, TestClient.Cancellation));

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
            [OldAda, OldBen], default, TestClient.Cancellation);

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
            [OldAda, OldBen], default, TestClient.Cancellation);

        Assert.All(outcomes, outcome => Assert.Equal((null, status), (outcome.Value, outcome.Failure?.StatusCode)));
        Assert.Equal(expected, handler.Requests.Count(request => request.Method == HttpMethod.Get));
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
}
