using System.Text;

namespace WixInbox.Sandbox.Tests;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task No_credential_is_a_401_in_Wixs_shape_and_stores_nothing()
    {
        using var api = Api.InMemory();
        api.WithoutAuthorization();

        var reply = await api.SendAsync(Api.Basic("x"));

        Assert.Equal(401, reply.Status);
        Assert.Equal("UNAUTHENTICATED", reply.ErrorCode);
        Assert.Empty(api.Handler.Ledger);
    }

    [Theory]
    [InlineData("any-token", null, 200)]
    [InlineData("Bearer any-token", null, 200)]
    [InlineData("Bearer", null, 401)]
    [InlineData("secret", "secret", 200)]
    [InlineData("Bearer secret", "secret", 200)]
    [InlineData("bearer secret", "secret", 200)]
    [InlineData("Basic secret", "secret", 401)]
    [InlineData("Secret", "secret", 401)]
    [InlineData("secret2", "secret", 401)]
    public async Task The_token_comes_raw_or_after_Bearer(string header, string? token, int status)
    {
        using var api = Api.InMemory(options => options.Token = token);
        api.Authorize(header);

        Assert.Equal(status, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task A_site_or_an_account_id_is_fine_and_both_are_not()
    {
        using var api = Api.InMemory();
        string path = $"{Api.Conversations}/{Api.SomeConversation}";

        Assert.Equal(200, (await api.CallAsync(HttpMethod.Get, path, ("wix-site-id", "s"))).Status);
        Assert.Equal(200, (await api.CallAsync(HttpMethod.Get, path, ("wix-account-id", "a"))).Status);
        var both = await api.CallAsync(HttpMethod.Get, path, ("wix-site-id", "s"), ("wix-account-id", "a"));
        Assert.Equal(400, both.Status);
        Assert.Equal("INVALID_ARGUMENT", both.ErrorCode);
    }

    [Fact]
    public async Task An_unknown_path_is_404_and_a_wrong_method_405()
    {
        using var api = Api.InMemory();

        Assert.Equal(404, (await api.GetAsync("/inbox/v2/nothing")).Status);
        Assert.Equal(404, (await api.GetAsync("/inbox/v2/conversations/")).Status);
        Assert.Equal(405, (await api.CallAsync(HttpMethod.Delete, Api.Messages)).Status);
        Assert.Equal(405, (await api.CallAsync(HttpMethod.Get, Api.Conversations)).Status);
        var wrong = await api.CallAsync(HttpMethod.Put, $"{Api.Conversations}/{Api.SomeConversation}");
        Assert.Equal(405, wrong.Status);
        Assert.Equal("METHOD_NOT_ALLOWED", wrong.ErrorCode);
    }

    [Fact]
    public async Task A_body_that_does_not_say_it_is_JSON_is_415()
    {
        using var handler = new SandboxHandler();
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://www.wixapis.com/inbox/v2/messages")
        {
            Content = new StringContent(Api.Basic("x"), Encoding.UTF8, "text/plain"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "t");

        Reply reply = await Reply.ReadAsync(await client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(415, reply.Status);
    }
}
