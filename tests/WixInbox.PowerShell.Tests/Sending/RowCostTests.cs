using System.Net;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// What a row of the pipeline allocates, the engine's part included, which runs the block and lists the columns. Bytes
/// are counted and not time, so that it comes out the same on any machine. It runs by itself, since what other tests
/// allocate would count.
/// </summary>
[Collection(EnvironmentTests.Name)]
public sealed class RowCostTests
{
    private const int Rows = 1_000;
    private const string Text = """-Text { "Hi $($_.FirstName), order $($_.Order) is ready." }""";

    // A tenth more than when this was written, which leaves no room for a second JSON or a second check.
    [Theory]
    [InlineData("Send-WixInboxMessage -ThrottleLimit 32 " + Text, 32_000)]
    [InlineData("Test-WixInboxMessage " + Text, 16_500)]
    public void A_row_allocates_no_more_than_it_did(string command, int most)
    {
        using var server = new Server();
        using var engine = new Engine();
        engine.Set("handler", server);
        engine.Set("token", Secrets.Secure("token-of-the-tests"));
        Well($$"""
            Connect-WixInbox -AccessToken $token -MessageHandler $handler -RequestsPerMinute 0 -InformationAction Ignore
            $rows = foreach ($number in 1..{{Rows}}) {
                $id = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $number
                [pscustomobject]@{ ConversationId = $id; FirstName = 'Ada'; Order = $number }
            }
            """);
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Well($"$rows | {command} -InformationAction Ignore | Out-Null");
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Rows);
        }

        Assert.InRange(least, 1, most);

        void Well(string script)
        {
            var result = engine.Run(script);
            Assert.Null(result.Thrown);
            Assert.Empty(result.Errors);
        }
    }

    // Stores whatever it is sent, and answers with as little as it can.
    private sealed class Server : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"message":{"id":"1"}}"""),
            });
    }
}
