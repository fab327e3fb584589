namespace WixInbox.Tests.Signing;

/// <summary>
/// What is no secret that can be sent, or names no site, is refused, and nothing that is said of it repeats it.
/// </summary>
public sealed class AuthenticationTests
{
    private const string SiteId = "0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";
    private const string AccountId = "5a0c4737-a2a0-4c37-a07e-d9fd87027023";

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData(" \r\n")]
    [InlineData(Secret.Canary + "\n" + Secret.Canary)]
    [InlineData(Secret.Canary + "\r\nwix-site-id: other")]
    [InlineData(Secret.Canary + "\0")]
    [InlineData(Secret.Canary + "é")]
    [InlineData("“" + Secret.Canary + "”")]
    public async Task A_secret_that_no_header_may_carry_is_refused_and_not_repeated(string secret)
    {
        Secret.IsNotIn(Assert.Throws<ArgumentException>(() => Authentication.AccessToken(Secret.Of(secret))));
        Secret.IsNotIn(
            Assert.Throws<ArgumentException>(() => Authentication.ApiKey(Secret.Of(secret), siteId: SiteId)));

        // A callback may bring the same.
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(
            handler, authentication: Authentication.TokenProvider(_ => Task.FromResult(Secret.Of(secret))));
        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.Token, outcome.Failure!.Cause);
        Assert.DoesNotContain(Secret.Canary, outcome.Failure.Message, StringComparison.Ordinal);
        Secret.IsNotIn(outcome.Failure.Exception);
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("Bearer  \t", "")]
    [InlineData("", "\n")]
    [InlineData("\r\n", " ")]
    public async Task Blanks_around_a_secret_are_taken_off(string before, string after)
    {
        foreach (var authentication in new[]
        {
            Authentication.AccessToken(Secret.Of(before + Secret.Canary + after)),
            Authentication.ApiKey(Secret.Of(before + Secret.Canary + after), SiteId),
            Authentication.TokenProvider(_ => Task.FromResult(Secret.Of(before + Secret.Canary + after))),
        })
        {
            var handler = new StubHandler(_ => Answer.Sent());
            using var client = TestClient.Over(handler, authentication: authentication);
            await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            Assert.Equal(Secret.Canary, handler.Requests[0].Authorization);
        }
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer   ")]
    public async Task The_word_Bearer_is_taken_off_and_the_caller_can_say_so(string prefix)
    {
        foreach (var authentication in new[]
        {
            Authentication.AccessToken(Secret.Of(prefix + Secret.Canary)),
            Authentication.ApiKey(Secret.Of(prefix + Secret.Canary), SiteId),
            Authentication.TokenProvider(_ => Task.FromResult(Secret.Of(prefix + Secret.Canary))),
        })
        {
            var handler = new StubHandler(_ => Answer.Sent());
            using var client = TestClient.Over(handler, authentication: authentication);
            await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            Assert.Equal(Secret.Canary, handler.Requests[0].Authorization);
            Assert.Equal(authentication.Kind != AuthenticationKind.TokenProvider, authentication.WasBearer);
        }

        Assert.False(Authentication.AccessToken(Secret.Of(Secret.Canary)).WasBearer);
    }

    [Fact]
    public async Task A_site_may_be_named_with_every_way_of_signing_in()
    {
        foreach (var authentication in new[]
        {
            Authentication.AccessToken(Secret.Of(Secret.Canary), SiteId),
            Authentication.TokenProvider(_ => Task.FromResult(Secret.Of(Secret.Canary)), SiteId),
            Authentication.AppCredentials("app", Secret.Of(Secret.Canary), siteId: SiteId),
        })
        {
            var handler = new StubHandler(request => request.Path == "/oauth2/token"
                ? Answer.Json(200, """{"access_token":"t","expires_in":300}""")
                : Answer.Sent());
            using var client = TestClient.Over(handler, authentication: authentication);
            await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

            Assert.Equal(SiteId, handler.Requests[^1].Headers["wix-site-id"]);
            Assert.Equal(SiteId, authentication.SiteId);
        }

        Assert.Throws<ArgumentException>(() => Authentication.AccessToken(Secret.Of(Secret.Canary), "site"));
    }

    [Fact]
    public void A_secret_that_was_given_is_not_let_go_of_with_the_connection()
    {
        using var secret = Secret.Of(Secret.Canary);
        Authentication.AccessToken(secret).Dispose();
        Authentication.ApiKey(secret, SiteId).Dispose();
        Authentication.AppCredentials("app", secret, "instance").Dispose();

        Assert.Equal(Secret.Canary.Length, secret.Length);
    }

    [Fact]
    public void A_secret_is_needed()
    {
        Assert.Throws<ArgumentException>(() => Authentication.AccessToken(null!));
        Assert.Throws<ArgumentException>(() => Authentication.ApiKey(null!, SiteId));
        Assert.Throws<ArgumentNullException>("callback", () => Authentication.TokenProvider(null!));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("", null)]
    [InlineData(SiteId, AccountId)]
    [InlineData("site", null)]
    [InlineData(null, "account")]
    [InlineData("0d4fc8ac52c14a8e9e6f1f1d2f3a4b5c", null)]
    [InlineData("{0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c}", null)]
    [InlineData(SiteId + "\r\nAuthorization: other", null)]
    [InlineData(SiteId + "\n", null)]
    [InlineData(" " + SiteId, null)]
    [InlineData(null, AccountId + " ")]
    public void An_api_key_is_for_one_site_or_one_account(string? siteId, string? accountId)
    {
        Secret.IsNotIn(
            Assert.Throws<ArgumentException>(() => Authentication.ApiKey(Secret.Of(Secret.Canary), siteId, accountId)));
    }

    [Fact]
    public void An_authentication_says_what_it_is_and_not_its_secret()
    {
        using var token = Authentication.AccessToken(Secret.Of(Secret.Canary));
        using var key = Authentication.ApiKey(Secret.Of(Secret.Canary), SiteId);
        using var account = Authentication.ApiKey(Secret.Of(Secret.Canary), accountId: AccountId);
        using var callback = Authentication.TokenProvider(_ => throw new InvalidOperationException());

        Assert.Equal((AuthenticationKind.AccessToken, null, null), (token.Kind, token.SiteId, token.AccountId));
        Assert.Equal((AuthenticationKind.ApiKey, SiteId, null), (key.Kind, key.SiteId, key.AccountId));
        Assert.Equal((AuthenticationKind.ApiKey, null, AccountId), (account.Kind, account.SiteId, account.AccountId));
        Assert.Equal(
            (AuthenticationKind.TokenProvider, null, null), (callback.Kind, callback.SiteId, callback.AccountId));
        Assert.All(
            typeof(Authentication).GetProperties().Select(property => $"{property.GetValue(token)}")
                .Append(token.ToString()!),
            shown => Assert.DoesNotContain(Secret.Canary, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_whose_secret_is_gone_sends_nothing_and_does_not_throw()
    {
        var authentication = Authentication.AccessToken(Secret.Of(Secret.Canary));
        var handler = new StubHandler(_ => Answer.Sent());
        using var client = TestClient.Over(handler, authentication: authentication);
        authentication.Dispose();

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.IsType<ObjectDisposedException>(outcome.Failure!.Exception);
        Assert.Empty(handler.Requests);
    }
}
