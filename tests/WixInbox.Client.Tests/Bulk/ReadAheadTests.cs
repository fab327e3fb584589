using WixInbox.Clocks;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>How many messages are begun before the first is through.</summary>
[Collection(VirtualTime.Name)]
public sealed class ReadAheadTests
{
    [Fact]
    public void A_backlog_behind_one_message_keeps_no_other_conversation_waiting()
    {
        var time = new SimulatedTime();
        var longAgo = TimeSpan.Zero;
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            var isSlow = request.Body.Contains("slow", StringComparison.Ordinal);
            await time.WaitAsync(TimeSpan.FromMilliseconds(isSlow ? 20_000 : 20), cancellationToken);
            longAgo = isSlow ? longAgo : time.Now;
            return Answer.Sent(Guid.NewGuid().ToString());
        });
        using var client = TestClient.Over(handler, time, requestsPerMinute: 0);
        using var run = BulkRuns.Open(client, new() { ThrottleLimit = 10 });
        BulkMessage[] messages =
        [
            new(SandboxRun.Conversation, Sample.Text("slow")),
            .. Enumerable.Range(1, 250).Select(number => new BulkMessage(
                SandboxRun.Conversation, Sample.Text($"{number}"))),
            .. Enumerable.Range(1, 500).Select(number => new BulkMessage(
                Recipient.Conversation(Guid.NewGuid().ToString()), Sample.Text($"{number}"))),
        ];
        var others = TimeSpan.Zero;

        VirtualTime.Run(time, async () =>
        {
            await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
            {
                Assert.True(result.IsSent);
                others = result.Row.Number == 1 ? longAgo : others;
            }

            return 0;
        });

        // The 500 others, ten at once, when the slow one is through.
        Assert.InRange(others, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        Assert.Equal(751, handler.Requests.Count);
    }

    [Fact]
    public void A_result_is_given_back_when_it_is_there_though_there_is_no_room_for_further_messages()
    {
        var time = new SimulatedTime();
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            var isFirst = request.Body.Contains("first", StringComparison.Ordinal);
            await time.WaitAsync(TimeSpan.FromSeconds(isFirst ? 1 : 20), cancellationToken);
            return Answer.Sent(Guid.NewGuid().ToString());
        });
        using var client = TestClient.Over(handler, time, requestsPerMinute: 0);
        using var run = BulkRuns.Open(client, new() { ThrottleLimit = 10 });
        BulkMessage[] messages =
        [
            .. Enumerable.Range(1, 400).Select(number => new BulkMessage(
                Recipient.Conversation(Guid.NewGuid().ToString()), Sample.Text(number == 1 ? "first" : "later"))),
        ];

        var given = VirtualTime.Run(time, async () =>
        {
            await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
            {
                Assert.True(result.IsSent);
                return time.Now;
            }

            return TimeSpan.MaxValue;
        });

        Assert.InRange(given, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Further_messages_are_read_when_half_of_those_under_way_are_through()
    {
        // Read one by one, they would be looked up one by one.
        var time = new SimulatedTime();
        var (read, sent) = (0, 0);
        SortedSet<int> readWhenSent = [];
        var handler = new StubHandler(async (_, cancellationToken) =>
        {
            await time.WaitAsync(TimeSpan.FromMilliseconds(20), cancellationToken);
            lock (readWhenSent)
            {
                readWhenSent.Add(read);
            }

            return Answer.Sent($"m{Interlocked.Increment(ref sent)}");
        });
        using var client = TestClient.Over(handler, time);
        using var run = BulkRuns.Open(client, new() { ThrottleLimit = 10 });
        var messages = Enumerable.Range(1, 400).Select(number =>
        {
            read = number;
            return new BulkMessage(Recipient.Conversation(Guid.NewGuid().ToString()), Sample.Text($"{number}"));
        });

        VirtualTime.Run(time, async () =>
        {
            await foreach (var result in run.SendAllAsync(messages, TestClient.Cancellation))
            {
                Assert.True(result.IsSent);
            }

            return sent;
        });

        // A reader waits for room with the next one in its hand.
        Assert.Equal([201, 301, 400], readWhenSent);
    }
}
