using System.Diagnostics;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Ctrl+C on a wide run with a journal, and what such a run shows meanwhile.</summary>
public sealed class StopTests : JournaledRuns
{
    private const int Wide = 128;

    [Fact]
    public async Task Control_C_gives_the_prompt_back_and_leaves_a_whole_journal()
    {
        foreach (var number in Enumerable.Range(1, Wide))
        {
            Site.On($"x {number}", Mishap.HangAfter);
        }

        using var run = Start(
            $"Rows (1..1000) | After {Wide} | Send-WixInboxMessage -Journal $journal -ThrottleLimit {Wide}");
        Site.WaitForInFlight(Wide);
        var watch = Stopwatch.StartNew();
        await run.StopAsync();

        // What the help promises.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Equal(0, Site.InFlight);
        Assert.Equal([Journal], Directory.GetFiles(Folder.Path));
        Assert.Equal(Enumerable.Range(1, Wide).Select(number => $"{number} Sending").Order(), States().Order());
    }

    [Fact]
    public async Task What_it_left_open_is_found_and_nothing_is_sent_twice()
    {
        Site.Together = Wide;
        foreach (var number in Enumerable.Range(1, Wide))
        {
            Site.On($"x {number}", number % 2 == 0 ? Mishap.HangAfter : Mishap.HangBefore);
        }

        using (var run = Start(
            $"Rows (1..1000) | After {Wide} | Send-WixInboxMessage -Journal $journal -ThrottleLimit {Wide}"))
        {
            Site.WaitForInFlight(Wide);
            Assert.True(SpinWait.SpinUntil(() => Site.Delivered.Length == Wide / 2, TimeSpan.FromSeconds(30)));
            await run.StopAsync();
        }

        Site.Calm();
        var result = RunWell("Rows (1..200) | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"x {number}"), TextsOf(result));
        Assert.Equal(Wide / 2, ValueOf(result.Summary, "Reconciled"));
        Assert.Equal(200, Site.Delivered.Length);
        Assert.Equal(200, Site.Delivered.Distinct().Count());
    }

    [Fact]
    public async Task Progress_counts_the_rows_that_are_skipped_and_nothing_is_shown_where_nobody_wants_it()
    {
        RunWell("Rows (1..5) | Send-WixInboxMessage -Journal $journal");
        Site.On("x 6", Mishap.HangBefore, Mishap.HangBefore);
        using var quiet = Start("$ProgressPreference = 'SilentlyContinue'; Rows 6 | Send-WixInboxMessage");
        using var run = Start("Rows (1..6) | Send-WixInboxMessage -Journal $journal -ExpectedCount 10");

        var shown = await run.ProgressAsync("5 skipped");
        Assert.Equal("5 of 10: 0 sent, 0 failed, 5 skipped", shown.StatusDescription);

        // How fast it is will be known with the first that is sent.
        Assert.Equal((50, -1), (shown.PercentComplete, shown.SecondsRemaining));

        // The other one has been at it for longer.
        Assert.Equal(PSInvocationState.Running, quiet.State);
        Assert.Equal(0, quiet.ProgressCount);
        await run.StopAsync();
        await quiet.StopAsync();
    }

    [Fact]
    public async Task Progress_that_has_not_changed_is_not_shown_again()
    {
        Site.On("x 1", Mishap.HangBefore);
        using var run = Start("Rows 1 | Send-WixInboxMessage");
        await run.ProgressAsync("0 sent");

        // Here it changes each second: how long Wix's limit holds it.
        using var changing = new RunningPipeline(
            "Connect-WixInbox -Sandbox -RequestsPerMinute 1; 1..2 | ForEach-Object { [pscustomobject]@{ "
                + "ConversationId = [guid]::NewGuid(); Text = 'x' } } | Send-WixInboxMessage");
        Assert.True(SpinWait.SpinUntil(() => changing.ProgressCount > 2, TimeSpan.FromSeconds(30)));

        Assert.Equal(1, run.ProgressCount);
        await run.StopAsync();
        Assert.Equal(1, run.ProgressCount);
        await changing.StopAsync();
    }

    [Fact]
    public async Task Progress_is_shown_once_a_second_however_often_it_changes()
    {
        var watch = Stopwatch.StartNew();
        using var run = new RunningPipeline(
            "Connect-WixInbox -Sandbox -RequestsPerMinute 0; & { while ($true) { [pscustomobject]@{ "
                + "ConversationId = [guid]::NewGuid(); Text = 'x' } } } | Send-WixInboxMessage | Out-Null");
        for (var count = 1; count <= 3; count++)
        {
            await run.ProgressAsync("sent");
            Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(count), $"{count} within {watch.Elapsed}.");
        }

        await run.StopAsync();
    }
}
