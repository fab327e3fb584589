using System.Diagnostics;
using System.Globalization;

namespace WixInbox.Benchmarks;

/// <summary>A way of sending, in a process that is kept, so that what is compared has been warmed up.</summary>
internal sealed class Contender : IDisposable
{
    /// <summary>The first argument of this program when it is to be PowerShell, whose arguments follow.</summary>
    public const string Shell = "shell";

    private readonly string _way;
    private readonly Server? _server;
    private readonly bool _sends;
    private readonly Process _process;
    private int _rows = 1;

    private Contender(string way, Server? server, bool sends, string[] command)
    {
        _way = way;
        _server = server;
        _sends = sends;
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,

            // What PowerShell's telemetry takes at its start is no cost of a way to send.
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1" },
        })!;
    }

    /// <summary>Starts one of the ways of Contenders.ps1.</summary>
    /// <param name="way">Its name there.</param>
    /// <param name="server">The server. What only reads files needs none.</param>
    /// <param name="journal">A journal for all rounds; without it, each has its own.</param>
    /// <param name="sends">Whether each round sends its rows, so that the server is to have them.</param>
    public static Contender Script(string way, Server? server, string? journal = null, bool sends = true)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Contenders.ps1");
        string[] arguments =
        [
            "-NoProfile",
            "-NonInteractive",
            "-File",
            script,
            way,
            server?.Address.AbsoluteUri ?? "http://localhost/",
            Folders.Manifest,
            Folders.Journals,
            journal ?? "",
        ];
        return new(way, server, sends, ["dotnet", typeof(Contender).Assembly.Location, Shell, .. arguments]);
    }

    /// <summary>Starts the <see cref="RawClient"/>.</summary>
    public static Contender Raw(int sideBySide, Server server) =>
        new(RawClient.Way, server, sends: true, [
            "dotnet",
            typeof(Contender).Assembly.Location,
            RawClient.Way,
            server.Address.AbsoluteUri,
            sideBySide.ToString(CultureInfo.InvariantCulture),
        ]);

    /// <summary>
    /// Sends more and more, until a round takes as long as it should, and until three in a row have cost no less than
    /// those before them: then it is warm, and it is known how many rows a round has. What compiles the code of such a
    /// session again and again, for what it has seen of it, is at work for some ten seconds, and longer where it waits
    /// for answers.
    /// </summary>
    public async Task WarmUpAsync(TimeSpan round)
    {
        var least = double.MaxValue;
        for (var steady = 0; steady < 3;)
        {
            var cost = await SendAsync(_rows);
            var cpu = cost.Cpu.TotalMilliseconds / _rows;
            steady = cost.Time >= round && cpu >= least * 0.95 ? steady + 1 : 0;
            least = Math.Min(least, cpu);
            _rows = (int)Math.Ceiling(_rows * Math.Clamp(round / cost.Time, 1, 4));
        }
    }

    /// <summary>Sends a round.</summary>
    /// <returns>What a row took.</returns>
    public async Task<Cost> RoundAsync()
    {
        var cost = await SendAsync(_rows);
        return new Cost(cost.Time / _rows, cost.Cpu / _rows, cost.Allocated / _rows, cost.SinceStart, cost.Grown);
    }

    /// <summary>Sends rows.</summary>
    /// <returns>What all of them took.</returns>
    public async Task<Cost> SendAsync(int rows)
    {
        var said = await AskAsync(rows, rows.ToString(CultureInfo.InvariantCulture));
        return new Cost(
            TimeSpan.FromMilliseconds(said[0]),
            TimeSpan.FromMilliseconds(said[1]),
            said[2],
            TimeSpan.FromMilliseconds(said[3]),
            said[4]);
    }

    /// <summary>Sends rows, and looks at the memory that is in use when a number of them are through.</summary>
    /// <returns>The bytes, after each of these numbers.</returns>
    public Task<double[]> LookAtMemoryAsync(params int[] rows) =>
        AskAsync(rows[^1], FormattableString.Invariant($"{rows[^1]} {string.Join(' ', rows)}"));

    public void Dispose()
    {
        // It ends by itself when it can read no more.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<double[]> AskAsync(int rows, string line)
    {
        await (_server?.ResetAsync() ?? Task.CompletedTask);
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{_way} has ended.");
        if (_server is not null && _sends)
        {
            await _server.CheckAsync(_way, rows);
        }

        return [.. answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
