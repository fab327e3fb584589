using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>An address that hundreds of contacts have, as a form may have made them.</summary>
[Collection(VirtualTime.Name)]
public sealed class ManyOfOneAddressTests
{
    [Fact]
    public void It_keeps_nobody_else_who_is_looked_up_with_it_from_being_written_to()
    {
        using var run = new SandboxRun();
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
