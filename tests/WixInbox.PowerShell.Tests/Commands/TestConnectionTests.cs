using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Test-WixInboxConnection: what it finds out, and what that costs.</summary>
public sealed class TestConnectionTests : IDisposable
{
    private static readonly string[] s_checks = ["Host", "SignIn", "ReadContacts", "ReadMessages", "SendMessages"];

    private readonly RecordingHost _host = new();
    private readonly List<StubHandler> _handlers = [];

    public void Dispose() => _handlers.ForEach(handler => handler.Dispose());

    [Fact]
    public void Where_all_works_it_takes_three_requests_none_of_which_can_send_or_create()
    {
        var handler = Answering((200, null), (404, "CONVERSATION_NOT_FOUND"), (400, "X"));

        var test = Test(handler);

        Assert.True((bool)test.Properties["Succeeded"].Value);
        Assert.Equal(3L, test.Properties["Requests"].Value);
        Assert.All(Results(test), result => Assert.EndsWith(" Passed", result, StringComparison.Ordinal));
        Assert.Equal(
            ["POST /contacts/v5/contacts/query", "GET /inbox/v2/messages", "POST /inbox/v2/messages"],
            handler.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Contains("paging.limit=1", handler.Requests[1].Uri.Query, StringComparison.Ordinal);

        // Without a message, to a conversation that there is not.
        var sent = handler.Requests[2].Json.AsObject();
        Assert.Equal(["conversationId"], sent.Select(property => property.Key));
        Assert.True(Guid.TryParse(handler.Requests[2]["conversationId"], out _));
    }

    [Theory]
    [InlineData(
        "403 PERMISSION_DENIED", "404 CONVERSATION_NOT_FOUND", "400 X", "ReadContacts", "the permission Read Contacts")]
    [InlineData(
        "401 UNAUTHENTICATED",
        "404 CONVERSATION_NOT_FOUND",
        "400 X",
        "ReadContacts",
        "lack the permission Read Contacts")]
    [InlineData("200", "403 PERMISSION_DENIED", "400 X", "ReadMessages", "the permission Read Inbox Messages")]
    [InlineData("200", "401 NOT_JOINED_CHATROOM", "400 X", "ReadMessages", "the permission Read Inbox Messages")]
    [InlineData("200", "404 INBOX_INSTANCE_NOT_FOUND", "400 X", "ReadMessages", "The site has no Inbox")]
    [InlineData(
        "200",
        "404 CONVERSATION_NOT_FOUND",
        "403 PERMISSION_DENIED",
        "SendMessages",
        "the permission Manage Inbox Messages")]
    [InlineData(
        "200",
        "404 CONVERSATION_NOT_FOUND",
        "401 UNAUTHENTICATED",
        "SendMessages",
        "the permission Manage Inbox Messages")]
    public void A_permission_that_is_missing_fails_what_needs_it_and_says_which_it_is(
        string contacts, string messages, string sending, string failed, string words)
    {
        var test = Test(Answering(Parse(contacts), Parse(messages), Parse(sending)));

        Assert.False((bool)test.Properties["Succeeded"].Value);
        Assert.Equal(s_checks.Select(name => $"{name} {(name == failed ? "Failed" : "Passed")}"), Results(test));
        Assert.Contains(words, Description(test, failed), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_is_known_the_sign_in_failed_and_the_rest_is_open()
    {
        var test = Test(Answering((401, null), (401, null), (401, null)));

        Assert.Equal(
            ["Host Passed", "SignIn Failed", "ReadContacts Unknown", "ReadMessages Unknown", "SendMessages Unknown"],
            Results(test));
        Assert.Contains("Wix does not accept the token or key", Description(test, "SignIn"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401", "503", "401")]
    [InlineData("503", "401", "503")]
    [InlineData("401", "401", "Timeout")]
    [InlineData("401", "Timeout", "429")]
    public void A_key_that_is_refused_once_is_refused_whatever_the_other_answers_lack(
        string contacts, string messages, string sending)
    {
        var test = Test(Answering(Parse(contacts), Parse(messages), Parse(sending)));

        Assert.Equal(
            ["Host Passed", "SignIn Failed", "ReadContacts Unknown", "ReadMessages Unknown", "SendMessages Unknown"],
            Results(test));
        Assert.Contains("Wix does not accept the token or key", Description(test, "SignIn"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503", "503", "503", "Unknown")]
    [InlineData("503", "429", "Timeout", "Unknown")]
    [InlineData("503", "404 CONVERSATION_NOT_FOUND", "503", "Passed")]
    [InlineData("503", "401", "400 X", "Passed")]
    [InlineData("503", "401 NOT_JOINED_CHATROOM", "503", "Passed")]
    public void Only_an_answer_that_is_neither_a_refusal_nor_a_failure_of_the_server_shows_that_the_key_is_accepted(
        string contacts, string messages, string sending, string expected)
    {
        var test = Test(Answering(Parse(contacts), Parse(messages), Parse(sending)));

        Assert.Equal("SignIn " + expected, Results(test)[1]);
        Assert.StartsWith(
            expected == "Passed" ? "Wix accepts the token." : "It is not known whether Wix accepts the token. ",
            Description(test, "SignIn"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, "/contacts/v5/contacts/query")]
    [InlineData(404, "/contacts/v5/contacts/query", "/contacts/v4/contacts/query")]
    public void What_is_not_Wix_is_a_host_that_fails_and_is_asked_for_contacts_alone(int status, params string[] asked)
    {
        var handler = Answering((status, null));

        var test = Test(handler);

        Assert.Equal(
            ["Host Failed", "SignIn Unknown", "ReadContacts Unknown", "ReadMessages Unknown", "SendMessages Unknown"],
            Results(test));
        Assert.StartsWith(
            "The host www.wixapis.com does not answer as Wix does. ",
            Description(test, "Host"),
            StringComparison.Ordinal);
        Assert.Equal(asked, handler.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(404, null)]
    public void Where_Contacts_v5_refuses_v4_is_asked_and_it_is_said_what_that_does_not_tell(int status, string? code)
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/contacts/v5/contacts/query" ? StubHandler.Error(status, code)
            : request.Method == "GET" ? StubHandler.Error(404, "CONVERSATION_NOT_FOUND")
            : IsOfContacts(request) ? StubHandler.Json(200, """{"contacts":[]}""")
            : StubHandler.Error(404, "CONVERSATION_NOT_FOUND")));
        _handlers.Add(handler);

        var test = Test(handler);

        Assert.True((bool)test.Properties["Succeeded"].Value);
        Assert.Equal(4L, test.Properties["Requests"].Value);
        Assert.Contains("it is not known who is a member", Description(test, "ReadContacts"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_cannot_be_reached_leaves_the_rest_open()
    {
        var handler = new StubHandler((_, _) => throw new HttpRequestException("Name or service not known"));
        _handlers.Add(handler);

        var test = Test(handler);

        Assert.Equal(
            ["Host Failed", "SignIn Unknown", "ReadContacts Unknown", "ReadMessages Unknown", "SendMessages Unknown"],
            Results(test));
        Assert.Contains(
            "cannot be reached. Name or service not known.", Description(test, "Host"), StringComparison.Ordinal);
        Assert.Equal(6L, test.Properties["Requests"].Value);
    }

    [Fact]
    public void What_fails_at_Wix_is_left_open()
    {
        var test = Test(Answering((200, null), (501, null), (501, null)));

        Assert.Equal(
            ["Host Passed", "SignIn Passed", "ReadContacts Passed", "ReadMessages Unknown", "SendMessages Unknown"],
            Results(test));
        Assert.False((bool)test.Properties["Succeeded"].Value);
    }

    [Fact]
    public void An_empty_message_that_is_taken_says_nothing()
    {
        var test = Test(Answering((200, null), (200, null), (200, null)));

        Assert.Equal("SendMessages Unknown", Results(test)[4]);
    }

    [Theory]
    [InlineData("""{"message":"Expected an object"}""")]
    [InlineData("""{"message":"","details":{"applicationError":{"code":"INVALID_ARGUMENT","description":"No."}}}""")]
    [InlineData("<html>")]
    public void A_refusal_that_names_no_field_is_not_known(string body)
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? StubHandler.Json(200, """{"messages":[],"pagingMetadata":{}}""")
            : request.Path.StartsWith("/contacts", StringComparison.Ordinal)
                ? StubHandler.Json(200, """{"contacts":[]}""")
            : StubHandler.Json(400, body)));
        _handlers.Add(handler);

        var test = Test(handler);

        Assert.Equal("SendMessages Unknown", Results(test)[4]);
        Assert.StartsWith("Not known: ", Description(test, "SendMessages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("200", "The conversation's messages can be read.")]
    [InlineData("404 CONVERSATION_NOT_FOUND", "Messages may be read, but the site has no such conversation.")]
    public void A_conversation_that_is_named_is_the_one_that_is_asked_for(string answer, string words)
    {
        var handler = Answering((200, null), Parse(answer), (400, "X"));

        var test = Test(handler, "-ConversationId " + Engine.Guid2);

        Assert.Equal(words, Description(test, "ReadMessages"));
        Assert.Contains("conversationId=" + Engine.Guid2, handler.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public void The_errors_of_a_test_are_results_and_it_serves_as_a_condition()
    {
        using var engine = Engine.ConnectedTo(
            Answering((403, "PERMISSION_DENIED"), (403, "PERMISSION_DENIED"), (403, "PERMISSION_DENIED")));

        var result = engine.Run("if ((Test-WixInboxConnection).Succeeded) { 'works' } else { 'does not' }");

        Assert.Equal(["does not"], result.Output.Select(item => item.ToString()));
        Assert.Empty(result.Errors);
        Assert.Empty(engine.Run("$Error").Output);
    }

    [Theory]
    [InlineData("Test-WixInboxConnection", "NotConnected")]
    [InlineData("Connect-WixInbox -Sandbox; Test-WixInboxConnection -ConversationId nope", "ConversationIdInvalid")]
    [InlineData(
        "$c = Connect-WixInbox -Sandbox -PassThru; Disconnect-WixInbox; $c | Test-WixInboxConnection",
        "ConnectionClosed")]
    public void What_cannot_be_tested_is_an_error(string script, string id)
    {
        using var engine = new Engine();

        var result = engine.Run(script);

        Assert.Equal([id], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void All_connections_are_tested_by_the_pipeline_and_nothing_is_left_in_the_sandbox()
    {
        using var engine = new Engine();
        var sandbox = StagedSandbox.Create(_ => { });
        engine.Set("handler", sandbox);
        engine.Set("token", Secrets.Secure("t"));

        var result = engine.Run(
            "Connect-WixInbox -Sandbox -Name a; Connect-WixInbox -AccessToken $token -Name b -MessageHandler $handler; "
                + "Get-WixInboxConnection | Test-WixInboxConnection");

        Assert.Equal(["True", "True"], result.OutputOf("Succeeded"));
        Assert.Equal(0, ((dynamic)sandbox).Ledger.Count);
    }

    [Fact]
    public void The_sandbox_is_not_called_Wix()
    {
        using var engine = new Engine();

        var result = engine.Run(
            "Connect-WixInbox -Sandbox; (Test-WixInboxConnection).Checks.Description; $global:Error.Clear()");

        Assert.Contains(
            result.Output,
            description => description.ToString()!.StartsWith("The sandbox needs no key", StringComparison.Ordinal));
        Assert.DoesNotContain(
            result.Output, description => description.ToString()!.Contains("Wix ", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_shown_in_80_columns()
    {
        using var engine = Engine.ConnectedTo(
            Answering((403, "PERMISSION_DENIED"), (404, "CONVERSATION_NOT_FOUND"), (400, "X")), _host);

        engine.Run("Test-WixInboxConnection | Out-Default; (Test-WixInboxConnection).Checks | Out-Default");

        string[] lines =
        [
            .. _host.Lines.SelectMany(line => System.Text.RegularExpressions.Regex
                .Replace(line, "\x1b\\[[0-9;]*m", string.Empty)
                .Split('\n')).Select(line => line.TrimEnd()),
        ];
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("Succeeded    : False", lines);
        Assert.Contains("Host         : Passed. The host www.wixapis.com answers.", lines);
        Assert.Contains(lines, line => line.StartsWith(
            "ReadContacts : Failed. Contacts cannot be read. The server answered 403", StringComparison.Ordinal));
        Assert.Contains(
            lines, line => line.StartsWith("ReadContacts Failed  Contacts cannot be read.", StringComparison.Ordinal));
    }

    private static bool IsOfContacts(RecordedRequest request) =>
        request.Path.StartsWith("/contacts", StringComparison.Ordinal);

    private StubHandler Answering(params (int Status, string? Code)[] answers)
    {
        var handler = new StubHandler((request, _) =>
        {
            var place = IsOfContacts(request) ? 0 : request.Method == "GET" ? 1 : 2;
            var (status, code) = answers[Math.Min(place, answers.Length - 1)];
            if (status == 0)
            {
                throw new HttpRequestException("No answer.");
            }

            return Task.FromResult(
                code == "X"
                    ? StubHandler.Json(400, """{"message":"","details":{"validationError":{"fieldViolations":[{"field":"message","description":"is required"}]}}}""")
                        : status != 200 ? StubHandler.Error(status, code)
                        : request.Path.StartsWith("/contacts", StringComparison.Ordinal)
                            ? StubHandler.Json(200, """{"contacts":[]}""")
                        : request.Method == "GET" ? StubHandler.Json(200, """{"messages":[],"pagingMetadata":{}}""")
                        : StubHandler.Json(200, """{"message":{"id":"1"}}"""));
        });
        _handlers.Add(handler);
        return handler;
    }

    // No answer has the status 0.
    private static (int Status, string? Code) Parse(string answer) => (
        answer == "Timeout" ? 0 : int.Parse(answer.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
        answer.Split(' ').ElementAtOrDefault(1));

    private static PSObject Test(StubHandler handler, string parameters = "")
    {
        using var engine = ClockedConnection.Default(handler);
        var result = engine.Run("Test-WixInboxConnection " + parameters);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Output);
    }

    private static IEnumerable<PSObject> Checks(PSObject test) =>
        ((IEnumerable<object>)test.Properties["Checks"].Value).Select(check => new PSObject(check));

    private static string[] Results(PSObject test) =>
        [.. Checks(test).Select(check => $"{check.Properties["Name"].Value} {check.Properties["Result"].Value}")];

    private static string Description(PSObject test, string name) => (string)Checks(test)
        .Single(check => (string)check.Properties["Name"].Value == name).Properties["Description"].Value;
}
