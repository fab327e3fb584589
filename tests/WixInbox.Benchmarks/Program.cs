using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using Microsoft.PowerShell;

namespace WixInbox.Benchmarks;

/// <summary>
/// Measures Send-WixInboxMessage beside what one would write without it, and prints the ratios. Nothing here is a test,
/// and nothing fails for being slow: a figure holds for the machine and the run that it comes from, a ratio for a
/// little more.
/// </summary>
internal static class Program
{
    private const string Module = "module";
    private const string OneAtATime = "module, one at a time";
    private const string WithJournal = "module, journal";
    private const string Loop = "loop";
    private const string Parallel = "parallel";
    private const string Raw = "raw";
    private const string RawOneAtATime = "raw, one at a time";

    private const string Reading = "reading, module";
    private const string ReadingByImportCsv = "reading, Import-Csv";
    private const string Testing = "testing, module";
    private const string Again = "module, again";
    private const string Rows = "rows";
    private const string Journal = "journal";
    private const string Importing = "importing, module";
    private const string ImportingEmpty = "importing, empty";

    private const int SideBySide = 32;
    private const int Latency = 40;

    private static async Task<int> Main(string[] args)
    {
        if (args is [RawClient.Way, var server, var sideBySide])
        {
            await RawClient.RunAsync(new Uri(server), int.Parse(sideBySide, CultureInfo.InvariantCulture));
            return 0;
        }

        if (args is [Contender.Shell, .. var script])
        {
            return ConsoleShell.Start(bannerText: null, helpText: null, script);
        }

        if (args is not ([] or ["--quick"] or ["--million"]))
        {
            await Console.Error.WriteLineAsync(
                "Usage: dotnet run -c Release --project tests/WixInbox.Benchmarks [-- --quick | --million]");
            return 2;
        }

        // What a run that was stopped has left is the journal of another server.
        if (Directory.Exists(Folders.Journals))
        {
            Directory.Delete(Folders.Journals, recursive: true);
        }

        Directory.CreateDirectory(Folders.Journals);
        try
        {
            await (args is ["--million"] ? MillionAsync() : RunAsync(isQuick: args.Length > 0));
            return 0;
        }
        finally
        {
            Directory.Delete(Folders.Journals, recursive: true);
        }
    }

    private static async Task RunAsync(bool isQuick)
    {
        var rounds = isQuick ? 3 : 7;
        var round = TimeSpan.FromSeconds(isQuick ? 0.4 : 1);
        var time = isQuick ? "two or three minutes" : "about eight minutes";
        Console.WriteLine($"""
            Send-WixInboxMessage beside other ways to send the same messages, to a sandbox in a process of its own on this machine, with no rate limit. Those that are
            compared take turns, {rounds} rounds of {round.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s each. A figure says how many times that of the other it is: the median of the rounds, and the least and the most.
            Each way has been warmed up. CPU and memory are those of the sender alone. It takes {time}.

            {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors for sender and server; {RuntimeInformation.FrameworkDescription}, PowerShell {PSVersionInfo.PSVersion}.
            """);
#if DEBUG
        Console.WriteLine("\nThis is a debug build, whose figures say nothing: run it with -c Release.");
#endif

        const string At32 = "32 at once";
        const string ParallelRequests = "`ForEach-Object -Parallel` and `Invoke-RestMethod`, 32 at once";
        const string RequestsInALoop = "`Invoke-RestMethod` in a loop";
        const string Prepared = "`HttpClient` with bytes made before, 32 at once";
        using (var server = new Server(0))
        {
            await CompareAsync(
                "A server that answers at once",
                [
                    (At32, Module, ParallelRequests, Parallel),
                    (At32, Module, RequestsInALoop, Loop),
                    ("one at a time", OneAtATime, RequestsInALoop, Loop),
                    (At32, Module, Prepared, Raw),
                    ("one at a time", OneAtATime, "`HttpClient` with bytes made before, one at a time", RawOneAtATime),
                    ("32 at once, with `-Journal`", WithJournal, "the same without", Module),
                ],
                server,
                rounds,
                round);
        }

        using (var server = new Server(Latency))
        {
            await CompareAsync(
                $"A server that answers after {Latency} ms",
                [
                    (At32, Module, ParallelRequests, Parallel),
                    (At32, Module, RequestsInALoop, Loop),
                    (At32, Module, Prepared, Raw),
                    ("32 at once, with `-Journal`", WithJournal, "the same without", Module),
                ],
                server,
                rounds,
                round);
        }

        await CompareAsync(
            "A file of ten columns",
            [
                ("`Import-WixInboxCsv`", Reading, "`Import-Csv`", ReadingByImportCsv),
                ("`Import-Csv` and `Test-WixInboxMessage`", Testing, "`Import-Csv`", ReadingByImportCsv),
            ],
            null,
            rounds,
            round);
        using (var server = new Server(0))
        {
            await CompareAsync(
                "A run again, of which the journal says that all was sent",
                [("`Send-WixInboxMessage`", Again, "the rows alone", Rows)],
                server,
                rounds,
                round);
        }

        await StartAsync(rounds);
        await ImportAsync(rounds);
        Console.WriteLine();
        using var one = new Server(0);
        using var other = new Server(0);
        foreach (var line in await Task.WhenAll(
            MemoryAsync("Without a journal", Module, one, 1_000, 30_000),
            MemoryAsync("With `-Journal`", WithJournal, other, 1_000, 30_000)))
        {
            Console.WriteLine(line);
        }
    }

    // What takes too long for every day: runs of a million rows, and the journal of one.
    private static async Task MillionAsync()
    {
        const int Few = 10_000;
        const int Many = 1_000_000;
        using var server = new Server(0);
        Console.WriteLine(await MemoryAsync("Without a journal", Module, server, Few, Many));
        var journal = Path.Combine(Folders.Journals, "million.jsonl");
        Console.WriteLine(await MemoryAsync("With `-Journal`", WithJournal, server, Few, Many, journal));

        // One row more, a minute later. What was sent in the minute before the last row is kept for its conversations:
        // at Wix's pace that is 200 messages, and here it would be hundreds of thousands.
        await Task.Delay(TimeSpan.FromSeconds(61));
        using (var sender = Contender.Script(WithJournal, server, journal, sends: false))
        {
            await sender.SendAsync(Many + 1);
        }

        var one = Path.Combine(Folders.Journals, "one.jsonl");
        await ResumeAsync(one, server, sends: true);
        var few = await ResumeAsync(one, server, sends: false);
        var all = await ResumeAsync(journal, server, sends: false);
        Console.WriteLine(
            FormattableString.Invariant($"A command that goes on with a journal of {Many:N0} rows takes ")
                + FormattableString.Invariant($"{(all.Time - few.Time).TotalSeconds:0.0} s, ")
                + FormattableString.Invariant($"{(all.Cpu - few.Cpu).TotalSeconds:0.0} s of CPU and at most ")
                + FormattableString.Invariant($"{(all.Grown - few.Grown) / (1 << 20):0} MiB of memory more than one ")
                + FormattableString.Invariant($"with a journal of one row: {few.Time.TotalSeconds:0.0} s, ")
                + FormattableString.Invariant($"{few.Cpu.TotalSeconds:0.0} s of CPU, {few.Grown / (1 << 20):0} MiB."));

        using var reader = Contender.Script(Journal, null, journal);
        foreach (var time in new[] { "first", "second", "third" })
        {
            var cost = await reader.SendAsync(1);
            Console.WriteLine(
                $"`Get-WixInboxJournal`, the {time} time in a session: "
                    + FormattableString.Invariant($"{Many / cost.Time.TotalSeconds:N0} rows a second."));
        }
    }

    // The first row in a session of its own, which may be in the journal already.
    private static async Task<Cost> ResumeAsync(string journal, Server server, bool sends)
    {
        using var sender = Contender.Script(WithJournal, server, journal, sends);
        return await sender.SendAsync(1);
    }

    private static async Task CompareAsync(
        string title,
        (string What, string Way, string Against, string Other)[] comparisons,
        Server? server,
        int rounds,
        TimeSpan round)
    {
        var contenders = new Dictionary<string, (Contender Contender, List<Cost> Costs)>();
        try
        {
            foreach (var way in comparisons.SelectMany(line => new[] { line.Way, line.Other }).Distinct())
            {
                contenders[way] = (Start(way, server), []);
                await contenders[way].Contender.WarmUpAsync(round);
            }

            for (var number = 0; number < rounds; number++)
            {
                // There and back, so that nobody always comes after the same one.
                foreach (var (contender, costs) in number % 2 == 0 ? contenders.Values : contenders.Values.Reverse())
                {
                    costs.Add(await contender.RoundAsync());
                }
            }
        }
        finally
        {
            foreach (var (contender, _) in contenders.Values)
            {
                contender.Dispose();
            }
        }

        Console.WriteLine($"""

            {title}:

            | | beside | rows a second | CPU for a row | bytes allocated for a row | more than it, a row |
            |---|---|---|---|---|---|
            """);
        foreach (var (what, way, against, other) in comparisons)
        {
            var (these, those) = (contenders[way].Costs, contenders[other].Costs);
            var speed = Ratio.Of(
                those.Select(cost => cost.Time.TotalSeconds), these.Select(cost => cost.Time.TotalSeconds));
            var cpu = Ratio.Of(
                these.Select(cost => cost.Cpu.TotalSeconds), those.Select(cost => cost.Cpu.TotalSeconds));
            var allocated = Ratio.Of(these.Select(cost => cost.Allocated), those.Select(cost => cost.Allocated));
            var beyond = Spread(these.Zip(those, (one, its) => (one.Time - its.Time).TotalMicroseconds), "0.0");
            Console.WriteLine($"| {what} | {against} | {speed} | {cpu} | {allocated} | {beyond} µs |");
        }
    }

    // A message by a session that has just begun: the module is imported and connected, the other one's cmdlet is
    // found.
    private static async Task StartAsync(int rounds)
    {
        using var server = new Server(0);
        var times = new Dictionary<string, List<double>> { [Module] = [], [Loop] = [] };
        for (var number = 0; number < rounds; number++)
        {
            foreach (var (way, found) in times)
            {
                using var contender = Start(way, server);
                found.Add((await contender.SendAsync(1)).SinceStart.TotalSeconds);
            }
        }

        Console.WriteLine($"""

            The first message of a new session, with `Import-Module` and `Connect-WixInbox`, takes {Ratio.Of(times[Module], times[Loop])} times as long as with `Invoke-RestMethod`.
            """);
    }

    // The import alone, beside that of a binary module that has nothing in it.
    private static async Task ImportAsync(int rounds)
    {
        EmptyModule.Write();
        var times = new Dictionary<string, List<double>> { [Importing] = [], [ImportingEmpty] = [] };
        for (var number = 0; number < rounds; number++)
        {
            foreach (var (way, found) in times)
            {
                using var contender = Start(way, null);
                found.Add((await contender.SendAsync(1)).Time.TotalMilliseconds);
            }
        }

        var beyond = Spread(times[Importing].Zip(times[ImportingEmpty], (one, other) => one - other), "0");
        Console.WriteLine(
            $"The import takes {Ratio.Of(times[Importing], times[ImportingEmpty])} times as long as that of an empty "
                + $"binary module: {beyond} ms more.");
    }

    // The middle one, and the least and the most.
    private static string Spread(IEnumerable<double> figures, string format)
    {
        string[] sorted = [.. figures.Order().Select(one => one.ToString(format, CultureInfo.InvariantCulture))];
        return $"{sorted[sorted.Length / 2]} ({sorted[0]} – {sorted[^1]})";
    }

    private static async Task<string> MemoryAsync(
        string what, string way, Server server, int few, int many, string? journal = null)
    {
        using var contender = Contender.Script(way, server, journal);

        // At full speed first, and then with a rest now and then: so what the connection keeps of its latest messages
        // is at its largest before it is looked at.
        await contender.SendAsync(Math.Min(many, 30_000));
        if (journal is not null)
        {
            // Of the rows that are counted, none has been sent yet.
            File.Delete(journal);
        }

        var bytes = await contender.LookAtMemoryAsync(few, many / 3, many / 3 * 2, many);
        return FormattableString.Invariant($"{what}, the memory in use after {many:N0} rows is ")
            + FormattableString.Invariant($"{bytes[^1] / bytes[0]:0.00} times that after {few:N0}: ")
            + FormattableString.Invariant($"{(bytes[^1] - bytes[0]) / (many - few):0} bytes more for each row.");
    }

    private static Contender Start(string way, Server? server) => way switch
    {
        Raw => Contender.Raw(SideBySide, server!),
        RawOneAtATime => Contender.Raw(1, server!),
        Rows => Contender.Script(way, server, sends: false),
        Again => Contender.Script(way, server, Path.Combine(Folders.Journals, "again.jsonl"), sends: false),
        _ => Contender.Script(way, server),
    };
}
