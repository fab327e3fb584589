using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A computer that sleeps between the moment at which a row's intent is on the disk and that at which its request
/// leaves.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class SleepBeforePostTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void What_left_when_the_computer_woke_is_found_by_the_next_run(int minutes)
    {
        var time = new SimulatedTime();
        var clock = new WallClock(time);
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = clock });
        using var ended = new CancellationTokenSource();
        var storage = new MemoryStorage();
        Run(
            new Sleeping(sandbox, clock, TimeSpan.FromMinutes(minutes), ended),
            run => Task.WhenAll(SendAsync(run, "first"), SendAsync(run, "second"), SendAsync(run, "third")));
        Assert.Equal(3, sandbox.Ledger.Count);

        storage = new MemoryStorage(storage.Written);
        Run(new Sleeping(sandbox, clock, null, null), run => SendAsync(run, "third"));

        Assert.Equal(3, sandbox.Ledger.Count);

        void Run(HttpMessageHandler way, Func<BulkRun, Task> send)
        {
            using var client = TestClient.Over(way, clock);
            using var journal = Journals.Open(storage, keyProperty: null, time: clock);
            using var run = BulkRun.Open(
                client, new BulkRunOptions(), journal, ended.IsCancellationRequested ? default : ended.Token);
            VirtualTime.Run(time, async () =>
            {
                try
                {
                    await send(run);
                }
                catch (OperationCanceledException)
                {
                    // Somebody found the run at a standstill, and pressed Ctrl+C.
                }

                return true;
            });
        }
    }

    private static Task<Outcome<Message>> SendAsync(BulkRun run, string text) =>
        run.SendAsync(SandboxRun.Conversation, Sample.Text(text));

    /// <summary>A clock whose date goes on in the computer's sleep, and what it counts does not.</summary>
    private sealed class WallClock(TimeProvider time) : TimeProvider
    {
        public TimeSpan Slept { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Slept;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }

    // The computer sleeps before the third message leaves, and the run ends before the answer comes.
    private sealed class Sleeping(
        HttpMessageHandler server, WallClock clock, TimeSpan? sleep, CancellationTokenSource? ended)
        : DelegatingHandler(server)
    {
        private int _posts;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isThird = request.Method == HttpMethod.Post && ++_posts == 3;
            clock.Slept += isThird && sleep is { } slept ? slept : TimeSpan.Zero;
            var response = await base.SendAsync(request, CancellationToken.None);
            response.Headers.Date = clock.GetUtcNow();
            if (isThird && ended is not null)
            {
                await ended.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return response;
        }
    }
}
