namespace WixInbox.Tests.Bulk;

public sealed class LanesTests
{
    [Fact]
    public async Task Whoever_comes_first_need_not_wait()
    {
        var lanes = new Lanes<string>();

        var first = lanes.EnterAsync("a");
        var other = lanes.EnterAsync("b");

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(other.IsCompletedSuccessfully);
        Assert.Equal(2, lanes.Count);
        (await first).Dispose();
        (await other).Dispose();
        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public async Task A_lane_is_left_in_the_order_in_which_it_was_entered()
    {
        var lanes = new Lanes<string>();
        var turns = Enumerable.Range(0, 10).Select(_ => lanes.EnterAsync("a")).ToArray();

        for (var index = 0; index < turns.Length; index++)
        {
            var turn = await turns[index];
            Assert.All(turns.Skip(index + 1), later => Assert.False(later.IsCompleted));
            Assert.Equal(1, lanes.Count);
            turn.Dispose();
        }

        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public async Task To_leave_twice_is_to_leave_once()
    {
        var lanes = new Lanes<string>();
        var first = await lanes.EnterAsync("a");
        var second = lanes.EnterAsync("a");
        first.Dispose();
        var turn = await second;
        var third = lanes.EnterAsync("a");

        first.Dispose();

        Assert.False(third.IsCompleted);
        Assert.Equal(1, lanes.Count);
        turn.Dispose();
        (await third).Dispose();
        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public async Task A_lane_holds_one_at_a_time_however_many_enter_it_at_once()
    {
        var lanes = new Lanes<int>();
        var inside = new int[4];
        var collisions = 0;

        await Parallel.ForAsync(0, 5_000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestClient.Cancellation }, async (number, _) =>
        {
            var lane = number % inside.Length;
            using var turn = await lanes.EnterAsync(lane);
            if (Interlocked.Increment(ref inside[lane]) != 1)
            {
                Interlocked.Increment(ref collisions);
            }

            await Task.Yield();
            Interlocked.Decrement(ref inside[lane]);
        });

        Assert.Equal(0, collisions);
        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public async Task Whoever_leaves_does_not_do_the_work_of_the_next()
    {
        var lanes = new Lanes<string>();
        using var leaving = new ThreadLocal<bool>();
        var first = await lanes.EnterAsync("a");
        var next = NextAsync();

        leaving.Value = true;
        first.Dispose();
        leaving.Value = false;

        Assert.False(await next);

        async Task<bool> NextAsync()
        {
            using var turn = await lanes.EnterAsync("a").ConfigureAwait(false);
            return leaving.Value;
        }
    }

    [Fact]
    public async Task A_long_lane_does_not_overflow_the_stack_when_it_empties()
    {
        var lanes = new Lanes<string>();
        var first = await lanes.EnterAsync("a");
        var rest = Enumerable.Range(0, 100_000).Select(_ => ThroughAsync(lanes)).ToArray();

        first.Dispose();
        await Task.WhenAll(rest);

        Assert.Equal(0, lanes.Count);
    }

    private static async Task ThroughAsync(Lanes<string> lanes)
    {
        using var turn = await lanes.EnterAsync("a");
    }
}
