using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>Who was opted out is not written to under another name of the same person.</summary>
[Collection(VirtualTime.Name)]
public sealed class OptOutNameTests
{
    private const string MemberId = "33333333-0000-4000-8000-000000000001";
    private const string Colleague = "55555555-0000-4000-8000-000000000002";

    [Theory]
    [InlineData(RecipientKind.Contact)]
    [InlineData(RecipientKind.Email)]
    public void Not_by_the_conversation_that_the_journal_knows_for_that_name(RecipientKind kind)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();
        Run(run => run.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("1")));
        storage = new MemoryStorage(storage.Written);

        var outcome = Run(run =>
        {
            Assert.True(run.KnowsConversation(Recipient.Email("ann@example.com")));
            run.OptOut(kind == RecipientKind.Contact ? SandboxRun.Contact : Recipient.Email("ann@example.com"));
            return run.SendAsync(SandboxRun.Conversation, Sample.Text("2"));
        });

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Equal(["1"], sandbox.Ledger.Select(entry => entry.Text));

        Outcome<Message> Run(Func<BulkRun, Task<Outcome<Message>>> send)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, keyProperty: null, time: time);
            using var run = BulkRuns.Open(client, journal: journal);
            return VirtualTime.Run(time, () => send(run));
        }
    }

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

    [Theory]
    [InlineData(RecipientKind.Contact)]
    [InlineData(RecipientKind.Email)]
    public void Not_by_the_member_id_of_a_contact_who_was_opted_out(RecipientKind kind)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "ann@example.com" }, MemberId = MemberId,
        });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            // Known to the run: the row is sent before somebody opts out.
            var first = await run.Sender.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("1"));
            run.Sender.OptOut(kind == RecipientKind.Contact ? SandboxRun.Contact : Recipient.Email("ann@example.com"));
            return new[] { first, await run.Sender.SendAsync(Recipient.Member(MemberId), Sample.Text("2")) };
        });

        Assert.Equal([null, "ContactUnsubscribed"], outcomes.Select(outcome => outcome.Failure?.Code));
        Assert.Equal(["1"], run.Stored);
    }

    [Theory]
    [InlineData(RecipientKind.Contact, false)]
    [InlineData(RecipientKind.Email, false)]
    [InlineData(RecipientKind.Contact, true)]
    public void Not_by_the_member_id_though_those_who_have_unsubscribed_are_written_to(
        RecipientKind kind, bool isOptedOutAgain)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "ann@example.com" }, MemberId = MemberId,
        });
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { IncludeUnsubscribed = true });

        var address = Recipient.Email("ann@example.com");
        sender.OptOut(kind == RecipientKind.Contact ? SandboxRun.Contact : address);
        var outcomes = VirtualTime.Run(run.Time, () =>
        {
            var byAddress = sender.SendAsync(address, Sample.Text("1"));
            var byMemberId = sender.SendAsync(Recipient.Member(MemberId), Sample.Text("2"));
            sender.OptOut(isOptedOutAgain ? [address] : []);
            return Task.WhenAll(byAddress, byMemberId);
        });

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void Not_by_the_member_id_where_a_later_row_has_opted_it_out_before_an_earlier_one_is_looked_up()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com" },
            MemberId = MemberId,
            SubscriptionStatus = "UNSUBSCRIBED",
        });

        var outcomes = VirtualTime.Run(run.Time, () =>
        {
            var byAddress = run.Sender.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("1"));
            var byMemberId = run.Sender.SendAsync(Recipient.Member(MemberId), Sample.Text("2"));
            run.Sender.OptOut(Recipient.Member(MemberId));
            return Task.WhenAll(byAddress, byMemberId);
        });

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void Not_by_a_conversation_that_an_earlier_row_has_beside_the_name()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });

        run.Sender.OptOut(SandboxRun.Contact);
        var outcomes = VirtualTime.Run(run.Time, async () => new[]
        {
            await run.Sender.SendAsync(run.Sender.Take(
                new BulkMessage(SandboxRun.Conversation, Sample.Text("1"))
                {
                    Contacts = [Recipient.Email("ann@example.com")],
                })),
            await run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("2")),
        });

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void Not_by_the_id_of_the_contact_into_whom_the_one_was_merged_who_was_opted_out()
    {
        var old = Recipient.Contact("eeeeeeee-0000-4000-8000-000000000005");
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        run.Server.MergeContact(old.Id, Sample.ContactId);

        run.Sender.OptOut(old);
        var outcomes = VirtualTime.Run(run.Time, async () => new[]
        {
            await run.Sender.SendAsync(old, Sample.Text("1")),
            await run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("2")),
        });

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void A_row_in_front_of_the_one_that_opts_out_is_sent_and_one_behind_it_is_not_however_slow_they_are()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });

        var outcomes = VirtualTime.Run(run.Time, () =>
        {
            // The look-up of both begins after a tenth of a second.
            var first = run.Sender.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("1"));
            run.Sender.OptOut(SandboxRun.Contact);
            var second = run.Sender.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("2"));
            run.Sender.OptOut(SandboxRun.Contact);
            return Task.WhenAll(first, second);
        });

        Assert.Equal([null, "ContactUnsubscribed"], outcomes.Select(outcome => outcome.Failure?.Code));
        Assert.Equal(["1"], run.Stored);
    }

    [Fact]
    public void Neither_of_two_who_have_an_address_that_was_opted_out_by_the_member_id()
    {
        const string Second = "33333333-0000-4000-8000-000000000002";
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "home@example.com" }, MemberId = MemberId,
        });
        run.Server.AddContact(new SandboxContact
        {
            Id = Colleague, Emails = { "home@example.com" }, MemberId = Second,
        });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            await run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
            await run.Sender.SendAsync(Recipient.Contact(Colleague), Sample.Text("2"));
            run.Sender.OptOut(Recipient.Email("home@example.com"));
            return new[]
            {
                await run.Sender.SendAsync(Recipient.Member(MemberId), Sample.Text("3")),
                await run.Sender.SendAsync(Recipient.Member(Second), Sample.Text("4")),
            };
        });

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
        Assert.Equal(["1", "2"], run.Stored);
    }

    [Fact]
    public void A_colleague_is_not_left_out_who_has_the_same_main_address()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "office@example.com" } });
        run.Server.AddContact(new SandboxContact { Id = Colleague, Emails = { "office@example.com" } });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            var both = await run.Sender.SendAsync(Recipient.Email("office@example.com"), Sample.Text("1"));
            run.Sender.OptOut(SandboxRun.Contact);
            return new[] { both, await run.Sender.SendAsync(Recipient.Contact(Colleague), Sample.Text("2")) };
        });

        Assert.Equal(["ContactAmbiguous", null], outcomes.Select(outcome => outcome.Failure?.Code));
        Assert.Equal(["2"], run.Stored);
    }

    [Fact]
    public void Nor_is_a_colleague_left_out_who_has_the_address_by_which_a_row_names_the_other()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId, Emails = { "office@example.com" }, SubscriptionStatus = "UNSUBSCRIBED",
        });
        run.Server.AddContact(new SandboxContact
        {
            Id = Colleague, Emails = { "bob@example.com", "office@example.com" },
        });

        var outcomes = run.SendAll(
            (Recipient.Email("office@example.com"), "1"), (Recipient.Email("bob@example.com"), "2"));

        Assert.Equal(["ContactUnsubscribed", null], outcomes.Select(outcome => outcome.Failure?.Code));
        Assert.Equal(["2"], run.Stored);
    }

    [Fact]
    public void Nor_is_a_colleague_left_out_who_has_one_of_the_addresses_too()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com", "office@example.com" },
            SubscriptionStatus = "UNSUBSCRIBED",
        });
        run.Server.AddContact(new SandboxContact
        {
            Id = Colleague, Emails = { "bob@example.com", "office@example.com" },
        });

        var outcomes = run.SendAll(
            (Recipient.Email("ann@example.com"), "1"), (Recipient.Email("bob@example.com"), "2"));

        Assert.Equal(["ContactUnsubscribed", null], outcomes.Select(outcome => outcome.Failure?.Code));
        Assert.Equal(["2"], run.Stored);
    }
}
