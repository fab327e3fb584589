using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WixInbox.SandboxServer;

namespace WixInbox.Benchmarks;

/// <summary>
/// The sandbox in a process of its own, so that what it costs is in nobody's CPU time, without a rate limit.
/// </summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    /// <param name="latency">The milliseconds until it answers.</param>
    public Server(int latency)
    {
        string[] arguments =
        [
            "--urls",
            "http://127.0.0.1:0",
            "--requests-per-minute",
            "0",
            "--latency",
            latency.ToString(CultureInfo.InvariantCulture),
        ];
        _process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(LoopbackServer).Assembly.Location, .. arguments])
            {
                RedirectStandardOutput = true,
            })!;
        var said = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The sandbox server does not start.");
        Address = new Uri(said.Split(' ')[^1]);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>Empties it, so that no round pays for what an earlier one has sent.</summary>
    public async Task ResetAsync()
    {
        using var response = await _client.PostAsync("sandbox/reset", null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Holds what came in against what should have.</summary>
    public async Task CheckAsync(string way, int rows)
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync("sandbox/requests"));
        var counts = answer.RootElement.GetRawText();
        var count = 0;
        foreach (var entry in answer.RootElement.EnumerateArray())
        {
            count += entry.GetProperty("status").GetInt32() == 200
                ? entry.GetProperty("count").GetInt32()
                : throw new InvalidOperationException($"{way} failed: {counts}");
        }

        if (count != rows)
        {
            throw new InvalidOperationException($"{way} was to send {rows} messages, and the server has {counts}.");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
