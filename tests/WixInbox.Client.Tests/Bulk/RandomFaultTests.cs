using System.Collections.Concurrent;
using System.Globalization;
using WixInbox.Sandbox;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// Two thousand rows to a hundred conversations over a network that fails at random: what is said of each row is true.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class RandomFaultTests
{
    private const int Rows = 2_000;
    private const int Conversations = 100;
    private const int MostRuns = 50;

    private static readonly Fate[] s_fates = Enum.GetValues<Fate>();

    private enum Fate
    {
        Unreachable,
        ResetBefore,
        ResetAfter,
        HangsBefore,
        HangsAfter,
        ErrorBefore,
        ErrorAfter,
        BrokenOff,
        Busy,
        Limited,
        Refused,
    }

    [Theory]
    [InlineData(2, 0.1)]
    [InlineData(3, 0.3)]
    public void What_is_said_of_each_row_is_true(int seed, double trouble)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        using var server = new HttpMessageInvoker(sandbox, disposeHandler: false);
        var arrived = 0;
        var requests = new ConcurrentDictionary<string, int>();
        using var network = new RawHandler(
            (request, token) => PassAsync(request, server, time, NextFate(request), token));
        using var client = TestClient.Over(network, time, random: () => 0.5);

        var outcomes = new Outcome<Message>[Rows];
        var left = Enumerable.Range(0, Rows).ToArray();
        for (var runs = 0; left.Length > 0 && runs < MostRuns; runs++)
        {
            var these = left;
            var found = VirtualTime.Run(time, () => SendAllAsync(BulkRuns.Open(client), these));
            for (var index = 0; index < these.Length; index++)
            {
                outcomes[these[index]] = found[index];
            }

            // With bad luck three tries in a row fail, and the run is given up. Then somebody sends again what it has
            // not tried.
            left =
            [
                .. these.Where(
                    (_, index) => found[index].Failure?.Cause is FailureCause.Outage or FailureCause.EarlierMessage
                        && found.Any(outcome => outcome.Failure?.Cause == FailureCause.Outage)),
            ];
        }

        var stored = sandbox.Ledger.GroupBy(entry => entry.Text!)
            .ToDictionary(entries => entries.Key, entries => entries.Count());
        for (var row = 0; row < Rows; row++)
        {
            var times = stored.GetValueOrDefault(TextOf(row));
            var isTrue = outcomes[row].Kind switch
            {
                OutcomeKind.Succeeded => times == 1,
                OutcomeKind.Ambiguous => times <= 1,
                _ => times == 0,
            };
            Assert.True(
                isTrue,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seed {seed}: row {row} is said to be {outcomes[row].Kind} and is there {times} times."));
        }

        foreach (var conversation in sandbox.Ledger.GroupBy(entry => entry.ConversationId))
        {
            var order = conversation.Select(entry => int.Parse(entry.Text!.Split(' ')[1], CultureInfo.InvariantCulture))
                .ToArray();
            Assert.True(
                order.SequenceEqual(order.Order()),
                $"Seed {seed}: the order in {conversation.Key} is {string.Join(", ", order)}.");
        }

        Assert.True(sandbox.RequestCounts.All(count => count.Status != 429), $"Seed {seed}: a request was too many.");

        // Not a network on which nothing arrives.
        Assert.InRange(outcomes.Count(outcome => outcome.Kind == OutcomeKind.Succeeded), Rows / 2, Rows);
        Assert.Contains(outcomes, outcome => outcome.Value?.Delivery == MessageDelivery.Reconciled);

        bool HasGoneThrough(HttpRequestMessage request) => sandbox.RequestCounts.Any(count =>
            count.Status == 200
            && count.Method == request.Method.Method
            && count.Path == request.RequestUri!.AbsolutePath);

        // By what the request is and how many like it came before: not by what happens to come first.
        Fate? NextFate(HttpRequestMessage request)
        {
            // One whose body is not read never left: it is not known by it.
            if (new Random(HashCode(seed, "unreachable", Interlocked.Increment(ref arrived)))
                .NextDouble() < trouble / s_fates.Length)
            {
                return Fate.Unreachable;
            }

            var content = request.Content?.ReadAsStringAsync(TestClient.Cancellation).GetAwaiter().GetResult();
            var key = $"{request.RequestUri!.Query} {content}";
            var random = new Random(HashCode(seed, key, requests.AddOrUpdate(key, 1, (_, count) => count + 1)));
            if (random.NextDouble() >= trouble)
            {
                return null;
            }

            // Before any request of its kind has gone through, a refusal means that the permission is missing, and ends
            // the run. Which of the first is answered first is chance.
            var fate = s_fates[random.Next(1, s_fates.Length)];
            return fate == Fate.Refused && !HasGoneThrough(request) ? null : fate;
        }
    }

    private static string TextOf(int row) => string.Create(CultureInfo.InvariantCulture, $"row {row}");

    private static Recipient RecipientOf(int row)
    {
        var number = row * 7919 % Conversations;
        return new Recipient(
            number % 3 == 0 ? RecipientKind.Contact : RecipientKind.Conversation,
            string.Create(CultureInfo.InvariantCulture, $"5a0c4737-a2a0-4c37-a07e-{number + 1:x12}"));
    }

    // The same in every process.
    private static int HashCode(int seed, string key, int count) =>
        key.Aggregate((seed * 397) ^ count, (hash, letter) => unchecked((hash * 31) + letter));

    private static async Task<Outcome<Message>[]> SendAllAsync(BulkRun sender, int[] rows)
    {
        using var places = new SemaphoreSlim(10);
        var sending = new List<Task<Outcome<Message>>>();
        foreach (var row in rows)
        {
            await places.WaitAsync(TestClient.Cancellation);
            sending.Add(SendAsync(row));
        }

        return await Task.WhenAll(sending);

        async Task<Outcome<Message>> SendAsync(int row)
        {
            try
            {
                return await sender.SendAsync(RecipientOf(row), Sample.Text(TextOf(row)));
            }
            finally
            {
                places.Release();
            }
        }
    }

    private static async Task<HttpResponseMessage> PassAsync(
        HttpRequestMessage request,
        HttpMessageInvoker server,
        SimulatedTime time,
        Fate? fate,
        CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(30), time, cancellationToken);
        switch (fate)
        {
            case Fate.Unreachable:
                throw new HttpRequestException("No route to host.");
            case Fate.ResetBefore:
                throw new IOException("Reset.");
            case Fate.HangsBefore:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case Fate.ErrorBefore:
                return Answer.Status(502);
            case Fate.Busy:
                return Answer.Status(503, ("Retry-After", "5"));
            case Fate.Limited:
                return Answer.Status(429, ("Retry-After", "5"));
            case Fate.Refused:
                return Answer.Status(403);
        }

        var response = await server.SendAsync(request, cancellationToken);
        switch (fate)
        {
            case Fate.ResetAfter:
                throw new IOException("Reset.");
            case Fate.HangsAfter:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case Fate.ErrorAfter:
                return Answer.Status(500);
            case Fate.BrokenOff:
                return Answer.Text(200, """{"message":{"id":"16""", "application/json");
        }

        return response;
    }
}
