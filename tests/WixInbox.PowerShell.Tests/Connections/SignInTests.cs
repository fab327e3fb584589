using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.Secrets;

namespace WixInbox.PowerShell.Tests;

/// <summary>Signing in with a key or token that is typed, in the environment, or asked for.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class SignInTests : IDisposable
{
    private readonly Dictionary<string, string?> _before =
        new[] { "WIX_API_KEY", "WIX_SITE_ID", "WIX_ACCOUNT_ID", "WIX_ACCESS_TOKEN", "WIX_CLIENT_SECRET" }
        .ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public SignInTests()
    {
        foreach (var name in _before.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Theory]
    [InlineData("-ApiKey $secret -SiteId " + Engine.Guid1, "wix-site-id", Engine.Guid1, "wix-account-id")]
    [InlineData("-ApiKey $secret -AccountId " + Engine.Guid1, "wix-account-id", Engine.Guid1, "wix-site-id")]
    public void An_API_key_goes_with_its_site_or_its_account(string parameters, string header, string id, string absent)
    {
        var request = SendOver(parameters);

        Assert.Equal(Marker, request.Headers["Authorization"]);
        Assert.Equal(id, request.Headers[header]);
        Assert.DoesNotContain(absent, request.Headers.Keys);
    }

    [Fact]
    public void A_credential_from_a_vault_gives_its_password()
    {
        var request = SendOver("-AccessToken ([pscredential]::new('wix', $secret))");

        Assert.Equal(Marker, request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("WIX_API_KEY", "WIX_SITE_ID", "wix-site-id")]
    [InlineData("WIX_API_KEY", "WIX_ACCOUNT_ID", "wix-account-id")]
    public void The_environment_is_read_when_no_parameter_says_it(string key, string id, string header)
    {
        Environment.SetEnvironmentVariable(key, Marker);
        Environment.SetEnvironmentVariable(id, Engine.Guid2);

        var request = SendOver(string.Empty);

        Assert.Equal(Marker, request.Headers["Authorization"]);
        Assert.Equal(Engine.Guid2, request.Headers[header]);
    }

    [Fact]
    public void The_environment_may_hold_an_access_token()
    {
        Environment.SetEnvironmentVariable("WIX_ACCESS_TOKEN", Marker);

        Assert.Equal(Marker, SendOver(string.Empty).Headers["Authorization"]);
    }

    [Fact]
    public void A_site_that_is_typed_goes_before_the_environments()
    {
        Environment.SetEnvironmentVariable("WIX_API_KEY", Marker);
        Environment.SetEnvironmentVariable("WIX_SITE_ID", Engine.Guid2);
        Environment.SetEnvironmentVariable("WIX_ACCOUNT_ID", Engine.Guid2);

        var request = SendOver("-SiteId " + Engine.Guid1);

        Assert.Equal(Engine.Guid1, request.Headers["wix-site-id"]);
        Assert.DoesNotContain("wix-account-id", request.Headers.Keys);
    }

    [Theory]
    [InlineData("WIX_ACCESS_TOKEN")]
    [InlineData("WIX_CLIENT_SECRET")]
    public void An_account_that_is_typed_needs_an_API_key(string secret)
    {
        Environment.SetEnvironmentVariable(secret, Marker);
        using var engine = NewEngine();

        var result = engine.Run($"try {{ Connect-WixInbox -AccountId {Engine.Guid1} }} catch {{ $_ }}");

        var error = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("ConnectionInvalid", error.Id());
        Assert.StartsWith(
            $"-AccountId goes with an API key, and the environment has {secret}.",
            error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_typed_leaves_the_environment_alone()
    {
        Environment.SetEnvironmentVariable("WIX_API_KEY", "another");
        Environment.SetEnvironmentVariable("WIX_SITE_ID", Engine.Guid2);

        var request = SendOver("-AccessToken $secret");

        Assert.Equal(Marker, request.Headers["Authorization"]);
        Assert.DoesNotContain("wix-site-id", request.Headers.Keys);
    }

    [Fact]
    public void Nothing_but_Connect_reads_the_environment()
    {
        // Both of them: Connect-WixInbox would refuse to choose.
        Environment.SetEnvironmentVariable("WIX_ACCESS_TOKEN", Marker);
        Environment.SetEnvironmentVariable("WIX_API_KEY", Marker);
        using var engine = new Engine(host: new RecordingHost());

        var result = engine.Run($"""
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x -WhatIf
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x
            """);

        Assert.Equal(["NotConnected"], result.ErrorIds);
    }

    [Theory]
    [InlineData("Connect-WixInbox", "CredentialMissing")]
    [InlineData("$env:WIX_API_KEY = 'a'; $env:WIX_ACCESS_TOKEN = 'b'; Connect-WixInbox", "CredentialAmbiguous")]
    [InlineData("Connect-WixInbox -ApiKey $secret", "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -ApiKey $secret -SiteId my-site", "ConnectionInvalid")]
    [InlineData(
        "Connect-WixInbox -ApiKey $secret -SiteId " + Engine.Guid1 + " -AccountId " + Engine.Guid2,
        "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken $broken", "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken $secret -BaseUri http://example.com/", "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken $secret -BaseUri https://user:pw@example.com/", "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken $secret -BaseUri example.com", "ConnectionInvalid")]
    [InlineData(
        "Connect-WixInbox -AccessToken $secret -ProxyCredential ([pscredential]::new('a', $secret))",
        "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken $secret -Proxy localhost:8080", "ConnectionInvalid")]
    [InlineData("Connect-WixInbox -AccessToken 'canary-7c1e'", "ParameterArgumentTransformationError")]
    [InlineData("Connect-WixInbox -ApiKey $plain -SiteId " + Engine.Guid1, "ParameterArgumentTransformationError")]
    [InlineData("Connect-WixInbox -Sandbox -AccessToken $secret", "AmbiguousParameterSet")]
    [InlineData("Connect-WixInbox -Sandbox -BaseUri https://inbox.example.com/", "AmbiguousParameterSet")]
    [InlineData("Connect-WixInbox -Sandbox -MessageHandler ([Net.Http.HttpClientHandler]@{})", "AmbiguousParameterSet")]
    public void A_connection_that_cannot_be_made_says_why_and_repeats_no_secret(string script, string id)
    {
        using var engine = NewEngine();
        engine.Set("broken", Secrets.Secure(Marker + "\n" + Marker));
        engine.Set("plain", Marker);

        var result = engine.Run($"try {{ {script} }} catch {{ $_ }}");

        var error = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
        Assert.Equal(id, error.Id());
        Assert.DoesNotContain(
            Marker,
            error.ToString() + error.Exception + error.TargetObject + error.CategoryInfo,
            StringComparison.Ordinal);
        if (id == "ParameterArgumentTransformationError")
        {
            Assert.Contains("SecureString", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(engine.Run("Get-WixInboxConnection").Output);
    }

    [Theory]
    [InlineData(" canary-7c1e \r\n", "1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c\n")]
    [InlineData("\tcanary-7c1e", " 1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c ")]
    public void Blanks_around_what_the_environment_has_are_taken_off(string key, string site)
    {
        Environment.SetEnvironmentVariable("WIX_API_KEY", key);
        Environment.SetEnvironmentVariable("WIX_SITE_ID", site);

        var request = SendOver(string.Empty);

        Assert.Equal(Marker, request.Headers["Authorization"]);
        Assert.Equal(Engine.Guid2, request.Headers["wix-site-id"]);
    }

    [Fact]
    public void Blanks_around_a_secret_that_is_given_are_taken_off()
    {
        using var engine = NewEngine();
        var handler = new StubHandler();
        engine.Set("handler", handler);
        engine.Set("pasted", Secrets.Secure(" canary-7c1e\n"));

        var result = engine.Run($"""
            Connect-WixInbox -AccessToken $pasted -MessageHandler $handler
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(Marker, Assert.Single(handler.Requests).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("", null, null, "API key (SecureString), Site id (String)")]
    [InlineData("-SiteId 1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c", null, null, "API key (SecureString)")]
    [InlineData("", "WIX_SITE_ID", "1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c", "API key (SecureString)")]
    [InlineData("", "WIX_API_KEY", "canary-7c1e", "Site id (String)")]
    [InlineData("-ApiKey $secret", null, null, "Site id (String)")]
    public void At_a_prompt_it_asks_for_what_is_missing_and_says_where_it_has_connected(
        string typed, string? name, string? value, string asked)
    {
        if (name is not null)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        var host = new RecordingHost
        {
            Typed = new() { ["API key"] = Secrets.Secure(Marker), ["Site id"] = Engine.Guid2 },
        };
        using var engine = new Engine(host: host);
        var handler = new StubHandler();
        engine.Set("handler", handler);
        engine.Set("secret", Secrets.Secure(Marker));

        var result = engine.Run($"""
            Connect-WixInbox {typed} -MessageHandler $handler
            Send-WixInboxMessage -ConversationId {Engine.Guid1} x
            """);

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        Assert.Equal(asked, string.Join(", ", host.Questions));
        Assert.Equal($"Connected to https://www.wixapis.com (site {Engine.Guid2}).", host.Lines[0]);
        var headers = Assert.Single(handler.Requests).Headers;
        Assert.Equal((Marker, Engine.Guid2), (headers["Authorization"], headers["wix-site-id"]));
        Assert.DoesNotContain(Marker, string.Join('\n', host.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect-WixInbox", "CredentialMissing")]
    [InlineData("Connect-WixInbox -ApiKey $secret", "ConnectionInvalid")]
    public void Who_answers_nothing_or_cannot_be_asked_gets_a_short_error(string script, string id)
    {
        foreach (var host in new[] { new RecordingHost { Typed = [] }, new RecordingHost() })
        {
            using var engine = new Engine(host: host);
            engine.Set("secret", Secrets.Secure(Marker));

            var result = engine.Run($"try {{ {script} }} catch {{ $_ }}");

            var error = Assert.IsType<ErrorRecord>(Assert.Single(result.Output).BaseObject);
            Assert.Equal(id, error.Id());
            Assert.InRange(error.ToString().Length, 1, 240);
            Assert.NotEmpty(host.Questions);
            Assert.Empty(host.Lines);
        }
    }

    private static RecordedRequest SendOver(string connectParameters)
    {
        var handler = new StubHandler();
        using var engine = NewEngine();
        engine.Set("handler", handler);
        var result = engine.Run(
            $"Connect-WixInbox {connectParameters} -MessageHandler $handler; "
                + $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        return Assert.Single(handler.Requests);
    }
}
