using WixInbox.Contacts;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>An address that hundreds of contacts have, as a form may have made them.</summary>
[Collection(VirtualTime.Name)]
public sealed class ManyOfOneAddressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_keeps_nobody_else_who_is_looked_up_with_it_from_being_written_to(bool hasNoV4)
    {
        using var run = new SandboxRun();
        if (hasNoV4)
        {
            run.Fail(
                "POST /contacts/v4",
                new Fault { Kind = FaultKind.ApplicationError, Code = "GONE", Status = 410, Times = 100 });
        }

        run.Server.AddContacts(Enumerable.Range(0, 600).Select(number => new SandboxContact
        {
            Id = $"88888888-0000-4000-8000-{number:x12}",
            Emails = { "info@example.com" },
        }));
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });

        var outcomes = run.SendAll(
            (Recipient.Email("info@example.com"), "1"), (Recipient.Email("ann@example.com"), "2"));

        Assert.Equal(["2"], run.Stored);
        Assert.Equal("ContactAmbiguous", outcomes[0].Failure?.Code);
    }

    [Fact]
    public async Task Nothing_further_is_asked_where_each_address_has_turned_out_to_be_that_of_several()
    {
        var handler = new StubHandler(_ => ContactSite.Contacts(
            [ContactSite.Contact("info@example.com"), ContactSite.Contact("info@example.com", twin: 1)], "more"));
        using var client = TestClient.Over(handler);

        var outcome = await BulkRuns.Open(client).SendAsync(Recipient.Email("info@example.com"), Sample.Text());

        Assert.Equal("ContactAmbiguous", outcome.Failure?.Code);
        Assert.Equal(5, handler.Requests.Count);
    }

    [Fact]
    public async Task Whoever_else_is_looked_up_with_it_is_sent_later_where_the_further_pages_fail()
    {
        var pages = 0;
        var handler = new StubHandler(_ => pages++ < 5
            ? ContactSite.Contacts(
                [ContactSite.Contact("info@example.com"), ContactSite.Contact("info@example.com", twin: 1)], "more")
            : Answer.Status(500));
        using var client = TestClient.Over(handler);

        var outcomes = await new ContactDirectory(client).FindByEmailAsync(
            ["info@example.com", "ann@example.com"], default, TestClient.Cancellation);

        Assert.All(outcomes, outcome => Assert.Equal((null, 500), (outcome.Value, outcome.Failure?.StatusCode)));
    }

    [Fact]
    public void Nor_does_one_that_they_have_beside_their_main_addresses()
    {
        const string MemberId = "33333333-0000-4000-8000-000000000001";
        using var run = new SandboxRun();
        run.Server.AddContacts(Enumerable.Range(0, 600).Select(number => new SandboxContact
        {
            Id = $"88888888-0000-4000-8000-{number:x12}",
            Emails = { $"p{number}@example.com", "info@example.com" },
        }));
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            MemberId = MemberId,
            Emails = { "ann@example.com", "ann.at.home@example.com" },
        });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Member, MemberId);

        var outcomes = run.SendAll(
            (Recipient.Email("info@example.com"), "1"), (Recipient.Email("ann.at.home@example.com"), "2"));

        Assert.Equal("ContactAmbiguous", outcomes[0].Failure?.Code);
        Assert.Equal(
            (OutcomeKind.Succeeded, Sample.ConversationId), (outcomes[1].Kind, outcomes[1].Value?.ConversationId));
    }
}
