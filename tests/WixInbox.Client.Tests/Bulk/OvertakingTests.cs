using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A row whose person could not be looked up may be sent later, and holds back those that name the same person.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class OvertakingTests
{
    private const string Address = "ann@example.com";

    [Fact]
    public void A_row_for_the_contact_who_has_the_address_that_could_not_be_looked_up_does_not_overtake()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { Address } });
        run.Fail("POST /contacts", new Fault
        {
            Kind = FaultKind.ServerErrorBefore,
            Status = 503,
            RetryAfter = "30",
            Times = 6,
        });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            var first = await SendAsync(run, Recipient.Email(Address), "1");
            run.Server.ClearFaults();
            return new[] { first, await SendAsync(run, SandboxRun.Contact, "2") };
        });

        Assert.Equal(
            (OutcomeKind.NotSent, Operation.QueryContacts), (outcomes[0].Kind, outcomes[0].Failure!.Operation));
        Assert.Empty(run.Stored);
        Assert.Equal(FailureCause.EarlierMessage, outcomes[1].Failure?.Cause);
    }

    private static Task<Outcome<Message>> SendAsync(SandboxRun run, Recipient to, string text) =>
        run.Sender.SendAsync(to, Sample.Text(text));
}
