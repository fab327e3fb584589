namespace WixInbox.PowerShell.Tests;

/// <summary>Rows that an earlier run may have sent, where that cannot be found out.</summary>
public sealed class OpenRowResultTests : ResultFileRuns
{
    [Theory]
    [InlineData(true, "Sent")]
    [InlineData(false, "Unknown")]
    public async Task They_are_looked_for_and_not_called_safe_to_send_again_where_nobody_can_be_looked_up(
        bool mayRead, string state)
    {
        await CutOffAsync();
        Site.On("contacts", [.. Enumerable.Repeat(Mishap.TimedOut, 50)]);
        Site.On("read", [.. Enumerable.Repeat(mayRead ? Mishap.None : Mishap.TimedOut, 50)]);

        var result = Send(Two());

        Assert.Equal(mayRead ? [] : ["OutcomeUnknown", "OutcomeUnknown"], result.ErrorIds);
        Assert.All(result.Errors, error => Assert.Contains(
            "may or may not have been sent. An earlier run was cut off while it sent it. The conversation could not be "
                + "read back to find out: The server answered 408.",
            error.ToString(),
            StringComparison.Ordinal));
        Assert.Equal([state, state], CsvText.OfBytes(File.ReadAllBytes(Path))["State"]);
        Assert.Equal(["x 1", "x 2"], Site.Delivered.Order());
    }

    [Fact]
    public async Task They_are_not_called_untried_where_the_run_is_ended_before()
    {
        await CutOffAsync();
        Site.On("contacts", Mishap.HangBefore);

        using (var run = Start(Two()))
        {
            Site.WaitForInFlight(1);
            Source.WaitForRows(4);
            Source.WaitUntilReaderRests();
            await run.StopAsync();
        }

        Assert.Equal(["Unknown", "Unknown"], CsvText.OfBytes(File.ReadAllBytes(Path))["State"]);
    }

    private string Two() => $"Contacts (1..2) | Send-WixInboxMessage -Journal $journal -ResultPath '{Path}'";

    // Both arrive, and no answer does.
    private async Task CutOffAsync()
    {
        Site.On("x 1", Mishap.HangAfter);
        Site.On("x 2", Mishap.HangAfter);
        using (var cut = Start("Contacts (1..2) | Send-WixInboxMessage -Journal $journal"))
        {
            Assert.True(SpinWait.SpinUntil(() => Site.Delivered.Length == 2, TimeSpan.FromSeconds(30)));
            await cut.StopAsync();
        }

        Site.Calm();
    }
}
