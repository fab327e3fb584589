using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace WixInbox.Benchmarks;

/// <summary>
/// The ceiling: .NET's own HttpClient posts bodies that were made before the clock runs, and does not look at the
/// answers. It speaks with the program as Contenders.ps1 does.
/// </summary>
internal static class RawClient
{
    public const string Way = "raw";

    public static async Task RunAsync(Uri server, int sideBySide)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = server };
        client.DefaultRequestHeaders.Add("Authorization", "token");
        using var process = Process.GetCurrentProcess();
        while (Console.ReadLine() is { } line)
        {
            byte[][] bodies = [.. Enumerable.Range(1, int.Parse(line, CultureInfo.InvariantCulture)).Select(Body)];
            GC.Collect();
            process.Refresh();
            var cpu = process.TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(
                bodies,
                new ParallelOptions { MaxDegreeOfParallelism = sideBySide },
                (body, cancellationToken) => PostAsync(client, body, cancellationToken));
            watch.Stop();
            process.Refresh();
            cpu = process.TotalProcessorTime - cpu;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            Console.WriteLine(
                FormattableString.Invariant($"{watch.Elapsed.TotalMilliseconds} {cpu.TotalMilliseconds} ")
                    + FormattableString.Invariant($"{allocated} 0 0"));
        }
    }

    private static async ValueTask PostAsync(HttpClient client, byte[] body, CancellationToken cancellationToken)
    {
        using var content =
            new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await client.PostAsync("inbox/v2/messages", content, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static byte[] Body(int number) => System.Text.Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"conversationId":"5f0c7f3e-6f0e-4d3c-9b7a-{{{number:d12}}}","message":{"content":{"previewText":"Hi Ada","basic":{"items":[{"text":"Hi Ada, order {{{number}}} is ready."}]}},"visibility":"BUSINESS_AND_PARTICIPANT","direction":"BUSINESS_TO_PARTICIPANT"}}"""));
}
