using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>A row that names somebody besides, who was opted out by that very name.</summary>
[Collection(VirtualTime.Name)]
public sealed class OptOutOfRowTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_refused_though_Wix_knows_no_such_contact_or_tells_of_none(bool isRefused)
    {
        var address = Recipient.Email("gone@example.com");
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        if (isRefused)
        {
            run.Fail("POST /contacts", new Fault { Kind = FaultKind.EmptyForbidden, Times = 100 });
        }

        run.Sender.OptOut(address);
        var outcome = VirtualTime.Run(run.Time, () => run.Sender.SendAsync(run.Sender.Take(
            new BulkMessage(SandboxRun.Conversation, Sample.Text()) { Contacts = [address] })));

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Empty(run.Stored);
    }

    [Theory]
    [InlineData(RecipientKind.Email, RecipientKind.Conversation, 1)]
    [InlineData(RecipientKind.Email, RecipientKind.Member, 1)]
    [InlineData(RecipientKind.Email, RecipientKind.Contact, 0)]
    [InlineData(RecipientKind.Conversation, RecipientKind.Conversation, 0)]
    public void That_a_row_may_be_for_somebody_who_was_opted_out_by_another_name_is_said_once(
        RecipientKind optedOut, RecipientKind kind, int expected)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, SubscriptionStatus = "SUBSCRIBED" });
        var warnings = new List<string>();
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });
        sender.OptOut(optedOut == RecipientKind.Email
            ? Recipient.Email("gone@example.com")
            : Recipient.Conversation(Sample.OtherConversationId));

        var to = kind == RecipientKind.Conversation ? SandboxRun.Conversation : new Recipient(kind, Sample.ContactId);
        VirtualTime.Run(run.Time, async () => new[]
        {
            await sender.SendAsync(to, Sample.Text("1")), await sender.SendAsync(to, Sample.Text("2")),
        });

        Assert.Equal(
            expected,
            warnings.Count(warning => warning.StartsWith("A row names nobody but", StringComparison.Ordinal)));
    }

    [Fact]
    public void That_is_said_too_where_the_earlier_row_turns_out_only_later_to_be_for_somebody_who_wants_none()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "ann@example.com" }, SubscriptionStatus = "UNSUBSCRIBED",
        });
        var warnings = new List<string>();
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });

        VirtualTime.Run(run.Time, () => Task.WhenAll(
            sender.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("1")),
            sender.SendAsync(SandboxRun.Conversation, Sample.Text("2"))));

        Assert.StartsWith("A row names nobody but", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void That_is_not_said_of_a_row_in_front_of_the_one_that_opts_out()
    {
        using var run = new SandboxRun();
        var warnings = new List<string>();
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });

        VirtualTime.Run(run.Time, () => sender.SendAsync(SandboxRun.Conversation, Sample.Text()));
        sender.OptOut(Recipient.Email("gone@example.com"));

        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("ann.at.home@example.com")]
    [InlineData(" Ann.At.Home@example.com ")]
    public void A_further_address_of_the_contact_itself_is_no_other_contact(string address)
    {
        const string Twin = "55555555-0000-4000-8000-000000000002";
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "ann@example.com", "ann.at.home@example.com" },
        });
        run.Server.AddContact(new SandboxContact { Id = Twin, Emails = { "ann.at.home@example.com" } });

        var outcome = VirtualTime.Run(run.Time, () => run.Sender.SendAsync(run.Sender.Take(
            new BulkMessage(SandboxRun.Contact, Sample.Text())
            {
                Contacts = [Recipient.Email(address)],
            })));

        Assert.Equal((OutcomeKind.Succeeded, null), (outcome.Kind, outcome.Failure?.Code));
    }
}
