using System.Diagnostics;
using System.Globalization;
using System.Net;
using WixInbox.CrashSender;
using WixInbox.SandboxServer;

namespace WixInbox.Crash.Tests;

/// <summary>
/// What a machine does to a run: its disk is full or cannot be written, another container has had the journal, and it
/// stops for a while. The environment's WIXINBOX_STOP_SEC is for how long; without it that one is left out. These need
/// Linux, and leave to make a namespace (<c>unshare</c>).
/// </summary>
public sealed class MachineTests : IDisposable
{
    private const string Journal = "run.jsonl";

    // A namespace of mounts, in which anybody may mount.
    private static readonly string[] s_mounts = ["unshare", "--map-root-user", "--mount", "sh", "-c"];

    // A namespace of processes, as a container has it: the first process has the number 1.
    private static readonly string[] s_container =
        ["unshare", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"];

    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-machine-").FullName;

    private string JournalPath => Path.Combine(_folder, Journal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("disk")]
    [InlineData("limit")]
    public async Task A_disk_that_fills_up_ends_a_run_and_the_next_one_goes_on(string what)
    {
        await using var server = await StartServerAsync();
        var program = SendingProgram.Client;
        if (what == "disk")
        {
            // The journal outlives its disk.
            SkipWithout(s_mounts);
            const string Script =
                "d=$1; shift; mount -t tmpfs -o size=96k none $d; \"$@\"; code=$?; cp $d/run.jsonl $d.copy; exit $code";
            program = program.By([.. s_mounts, Script, "sh", _folder]);
        }
        else
        {
            // Past the limit a write fails. What .NET itself maps twice is larger.
            SkipWithout("sh", "-c");
            program = program.By(
                "sh", "-c", "trap '' XFSZ; ulimit -f 192; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"", "sh");
        }

        Assert.Equal((1, string.Empty), await RunAsync(program, server));

        Assert.InRange(server.Handler.Ledger.Count, 10, Workload.Rows - 10);
        if (what == "disk")
        {
            File.Move(_folder + ".copy", JournalPath);
        }

        await FinishAsync(server, "full");
    }

    [Fact]
    public async Task In_a_folder_that_cannot_be_written_nothing_is_sent()
    {
        const string Script = "d=$1; shift; mount --bind $d $d; mount -o remount,bind,ro $d; exec \"$@\"";
        SkipWithout(s_mounts);
        await using var server = await StartServerAsync();
        var readOnly = SendingProgram.Client.By([.. s_mounts, Script, "sh", _folder]);

        // There is no journal yet; and there is one.
        for (var starts = 0; starts < 2; starts++)
        {
            var stored = server.Handler.Ledger.Count;
            var (code, error) = await RunAsync(readOnly, server);
            Assert.Equal(2, code);
            Assert.Contains(Journal, error, StringComparison.Ordinal);
            Assert.Equal(stored, server.Handler.Ledger.Count);
            await KillAsync(SendingProgram.Client, server, after: 100);
        }

        await FinishAsync(server, "read-only");
    }

    [Fact]
    public async Task A_journal_that_another_container_has_had_is_free_and_one_that_it_has_is_not()
    {
        SkipWithout(s_container);
        await using var server = await StartServerAsync();
        var contained = SendingProgram.Client.By(s_container);
        for (var kills = 0; kills < 3; kills++)
        {
            await KillAsync(contained, server, after: 100);
        }

        using (var first = contained.Start(server.Address, JournalPath))
        {
            var stored = server.Handler.Ledger.Count;
            await WaitAsync(() => server.Handler.Ledger.Count > stored, first);
            var number = first.Id.ToString(CultureInfo.InvariantCulture);
            var inside = (await File.ReadAllTextAsync(
                $"/proc/{number}/task/{number}/children", TestContext.Current.CancellationToken)).Trim();
            await SignalAsync("STOP", inside);
            var (code, error) = await RunAsync(contained, server);
            await SignalAsync("CONT", inside);
            Assert.Equal(2, code);
            Assert.Contains("process 1 on ", error, StringComparison.Ordinal);
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, first.ExitCode);
        }

        SentRows.Check(server.Handler.Ledger, JournalPath, "in containers");
    }

    [Fact]
    public async Task A_process_that_is_stopped_for_a_while_goes_on()
    {
        var seconds = CrashTests.Number("WIXINBOX_STOP_SEC", 0);
        Assert.SkipUnless(seconds > 0, "It takes as long as WIXINBOX_STOP_SEC says.");
        SkipWithout("sh", "-c");
        await using var server = await StartServerAsync();
        using (var program = SendingProgram.Client.Start(server.Address, JournalPath))
        {
            await WaitAsync(() => server.Handler.Ledger.Count >= 100, program);
            await SignalAsync("STOP", program.Id.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
            Assert.InRange(server.Handler.Ledger.Count, 100, Workload.Rows - 1);
            await SignalAsync("CONT", program.Id.ToString(CultureInfo.InvariantCulture));
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, program.ExitCode);
        }

        SentRows.Check(server.Handler.Ledger, JournalPath, "stopped");
    }

    private static Task<LoopbackServer> StartServerAsync()
    {
        var options = new ServerOptions { Address = IPAddress.Loopback, Port = 0 };
        options.Sandbox.RequestsPerMinute = 0;
        options.Sandbox.Latency = TimeSpan.FromMilliseconds(5);
        return LoopbackServer.StartAsync(options, TestContext.Current.CancellationToken);
    }

    private static void SkipWithout(params string[] starter)
    {
        try
        {
            using var program = Process.Start(new ProcessStartInfo(starter[0], [.. starter[1..], "true"])
            {
                RedirectStandardError = true,
            })!;
            program.WaitForExit();
            Assert.SkipWhen(program.ExitCode != 0, $"{starter[0]} may not do that here.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"There is no {starter[0]}.");
        }
    }

    private static async Task SignalAsync(string name, string number)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{name} {number}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    private static async Task WaitAsync(Func<bool> isSo, Process program)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!isSo())
        {
            Assert.False(program.HasExited, "It has come to its end before.");
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<(int Code, string Error)> RunAsync(SendingProgram program, LoopbackServer server)
    {
        using var process = program.Start(server.Address, JournalPath);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    private async Task KillAsync(SendingProgram program, LoopbackServer server, int after)
    {
        using var process = program.Start(server.Address, JournalPath);
        var until = server.Handler.Ledger.Count + after;
        await WaitAsync(() => server.Handler.Ledger.Count >= until, process);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // What it had sent by then may still be stored.
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (server.Connections > 0)
        {
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task FinishAsync(LoopbackServer server, string what)
    {
        Assert.Equal((0, string.Empty), await RunAsync(SendingProgram.Client, server));
        SentRows.Check(server.Handler.Ledger, JournalPath, what);
    }
}
