namespace WixInbox.PowerShell.Tests;

/// <summary>A path that .NET refuses, as for a null character that a damaged file has in a cell.</summary>
public sealed class PathErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public PathErrorTests()
    {
        Assert.Null(_engine.Run("Connect-WixInbox -Sandbox").Thrown);
        _engine.Set("bad", _folder.File("a\0b"));
        _engine.Set("good", _folder.File("good"));
        _engine.Set("row", new { ConversationId = Engine.Guid1, Text = "x" });
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("$row | Send-WixInboxMessage -Journal $bad", "PathInvalid")]
    [InlineData("$row | Send-WixInboxMessage -Journal $bad -WhatIf", "PathInvalid")]
    [InlineData("$row | Send-WixInboxMessage -ResultPath $bad", "PathInvalid")]
    [InlineData("$row | Send-WixInboxMessage -ImagePath $bad", "PathInvalid")]
    [InlineData("$row | Send-WixInboxMessage -FilePath { $bad }", "PathInvalid")]
    [InlineData("$row | Show-WixInboxMessage -Path $bad", "PathInvalid")]
    [InlineData("Get-WixInboxJournal $bad", "PathInvalid")]
    [InlineData("Get-WixInboxJournal $bad*", "JournalNotFound")]
    [InlineData("Get-WixInboxJournal -LiteralPath $bad -Summary", "PathInvalid")]
    [InlineData("Export-WixInboxReport $bad $good", "PathInvalid")]
    [InlineData("Export-WixInboxReport $good $bad", "PathInvalid")]
    [InlineData("Import-WixInboxCsv $bad", "PathInvalid")]
    [InlineData("Import-WixInboxCsv -LiteralPath $bad", "PathInvalid")]
    [InlineData("Import-WixInboxMedia $bad", "PathInvalid")]
    [InlineData("Import-WixInboxMedia -LiteralPath $bad", "PathInvalid")]
    public void It_is_told_as_such(string script, string id)
    {
        var result = _engine.Run($"try {{ {script} }} catch {{ Write-Error $_ }}");

        Assert.Equal([id], result.ErrorIds);
        Assert.DoesNotContain("Parameter", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
