using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Ctrl+C while a cmdlet reads a file from its beginning to its end.</summary>
public sealed class StoppedReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Send-WixInboxMessage x -FilePath $large")]
    [InlineData("Test-WixInboxMessage x -FilePath $large")]
    [InlineData("Show-WixInboxMessage x -FilePath $large -PassThru")]
    [InlineData("Import-WixInboxMedia")]
    [InlineData("Import-WixInboxCsv")]
    public async Task Control_C_does_not_wait_for_the_end_of_a_file(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows gives a file room on the disk for all of its length.");
        using (var large = File.OpenWrite(_folder.File("large.csv")))
        {
            large.Write("Name,Email\n"u8);
            large.SetLength(1L << 36);
        }

        var engine = new Engine();
        Assert.Null(engine.Run("Connect-WixInbox -Sandbox").Thrown);
        engine.Set("large", _folder.File("large.csv"));
        using var run = new RunningPipeline(
            engine,
            "& { Write-Verbose reading -Verbose; [pscustomobject]@{ Path = $large; "
                + $"ConversationId = '{Engine.Guid1}' }} }} | {command}");
        run.WaitForVerbose("reading");

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
    }
}
