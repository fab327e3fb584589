using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Tokens from a script block: it runs on the pipeline's thread, and what it gives or says is nowhere else.
/// </summary>
public sealed class TokenProviderTests : IDisposable
{
    private const string Marker = "canary-4b7d";
    private const string Rows =
        "1..20 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = \"x $_\" } }";

    private readonly StubHandler _handler = new();
    private readonly Engine _engine = new();

    public TokenProviderTests()
    {
        Prepare(_engine, _handler);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public void It_is_asked_once_when_a_token_is_needed_on_the_thread_of_the_pipeline()
    {
        Connect("$asked.Add([Environment]::CurrentManagedThreadId); New-Token 1");
        Assert.Equal(0, Asked());
        _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -WhatIf");
        Assert.Equal(0, Asked());

        var result = _engine.Run(
            $"{Rows} | Send-WixInboxMessage; Get-WixInboxConversation {Engine.Guid1} -ErrorAction Ignore; "
                + "[Environment]::CurrentManagedThreadId");

        Assert.Empty(result.Errors);
        Assert.Equal(21, result.Output.Count);
        Assert.All(_handler.Requests, request => Assert.Equal("token-1", request.Headers["Authorization"]));
        Assert.Equal(
            [(int)result.Output[^1].BaseObject], _engine.Run("$asked").Output.Select(thread => (int)thread.BaseObject));
    }

    [Fact]
    public void It_is_asked_once_more_when_Wix_no_longer_takes_the_token()
    {
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await Task.Yield();
            return request.Headers["Authorization"] == "token-1" ? StubHandler.Error(401) : StubHandler.Stored(request);
        });
        _engine.Set("handler", handler);
        Connect("$asked.Add(1); New-Token $asked.Count");

        var result = _engine.Run($"{Rows} | Send-WixInboxMessage -ThrottleLimit 10");

        Assert.Empty(result.Errors);
        Assert.Equal(20, result.Output.Count);
        Assert.Equal(2, Asked());
    }

    [Fact]
    public void The_connection_says_by_the_parameters_name_how_it_signs_in()
    {
        Connect("New-Token 1");

        Assert.Equal(
            "TokenProvider", Assert.Single(_engine.Run("(Get-WixInboxConnection).Authentication").Output).ToString());
    }

    [Fact]
    public void A_credential_gives_its_password()
    {
        Connect("[pscredential]::new('wix', (New-Token 7))");

        _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Equal("token-7", Assert.Single(_handler.Requests).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("", "returned nothing")]
    [InlineData("$null", "returned nothing")]
    [InlineData("New-Token 1; New-Token 2", "returned 2 objects")]
    [InlineData("'canary-4b7d'", "returned plain text")]
    [InlineData("[pscustomobject]@{ Token = 'canary-4b7d' }", "returned a PSCustomObject")]
    [InlineData("throw 'canary-4b7d'", "Its type is RuntimeException.")]
    [InlineData("throw [System.IO.IOException]::new('canary-4b7d')", "Its type is IOException.")]
    [InlineData("[int]::Parse('canary-4b7d')", "Its type is FormatException.")]
    [InlineData("Get-Nothing-canary-4b7d", "Its type is CommandNotFoundException.")]
    [InlineData(
        "$ErrorActionPreference = 'Stop'; $ExecutionContext.InvokeProvider.Item.Get('variable:canary-4b7d')",
        "ended with an error.")]
    [InlineData("[securestring]::new()", "The secret is empty.")]
    [InlineData("New-Token 'canary-4b7d canary-4b7d'", "The secret has a blank")]
    public void What_is_no_token_ends_the_run_in_words_that_do_not_repeat_it(string block, string words)
    {
        Connect("$asked.Add(1); " + block);

        var result = _engine.Run(
            $"$VerbosePreference = $DebugPreference = 'Continue'; {Rows} | Send-WixInboxMessage -ThrottleLimit 1");

        Assert.Equal(["TokenUnavailable", "TokenUnavailable"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("No further row was tried", result.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Asked());
        Assert.Empty(_handler.Requests);
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_waits_for_a_block_that_fails_does_not_run_it_again()
    {
        Connect("$asked.Add(1); throw 'no'");

        _engine.Run($"{Rows} | Send-WixInboxMessage -ThrottleLimit 20");

        Assert.Equal(1, Asked());
    }

    [Fact]
    public void An_error_beside_the_token_is_a_warning()
    {
        Connect("[int]::Parse('canary-4b7d'); New-Token 1");

        var result = _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Single(result.Output);
        Assert.Empty(result.Errors);
        Assert.Contains("Its type is FormatException.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Contains(
            "canary-4b7d", _engine.Run("$Error[0].ToString()").Output[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_runspace_runs_a_copy_of_its_own_while_the_first_is_busy()
    {
        Connect("$asked.Add(1); $token");
        _engine.Set("token", Secrets.Secure("of-the-first"));
        var connection = _engine.Run("Get-WixInboxConnection").Output[0].BaseObject;
        using var gate = new ManualResetEventSlim();
        _engine.Set("gate", gate);
        using var shell = _engine.Create("$gate.Wait()");
        var busy = shell.BeginInvoke();
        using var other = new Engine();
        Prepare(other, _handler);
        other.Set("token", Secrets.Secure("of-the-second"));
        other.Set("shared", connection);

        try
        {
            var result = await Task
                .Run(
                    () => other.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -Connection $shared"),
                    TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            Assert.Empty(result.Errors);
            Assert.Equal("of-the-second", Assert.Single(_handler.Requests).Headers["Authorization"]);
        }
        finally
        {
            gate.Set();
        }

        shell.EndInvoke(busy);
    }

    [Fact]
    public void In_its_own_runspace_it_keeps_what_it_was_made_with()
    {
        Connect(string.Empty, "(& { $mine = New-Token 5; { $mine }.GetNewClosure() })");

        _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Equal("token-5", Assert.Single(_handler.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task Two_runspaces_that_wait_for_one_token_ask_once()
    {
        Connect("$asked.Add(1); New-Token 1");
        var connection = _engine.Run("Get-WixInboxConnection").Output[0].BaseObject;

        var asked = _engine.Runspace.SessionStateProxy.GetVariable("asked");
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using var engine = new Engine();
            Prepare(engine, _handler);
            engine.Set("asked", asked);
            engine.Set("shared", connection);
            return engine.Run($"{Rows} | Send-WixInboxMessage -Connection $shared");
        })));

        Assert.All(results, result => Assert.Equal(20, result.Output.Count));
        Assert.Equal(1, Asked());
    }

    [Fact]
    public async Task Who_leaves_while_running_the_block_for_another_runspace_leaves_the_question_open()
    {
        Connect("$asked.Add(1); if ($asked.Count -eq 1) { break }; New-Token 1");
        var connection = _engine.Run("Get-WixInboxConnection").Output[0].BaseObject;
        using var other = new Engine();
        Prepare(other, _handler);
        using var isBusy = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        foreach (var (name, value) in new (string, object?)[]
        {
            ("shared", connection),
            ("asked", _engine.Runspace.SessionStateProxy.GetVariable("asked")),
            ("isBusy", isBusy),
            ("goOn", goOn),
        })
        {
            other.Set(name, value);
        }

        // Its first message waits for a token while its own thread is busy with the second row.
        var waiting = Task.Run(
            () => other.Run("1..2 | ForEach-Object { if ($_ -eq 2) { $isBusy.Set(); $goOn.Wait() }; [pscustomobject]@{ "
                + "ConversationId = [guid]::NewGuid(); Text = \"x $_\" } } | Send-WixInboxMessage -Connection $shared"),
            TestContext.Current.CancellationToken);
        isBusy.Wait(TestContext.Current.CancellationToken);

        var left = _engine.Run(
            $"foreach ($n in 1, 2) {{ Send-WixInboxMessage -ConversationId {Engine.Guid1} x; 'not here' }}");
        goOn.Set();
        var result = await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Empty(left.Output);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(2, Asked());
    }

    [Fact]
    public async Task Control_C_ends_the_block_and_the_next_command_asks_anew()
    {
        using var run = new RunningPipeline(_engine, $$"""
            Connect-WixInbox -MessageHandler $handler -TokenProvider { $source.Read(); while ($source.Rows -lt 2) { }; New-Token 1 }
            Send-WixInboxMessage -ConversationId {{Engine.Guid1}} x
            """);
        run.Source.WaitForRows(1);

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(_handler.Requests);
        var result = _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");
        Assert.Single(result.Output);
        Assert.Equal(2, run.Source.Rows);
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId " + Engine.Guid1 + " again")]
    [InlineData("Get-WixInboxMessage " + Engine.Guid1)]
    [InlineData("Test-WixInboxConnection")]
    [InlineData("Resolve-WixInboxConversation -ContactId " + Engine.Guid1)]
    public void A_block_that_waits_for_itself_is_an_error(string nested)
    {
        Connect($"{nested}; New-Token 1");

        var result = _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        var said = result.Errors.Select(error => error.Exception.Message).Concat(result.Warnings);
        Assert.Contains(
            said, line => line.Contains("uses the very connection that waits for the token", StringComparison.Ordinal));
        Assert.All(_handler.Requests, request => Assert.Equal("x", request["message.content.basic.items.0.text"]));
    }

    [Fact]
    public void A_block_may_use_another_connection()
    {
        Connect(
            "$null = Send-WixInboxMessage -Connection other -ConversationId " + Engine.Guid2 + " hello; New-Token 2",
            before: "Connect-WixInbox -Name other -AccessToken (New-Token 1) -MessageHandler $handler");

        Assert.Empty(_engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x").Errors);

        Assert.Equal(["token-1", "token-2"], _handler.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public void A_block_that_leaves_by_break_leaves_the_command_and_nothing_hangs()
    {
        Connect("$asked.Add(1); if ($asked.Count -eq 1) { break }; New-Token 1");

        var left = _engine.Run(
            $"foreach ($n in 1, 2) {{ Send-WixInboxMessage -ConversationId {Engine.Guid1} x; 'not here' }}");
        var result = _engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        Assert.Empty(left.Output);
        Assert.Single(result.Output);
    }

    [Fact]
    public void One_cmdlet_runs_the_block_for_another_of_its_pipeline()
    {
        Connect("$asked.Add(1); New-Token 1");

        var result = _engine.Run(
            $"{Rows} | Resolve-WixInboxConversation -ErrorAction Ignore; "
                + $"{Rows.Replace("ConversationId", "ContactId", StringComparison.Ordinal)} | "
                + "Resolve-WixInboxConversation | Send-WixInboxMessage -Text hi | ForEach-Object Delivery");

        Assert.Equal(20, result.Output.Count);
        Assert.Equal(1, Asked());
    }

    private static void Prepare(Engine engine, StubHandler handler)
    {
        engine.Set("handler", handler);
        engine.Set("asked", new List<object>());
        engine.Set("secrets", (Func<string, System.Security.SecureString>)Secrets.Secure);
        engine.Run(
            "function New-Token($value) { $secrets.Invoke($(if ($value -is [int]) { \"token-$value\" } else { "
                + "$value })) }");
    }

    private void Connect(string block, string? made = null, string before = "")
    {
        var result = _engine.Run(
            $"{before}; Connect-WixInbox -MessageHandler $handler -TokenProvider {made ?? $"{{ {block} }}"}");
        Assert.Null(result.Thrown);
    }

    private int Asked() => _engine.Run("$asked").Output.Count;
}
