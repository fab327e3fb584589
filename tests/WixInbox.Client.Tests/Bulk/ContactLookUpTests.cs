using System.Text.Json.Nodes;
using WixInbox.Clocks;
using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;
using static WixInbox.Tests.ContactSite;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// Recipients that are known by an address or as contacts: many are looked up with one request, and whom that leads to.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ContactLookUpTests
{
    private static readonly string[] s_addresses = Addresses;

    private readonly SimulatedTime _time = new();
    private readonly List<string[]> _lookUps = [];

    [Fact]
    public async Task One_that_was_not_looked_up_before_is_looked_up_alone()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Email("Ann@Example.com"));

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);

        // In lower case, as Contacts v5 keeps addresses.
        Assert.Equal(["ann@example.com"], Assert.Single(_lookUps));
        Assert.Equal("/contacts/v5/contacts/query", handler.Requests[0].Path);
    }

    [Theory]
    [InlineData(0, "NOT_SET", "ContactNotFound")]
    [InlineData(2, "NOT_SET", "ContactAmbiguous")]
    [InlineData(1, "UNSUBSCRIBED", "ContactUnsubscribed")]
    public async Task Who_cannot_be_written_to_is_told_why_and_nothing_is_sent(
        int contacts, string subscription, string code)
    {
        var handler = new StubHandler(request => AnswerTo(
            request,
            address => [.. Enumerable.Range(0, contacts).Select(twin => Contact(address, subscription, twin))]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Email("a@example.com"));

        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.Contact, Operation.QueryContacts, code),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Failure.Operation, outcome.Failure.Code));
        Assert.False(outcome.Failure.ConcernsAll);
        Assert.Equal(
            contacts > 0, outcome.Failure.Message.Contains(Id("a@example.com"), StringComparison.Ordinal));
        Assert.All(
            handler.Requests, request => Assert.StartsWith("/contacts/", request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1c7e2d1c-7a54-4a0e-9a43-0c9d7b1f2e36", "ContactMismatch")]
    [InlineData("0B6E2D1C-7A54-4A0E-9A43-0C9D7B1F2E35", null)]
    public async Task A_row_that_names_a_member_and_the_contact_of_another_is_sent_to_neither(
        string member, string? code)
    {
        var handler = new StubHandler(request =>
        {
            if (request.Path == "/inbox/v2/conversations")
            {
                return Answer.Conversation(Id("x"));
            }

            return AnswerTo(request, address =>
            {
                var contact = Contact(address);
                contact["memberInfo"] = new JsonObject { ["memberId"] = "0b6e2d1c-7a54-4a0e-9a43-0c9d7b1f2e35" };
                return [contact];
            });
        });
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(
            BulkRuns.Open(client), Recipient.Member(member), Recipient.Contact(Id("a@example.com")));

        Assert.Equal(code, outcome.Failure?.Code);
        Assert.Equal(
            code is null ? 1 : 0, handler.Requests.Count(request => request.Path == "/inbox/v2/messages"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_contact_with_the_address_of_another_is_written_to_as_neither(bool includesUnsubscribed)
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);
        var run = BulkRuns.Open(client, new BulkRunOptions { IncludeUnsubscribed = includesUnsubscribed });

        var mixed = await SendAsync(run, Recipient.Contact(Id("a@example.com")), Email("b@example.com"));
        var right = await SendAsync(run, Recipient.Contact(Id("a@example.com")), Email("A@example.com"));

        Assert.Equal("ContactMismatch", mixed.Failure?.Code);
        Assert.Contains(Id("b@example.com"), mixed.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Succeeded, right.Kind);
    }

    [Fact]
    public async Task A_contact_that_is_named_by_the_address_and_by_the_id_is_one()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(
            BulkRuns.Open(client), Email("a@example.com"), Recipient.Contact(Id("a@example.com")));

        Assert.Equal((OutcomeKind.Succeeded, Id("a@example.com")), (outcome.Kind, outcome.Value?.ConversationId));
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_refused_whomever_else_the_row_names()
    {
        var handler = new StubHandler(request => AnswerTo(
            request, address => address == "b@example.com" ? [Contact(address)] : []));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Email("a@example.com"), Email("b@example.com"));

        Assert.Equal("ContactNotFound", outcome.Failure?.Code);
    }

    [Fact]
    public async Task A_contact_of_whom_no_address_came_may_be_the_one_of_the_address_that_the_row_names()
    {
        var handler = new StubHandler(request => AnswerTo(
            request,
            address => address == "a@example.com" ? [new() { ["id"] = Id(address) }] : [Contact(address)]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(
            BulkRuns.Open(client), Recipient.Contact(Id("a@example.com")), Email("b@example.com"));

        Assert.Equal((OutcomeKind.Succeeded, Id("a@example.com")), (outcome.Kind, outcome.Value?.ConversationId));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Of_the_contacts_that_an_address_has_ten_are_named(int contacts)
    {
        var handler = new StubHandler(request => AnswerTo(
            request, address => [.. Enumerable.Range(0, contacts).Select(twin => Contact(address, twin: twin))]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Email("a@example.com"));

        var named = string.Join(
            ", ", Enumerable.Range(0, 10).Select(twin => Id("a@example.com" + (twin == 0 ? "" : $"{twin}"))));
        Assert.Equal(named + (contacts > 10 ? " and others" : ""), outcome.Failure?.Message);
    }

    [Fact]
    public void What_goes_wrong_unforeseen_ends_all_rows_that_are_looked_up_together()
    {
        using var client = TestClient.Over(
            new StubHandler(_ => Answer.Status(500)), _time, random: () => throw new InvalidOperationException("Oh."));
        var run = BulkRuns.Open(client);

        var thrown = VirtualTime.Run(_time, () => Task.WhenAll(Addresses.Select(address =>
            Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(run, Email(address))))));

        Assert.All(thrown, exception => Assert.Equal("Oh.", exception.Message));
    }

    [Fact]
    public void Nobody_overtakes_a_row_whose_person_is_still_asked_about()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time);
        var run = BulkRuns.Open(client);
        var recipient = Recipient.Conversation(Id("x"));

        VirtualTime.Run(_time, () => Task.WhenAll(
            run.SendAsync(run.Take(
                new BulkMessage(recipient, Sample.Text("first")) { Contacts = [Email("a@example.com")] })),
            run.SendAsync(recipient, Sample.Text("second"))));

        Assert.Equal(
            ["first", "second"],
            handler.Requests.Where(request => request.Path == "/inbox/v2/messages")
                .Select(request => request.Body.Contains("first", StringComparison.Ordinal) ? "first" : "second"));
    }

    [Fact]
    public async Task An_id_that_no_contact_has_is_left_to_the_search_for_its_conversation()
    {
        var handler = new StubHandler(request =>
            !request.Path.StartsWith("/contacts/", StringComparison.Ordinal) ? AnswerTo(request, _ => [])
                : request.Method == HttpMethod.Get ? Answer.Status(404)
                : Contacts([]));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();
        var run = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });

        var outcome = await SendAsync(run, Recipient.Contact(Id("a@example.com")));

        Assert.Equal((OutcomeKind.Succeeded, Id("a@example.com")), (outcome.Kind, outcome.Value?.ConversationId));

        // Nobody is there who may have unsubscribed.
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_look_up_that_fails_fails_its_rows_and_none_of_them_asks_again()
    {
        var handler = new StubHandler(_ => Answer.Status(404));
        using var client = TestClient.Over(handler, _time);
        var sender = BulkRuns.Open(client);
        Recipient[] recipients = [Email("a@example.com"), Email("b@example.com")];

        var outcomes = VirtualTime.Run(
            _time, () => Task.WhenAll(recipients.Select(recipient => SendAsync(sender, recipient))));

        Assert.Equal(
            ["/contacts/v5/contacts/query", "/contacts/v4/contacts/query"],
            handler.Requests.Select(request => request.Path));
        Assert.All(outcomes, outcome => Assert.Equal(
            (OutcomeKind.Rejected, Operation.QueryContacts, 404),
            (outcome.Kind, outcome.Failure!.Operation, outcome.Failure.StatusCode)));
    }

    [Fact]
    public async Task What_a_failed_look_up_may_bring_another_time_leaves_its_row_to_be_sent_later()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(500)));
        var sender = BulkRuns.Open(client);

        var outcome = await SendAsync(sender, Email("a@example.com"));
        var next = await SendAsync(sender, Email("a@example.com"));

        Assert.Equal((OutcomeKind.NotSent, Operation.QueryContacts), (outcome.Kind, outcome.Failure!.Operation));
        Assert.Equal((OutcomeKind.NotSent, Operation.QueryContacts), (next.Kind, next.Failure!.Operation));
    }

    [Theory]
    [InlineData(1, OutcomeKind.NotSent)]
    [InlineData(60, OutcomeKind.Succeeded)]
    public void A_failed_look_up_is_forgotten_after_a_while(int seconds, OutcomeKind expected)
    {
        var isDown = true;
        var handler = new StubHandler(request =>
            isDown ? Answer.Status(500) : AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time);
        var finder = new ConversationFinder(client);

        var kinds = VirtualTime.Run(_time, async () =>
        {
            var first = await finder.FindAsync(Email("a@example.com"), TestClient.Cancellation);
            isDown = false;
            await _time.WaitAsync(TimeSpan.FromSeconds(seconds), TestClient.Cancellation);
            var second = await finder.FindAsync(Email("a@example.com"), TestClient.Cancellation);
            return new[] { first.Kind, second.Kind };
        });

        Assert.Equal([OutcomeKind.NotSent, expected], kinds);
    }

    [Fact]
    public async Task The_journal_has_the_conversation_of_an_address_and_of_its_contact_whichever_was_found_first()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);
        using var journal = Journals.Open(new MemoryStorage());
        var sender = BulkRuns.Open(client, new BulkRunOptions(), journal);

        await SendAsync(sender, new Recipient(RecipientKind.Contact, Id("a@example.com")));
        await SendAsync(sender, Email("a@example.com"));
        await SendAsync(sender, Email("b@example.com"));

        foreach (var address in s_addresses)
        {
            Assert.Equal(Id(address), journal.FindConversation(Email(address)));
            Assert.Equal(Id(address), journal.FindConversation(new Recipient(RecipientKind.Contact, Id(address))));
        }
    }

    [Fact]
    public void The_journal_does_not_give_an_address_to_a_colleague_who_has_it_too()
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "office@example.com" } });
        sandbox.AddContact(new SandboxContact { Emails = { "bob@example.com", "office@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        using var client = TestClient.Over(sandbox, _time);
        using var journal = Journals.Open(new MemoryStorage(), time: _time);
        var sender = BulkRuns.Open(client, new BulkRunOptions(), journal);

        VirtualTime.Run(_time, async () => new[]
        {
            await SendAsync(sender, Email("office@example.com")),
            await SendAsync(sender, Email("bob@example.com")),
        });

        Assert.Equal(2, sandbox.Ledger.Select(entry => entry.ConversationId).Distinct().Count());
        Assert.Equal(Sample.ConversationId, journal.FindConversation(Email("office@example.com")));
    }

    [Fact]
    public async Task An_address_and_the_contact_it_leads_to_have_one_conversation_and_one_look_up()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);
        var sender = BulkRuns.Open(client);

        await SendAsync(sender, new Recipient(RecipientKind.Contact, Id("a@example.com")));
        await SendAsync(sender, Email("a@example.com"));

        Assert.Equal(
            [
                "/contacts/v5/contacts/query",
                "/inbox/v2/conversations",
                "/inbox/v2/messages",
                "/contacts/v5/contacts/query",
                "/inbox/v2/messages",
            ],
            handler.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task More_contacts_than_a_page_has_are_all_counted()
    {
        // A hundred contacts of another address, then the one that is looked for.
        var page = 0;
        var handler = new StubHandler(
            request => request.Path != "/contacts/v5/contacts/query" ? AnswerTo(request, _ => [])
                : page++ == 0
                    ? Contacts([.. Enumerable.Range(0, 100).Select(_ => Contact("other@example.com"))], next: "more")
                    : Contacts([Contact("a@example.com")]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Email("a@example.com"));

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(
            [null, "more"],
            handler.Requests.Take(2).Select(request =>
                JsonNode.Parse(request.Body)!["query"]!["cursorPaging"]!["cursor"]?.GetValue<string>()));
    }

    [Fact]
    public void A_server_that_gives_the_same_page_again_and_again_is_not_asked_for_ever()
    {
        var handler = new StubHandler(_ => Contacts([Contact("other@example.com")], next: "more"));
        using var client = TestClient.Over(handler, _time);
        var sender = BulkRuns.Open(client);

        var outcomes = VirtualTime.Run(_time, () => Task.WhenAll(
            SendAsync(sender, Email("a@example.com")), SendAsync(sender, Email("b@example.com"))));

        Assert.All(outcomes, outcome => Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.UnreadableResponse), (outcome.Kind, outcome.Failure!.Cause)));
        Assert.All(outcomes, outcome => Assert.Equal(
            "Wix returned page after page of contacts, more than were looked up.", outcome.Failure!.Message));
        Assert.Equal(5, handler.Requests.Count);
    }

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("ä.b+c@münchen.example", true)]
    [InlineData("a", false)]
    [InlineData("@example.com", false)]
    [InlineData("a@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("a b@example.com", false)]
    [InlineData("a@example.com;b@example.com", false)]
    [InlineData("Ann <a@example.com>", false)]
    public void What_is_no_address_is_found_before_a_request_is_spent(string address, bool valid) =>
        Assert.Equal(
            valid ? [] : ["EmailInvalid"],
            BulkRun.Validate(Email(address), Sample.Text()).Select(violation => violation.Rule));

    private HttpResponseMessage AnswerTo(RecordedRequest request, Func<string, JsonObject[]> contactsOf) =>
        ContactSite.AnswerTo(request, contactsOf, _lookUps);

    private static HttpResponseMessage Contacts(JsonObject[] contacts, string? next = null) =>
        ContactSite.Contacts(contacts, next);
}
