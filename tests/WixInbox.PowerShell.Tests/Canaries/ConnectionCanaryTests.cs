using static WixInbox.PowerShell.Tests.Support.Secrets;

namespace WixInbox.PowerShell.Tests.Canaries;

/// <summary>The secret of a connection is in nothing that is shown or made of it.</summary>
public sealed class ConnectionCanaryTests
{
    [Theory]
    [InlineData("Format-List -Property * -Force | Out-String -Width 4096")]
    [InlineData("Format-Custom -Property * -Depth 6 -Force | Out-String -Width 4096")]
    [InlineData("ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue")]
    [InlineData("ConvertTo-Csv | Out-String")]
    [InlineData("Export-Clixml -LiteralPath $file -Depth 6; Get-Content -LiteralPath $file -Raw")]
    public void No_secret_is_in_what_other_commands_make_of_a_connection_or_its_test(string command)
    {
        using var folder = new TemporaryFolder();
        using var engine = NewEngine();
        engine.Set("handler", new StubHandler((_, _) => Task.FromResult(StubHandler.Error(401))));
        engine.Set("file", folder.File("connection.xml"));
        engine.Run("Connect-WixInbox -AccessToken $secret -MessageHandler $handler");

        foreach (var cmdlet in new[] { "Get-WixInboxConnection", "Test-WixInboxConnection" })
        {
            var shown = Assert.Single(engine.Run($"{cmdlet} | {command}").Output).ToString();

            Assert.Contains("wixapis.com", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_secret_is_in_any_stream_view_or_property()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(StubHandler.Error(500)));
        using var engine = NewEngine();
        engine.Set("handler", handler);

        var result = engine.Run($$"""
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $c = Connect-WixInbox -ApiKey $secret -SiteId {{Engine.Guid1}} -MessageHandler $handler -PassThru
            $c; "$c"
            Send-WixInboxMessage -ConversationId {{Engine.Guid2}} -Text x -OnAmbiguous Skip
            Send-WixInboxMessage -ConversationId bad -Text x
            $c.psobject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
            [System.Management.Automation.PSSerializer]::Serialize($c, 4)
            $Error | ForEach-Object { [System.Management.Automation.PSSerializer]::Serialize($_, 2); $_.Exception.ToString() }
            """);

        Assert.Equal(Marker, Assert.Single(handler.Requests).Headers["Authorization"]);
        Assert.Equal(2, result.Errors.Count);
        Assert.DoesNotContain(result.AllStreams, line => line.Contains(Marker, StringComparison.Ordinal));
    }
}
