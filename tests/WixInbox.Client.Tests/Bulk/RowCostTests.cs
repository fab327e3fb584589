using System.Net;
using System.Text.Json;
using WixInbox.Journal;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What a row costs, in what can be counted wherever it runs: requests, syncs of the journal, and bytes allocated. They
/// run by themselves, since what other tests allocate would count.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class RowCostTests
{
    private const int Rows = 100;

    [Theory]

    // One request sends a message. Addresses and ids of contacts are looked up by 50, and each has a conversation to be
    // found.
    [InlineData(RecipientKind.Conversation, Rows)]
    [InlineData(RecipientKind.Member, Rows + Rows)]
    [InlineData(RecipientKind.Contact, (Rows / BulkRun.LookUpSize) + Rows + Rows)]
    [InlineData(RecipientKind.Email, (Rows / BulkRun.LookUpSize) + Rows + Rows)]
    public async Task A_row_makes_no_request_but_those_it_cannot_do_without(RecipientKind kind, int requests)
    {
        using var server = new Server();

        // Its clock stands still: a look-up leaves when it is full.
        using var client = TestClient.Over(server, Journals.Clock(), requestsPerMinute: 0);
        using var run = BulkRuns.Open(client);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, Rows).Select(number => run.SendAsync(
            new Recipient(kind, kind == RecipientKind.Email ? $"a{number}@example.com" : Id(number)), Sample.Text())));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(requests, server.Requests);
    }

    [Fact]
    public async Task A_row_that_an_earlier_run_has_sent_makes_none_and_writes_nothing()
    {
        var storage = new MemoryStorage();
        using var server = new Server();
        await SendAsync(server, storage, Rows);
        var requests = server.Requests;
        storage.ForgetSyncs();

        Assert.Equal(Rows, await SendAsync(server, storage, Rows));

        // The line that a run begins.
        Assert.Equal((requests, 1, 1), (server.Requests, storage.Syncs, storage.Appends));
    }

    [Fact]
    public async Task A_row_waits_for_the_disk_once()
    {
        var storage = new MemoryStorage();
        using var server = new Server();
        Assert.Equal(0, await SendAsync(server, storage, Rows));

        // The line that a run begins, each intent, and the last outcome when the file is closed.
        Assert.Equal(Rows + 2, storage.Syncs);
    }

#if !NETFRAMEWORK
    // A tenth more than when this was written, which leaves no room for a second JSON or a second check.
    [Theory]
    [InlineData(false, 15_500)]
    [InlineData(true, 19_500)]
    public async Task A_row_allocates_no_more_than_it_did(bool isJournaled, int most)
    {
        using var server = new Server();

        // What other threads allocate meanwhile is in some rounds, and in few of them is none of it.
        var least = long.MaxValue;
        for (var round = 0; round < 25; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await SendAsync(server, isJournaled ? new Nowhere() : null, 10 * Rows);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (10 * Rows));
        }

        Assert.InRange(least, 1, most);
    }
#endif

    private static string Id(int number) => $"5a0c4737-a2a0-4c37-a07e-{number:x12}";

    // One after the other, so that no two share a sync.
    private static async Task<int> SendAsync(Server server, IJournalStorage? storage, int rows)
    {
        using var client = TestClient.Over(server, requestsPerMinute: 0);
        using var journal = storage is null ? null : Journals.Open(storage, keyProperty: null);
        using var run = BulkRuns.Open(client, journal: journal);
        var done = 0;
        for (var number = 1; number <= rows; number++)
        {
            var row = run.Take(
                new BulkMessage(Recipient.Conversation(Id(number)), Sample.Text($"Order {number} is ready.")));
            if (row.Earlier == JournalState.Sent)
            {
                done++;
            }
            else
            {
                Assert.Equal(OutcomeKind.Succeeded, (await run.SendAsync(row)).Kind);
            }
        }

        return done;
    }

    // Keeps nothing.
    private sealed class Nowhere : IJournalStorage
    {
        public string Path => "nowhere.jsonl";

        public long Length => 0;

        public Stream OpenRead() => new MemoryStream();

        public void Append(byte[] buffer, int count)
        {
        }

        public void Cut(long length)
        {
        }

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }

    // Answers each call with as little as it can.
    private sealed class Server : HttpMessageHandler
    {
        private int _requests;

        public int Requests => _requests;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            var path = request.RequestUri!.AbsolutePath;
            var asked = path.EndsWith("/query", StringComparison.Ordinal)
                ? await request.Content!.ReadAsStringAsync(cancellationToken)
                : string.Empty;
            var answer = path.EndsWith("/messages", StringComparison.Ordinal) ? """{"message":{"id":"1"}}"""
                : path.EndsWith("/conversations", StringComparison.Ordinal) ? Found(Guid.NewGuid())
                : Contacts(asked);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };
        }

        private static string Found(Guid conversation) => $$$"""{"conversation":{"id":"{{{conversation}}}"}}""";

        // Whoever is asked for is there once, and no member.
        private static string Contacts(string query)
        {
            using var asked = JsonDocument.Parse(query);
            var filter = asked.RootElement.GetProperty("query").GetProperty("filter").EnumerateObject().Single().Value;
            var contacts = filter.GetProperty("$in").EnumerateArray().Select(value => Contact(value.GetString()!));
            return $$"""{"contacts":[{{string.Join(",", contacts)}}]}""";
        }

        private static string Contact(string asked)
        {
            var id = asked.Contains('@') ? Guid.NewGuid().ToString() : asked;
            return $$$"""{"id":"{{{id}}}","email":{"email":"{{{asked}}}"}}""";
        }
    }
}
