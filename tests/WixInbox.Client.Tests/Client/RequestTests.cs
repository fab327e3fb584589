namespace WixInbox.Tests.Client;

/// <summary>What leaves: where to, and with which headers.</summary>
public sealed class RequestTests
{
    private const string SiteId = "0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

    [Fact]
    public async Task A_message_is_posted_as_json_to_the_address_of_the_page()
    {
        var request = await RequestAsync();

        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("https://www.wixapis.com/inbox/v2/messages", request.Address.AbsoluteUri);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Matches(@"^WixInbox/\d+\.\d+\.\d+$", request.Headers["User-Agent"]);
    }

    [Fact]
    public async Task A_token_is_the_whole_value_of_the_header()
    {
        var request = await RequestAsync(Authentication.AccessToken(Secret.Of(Secret.Canary)));

        Assert.Equal(Secret.Canary, request.Authorization);
        Assert.DoesNotContain("wix-site-id", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("wix-account-id", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_api_key_names_its_site()
    {
        var request = await RequestAsync(Authentication.ApiKey(Secret.Of(Secret.Canary), siteId: SiteId));

        Assert.Equal(Secret.Canary, request.Authorization);
        Assert.Equal(SiteId, request.Headers["wix-site-id"]);
        Assert.DoesNotContain("wix-account-id", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_api_key_names_its_account()
    {
        var request = await RequestAsync(
            Authentication.ApiKey(Secret.Of(Secret.Canary), accountId: SiteId, siteId: ""));

        Assert.Equal(SiteId, request.Headers["wix-account-id"]);
        Assert.DoesNotContain("wix-site-id", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task No_header_is_sent_that_is_not_needed()
    {
        // A trace id, a cookie or an idempotency key that Wix does not document would be a promise of ours.
        var request = await RequestAsync();

        Assert.Equal(
            ["Accept", "Authorization", "Content-Type", "User-Agent"],
            request.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_last_answer_says_of_consistency_goes_back_with_the_next_requests()
    {
        var handler = StubHandler.InTurn(
            Answer.Json(200, """{"message":{"id":"1"}}""", ("X-Wix-Consistent", "first")),
            Answer.Json(200, """{"messages":[]}"""),
            Answer.Json(200, """{"message":{"id":"2"}}""", ("X-Wix-Consistent", "second")),
            Answer.Json(200, """{"messages":[]}"""));
        using var client = TestClient.Over(handler);

        for (var turn = 0; turn < 2; turn++)
        {
            await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
            await client.ListMessagesAsync(
                new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);
        }

        Assert.Equal(
            [null, "first", "first", "second"],
            handler.Requests.Select(request => request.Headers.GetValueOrDefault("X-Wix-Consistent")));
    }

    [Fact]
    public async Task A_body_is_sent_without_asking_the_server_for_leave()
    {
        // .NET Framework asks where nothing is said.
        bool? asks = null;
        await TestClient.SendAsync(new RawHandler((request, _) =>
        {
            asks = request.Headers.ExpectContinue;
            return Task.FromResult(Answer.Sent());
        }));

        Assert.False(asks);
    }

    [Theory]
    [InlineData("https://proxy.example/wix", "https://proxy.example/wix/inbox/v2/messages")]
    [InlineData("https://proxy.example/wix/", "https://proxy.example/wix/inbox/v2/messages")]
    [InlineData("https://proxy.example/a/b", "https://proxy.example/a/b/inbox/v2/messages")]
    [InlineData("https://proxy.example:8443", "https://proxy.example:8443/inbox/v2/messages")]
    [InlineData("http://127.0.0.1:5080/", "http://127.0.0.1:5080/inbox/v2/messages")]
    [InlineData("http://localhost:5080/", "http://localhost:5080/inbox/v2/messages")]
    [InlineData("http://[::1]:5080/", "http://[::1]:5080/inbox/v2/messages")]
    public async Task The_path_of_the_base_address_is_a_prefix(string baseAddress, string address)
    {
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = new WixInboxClient(Options(baseAddress, handler));

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(address, request.Address.AbsoluteUri);
#if !NETFRAMEWORK

        // HTTP/2 is what TLS can agree on; without it there is nobody to ask.
        Assert.Equal(baseAddress.StartsWith("https", StringComparison.Ordinal) ? 2 : 1, request.Version.Major);
#endif
    }

    [Theory]
    [InlineData("http://www.wixapis.com/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://localhost.example/")]
    [InlineData("http://127.0.0.1.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///tmp/api")]
    [InlineData("www.wixapis.com")]
    [InlineData("/inbox")]
    [InlineData("https://www.wixapis.com/?token=s3cret")]
    [InlineData("https://www.wixapis.com/#s3cret")]
    [InlineData("https://user:s3cret@www.wixapis.com/")]
    [InlineData("http://user:s3cret@www.wixapis.com/")]
    [InlineData("http://www.wixapis.com/?token=s3cret")]
    [InlineData("user:s3cret@www.wixapis.com")]
    [InlineData("//user:s3cret@www.wixapis.com")]
    [InlineData("www.wixapis.com/?token=s3cret")]
    [InlineData("www.wixapis.com/#s3cret")]
    public void An_address_that_a_secret_must_not_go_to_is_refused(string baseAddress)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Options(baseAddress, null));

        // Whoever puts a password there does not want to read it in a log.
        Assert.DoesNotContain("s3cret", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_is_needed_and_an_authentication_too()
    {
        Assert.Throws<ArgumentNullException>(
            () => new WixInboxClientOptions(TestAuthentication()) { BaseAddress = null! });
        Assert.Throws<ArgumentNullException>("authentication", () => new WixInboxClientOptions(null!));
        Assert.Throws<ArgumentNullException>("options", () => new WixInboxClient(null!));
        Assert.Throws<ArgumentNullException>(
            "client", () => BulkRun.Open(null!, cancellationToken: TestClient.Cancellation));
    }

    [Fact]
    public async Task A_conversation_is_asked_for_at_its_own_address()
    {
        var handler = new StubHandler(_ => Answer.Conversation(Sample.ConversationId));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(Sample.ConversationId, outcome.Value!.Conversation!.Id);
        Assert.False(outcome.Value.NewConversation);
        var request = Assert.Single(handler.Requests);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("https://www.wixapis.com/inbox/v2/conversations", request.Address.AbsoluteUri);
        JsonCheck.Same("""{"participantId":{"contactId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023"}}""", request.Body);
    }

    [Fact]
    public async Task A_message_comes_back_with_the_conversation_that_it_was_sent_to()
    {
        var arrived = new TaskCompletionSource();
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        using var client = TestClient.Over(new StubHandler((_, _) =>
        {
            arrived.SetResult();
            return answered.Task;
        }));
        var request = Sample.Text();

        var sending = client.SendMessageAsync(request, TestClient.Cancellation);
        await arrived.Task;

        // The caller has its request back at once and may use it for the next one.
        request.ConversationId = Sample.OtherConversationId;
        answered.SetResult(Answer.Sent());

        Assert.Equal(Sample.ConversationId, (await sending).Value!.ConversationId);
    }

    [Fact]
    public async Task A_request_that_breaks_a_rule_is_not_sent()
    {
        var handler = new StubHandler(_ => Answer.Sent());
        var tokens = 0;
        using var client = TestClient.Over(handler, authentication: Authentication.TokenProvider(_ =>
        {
            tokens++;
            return Task.FromResult(Secret.Of(Secret.Canary));
        }));

        var outcome = await client.SendMessageAsync(
            Sample.Text("").With(request => request.ConversationId = null), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(FailureCause.InvalidRequest, outcome.Failure!.Cause);
        Assert.Equal(Operation.SendMessage, outcome.Failure.Operation);
        Assert.Equal(
            ["ConversationIdMissing", "TextMissing"], outcome.Failure.Violations.Select(violation => violation.Rule));
        Assert.Null(outcome.Failure.StatusCode);
        Assert.Equal(0, outcome.Attempts);
        Assert.Empty(handler.Requests);
        Assert.Equal(0, tokens);
    }

    [Theory]
    [InlineData(null, null, null, "RecipientMissing")]
    [InlineData("", null, null, "RecipientMissing")]
    [InlineData(Sample.ContactId, Sample.ContactId, null, "RecipientAmbiguous")]
    [InlineData(Sample.ContactId, null, Sample.ContactId, "RecipientAmbiguous")]
    [InlineData("anna@example.com", null, null, "ContactIdInvalid")]
    [InlineData(null, "42", null, "MemberIdInvalid")]
    [InlineData(null, null, "42", "AnonymousVisitorIdInvalid")]
    public async Task A_participant_that_breaks_a_rule_is_not_asked_for(
        string? contactId, string? memberId, string? visitorId, string rule)
    {
        var handler = new StubHandler(_ => Answer.Conversation(Sample.ConversationId));
        using var client = TestClient.Over(handler);

        var outcome = await client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = contactId, MemberId = memberId, AnonymousVisitorId = visitorId },
            TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(Operation.GetOrCreateConversation, outcome.Failure!.Operation);
        Assert.Equal(rule, Assert.Single(outcome.Failure.Violations).Rule);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_handler_of_the_caller_is_not_disposed_of_with_the_client()
    {
        var handler = new StubHandler(_ => Answer.Sent());
        TestClient.Over(handler).Dispose();

        Assert.False(handler.IsDisposed);
    }

    private static async Task<RecordedRequest> RequestAsync(Authentication? authentication = null)
    {
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, authentication: authentication);
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        return Assert.Single(handler.Requests);
    }

    private static WixInboxClientOptions Options(string baseAddress, HttpMessageHandler? handler) =>
        new(TestAuthentication()) { BaseAddress = new Uri(baseAddress, UriKind.RelativeOrAbsolute), Handler = handler };

    private static Authentication TestAuthentication() => Authentication.AccessToken(Secret.Of(Secret.Canary));
}
