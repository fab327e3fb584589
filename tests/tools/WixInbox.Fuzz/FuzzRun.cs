using System.Diagnostics;
using System.Security.Cryptography;

namespace WixInbox.Fuzz;

/// <summary>Tries inputs on a target, and goes on from those that reach code which none before them has.</summary>
/// <remarks>
/// What AFL and libFuzzer do, without either of them: so that it runs wherever the .NET SDK is. Each finding is a file,
/// made as short as it gets, and told once for each place in the code.
/// </remarks>
internal sealed class FuzzRun
{
    private const long MostBytes = 256 << 20;

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_hung = TimeSpan.FromSeconds(60);

    private readonly FuzzTarget _target;
    private readonly Coverage _coverage;
    private readonly string _folder;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _corpus = [];
    private readonly HashSet<string> _findings = [];
    private byte[] _input = [];
    private long _began;
    private long _tries;

    public FuzzRun(FuzzTarget target, Coverage coverage, int seed, string folder)
    {
        _target = target;
        _coverage = coverage;
        _folder = Path.GetFullPath(folder);
        _mutator = new Mutator(new Random(seed), target.Words);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Tries inputs for a time.</summary>
    /// <returns>How many findings there are.</returns>
    public int Run(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        _began = start;
        using var watch = new Timer(_ => EndIfHung(), null, s_slow, s_slow);
        foreach (var seed in _target.Seeds())
        {
            _corpus.Add(seed);
            Try(seed);
        }

        Console.WriteLine($"{_target.Name}: {_corpus.Count} seeds reach {_coverage.Count:N0} pairs of branches.");
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var input = _mutator.Make(_corpus);
            if (Try(input))
            {
                _corpus.Add(input);
            }
        }

        Console.WriteLine(
            $"{_target.Name}: {_tries:N0} inputs in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s reach "
            + $"{_coverage.Count:N0} pairs of branches; {_corpus.Count:N0} of them kept; {_findings.Count} findings.");
        return _findings.Count;
    }

    private bool Try(byte[] input)
    {
        _tries++;
        _coverage.Begin();
        if (FaultOf(input) is not { } fault)
        {
            return _coverage.End();
        }

        if (_findings.Add(fault.Place))
        {
            var shortest = Shorten(input, fault.Place);
            var file = Save(shortest);
            Console.WriteLine($"{_target.Name}: finding {_findings.Count}, {shortest.Length} bytes in {file}");
            Console.WriteLine(fault.Text);
        }

        return false;
    }

    // What is wrong, and where in the code: two inputs with the same place are one finding.
    private (string Place, string Text)? FaultOf(byte[] input)
    {
        _input = input;
        _began = Stopwatch.GetTimestamp();

        // Of the processor: on a busy machine, an input takes longer than that.
        var start = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetTotalAllocatedBytes();
        try
        {
            _target.Run(input);
        }
        catch (Exception exception)
        {
            var cause = exception.GetBaseException();
            var frame = new StackTrace(cause).GetFrames()
                .Select(one => one.GetMethod())
                    .FirstOrDefault(method =>
                        method?.DeclaringType?.FullName?.StartsWith("WixInbox", StringComparison.Ordinal) == true);
            var said = exception is FuzzException ? exception.Message : string.Empty;
            return ($"{cause.GetType().Name} {said} {frame?.DeclaringType}.{frame?.Name}", exception.ToString());
        }

        var took = Environment.CpuUsage.TotalTime - start;
        if (took > s_slow)
        {
            return ("slow", $"It took {took}.");
        }

        var bytes = GC.GetTotalAllocatedBytes() - allocated;
        return bytes > MostBytes ? ("memory", $"It took {bytes:N0} bytes.") : null;
    }

    private byte[] Shorten(byte[] input, string place)
    {
        var shortest = input;
        for (var length = shortest.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= shortest.Length;)
            {
                byte[] without = [.. shortest.AsSpan(0, at), .. shortest.AsSpan(at + length)];
                if (FaultOf(without)?.Place == place)
                {
                    shortest = without;
                }
                else
                {
                    at += length;
                }
            }
        }

        return shortest;
    }

    private string Save(byte[] input)
    {
        var file = Path.Combine(_folder,
            $"{_target.Name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}.bin");
        File.WriteAllBytes(file, input);
        return file;
    }

    private void EndIfHung()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _began)) > s_hung)
        {
            Console.WriteLine($"{_target.Name}: no end after {s_hung.TotalSeconds} s, {Save(_input)}");
            Environment.Exit(2);
        }
    }
}
