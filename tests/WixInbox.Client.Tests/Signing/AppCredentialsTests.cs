using Microsoft.Extensions.Time.Testing;

namespace WixInbox.Tests.Signing;

/// <summary>
/// Tokens that an app's credentials bring: fetched once, kept until shortly before their end, and nowhere else.
/// </summary>
public sealed class AppCredentialsTests
{
    private const string Secret = "s3cr3t-of-th3-4pp";

    private int _tokens;

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public void An_app_is_a_connection_of_its_own_in_a_journal(string app)
    {
        using var client = TestClient.Over(
            StubHandler.InTurn(), authentication: Authentication.AppCredentials(app, Tests.Secret.Of(Secret)));

        Assert.Equal("https://www.wixapis.com, app " + app, client.Identity);
    }

    [Fact]
    public async Task A_token_is_fetched_first_as_Wix_documents_it_and_signs_what_follows()
    {
        var handler = new StubHandler(Answer);
        using var client = Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(["/oauth2/token", "/inbox/v2/messages"], handler.Requests.Select(request => request.Path));
        Assert.Null(handler.Requests[0].Authorization);
        JsonCheck.Same(
            $$"""{"grant_type":"client_credentials","client_id":"app","client_secret":"{{Secret}}","instance_id":"instance"}""",
            handler.Requests[0].Body);
        Assert.Equal("token-1", handler.Requests[1].Authorization);
    }

    [Fact]
    public async Task Those_that_need_it_together_fetch_one()
    {
        var handler = new StubHandler(Answer);
        using var client = Over(handler);

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation)));

        Assert.Equal(21, handler.Requests.Count);
        Assert.Single(handler.Requests, request => request.Path == "/oauth2/token");
    }

    [Theory]
    [InlineData(14_400, 14_099, 1)]
    [InlineData(14_400, 14_101, 2)]
    [InlineData(60, 53, 1)]
    [InlineData(60, 55, 2)]

    // One without a lifetime is used until Wix refuses it.
    [InlineData(0, 100_000, 1)]
    [InlineData(-1, 100_000, 1)]
    [InlineData(31_536_000, 100_000, 1)]
    public async Task It_is_fetched_again_shortly_before_its_end(int lifetime, int later, int fetched)
    {
        var clock = new FakeTimeProvider();
        var handler = new StubHandler(request => Answer(request, lifetime));
        using var client = Over(handler, clock);

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        clock.Advance(TimeSpan.FromSeconds(later));
        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(fetched, handler.Requests.Count(request => request.Path == "/oauth2/token"));
    }

    [Fact]
    public async Task An_app_that_is_on_no_site_asks_without_an_instance()
    {
        var handler = new StubHandler(Answer);
        using var client = TestClient.Over(
            handler, null, Authentication.AppCredentials("app", Tests.Secret.Of(Secret)));

        await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(
            $$"""{"grant_type":"client_credentials","client_id":"app","client_secret":"{{Secret}}"}""",
            handler.Requests[0].Body);
    }

    [Fact]
    public async Task One_that_Wix_no_longer_takes_is_fetched_anew_once()
    {
        var handler = new StubHandler(
            request => request.Authorization == "token-1" ? WixInbox.Tests.Answer.Status(401) : Answer(request));
        using var client = Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal([null, "token-1", null, "token-2"], handler.Requests.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task Credentials_that_are_wrong_are_told_in_OAuths_words_and_nothing_is_sent(int status)
    {
        var handler = new StubHandler(_ => WixInbox.Tests.Answer.Json(
            status, """{"error":"invalid_client","error_description":"No such app."}"""));
        using var client = Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Single(handler.Requests);
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        var failure = Assert.IsType<Failure>(outcome.Failure);
        Assert.Equal(
            (Operation.SignIn, status, "invalid_client", "No such app."),
            (failure.Operation, failure.StatusCode, failure.Code, failure.Message));
        Assert.True(failure.ConcernsAll);
    }

    [Fact]
    public async Task A_fetch_that_fails_on_the_way_is_tried_again()
    {
        var broken = 2;
        var handler = new StubHandler(
            request => broken-- > 0 ? throw new HttpRequestException("Broken.") : Answer(request));
        using var client = Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Succeeded, 1), (outcome.Kind, outcome.Attempts));
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_no_sign_in()
    {
        var handler = new StubHandler(_ => WixInbox.Tests.Answer.Json(200, """{"token_type":"Bearer"}"""));
        using var client = Over(handler);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.NotSent, Operation.SignIn), (outcome.Kind, outcome.Failure!.Operation));
        Assert.DoesNotContain(handler.Requests, request => request.Path == "/inbox/v2/messages");
    }

    private HttpResponseMessage Answer(RecordedRequest request) => Answer(request, 14_400);

    private HttpResponseMessage Answer(RecordedRequest request, int lifetime) => request.Path == "/oauth2/token"
        ? WixInbox.Tests.Answer.Json(200, $$"""{"access_token":"token-{{Interlocked.Increment(ref _tokens)}}","token_type":"Bearer","expires_in":{{lifetime}}}""")
        : WixInbox.Tests.Answer.Sent();

    private static WixInboxClient Over(StubHandler handler, TimeProvider? clock = null) =>
        TestClient.Over(handler, clock, Authentication.AppCredentials("app", Tests.Secret.Of(Secret), "instance"));
}
