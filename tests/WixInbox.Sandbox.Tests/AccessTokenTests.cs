using System.Text;

namespace WixInbox.Sandbox.Tests;

public sealed class AccessTokenTests
{
    private const string Good =
        """{"grant_type":"client_credentials","client_id":"app","client_secret":"secret","instance_id":"instance"}""";

    [Fact]
    public async Task The_right_client_gets_a_token_for_4_hours_without_a_credential()
    {
        using var api = Configured();
        api.WithoutAuthorization();

        var reply = await api.PostAsync(Api.Token, Good);

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            ["access_token", "token_type", "expires_in"],
            reply.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Bearer", reply.Json.GetProperty("token_type").GetString());
        Assert.Equal(14400, reply.Json.GetProperty("expires_in").GetInt32());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Bearer {0}")]
    public async Task An_issued_token_is_accepted_until_it_ends_and_others_are_not(string header)
    {
        using var api = Configured();
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        string token = await IssueAsync(api);

        api.Authorize(header.Replace("{0}", token, StringComparison.Ordinal));
        int fresh = (await api.SendAsync(Api.Basic("x"))).Status;
        api.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromTicks(1));
        int last = (await api.SendAsync(Api.Basic("x"))).Status;
        api.Clock.Advance(TimeSpan.FromTicks(1));
        var ended = await api.SendAsync(Api.Basic("x"));
        api.Authorize(await IssueAsync(api));

        Assert.Equal([200, 200], [fresh, last]);
        Assert.Equal((401, "UNAUTHENTICATED"), (ended.Status, ended.ErrorCode));
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task The_lifetime_can_be_set_and_each_token_has_its_own()
    {
        using var api = Api.InMemory(options =>
        {
            options.ClientId = "app";
            options.TokenLifetime = TimeSpan.FromMinutes(1);
        });
        string first = await IssueAsync(api);
        api.Clock.Advance(TimeSpan.FromSeconds(59));
        var second = await api.PostAsync(Api.Token, Good);
        api.Clock.Advance(TimeSpan.FromSeconds(1));

        api.Authorize(first);
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        api.Authorize(second.Json.GetProperty("access_token").GetString()!);
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        Assert.Equal(60, second.Json.GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task Revoking_ends_all_tokens_and_a_reset_none()
    {
        using var api = Configured();
        string token = await IssueAsync(api);
        api.Authorize(token);
        api.Handler.Reset();
        int afterReset = (await api.SendAsync(Api.Basic("x"))).Status;

        api.Handler.RevokeTokens();

        Assert.Equal(200, afterReset);
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        string next = await IssueAsync(api);
        Assert.NotEqual(token, next);
        api.Authorize(next);
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task The_fixed_token_is_accepted_beside_the_issued_ones_and_nothing_else()
    {
        using var api = Api.InMemory(options => options.Token = "key");
        api.Authorize(await IssueAsync(api));
        int issued = (await api.SendAsync(Api.Basic("x"))).Status;
        api.Authorize("key");
        int key = (await api.SendAsync(Api.Basic("x"))).Status;
        api.Authorize("other");

        Assert.Equal([200, 200], [issued, key]);
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task Where_nothing_is_configured_any_credential_will_do_but_a_token_that_ended()
    {
        using var api = Api.InMemory();
        string token = await IssueAsync(api);
        api.Clock.Advance(TimeSpan.FromHours(4));

        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        api.Authorize(token);
        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task An_app_without_an_instance_gets_a_token_where_no_instance_was_configured()
    {
        using var api = Api.InMemory(options => options.ClientId = "app");

        var reply = await api.PostAsync(
            Api.Token, """{"grant_type":"client_credentials","client_id":"app","client_secret":"secret"}""");
        api.Authorize(reply.Json.GetProperty("access_token").GetString()!);

        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Theory]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"app","client_secret":"wrong","instance_id":"instance"}""",
        401,
        "invalid_client")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"App","client_secret":"secret","instance_id":"instance"}""",
        401,
        "invalid_client")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"app","client_secret":"secret","instance_id":"other"}""",
        400,
        "invalid_grant")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"app","client_secret":"secret"}""", 400, "invalid_grant")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"app","instance_id":"instance"}""", 400, "invalid_request")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":"","client_secret":"secret","instance_id":"instance"}""",
        400,
        "invalid_request")]
    [InlineData(
        """{"grant_type":"client_credentials","client_id":7,"client_secret":"secret","instance_id":"instance"}""",
        400,
        "invalid_request")]
    [InlineData(
        """{"grant_type":"refresh_token","client_id":"app","client_secret":"secret"}""", 400, "unsupported_grant_type")]
    [InlineData(
        """{"grantType":"client_credentials","clientId":"app","clientSecret":"secret","instanceId":"instance"}""",
        400,
        "invalid_request")]
    [InlineData("{}", 400, "invalid_request")]
    [InlineData("nonsense", 400, "invalid_request")]
    public async Task What_is_wrong_or_missing_is_refused_in_the_form_of_OAuth(string json, int status, string error)
    {
        using var api = Configured();

        var reply = await api.PostAsync(Api.Token, json);

        Assert.Equal((status, error), (reply.Status, reply.Json.GetProperty("error").GetString()));
        Assert.Equal(["error", "error_description"], reply.Json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task A_form_is_no_JSON_and_a_token_is_not_got()
    {
        using var handler = new SandboxHandler();
        using var client = new HttpMessageInvoker(handler);
        using var form = new HttpRequestMessage(HttpMethod.Post, "https://www.wixapis.com/oauth2/token")
        {
            Content = new StringContent(
                "grant_type=client_credentials", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

        Reply reply = await Reply.ReadAsync(await client.SendAsync(form, TestContext.Current.CancellationToken));

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Json.GetProperty("error").GetString()));
        using var api = Api.InMemory();
        Assert.Equal(405, (await api.GetAsync(Api.Token)).Status);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task Each_of_the_three_makes_a_token_needed(bool client, bool secret, bool instance)
    {
        using var api = Api.InMemory(options =>
        {
            options.ClientId = client ? "app" : null;
            options.ClientSecret = secret ? "secret" : null;
            options.InstanceId = instance ? "instance" : null;
        });

        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        api.Authorize(await IssueAsync(api));
        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
    }

    [Fact]
    public async Task The_token_call_is_counted_and_takes_no_place_in_the_window()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 1);

        await IssueAsync(api);
        await IssueAsync(api);

        Assert.Equal(200, (await api.SendAsync(Api.Basic("x"))).Status);
        await IssueAsync(api);
        Assert.Equal(
            [("/inbox/v2/messages", 1), ("/oauth2/token", 3)],
            api.Handler.RequestCounts.Select(line => (line.Path, line.Count)));
    }

    [Fact]
    public async Task Faults_strike_the_token_call_too()
    {
        using var api = Configured();
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.ServerErrorBefore, PathPrefix = "/oauth2", Status = 503 },
            new Fault { Kind = FaultKind.ResetAfter, PathPrefix = "/oauth2", Method = "POST" },
        ]);

        Assert.Equal(401, (await api.SendAsync(Api.Basic("x"))).Status);
        Assert.Equal(503, (await api.PostAsync(Api.Token, Good)).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => api.PostAsync(Api.Token, Good));
        Assert.Equal(200, (await api.PostAsync(Api.Token, Good)).Status);
    }

    [Fact]
    public void An_option_below_its_minimum_is_refused()
    {
        Assert.Throws<ArgumentException>(
            () => new SandboxHandler(new SandboxOptions { TokenLifetime = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(
            () => new SandboxHandler(new SandboxOptions { MediaReadyAfter = TimeSpan.FromTicks(-1) }));
        Assert.Throws<ArgumentException>(() => new SandboxHandler(new SandboxOptions { MediaSizeLimit = 0 }));
    }

    private static Api Configured() => Api.InMemory(options =>
    {
        options.ClientId = "app";
        options.ClientSecret = "secret";
        options.InstanceId = "instance";
    });

    private static async Task<string> IssueAsync(Api api)
    {
        var reply = await api.PostAsync(Api.Token, Good);
        Assert.Equal(200, reply.Status);
        return reply.Json.GetProperty("access_token").GetString()!;
    }
}
