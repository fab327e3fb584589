namespace WixInbox.PowerShell.Tests;

/// <summary>An app that signs in with its credentials, against the sandbox's call for tokens.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class AppSignInTests : IDisposable
{
    private const string AppId = "3f0c7f3e-6f0e-4d3c-9b7a-2c1f5d1e8a10";
    private const string InstanceId = "9b1d7f3e-6f0e-4d3c-9b7a-2c1f5d1e8a10";
    private const string Secret = "canary-of-the-app";
    private const string Rows =
        "1..20 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' } }";

    private readonly SkippingClock _clock = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();
    private readonly dynamic _sandbox;

    public AppSignInTests()
    {
        _sandbox = StagedSandbox.Create(options =>
        {
            options.ClientId = AppId;
            options.ClientSecret = Secret;
            options.InstanceId = InstanceId;
            options.TimeProvider = _clock;
        });
        _engine.Set("handler", (HttpMessageHandler)_sandbox);
        _engine.Set("secret", Secrets.Secure(Secret));
        _engine.Set("wrong", Secrets.Secure("canary-that-is-wrong"));
        _engine.Set("journal", _folder.File("run.jsonl"));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_token_is_fetched_once_for_all_rows_and_for_what_is_read_after_them()
    {
        Connect();
        _engine.Run($"{Rows} | Send-WixInboxMessage -WhatIf");
        Assert.Equal(0, TokenCalls());

        var result = _engine.Run(
            $"{Rows} | Send-WixInboxMessage -ThrottleLimit 10; Get-WixInboxContact ada@example.com; "
                + $"Get-WixInboxMessage {Engine.Guid1}");

        Assert.Empty(result.Errors);
        Assert.Equal(21, result.Output.Count);
        Assert.Equal(1, TokenCalls());
    }

    [Theory]
    [InlineData(234, 1)]
    [InlineData(236, 2)]
    public void It_is_fetched_anew_shortly_before_its_four_hours_are_over(int minutes, int calls)
    {
        ClockedConnection.UseApp(_engine, _sandbox, _clock, AppId, Secret, InstanceId);
        Assert.Single(_engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x").Output);
        _clock.Skip(TimeSpan.FromMinutes(minutes));

        Assert.Single(_engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x").Output);

        Assert.Equal(calls, TokenCalls());
        Assert.Equal(0, Calls("/inbox/v2/messages", 401));
    }

    [Fact]
    public void Where_Wix_no_longer_takes_it_one_is_fetched_for_all_that_are_on_their_way()
    {
        Connect();
        Assert.Single(_engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x").Output);
        _sandbox.RevokeTokens();

        // The second half comes when the new token has been asked for.
        _engine.Set("fetched", (Action)(() => Assert.True(
            SpinWait.SpinUntil(() => TokenCalls() == 2, TimeSpan.FromSeconds(30)))));
        var result = _engine.Run(
            $"{Rows} | ForEach-Object {{ if (++$n -eq 11) {{ $fetched.Invoke() }}; $_ }} | "
                + "Send-WixInboxMessage -ThrottleLimit 10");

        Assert.Empty(result.Errors);
        Assert.Equal(20, result.Output.Count);
        Assert.Equal(2, TokenCalls());

        // Those that leave before the new token is there are refused too, and not each row is.
        Assert.InRange(Calls("/inbox/v2/messages", 401), 1, 19);
    }

    [Theory]
    [InlineData(AppId, "$wrong", InstanceId, "The client_id or client_secret is wrong.")]
    [InlineData("another", "$secret", InstanceId, "The client_id or client_secret is wrong.")]
    [InlineData(AppId, "$secret", "another", "The app has no such instance_id.")]
    public void A_refusal_ends_the_run_in_the_words_of_Wix(string appId, string secret, string instanceId, string words)
    {
        var result = _engine.Run($"""
            $VerbosePreference = $DebugPreference = 'Continue'
            Connect-WixInbox -ClientId {appId} -ClientSecret {secret} -InstanceId {instanceId} -MessageHandler $handler
            {Rows} | Send-WixInboxMessage -Journal $journal -ThrottleLimit 1
            """);

        Assert.Equal(["SignInFailed", "SignInFailed"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "Check -ClientId, -ClientSecret and -InstanceId", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Calls("/oauth2/token", null));
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain("canary", File.ReadAllText(_folder.File("run.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_the_secret_nor_a_token_is_in_a_stream_or_a_file()
    {
        var result = _engine.Run($$"""
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $c = Connect-WixInbox -ClientId {{AppId}} -ClientSecret $secret -InstanceId {{InstanceId}} -MessageHandler $handler -PassThru
            $c; "$c"; $c.psobject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
            {{Rows}} | Send-WixInboxMessage -Journal $journal
            Test-WixInboxConnection
            [System.Management.Automation.PSSerializer]::Serialize($c, 4)
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(1, TokenCalls());
        string[] said = [.. result.AllStreams, .. Directory.GetFiles(_folder.Path).Select(File.ReadAllText)];
        Assert.Contains(said, line => line.Contains(InstanceId, StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains("canary", StringComparison.Ordinal)
            || line.Contains("sandbox-access-token", StringComparison.Ordinal));
    }

    [Fact]
    public void The_environment_may_have_the_credentials()
    {
        string[] names = ["WIX_CLIENT_ID", "WIX_CLIENT_SECRET", "WIX_INSTANCE_ID", "WIX_API_KEY", "WIX_ACCESS_TOKEN"];
        var before = names.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        try
        {
            foreach (var (name, value) in names.Zip([AppId, Secret, InstanceId, null, null]))
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            var result = _engine.Run(
                $"Connect-WixInbox -MessageHandler $handler; Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

            Assert.Empty(result.Errors);
            Assert.Equal(1, TokenCalls());
        }
        finally
        {
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    private void Connect() =>
        Assert.Empty(_engine.Run(
            $"Connect-WixInbox -ClientId {AppId} -ClientSecret $secret -InstanceId {InstanceId} "
                + "-MessageHandler $handler").Errors);

    private int TokenCalls() => Calls("/oauth2/token", 200);

    private int Calls(string path, int? status)
    {
        var count = 0;
        foreach (var line in _sandbox.RequestCounts)
        {
            count += line.Path == path && (status is null || line.Status == status) ? line.Count : 0;
        }

        return count;
    }
}
