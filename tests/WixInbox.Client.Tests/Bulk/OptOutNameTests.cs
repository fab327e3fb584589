using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>Who was opted out is not written to under another name of the same person.</summary>
[Collection(VirtualTime.Name)]
public sealed class OptOutNameTests
{
    [Fact]
    public void Not_by_the_main_address_of_a_contact_whose_further_address_was_opted_out()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com", "ann.at.home@example.com" },
        });

        run.Sender.OptOut(Recipient.Email("ann.at.home@example.com"));
        var outcome = run.SendAll((Recipient.Email("ann@example.com"), "1"))[0];

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Empty(run.Stored);
    }
}
