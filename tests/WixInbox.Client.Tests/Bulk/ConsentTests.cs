using System.Text.Json.Nodes;
using WixInbox.Simulation;
using static WixInbox.Tests.ContactSite;

namespace WixInbox.Tests.Bulk;

/// <summary>Nobody who has unsubscribed is written to, and where that cannot be known, it is said.</summary>
[Collection(VirtualTime.Name)]
public sealed class ConsentTests
{
    private static readonly string[] s_addresses = Addresses;

    private readonly SimulatedTime _time = new();

    [Fact]
    public async Task Who_wants_no_messages_gets_one_where_that_is_asked_for()
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address, "UNSUBSCRIBED")]));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(
            BulkRuns.Open(client, new BulkRunOptions { IncludeUnsubscribed = true }), Email("a@example.com"));

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
    }

    [Theory]
    [InlineData(RecipientKind.Member, RecipientKind.Contact, false)]
    [InlineData(RecipientKind.Conversation, RecipientKind.Contact, false)]
    [InlineData(RecipientKind.AnonymousVisitor, RecipientKind.Email, false)]
    [InlineData(RecipientKind.Conversation, RecipientKind.Email, true)]
    public async Task Who_is_named_by_another_id_is_asked_as_the_contact_that_the_row_names(
        RecipientKind kind, RecipientKind contact, bool includeUnsubscribed)
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address, "UNSUBSCRIBED")]));
        using var client = TestClient.Over(handler);
        var recipient = new Recipient(kind, Id("x"));
        var known = new Recipient(
            contact, contact == RecipientKind.Email ? "b@example.com" : Id("b@example.com"));

        var outcome = await SendAsync(
            BulkRuns.Open(client, new BulkRunOptions { IncludeUnsubscribed = includeUnsubscribed }), recipient, known);

        Assert.Equal(includeUnsubscribed ? null : "ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Equal(
            includeUnsubscribed ? "/inbox/v2/messages" : "/contacts/v5/contacts/query",
            Assert.Single(handler.Requests).Path);
    }

    [Theory]
    [InlineData(RecipientKind.Member, "m")]
    [InlineData(RecipientKind.Conversation, "x")]
    [InlineData(RecipientKind.Contact, "b@example.com")]
    public void Who_has_unsubscribed_under_one_name_is_not_written_to_under_another(RecipientKind kind, string id)
    {
        var handler = new StubHandler(request => AnswerTo(request, address =>
        {
            var contact = Contact(address, "UNSUBSCRIBED");
            contact["memberInfo"] = new JsonObject { ["memberId"] = Id("m") };
            return [contact];
        }));
        using var client = TestClient.Over(handler, _time);
        var run = BulkRuns.Open(client);
        var later = new Recipient(kind, Id(id));

        var outcomes = VirtualTime.Run(_time, () => Task.WhenAll(
            SendAsync(run, kind == RecipientKind.Conversation ? later : Email("b@example.com"), Email("b@example.com")),
            SendAsync(run, later)));

        Assert.All(outcomes, outcome => Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code));
    }

    [Theory]
    [InlineData(RecipientKind.Contact)]
    [InlineData(RecipientKind.Email)]
    public async Task Who_was_opted_out_by_another_name_of_the_contact_is_refused(RecipientKind kind)
    {
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler);
        var run = BulkRuns.Open(client);
        var (contact, address) = (Recipient.Contact(Id("a@example.com")), Email("a@example.com"));

        run.OptOut(kind == RecipientKind.Email ? contact : address);
        var outcome = await SendAsync(run, kind == RecipientKind.Email ? address : contact);

        Assert.Equal("ContactUnsubscribed", outcome.Failure?.Code);
        Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(run, Email("b@example.com"))).Kind);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(404)]
    public async Task What_is_no_refusal_for_want_of_a_permission_lets_nobody_through(int status)
    {
        var handler = new StubHandler(request =>
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal)
                ? Answer.Status(status)
                : AnswerTo(request, _ => []));
        using var client = TestClient.Over(handler);
        var run = BulkRuns.Open(client);

        Assert.NotEqual(
            OutcomeKind.Succeeded, (await SendAsync(run, Recipient.Contact(Id("a@example.com")))).Kind);
        Assert.NotEqual(
            OutcomeKind.Succeeded,
            (await SendAsync(run, Recipient.Conversation(Id("x")), Email("b@example.com"))).Kind);
        Assert.DoesNotContain(handler.Requests, request => request.Path == "/inbox/v2/messages");
    }

    [Fact]
    public async Task Who_is_no_contact_or_several_is_written_to_by_another_id_and_that_nothing_is_known_is_said()
    {
        var handler = new StubHandler(request => AnswerTo(
            request, address => address[0] == 'a' ? [] : [Contact(address), Contact(address, twin: 1)]));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();
        var run = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });

        foreach (var address in s_addresses)
        {
            var outcome = await SendAsync(run, Recipient.Conversation(Id("x")), Email(address));
            Assert.Equal((OutcomeKind.Succeeded, Id("x")), (outcome.Kind, outcome.Value?.ConversationId));
        }

        Assert.Contains("Wix does not tell whether", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, OutcomeKind.Succeeded)]
    [InlineData(401, OutcomeKind.NotSent)]
    [InlineData(500, OutcomeKind.NotSent)]
    public async Task A_question_that_may_yet_be_answered_keeps_the_message_and_one_that_may_not_be_asked_is_said(
        int status, OutcomeKind expected)
    {
        var handler = new StubHandler(request =>
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal)
                ? Answer.Status(status)
                : AnswerTo(request, _ => []));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();

        var outcome = await SendAsync(
            BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add }),
            Recipient.Conversation(Id("x")),
            Email("a@example.com"));

        Assert.Equal(expected, outcome.Kind);
        Assert.Equal(expected == OutcomeKind.Succeeded ? 1 : 0, warnings.Count);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task That_a_status_did_not_come_is_said_once_and_only_where_it_matters(
        bool includeUnsubscribed, bool hasStatus, bool isSaid)
    {
        var handler = new StubHandler(request => AnswerTo(
            request,
            address => hasStatus
                ? [Contact(address)]
                : [new() { ["id"] = Id(address), ["email"] = new JsonObject { ["email"] = address } }]));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();
        var sender = BulkRuns.Open(client, new() { IncludeUnsubscribed = includeUnsubscribed, Warn = warnings.Add });

        foreach (var address in s_addresses)
        {
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, Email(address))).Kind);
        }

        Assert.Equal(
            isSaid ? ["Wix does not tell whether some of the contacts have unsubscribed."] : [],
            warnings.Select(warning => warning[..(warning.IndexOf(".", StringComparison.Ordinal) + 1)]));
    }

    [Theory]
    [InlineData(false, "who has unsubscribed")]
    [InlineData(true, "who is a member")]
    public async Task Where_contacts_may_not_be_looked_up_those_named_by_id_are_written_to_and_that_is_said_once(
        bool includeUnsubscribed, string said)
    {
        var handler = new StubHandler(request =>
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal)
                ? Answer.Status(403)
                : AnswerTo(request, _ => []));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();
        var sender = BulkRuns.Open(client, new() { IncludeUnsubscribed = includeUnsubscribed, Warn = warnings.Add });

        foreach (var address in s_addresses)
        {
            var outcome = await SendAsync(sender, Recipient.Contact(Id(address)));
            Assert.Equal((OutcomeKind.Succeeded, Id(address)), (outcome.Kind, outcome.Value?.ConversationId));
        }

        Assert.Contains(said, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_written_to_by_an_address_that_may_not_be_looked_up()
    {
        var handler = new StubHandler(_ => Answer.Status(403));
        using var client = TestClient.Over(handler);
        var warnings = new List<string>();

        var outcome = await SendAsync(
            BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add }), Email("a@example.com"));

        Assert.Equal((Operation.QueryContacts, 403), (outcome.Failure?.Operation, outcome.Failure?.StatusCode));
        Assert.Empty(warnings);
        Assert.All(
            handler.Requests, request => Assert.StartsWith("/contacts/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_refused_is_no_reason_to_write_to_somebody_of_whom_nothing_is_known()
    {
        var handler = new StubHandler(_ => Answer.Status(401));
        using var client = TestClient.Over(handler);

        var outcome = await SendAsync(BulkRuns.Open(client), Recipient.Contact(Id("a@example.com")));

        Assert.Equal(
            (Operation.QueryContacts, 401), (outcome.Failure!.Operation, outcome.Failure.StatusCode!.Value));
        Assert.All(
            handler.Requests, request => Assert.StartsWith("/contacts/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_permission_to_look_contacts_up_is_taken_away_meanwhile_the_message_is_sent_and_that_is_said()
    {
        var lookUps = 0;
        var handler = new StubHandler(request =>
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal) && lookUps++ > 0
                ? Answer.Json(403, """{"details":{"applicationError":{"code":"PERMISSION_DENIED"}}}""")
                : AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time);
        var warnings = new List<string>();
        var run = BulkRuns.Open(client, new BulkRunOptions { Warn = warnings.Add });

        var outcomes = VirtualTime.Run(_time, async () => new[]
        {
            await SendAsync(run, Recipient.Contact(Id("a@example.com"))),
            await SendAsync(run, Recipient.Contact(Id("b@example.com"))),
        });

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Contains("who has unsubscribed", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_without_a_code_after_look_ups_that_went_through_is_no_such_reason_either()
    {
        var lookUps = 0;
        var handler = new StubHandler(request =>
            request.Path.StartsWith("/contacts/", StringComparison.Ordinal) && lookUps++ > 0
                ? Answer.Status(403)
                : AnswerTo(request, address => [Contact(address)]));
        using var client = TestClient.Over(handler, _time);
        var run = BulkRuns.Open(client);

        var outcomes = VirtualTime.Run(_time, async () => new[]
        {
            await SendAsync(run, Recipient.Contact(Id("a@example.com"))),
            await SendAsync(run, Recipient.Contact(Id("b@example.com"))),
        });

        Assert.Equal(OutcomeKind.Succeeded, outcomes[0].Kind);
        Assert.Equal(403, outcomes[1].Failure?.StatusCode);
        Assert.Single(handler.Requests, request => request.Path == "/inbox/v2/messages");
    }
}
