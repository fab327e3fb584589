using System.Diagnostics;
using System.Globalization;
using System.Net;
using WixInbox.CrashSender;
using WixInbox.Sandbox;
using WixInbox.SandboxServer;

namespace WixInbox.Crash.Tests;

/// <summary>
/// One run that is killed again and again: a program sends a thousand rows to a server on this machine, and is started again until it says that all are
/// sent. Then the server has each of them once, and in order.
/// </summary>
/// <param name="seed">Decides when it is killed and what goes wrong on the network.</param>
/// <param name="withFaults">Whether anything goes wrong on the network too.</param>
internal sealed class CrashRun(int seed, bool withFaults)
{
    private const int MostStarts = 60;

    private static readonly FaultKind[] s_faults =
    [
        FaultKind.ResetBefore, FaultKind.ResetAfter, FaultKind.ServerErrorBefore, FaultKind.ServerErrorAfter, FaultKind.TruncatedBody, FaultKind.HtmlBody,
    ];

    private readonly Random _random = new(seed);

    /// <summary>Gets how often the program was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Gets how many messages the server had when it was killed, each time.</summary>
    public List<int> KilledAt { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("wixinbox-crash-");
        try
        {
            var options = new ServerOptions { Address = IPAddress.Loopback, Port = 0 };
            options.Sandbox.RequestsPerMinute = 0;
            options.Sandbox.Latency = TimeSpan.FromMilliseconds(1);
            await using var server = await LoopbackServer.StartAsync(options, cancellationToken);
            var journal = Path.Combine(folder.FullName, "run.jsonl");
            var starts = 0;
            while (await StartAsync(server, journal, cancellationToken) != 0)
            {
                Assert.True(++starts < MostStarts, $"Seed {seed}: it does not come to an end.");
            }

            Check(server.Handler.Ledger);
            var summary = JournalReader.ReadSummary(journal);
            Assert.Equal((Workload.Rows, Workload.Rows, false), (summary.Rows, summary.Sent, summary.Active));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>What the program ended with; something else than 0 if it was killed.</returns>
    private async Task<int> StartAsync(LoopbackServer server, string journal, CancellationToken cancellationToken)
    {
        if (withFaults)
        {
            for (var count = _random.Next(6); count > 0; count--)
            {
                // Some at once and some later: what lies between takes no harm.
                server.Handler.AddFault(new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromMilliseconds(1), Times = _random.Next(1, 120) });
                server.Handler.AddFault(new Fault { Kind = s_faults[_random.Next(s_faults.Length)] });
            }
        }

        var ledger = server.Handler.Ledger;
        var until = ledger.Count + _random.Next(1, 500);
        var moment = TimeSpan.FromMilliseconds(_random.NextDouble() * 20);
        using var program = Process.Start(new ProcessStartInfo("dotnet", [typeof(Workload).Assembly.Location, server.Address.AbsoluteUri, journal])
        {
            RedirectStandardError = true,
        })!;
        var errors = program.StandardError.ReadToEndAsync(cancellationToken);
        var ended = program.WaitForExitAsync(cancellationToken);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var reached = 0L;
        while (!ended.IsCompleted)
        {
            await ticks.WaitForNextTickAsync(cancellationToken);
            reached = reached == 0 && ledger.Count >= until ? Stopwatch.GetTimestamp() : reached;
            if (reached != 0 && Stopwatch.GetElapsedTime(reached) >= moment && !program.HasExited)
            {
                // SIGKILL: nothing of the program runs any more.
                program.Kill();
                await ended;
                Kills++;
                KilledAt.Add(ledger.Count);
                return -1;
            }
        }

        await ended;
        Assert.Equal(string.Empty, await errors);
        return program.ExitCode;
    }

    private void Check(SandboxLedger ledger)
    {
        // What a contact's conversation is does not matter: its messages are known by their text.
        var expected = Workload.Create().GroupBy(row => row.Recipient).Select(rows => string.Join('\n', rows.Select(row => row.Text)));
        var stored = ledger.GroupBy(entry => entry.ConversationId).Select(entries => string.Join('\n', entries.Select(entry => entry.Text)));
        var missing = expected.Except(stored).ToArray();
        var added = stored.Except(expected).ToArray();
        Assert.True(
            ledger.Count == Workload.Rows && missing.Length == 0 && added.Length == 0,
            string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, killed at {string.Join(", ", KilledAt)}: {ledger.Count} messages for {Workload.Rows} rows. Wanted {string.Join(" | ", missing)} but got {string.Join(" | ", added)}."));
    }
}
