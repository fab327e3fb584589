namespace WixInbox.PowerShell.Tests;

/// <summary>
/// The module in a session that has the engine's own cmdlets and no others: a constrained host may have no Utility and
/// no Management module, and the module needs neither.
/// </summary>
[Collection(EnvironmentTests.Name)]
public sealed class BareEngineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingHost _host = new();
    private readonly Engine _engine;

    public BareEngineTests()
    {
        _engine = new Engine(host: _host, bare: true);
        _engine.Set("c", Engine.Guid1);
        _engine.Set("journal", _folder.File("run.jsonl"));
        _engine.Set("page", _folder.File("page.html"));
        RunWell("Connect-WixInbox -Sandbox");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Select-Object")]
    [InlineData("Invoke-Item")]
    public void The_session_has_no_cmdlets_but_the_engines(string command) =>
        Assert.Empty(_engine.Run($"Get-Command {command} -ErrorAction Ignore").Output);

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId $c hello", "WixInbox.Message")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = $c } | Test-WixInboxMessage -Text { 'hello' }", "WixInbox.MessageTest")]
    [InlineData("Get-WixInboxMessage $c", "WixInbox.Message")]
    [InlineData("Get-WixInboxConversation $c", "WixInbox.Conversation")]
    [InlineData("Get-WixInboxContact ada@example.com", "WixInbox.Contact")]
    [InlineData("Resolve-WixInboxConversation -ContactId $c", "WixInbox.Conversation")]
    [InlineData("Import-WixInboxMedia -Url https://example.com/opening.png", "WixInbox.MediaFile")]
    [InlineData("Test-WixInboxConnection", "WixInbox.ConnectionTest")]
    [InlineData("Get-WixInboxConnection", "WixInbox.WixInboxConnection")]
    [InlineData("Get-WixInboxJournal $journal", "WixInbox.JournalEntry")]
    [InlineData("Get-WixInboxJournal $journal -Summary", "WixInbox.JournalSummary")]
    [InlineData("Export-WixInboxReport $journal $page -PassThru", "System.IO.FileInfo")]
    [InlineData("Show-WixInboxMessage -ConversationId $c hello -Path $page -PassThru", "System.IO.FileInfo")]
    public void Every_cmdlet_works(string script, string type)
    {
        RunWell("Send-WixInboxMessage -ConversationId $c hello -Journal $journal");

        var output = RunWell(script).Output;

        Assert.NotEmpty(output);
        Assert.All(output, item => Assert.Equal(type, item.BaseObject.GetType().FullName));
    }

    [Fact]
    public void What_comes_out_is_shown_as_the_module_lays_it_out()
    {
        RunWell("Send-WixInboxMessage -ConversationId $c hello | Out-Default");

        Assert.Contains(_host.Lines, line => line.Contains("Preview", StringComparison.Ordinal));
        Assert.Contains(_host.Lines, line => line.Contains("hello", StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_cannot_be_opened_is_written_and_the_warning_says_why()
    {
        var display = Environment.GetEnvironmentVariable("DISPLAY");
        try
        {
            Environment.SetEnvironmentVariable("DISPLAY", ":0");

            var warning = Assert.Single(RunWell("Show-WixInboxMessage -ConversationId $c hello -Path $page").Warnings);

            Assert.StartsWith(
                $"The page is in '{_folder.File("page.html")}'. "
                    + "It was not opened: The term 'Invoke-Item' is not recognized",
                warning,
                StringComparison.Ordinal);
            Assert.True(File.Exists(_folder.File("page.html")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", display);
        }
    }

    private Result RunWell(string script)
    {
        var result = _engine.Run(script);
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        return result;
    }
}
