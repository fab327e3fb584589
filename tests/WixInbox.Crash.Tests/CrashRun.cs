using System.Diagnostics;
using System.Net;
using WixInbox.CrashSender;
using WixInbox.Sandbox;
using WixInbox.SandboxServer;

namespace WixInbox.Crash.Tests;

/// <summary>
/// One run that is killed again and again: a program sends a thousand rows to a server on this machine, and is started
/// again until it says that all are sent. Then the server has each of them once, and in order.
/// </summary>
/// <param name="program">What sends the rows.</param>
/// <param name="seed">Decides when it is killed and what goes wrong on the network.</param>
/// <param name="withFaults">Whether anything goes wrong on the network too.</param>
/// <param name="mostBetween">How many messages at the most are sent between two kills.</param>
internal sealed class CrashRun(SendingProgram program, int seed, bool withFaults, int mostBetween = 500)
{
    private static readonly FaultKind[] s_faults =
    [
        FaultKind.ResetBefore, FaultKind.ResetAfter, FaultKind.ServerErrorBefore, FaultKind.ServerErrorAfter,
        FaultKind.TruncatedBody, FaultKind.HtmlBody,
    ];

    private readonly Random _random = new(seed);
    private readonly int _mostStarts = 10 + (Workload.Rows * 5 / mostBetween);

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
                Assert.True(++starts < _mostStarts, $"Seed {seed}: it does not come to an end.");
            }

            SentRows.Check(server.Handler.Ledger, journal, $"Seed {seed}, killed at {string.Join(", ", KilledAt)}");
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
                server.Handler.AddFault(new Fault
                {
                    Kind = FaultKind.Latency,
                    Delay = TimeSpan.FromMilliseconds(1),
                    Times = _random.Next(1, 120),
                });
                server.Handler.AddFault(new Fault { Kind = s_faults[_random.Next(s_faults.Length)] });
            }
        }

        var ledger = server.Handler.Ledger;
        var until = ledger.Count + _random.Next(1, mostBetween);

        // Once in a while it is killed while it opens the journal.
        var atOpening = _random.Next(8) == 0;
        var moment = TimeSpan.FromMilliseconds(_random.NextDouble() * 20);
        using var process = program.Start(server.Address, journal);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var ended = process.WaitForExitAsync(cancellationToken);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var reached = 0L;
        while (!ended.IsCompleted)
        {
            await ticks.WaitForNextTickAsync(cancellationToken);
            var isReached = ledger.Count >= until || (atOpening && IsLocked(journal));
            reached = reached == 0 && isReached ? Stopwatch.GetTimestamp() : reached;
            if (reached != 0 && Stopwatch.GetElapsedTime(reached) >= moment && !process.HasExited)
            {
                // SIGKILL: nothing of the program runs any more.
                process.Kill();
                await ended;
                Kills++;
                KilledAt.Add(ledger.Count);
                return -1;
            }
        }

        await ended;
        Assert.Equal(string.Empty, await errors);
        return process.ExitCode;
    }

    // A lock that a killed program has left is a file that nobody has open.
    private static bool IsLocked(string journal)
    {
        try
        {
            using var file = new FileStream(journal + ".lock", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException exception)
        {
            return exception is not FileNotFoundException;
        }
    }
}
