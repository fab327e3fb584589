namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Signing in as a headless project, which has no instance; and a site beside every way of signing in.
/// </summary>
public sealed class HeadlessSignInTests : IDisposable
{
    private const string SiteId = "1f3a2b7c-5d0e-4c1b-9a8f-7e6d5c4b3a29";

    private readonly Engine _engine = new();
    private readonly StubHandler _handler = new((request, _) => Task.FromResult(
        request.Path == "/oauth2/token"
            ? StubHandler.Json(200, """{"access_token":"t","expires_in":300}""")
            : StubHandler.Stored(request)));

    public HeadlessSignInTests()
    {
        _engine.Set("handler", _handler);
        _engine.Set("secret", Secrets.Secure("canary"));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("-ClientId app -ClientSecret $secret")]
    [InlineData("-AccessToken $secret")]
    [InlineData("-TokenProvider { $secret }")]
    public void The_site_is_named_with_each_request_and_is_what_the_connection_is_known_by(string signIn)
    {
        var result = _engine.Run(
            $"(Connect-WixInbox {signIn} -SiteId {SiteId} -MessageHandler $handler -PassThru).SiteId; "
                + $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -SiteId {SiteId}");

        Assert.Empty(result.Errors);
        Assert.Equal(SiteId, result.Output[0].ToString());
        var sent = _handler.Requests.Single(request => request.Path == "/inbox/v2/messages");
        Assert.Equal(SiteId, sent.Headers["wix-site-id"]);
        Assert.All(
            _handler.Requests, request => Assert.DoesNotContain("instance_id", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_site_that_is_none_is_refused_before_anything_is_sent()
    {
        Assert.Equal(["ConnectionInvalid"], _engine.Run("Connect-WixInbox -AccessToken $secret -SiteId shop").ErrorIds);
    }

    [Fact]
    public void The_word_Bearer_is_taken_off_with_a_warning_that_does_not_repeat_the_token()
    {
        _engine.Set("bearer", Secrets.Secure("Bearer canary"));

        var result = _engine.Run(
            "Connect-WixInbox -AccessToken $bearer -MessageHandler $handler; Send-WixInboxMessage -ConversationId "
                + Engine.Guid1 + " x");

        Assert.Equal("canary", _handler.Requests[0].Headers["Authorization"]);
        Assert.Contains(
            result.AllStreams, line => line.Contains("The word Bearer was taken off", StringComparison.Ordinal));
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("canary", StringComparison.Ordinal));
    }
}
