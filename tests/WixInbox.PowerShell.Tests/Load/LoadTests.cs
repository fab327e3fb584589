using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WixInbox.PowerShell.Tests.Load;

/// <summary>Many sessions on one connection, and many connections one after the other.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Sessions = 16;
    private const int Rows = 100;
    private const int Connections = 1_000;

    // Sockets that the other end has not closed yet, threads of the pool that have not gone yet, what a garbage
    // collection leaves: in each case less than a fiftieth of one for each connection, or 4 KiB.
    private const int HandleMargin = 16;
    private const int ThreadMargin = 16;
    private const long MemoryMargin = 4 << 20;

    [Fact]
    public async Task Sixteen_sessions_send_over_one_connection_each_row_once_and_each_in_its_order()
    {
        using var handler = new StubHandler();
        using var owner = new Engine();
        ClockedConnection.Use(owner, handler, new SkippingClock());
        var connection = owner.Runspace.SessionStateProxy.GetVariable("connection");
        Engine[] engines = [.. Enumerable.Range(0, Sessions).Select(_ => new Engine())];
        try
        {
            // Four conversations, to which all of them write.
            var results = await Task.WhenAll(engines.Select((engine, session) => Task.Run(() =>
            {
                engine.Set("connection", connection);
                return engine.Run($$"""
                    1..{{Rows}} |
                        ForEach-Object {
                            [pscustomobject]@{
                                ConversationId = "{{Engine.Guid1[..^1]}}$($_ % 4)"
                                Text = "{{session}} $_"
                            }
                        } |
                        Send-WixInboxMessage -Connection $connection
                    """);
            }))).WaitAsync(TestContext.Current.CancellationToken);

            Assert.All(results, result => Assert.Null(result.Thrown));
            Assert.All(results, result => Assert.Empty(result.Errors));
            Assert.All(results, result => Assert.Equal(Rows, result.Output.Count));
            string[] sent = [.. handler.Requests.Select(request => request["message.content.basic.items.0.text"]!)];
            Assert.Equal(Sessions * Rows, sent.Length);
            Assert.Equal(Sessions * Rows, sent.Distinct().Count());
            var stored = sent.Select(text => text.Split(' ')
                .Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray())
                .ToLookup(parts => (Session: parts[0], Conversation: parts[1] % 4), parts => parts[1]);
            Assert.All(stored, one => Assert.Equal(one.Order(), one));
        }
        finally
        {
            Array.ForEach(engines, engine => engine.Dispose());
        }
    }

    [Fact]
    public async Task Connections_that_are_closed_leave_nothing_behind()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = ServeAsync(server, stop.Token);
        using var engine = new Engine();
        engine.Set("token", Secrets.Secure("token-of-the-tests"));
        engine.Set("address", $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/");
        var script = $$"""
            1..$count | ForEach-Object {
                Connect-WixInbox -AccessToken $token -NoProxy -BaseUri $address -Name "c$($_ % 3)" 6>$null
                Send-WixInboxMessage -ConversationId {{Engine.Guid1}} x -Connection "c$($_ % 3)" 6>$null
                Disconnect-WixInbox "c$($_ % 3)"
            }
            $Error.Clear()
            """;

        // What is made once is there by then.
        var before = Use(50);
        var after = Use(Connections);

        output.WriteLine($"{Connections:N0} connections; before: {before}; after: {after}.");
        Assert.InRange(after.Memory, 0, before.Memory + MemoryMargin);
        Assert.InRange(after.Handles, 0, before.Handles + HandleMargin);
        Assert.InRange(after.Threads, 0, before.Threads + ThreadMargin);
        await stop.CancelAsync();
        await serving;

        Usage Use(int count)
        {
            engine.Set("count", count);
            var result = engine.Run(script);
            Assert.Null(result.Thrown);
            Assert.Empty(result.Errors);
            Assert.Equal(count, result.Output.Count);
            return Usage.Now();
        }
    }

    // Answers each request that a message was stored, on connections that stay open.
    private static async Task ServeAsync(TcpListener server, CancellationToken cancellationToken)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(AnswerAsync(await server.AcceptTcpClientAsync(cancellationToken)));
                serving.RemoveAll(one => one.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }

        async Task AnswerAsync(TcpClient connection)
        {
            const string Body = """{"message":{"id":"7"}}""";
            var answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
            var buffer = new byte[16_384];
            using (connection)
            {
                try
                {
                    var stream = connection.GetStream();
                    var received = string.Empty;
                    while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                    {
                        received += Encoding.ASCII.GetString(buffer, 0, read);
                        if (received.EndsWith('}'))
                        {
                            received = string.Empty;
                            await stream.WriteAsync(answer, cancellationToken);
                        }
                    }
                }
                catch (Exception exception) when (exception is OperationCanceledException or IOException)
                {
                    // The client has gone, or the test is over.
                }
            }
        }
    }

    private readonly record struct Usage(long Memory, int Handles, int Threads)
    {
        public static Usage Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            return new Usage(GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count);
        }

        public override string ToString() =>
            $"{Memory / 1048576.0:N1} MiB, {Handles} handles and sockets, {Threads} threads";
    }
}
