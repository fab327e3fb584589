using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>The line that a run ends with on the host.</summary>
public sealed class LastLineTests : IDisposable
{
    private const string Row = "[pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingHost _host = new();
    private readonly StubHandler _handler = new((request, token) =>
        request.Body.Contains("hangs", StringComparison.Ordinal)
            ? HangAsync(token)
            : Task.FromResult(StubHandler.Stored(request)));

    public void Dispose()
    {
        _folder.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public void It_is_the_summary_and_says_where_nothing_was_left_to_do()
    {
        using var engine = Connected();
        engine.Run("$rows = 1..3 | ForEach-Object { @{ ConversationId = \"$(New-Guid)\"; Text = \"x $_\" } }");
        const string Command = """
            $rows | Send-WixInboxMessage -SendNotification -Journal $journal -InformationVariable said | Out-Null
            "$said"
            """;

        var first = engine.Run(Command);
        var second = engine.Run(Command);

        Assert.Equal(2, _host.Lines.Count);
        Assert.Matches("^Rows: 3. Sent: 3. Failed: 0. Skipped: 0. Over: own. Time: [0-9:]+.$", _host.Lines[0]);
        Assert.Matches(
            "^Rows: 3. Sent: 0. .* Skipped: 3. Over: own. Time: [0-9:]+. Nothing was left to do.$", _host.Lines[1]);
        Assert.Equal(_host.Lines, new[] { first, second }.Select(result => result.Output[0].ToString()));
    }

    [Theory]
    [InlineData("@{ ConversationId = [guid]::NewGuid() } | Send-WixInboxMessage x -InformationAction Ignore")]
    [InlineData("$InformationPreference = 'Ignore'; @{ ConversationId = [guid]::NewGuid() } | Send-WixInboxMessage x")]
    [InlineData("Send-WixInboxMessage -ConversationId ([guid]::NewGuid()) x")]
    public void It_is_not_there_where_nobody_wants_it_nor_after_a_single_message(string script)
    {
        using var engine = Connected();

        Assert.Single(engine.Run(script).Output);

        Assert.Empty(_host.Lines);
    }

    [Fact]
    public async Task It_comes_after_Ctrl_C_too_and_names_the_way_on()
    {
        using var run = new RunningPipeline(
            Connected(),
            $"'sent', 'hangs' | ForEach-Object {{ {Row} = $_ }} }} | "
            + "Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");
        await _handler.WaitForAsync(2);

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        var line = Assert.Single(_host.Lines);
        Assert.StartsWith(
            "Stopped. Rows: 2. Sent: 1. Failed: 0. Skipped: 0. Unfinished: 1. Time: ", line, StringComparison.Ordinal);
        Assert.EndsWith(" The same command with the same -Journal continues.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_counts_what_was_sent_behind_a_row_that_holds_up_the_output()
    {
        var engine = Connected();
        using var run = new RunningPipeline(
            engine,
            $"'hangs', 'bad', 'x' | ForEach-Object {{ {Row} = $_ }} }} | "
            + "ForEach-Object { if ($_.Text -eq 'bad') { $_.ConversationId = 'bad' }; $_ } | "
            + "Send-WixInboxMessage -Journal $journal");
        var isSent = SpinWait.SpinUntil(() => HasSentLine(_folder.File("run.jsonl")), TimeSpan.FromSeconds(30));

        await run.StopAsync();

        Assert.True(isSent);
        Assert.Matches("^Stopped. Rows: 3. Sent: 1. Failed: 1. ", Assert.Single(_host.Lines));
    }

    [Fact]
    public async Task After_Ctrl_C_too_it_is_not_there_with_InformationAction_Ignore()
    {
        using var run = new RunningPipeline(
            Connected(), $"{Row} = 'hangs' }} | Send-WixInboxMessage -InformationAction Ignore");
        await _handler.WaitForAsync(1);

        await run.StopAsync();

        Assert.Empty(_host.Lines);
    }

    private Engine Connected()
    {
        var engine = Engine.ConnectedTo(_handler, _host, name: "own");
        engine.Set("journal", _folder.File("run.jsonl"));
        return engine;
    }

    // A run has it open, and lets it be read.
    private static bool HasSentLine(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Contains("\"t\":\"S\"", StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}
