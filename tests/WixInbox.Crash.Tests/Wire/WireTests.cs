using System.Globalization;
using System.Security;
using WixInbox.Http;

namespace WixInbox.Crash.Tests.Wire;

/// <summary>
/// A send whose connection breaks after any number of bytes of the request or of the answer, whatever they are: of TLS,
/// of HTTP, or of the message. What it says is held against what the server has stored in the end. The environment's
/// WIXINBOX_WIRE_STEP is how many bytes lie between two breaks that are tried (53); with 1 it is each byte.
/// </summary>
public sealed class WireTests(ITestOutputHelper output)
{
    private const string Conversation = "d0b1a3f2-6a52-4b4e-8f3e-6a1f6b1c2d3e";

    private static int Step => CrashTests.Number("WIXINBOX_WIRE_STEP", 53);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Never_is_a_message_called_sent_that_is_not_stored_nor_not_sent_that_is(bool isHttp2) => BreakAsync(
        isHttp2,
        async (client, _, message) => (await client.SendMessageAsync(new SendMessageRequest
        {
            ConversationId = Conversation, Message = message,
        })).Kind,
        maxWait: TimeSpan.Zero,
        (kind, stored) => kind switch
        {
            OutcomeKind.Succeeded => stored == 1,
            OutcomeKind.Ambiguous => stored <= 1,
            _ => stored == 0,
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_row_of_a_run_is_one_message_in_the_end(bool isHttp2) => BreakAsync(
        isHttp2,
        async (client, proxy, message) =>
        {
            // Where nothing comes, the system ends the connection some time after the attempt.
            var options = new BulkRunOptions { Note = _ => proxy.GiveUp() };
            await using var run = await BulkRun.OpenAsync(client, options);
            BulkMessage[] rows = [new(Recipient.Conversation(Conversation), message)];
            await foreach (var result in run.SendAllAsync(rows))
            {
                if (result.Failure is { } failure)
                {
                    output.WriteLine($"{failure} Read back: {failure.ReadBack}");
                }

                return result.Outcome.Kind;
            }

            throw new InvalidOperationException("There is no result.");
        },
        maxWait: TimeSpan.FromMinutes(15),

        // Of half a request whose other half will not come, a server may say that it is none.
        (kind, stored) => kind == OutcomeKind.Rejected ? stored == 0 : kind == OutcomeKind.Succeeded && stored == 1);

    [Fact]
    public void A_connection_over_which_nothing_comes_any_more_is_given_up_before_the_request_is()
    {
        using var handler = NewHandler();
        using var token = new SecureString();
        token.AppendChar('t');

        Assert.InRange(
            handler.KeepAlivePingDelay + handler.KeepAlivePingTimeout,
            TimeSpan.FromSeconds(1),
            new WixInboxClientOptions(Authentication.AccessToken(token)).Timeout - TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_connection_over_which_nothing_comes_any_more_is_left_for_another()
    {
        Assert.SkipUnless(Step == 1, "It waits in earnest: see WIXINBOX_WIRE_STEP.");
        await using var server = await WireServer.StartAsync(
            isHttp2: true, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var proxy = new BreakingProxy(server.Port);
        using var handler = NewHandler();
        using var client = NewClient(handler, proxy.Port, isHttp2: true, TimeProvider.System, TimeSpan.FromMinutes(15));
        await using var run = await BulkRun.OpenAsync(
            client, new BulkRunOptions { ReconcileWait = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal([1], await SendAsync("First"));
        proxy.Stall();
        Assert.Equal([2, 1], await SendAsync("Second", "Third"));

        Assert.Equal(3, server.Sandbox.Ledger.Count);
        Assert.Equal(2, proxy.Ports.Count);

        // Less than the time of one attempt.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, WireClock.AttemptTime);

        async Task<List<int>> SendAsync(params string[] texts)
        {
            var attempts = new List<int>();
            var recipient = Recipient.Conversation(Conversation);
            var rows = texts.Select(text => new BulkMessage(recipient, Message.OfText(text)));
            await foreach (var result in run.SendAllAsync(rows))
            {
                Assert.True(result.IsSent);
                attempts.Add(result.Outcome.Attempts);
            }

            return attempts;
        }
    }

    private async Task BreakAsync(
        bool isHttp2,
        Func<WixInboxClient, BreakingProxy, Message, Task<OutcomeKind>> send,
        TimeSpan maxWait,
        Func<OutcomeKind, int, bool> isTrue)
    {
        var clock = new WireClock();
        await using var server = await WireServer.StartAsync(isHttp2, clock, TestContext.Current.CancellationToken);
        var number = 10_000;
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);

        // Byte by byte, and with nothing wrong else: this one tells how many bytes there are.
        var (toServer, toClient) = await TryAsync(Break.None, ofRequest: true, int.MaxValue);
        Assert.Equal("None: Succeeded", Assert.Single(kinds).Key);
        foreach (var how in new[] { Break.Cut, Break.Reset, Break.HalfClose, Break.Stall })
        {
            for (var after = 0; after <= toServer; after += Step)
            {
                await TryAsync(how, ofRequest: true, after);
            }

            for (var after = 0; after <= toClient; after += Step)
            {
                await TryAsync(how, ofRequest: false, after);
            }
        }

        var counts = string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}"));
        output.WriteLine($"{toServer} bytes to the server, {toClient} to the client. {counts}.");

        async Task<(int ToServer, int ToClient)> TryAsync(Break how, bool ofRequest, int after)
        {
            // What was sent before is known by its date to be something else.
            clock.Advance(TimeSpan.FromMinutes(1));
            var before = server.Sandbox.Ledger.Count;
            var proxy = new BreakingProxy(server.Port, how, ofRequest, after);
            clock.Settle = () => proxy.BrokenPort == 0 ? Task.CompletedTask : server.EndAsync(proxy.BrokenPort);
            OutcomeKind kind;
            using (var handler = NewHandler())
            using (var client = NewClient(handler, proxy.Port, isHttp2, clock, maxWait))
            {
                // No two say the same, and all are as long.
                var sending = send(client, proxy, Message.OfText($"Message {++number}"));
                if (await Task.WhenAny(sending, proxy.Stalled) == proxy.Stalled)
                {
                    clock.Advance(WireClock.AttemptTime);
                }

                kind = await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            }

            await proxy.DisposeAsync();
            await Task.WhenAll(proxy.Ports.Select(server.ForgetAsync));
            var stored = server.Sandbox.Ledger.Skip(before).Select(entry => entry.Text).ToArray();
            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"{how} after {after} bytes of the {(ofRequest ? "request" : "answer")}: number {number} is {kind}");
            Assert.True(isTrue(kind, stored.Length), $"{what}, and stored is '{string.Join(", ", stored)}'.");
            var name = $"{how}: {kind}";
            kinds[name] = kinds.GetValueOrDefault(name) + 1;
            return proxy.Passed;
        }
    }

    private static SocketsHttpHandler NewHandler()
    {
        // The client's own, but for whom it trusts.
        var handler = (SocketsHttpHandler)HttpStack.Create(null, useProxy: false);
#pragma warning disable CA5359 // The server of the test signs for itself.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return handler;
    }

    private static WixInboxClient NewClient(
        SocketsHttpHandler handler, int port, bool isHttp2, TimeProvider clock, TimeSpan maxWait)
    {
        var token = new SecureString();
        token.AppendChar('t');
        return new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token))
        {
            BaseAddress = new Uri($"{(isHttp2 ? "https" : "http")}://127.0.0.1:{port}/"),
            Handler = handler,
            RequestsPerMinute = 0,
            Timeout = WireClock.AttemptTime,
            MaxWait = maxWait,
            TimeProvider = clock,
        });
    }
}
