using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>The window of rows: order, how many at once, and every way out.</summary>
public sealed class PipelineTests
{
    private const string ManyRows =
        "1..200 | ForEach-Object { $source.Read(); [pscustomobject]@{ ConversationId = [guid]::NewGuid().ToString(); "
        + "Text = \"x $_\" } }";

    [Fact]
    public void Output_comes_in_the_order_of_the_rows_whatever_the_order_of_the_answers()
    {
        // Of every five requests, the last is answered first. The next ones come while these are answered.
        var waiting = new Stack<(RecordedRequest Request, TaskCompletionSource<HttpResponseMessage> Answer)>();
        var handler = new StubHandler((request, _) =>
        {
            var answer = new TaskCompletionSource<HttpResponseMessage>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            (RecordedRequest Request, TaskCompletionSource<HttpResponseMessage> Answer)[] five = [];
            lock (waiting)
            {
                waiting.Push((request, answer));
                if (waiting.Count == 5)
                {
                    five = [.. waiting];
                    waiting.Clear();
                }
            }

            foreach (var one in five)
            {
                one.Answer.SetResult(StubHandler.Stored(one.Request));
            }

            return answer.Task;
        });

        var result = Run(handler, $"{ManyRows} | Send-WixInboxMessage -ThrottleLimit 5");

        Assert.Equal(
            Enumerable.Range(1, 200)
                .Select(number => number.ToString(CultureInfo.InvariantCulture)),
            result.OutputOf("Id"));
        Assert.Equal(5, handler.MostInFlight);
    }

    [Fact]
    public void What_is_done_is_given_on_before_the_next_row_is_read()
    {
        // Rows come until a message comes out, and the window has room for all of them.
        var result = Run(new StubHandler(), """
            $given = [System.Collections.ArrayList]::new(); $rows = 0
            & {
                while ($given.Count -eq 0 -and $rows -lt 1000) {
                    $script:rows++
                    [System.Threading.Thread]::SpinWait(100000)
                    [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' }
                }
            } |
                Send-WixInboxMessage -ThrottleLimit 50 | ForEach-Object { $null = $given.Add($_) }
            $rows; $given.Count
            """);

        var (rows, given) = ((int)result.Output[0].BaseObject, (int)result.Output[1].BaseObject);
        Assert.InRange(rows, 1, 999);
        Assert.Equal(rows, given);
    }

    [Fact]
    public void Errors_keep_their_place_among_the_messages()
    {
        var result = Run(new StubHandler(), """
            1..4 | ForEach-Object {
                [pscustomobject]@{ ConversationId = $(if ($_ % 2) { [guid]::NewGuid() } else { 'bad' }); Text = "x $_" }
            } |
                Send-WixInboxMessage 2>&1 | ForEach-Object {
                    if ($_ -is [System.Management.Automation.ErrorRecord]) {
                        "error $($_.Exception.Row)"
                    } else {
                        "message $($_.Id)"
                    }
                }
            """);

        Assert.Equal(["message 1", "error 2", "message 3", "error 4"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Messages_to_one_recipient_go_one_at_a_time_in_order()
    {
        var inConversation = 0;
        var handler = new StubHandler(async (request, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inConversation));
            await Task.Yield();
            Interlocked.Decrement(ref inConversation);
            return StubHandler.Stored(request);
        });

        var result = Run(
            handler,
            $"1..40 | ForEach-Object {{ [pscustomobject]@{{ ContactId = '{Engine.Guid1}'; Text = \"x $_\" }} }} | "
                + "Send-WixInboxMessage -ThrottleLimit 8");

        Assert.Empty(result.Errors);
        Assert.Equal(
            Enumerable.Range(1, 40).Select(number => $"x {number}"),
            handler.Requests.Where(request => request.Path == "/inbox/v2/messages")
                .Select(request => request["message.content.basic.items.0.text"]));
        Assert.Single(handler.Requests, request => request.Path == "/inbox/v2/conversations");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 200)]
    [InlineData(64, 256)]
    public async Task Upstream_is_not_read_beyond_what_may_be_under_way(int sideBySide, int most)
    {
        var handler = StubHandler.Silent();
        using var run = new RunningPipeline(
            handler,
            $"{ManyRows.Replace("200", "2000", StringComparison.Ordinal)} | "
                + $"Send-WixInboxMessage -ThrottleLimit {sideBySide}");

        await handler.WaitForAsync(sideBySide);
        run.Source.WaitForRows(most + 1);
        run.Source.WaitUntilReaderRests();

        // One more waits for room.
        Assert.Equal(most + 1, run.Source.Rows);
        Assert.Equal(sideBySide, handler.MostInFlight);
        await run.StopAsync();
    }

    [Fact]
    public async Task What_is_done_comes_out_while_further_rows_wait_for_room()
    {
        var full = new TaskCompletionSource();
        var count = 0;
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await (Interlocked.Increment(ref count) <= 10 ? full.Task : new TaskCompletionSource().Task)
                .WaitAsync(cancellationToken);
            return StubHandler.Stored(request);
        });
        using var run = new RunningPipeline(
            handler,
            $"{ManyRows.Replace("200", "2000", StringComparison.Ordinal)} | Send-WixInboxMessage -ThrottleLimit 10");
        run.Source.WaitForRows(201);
        run.Source.WaitUntilReaderRests();

        full.SetResult();
        await handler.WaitForAsync(20);

        Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 10, TimeSpan.FromSeconds(30)));
        Assert.Equal(201, run.Source.Rows);
        await run.StopAsync();
    }

    [Fact]
    public async Task Rows_that_fail_behind_one_that_takes_its_time_fill_the_window_too()
    {
        var handler = StubHandler.Silent();
        using var run = new RunningPipeline(
            handler,
            "1..2000 | ForEach-Object { $source.Read(); [pscustomobject]@{ ConversationId = $(if ($_ -eq 1) { "
                + "[guid]::NewGuid() } else { 'bad' }); Text = 'x' } } | Send-WixInboxMessage -ThrottleLimit 4");

        await handler.WaitForAsync(1);
        run.Source.WaitForRows(1025);
        run.Source.WaitUntilReaderRests();

        Assert.Equal(1025, run.Source.Rows);
        await run.StopAsync();
    }

    [Fact]
    public async Task Control_C_leaves_nothing_in_flight_and_starts_nothing_after()
    {
        var handler = StubHandler.Silent();
        using var run = new RunningPipeline(handler, $"{ManyRows} | Send-WixInboxMessage -ThrottleLimit 16");

        await handler.WaitForAsync(16);
        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        AssertQuiet(handler, 16);
    }

    [Fact]
    public async Task Control_C_also_ends_the_wait_that_a_429_asks_for()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(429)));
        using var run = new RunningPipeline(handler, $"{ManyRows} | Send-WixInboxMessage -ThrottleLimit 4");

        await handler.WaitForAsync(1);
        run.Source.WaitUntilReaderRests();
        await run.StopAsync();

        // Those that had left when the first was refused: the others wait with them.
        Assert.Equal(PSInvocationState.Stopped, run.State);
        AssertQuiet(handler, 1, 4);
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_leaves_nothing_in_flight_and_starts_nothing_after()
    {
        var handler = FirstThenSilent();

        var result = Run(handler, $"{ManyRows} | Send-WixInboxMessage -ThrottleLimit 4 | Select-Object -First 1");

        Assert.Equal(["1"], result.OutputOf("Id"));
        AssertQuiet(handler, 4, 5);
    }

    [Fact]
    public void With_a_limit_of_one_nothing_is_sent_that_was_not_shown()
    {
        var handler = new StubHandler();

        Run(handler, $"{ManyRows} | Send-WixInboxMessage -ThrottleLimit 1 | Select-Object -First 1");

        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_break_downstream_leaves_nothing_in_flight_and_starts_nothing_after()
    {
        var handler = FirstThenSilent();

        var result = Run(
            handler,
            $"foreach ($once in 1) {{ {ManyRows} | Send-WixInboxMessage -ThrottleLimit 4 | ForEach-Object {{ $_.Id; "
                + "break } }; 'after'");

        Assert.Equal(["1", "after"], result.Output.Select(item => item.ToString()));
        AssertQuiet(handler, 4, 5);
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop';", "")]
    [InlineData("", "-ErrorAction Stop")]
    public void An_error_that_is_to_stop_comes_when_what_is_on_its_way_has_been_returned(
        string before, string parameter)
    {
        var failed = 0;
        var handler = new StubHandler((request, _) => Task.FromResult(
            request["message.content.basic.items.0.text"] is "x 1" or "x 3" && Interlocked.Increment(ref failed) > 0
                ? StubHandler.Error(400)
                : StubHandler.Stored(request)));

        var result = Run(
            handler,
            $"{before} try {{ {ManyRows} | Send-WixInboxMessage -ThrottleLimit 4 {parameter} -OutVariable sent "
                + "-ErrorVariable failed -InformationVariable run | Out-Null } catch { $_.FullyQualifiedErrorId; "
                + "$_.TargetObject.Text; $_.Exception.GetType().Name }; $sent.Count; $run.MessageData.Sent; "
                + "$run.MessageData.Rows - $run.MessageData.NotTried; $failed.Count");

        var sent = (handler.Requests.Count - failed).ToString(CultureInfo.InvariantCulture);
        var asked = handler.Requests.Count.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                "RequestRefused,WixInbox.Commands.SendWixInboxMessageCommand", "x 1", "WixInboxException", sent, sent,
                asked,
            ],
            result.Output.Take(6).Select(item => item.ToString()));
        AssertQuiet(handler, handler.Requests.Count);
    }

    [Fact]
    public void A_script_goes_no_further_than_an_error_that_is_to_stop()
    {
        var result = Run(
            new StubHandler(),
            "@{ ConversationId = 'bad'; Text = 'x' } | Send-WixInboxMessage -ErrorAction Stop; 'after'");

        Assert.Empty(result.Output);
        Assert.IsType<ActionPreferenceStopException>(result.Thrown);
        Assert.Equal("ConversationIdInvalid", result.ThrownId);
    }

    [Fact]
    public void Nothing_is_sent_behind_a_row_that_breaks_a_rule_and_a_script_can_tell()
    {
        var handler = new StubHandler();

        var result = Run(handler, $$"""
            try {
                1..40 | ForEach-Object {
                    [pscustomobject]@{ ConversationId = $(if ($_ -ne 9) { [guid]::NewGuid() }); Text = "x $_" }
                } | Send-WixInboxMessage -ErrorAction Stop -OutVariable sent -InformationVariable run | Out-Null
            } catch { $_.TargetObject.Text }
            $sent.Count; $run.MessageData.Sent; $run.MessageData.Failed
            """);

        Assert.Equal(["x 9", "8", "8", "1"], result.Output.Select(item => item.ToString()));
        Assert.Equal(8, handler.Requests.Count);
    }

    [Fact]
    public async Task A_run_that_takes_time_shows_how_far_it_is_and_what_holds_it()
    {
        using var run = new RunningPipeline(
            "Connect-WixInbox -Sandbox -RequestsPerMinute 3; 1..10 | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'confidential' } } | "
                + "Send-WixInboxMessage -ExpectedCount 10");

        var shown = await run.ProgressAsync("3 sent");
        await run.StopAsync();

        Assert.Equal("Send-WixInboxMessage", shown.Activity);

        // All in one line: the usual view of PowerShell 7 shows no other.
        Assert.Matches("^Wix's limit: next request in [0-9]+ s\\. 3 of 10: 3 sent, 0 failed$", shown.StatusDescription);
        Assert.True(string.IsNullOrEmpty(shown.CurrentOperation));
        Assert.Equal(30, shown.PercentComplete);

        // Three now and three a minute, for the seven that are left: 140 seconds more when the minute is waited out.
        Assert.InRange(shown.SecondsRemaining - WaitOf(shown), 138, 140);
    }

    [Fact]
    public async Task The_time_that_is_left_is_that_of_a_run_that_nothing_holds_and_the_wait_of_the_moment()
    {
        var isShown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            if (request["message.content.basic.items.0.text"] == "x 1")
            {
                return StubHandler.Stored(request);
            }

            await isShown.Task.WaitAsync(cancellationToken);
            var answer = StubHandler.Error(429);
            answer.Headers.TryAddWithoutValidation("Retry-After", "100");
            return answer;
        });
        using var run = new RunningPipeline(
            handler,
            "Connect-WixInbox -AccessToken $token -MessageHandler $handler -RequestsPerMinute 0; "
                + "1..2 | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = \"x $_\" } } | "
                + "Send-WixInboxMessage -ThrottleLimit 1 -ExpectedCount 1000001");

        var free = await run.ProgressAsync("1 sent");
        isShown.SetResult();
        var held = await run.ProgressAsync("1 sent");
        while (!held.StatusDescription.StartsWith("Wix's limit", StringComparison.Ordinal))
        {
            (free, held) = (held, await run.ProgressAsync("1 sent"));
        }

        await run.StopAsync();

        // A million rows like the first, which took more than a second.
        Assert.InRange(free.SecondsRemaining, 1_000_001, int.MaxValue - 1);
        Assert.InRange(held.SecondsRemaining - free.SecondsRemaining, WaitOf(held) - 2, WaitOf(held));
    }

    [Theory]
    [InlineData(0, "3 sent, 0 failed", -1)]
    [InlineData(1, "3 of 1: 3 sent, 0 failed", 100)]
    [InlineData(2, "3 of 2: 3 sent, 0 failed", 100)]
    [InlineData(3, "3 of 3: 3 sent, 0 failed", 100)]
    public async Task A_run_with_more_rows_than_were_expected_shows_no_time(int expected, string status, int percent)
    {
        using var run = new RunningPipeline(
            "Connect-WixInbox -Sandbox -RequestsPerMinute 3; 1..10 | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' } } | "
                + $"Send-WixInboxMessage -ExpectedCount {expected}");

        var shown = await run.ProgressAsync("3 sent");
        await run.StopAsync();

        Assert.EndsWith(" s. " + status, shown.StatusDescription, StringComparison.Ordinal);
        Assert.Equal((percent, -1), (shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public async Task A_row_whose_connection_is_not_there_shows_how_far_the_run_is()
    {
        var mayEnd = new TaskCompletionSource();
        var engine = new Engine();
        engine.Set("mayEnd", mayEnd.Task);
        using var run = new RunningPipeline(
            engine,
            "Connect-WixInbox -Sandbox -Name shop; 'shop', 'nobody' | "
                + "ForEach-Object { if ($_ -eq 'nobody') { $source.Read(); $mayEnd.Wait() }; "
                + "[pscustomobject]@{ ConversationId = 'bad'; Text = 'x'; Connection = $_ } } | "
                + "Send-WixInboxMessage -ExpectedCount 1000001 -ErrorAction SilentlyContinue");
        run.Source.WaitForRows(1);

        // The other one has been at it for longer.
        using var other = new RunningPipeline(
            StubHandler.Silent(), $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");
        await other.ProgressAsync("0 sent");
        mayEnd.SetResult();

        var shown = await run.ProgressAsync("failed");
        Assert.Equal("1 of 1,000,001: 0 sent, 1 failed", shown.StatusDescription);
        Assert.InRange(shown.SecondsRemaining, 1_000_001, int.MaxValue - 1);

        // What has been shown is taken away.
        await run.EndAsync();
        var last = await run.ProgressAsync(" ");
        Assert.Equal(
            (ProgressRecordType.Completed, shown.ActivityId, shown.Activity),
            (last.RecordType, last.ActivityId, last.Activity));
        await other.StopAsync();
    }

    [Fact]
    public void A_run_that_is_over_at_once_shows_no_progress()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());
        using var shell = engine.Create($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");

        shell.Invoke();

        Assert.Empty(shell.Streams.Progress);
    }

    [Fact]
    public void A_summary_is_told_when_asked_for_and_names_nobody()
    {
        var result = Run(
            new StubHandler(),
            "1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = $(if ($_ -eq 2) { 'bad' } else { "
                + "[guid]::NewGuid() }); Text = \"secret text $_\" } } | "
                + "Send-WixInboxMessage -Verbose -ErrorAction SilentlyContinue");

        Assert.StartsWith("Rows: 3. Sent: 2. Failed: 1. ", result.Summary.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(TimeSpan.Zero, result.Summary.Properties["Elapsed"].Value);
        Assert.DoesNotContain(result.Verbose, line => line.Contains("secret text", StringComparison.Ordinal));
    }

    // How many seconds the next request is said to wait.
    private static int WaitOf(ProgressRecord shown) =>
        int.Parse(
            Regex.Match(shown.StatusDescription, "next request in ([0-9]+) s").Groups[1].Value,
            CultureInfo.InvariantCulture);

    private static StubHandler FirstThenSilent()
    {
        var count = 0;
        var started = new TaskCompletionSource();
        return new StubHandler(async (request, cancellationToken) =>
        {
            // The first is answered when the window is full, so that there is something to be left in flight.
            var number = Interlocked.Increment(ref count);
            if (number == 4)
            {
                started.SetResult();
            }

            await started.Task.WaitAsync(cancellationToken);
            if (request["message.content.basic.items.0.text"] == "x 1")
            {
                return StubHandler.Stored(request);
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        });
    }

    // Until the pipeline knows that one is through, another one may have taken its place.
    private static void AssertQuiet(StubHandler handler, int started, int? most = null)
    {
        Assert.Equal(0, handler.InFlight);
        Assert.InRange(handler.Requests.Count, started, most ?? started);
    }

    private static Result Run(StubHandler handler, string script)
    {
        using var engine = Engine.ConnectedTo(handler);
        engine.Set("source", new Source());
        return engine.Run(script);
    }
}
