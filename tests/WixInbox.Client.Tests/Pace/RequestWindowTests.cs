using System.Globalization;
using WixInbox.Pace;

namespace WixInbox.Tests.Pace;

/// <summary>The window against a server that counts for itself: no request too many, and hardly one too few.</summary>
public sealed class RequestWindowTests
{
    private const int Limit = 200;

    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(10, 5)]
    [InlineData(100, 16)]
    [InlineData(250, 32)]
    [InlineData(500, 128)]
    [InlineData(500, 256)]
    public void A_hundred_thousand_requests_use_the_budget_and_meet_no_429(int roundTrip, int sideBySide)
    {
        var server = new CountingServer(Limit);

        var elapsed = Simulate(
            new RequestWindow(Limit), server, 100_000, sideBySide, TimeSpan.FromMilliseconds(roundTrip));

        Assert.Equal(0, server.Refused);
        Assert.Equal(100_000, server.Taken);

        // The first 200 leave at once; each minute after that allows 200 more.
        var shortest = s_minute * ((100_000 / Limit) - 1);
        Assert.True(
            shortest / elapsed >= 0.99,
            string.Create(CultureInfo.InvariantCulture, $"{shortest / elapsed:P2} of the budget was used."));
    }

    [Fact]
    public void A_server_whose_limit_is_lower_than_was_said_is_met_halfway()
    {
        var server = new CountingServer(120);

        Simulate(new RequestWindow(Limit), server, 5_000, 16, TimeSpan.FromMilliseconds(100));

        // With no regard to the answers, more than a third of all requests would be refused.
        Assert.Equal(5_000, server.Taken);
        Assert.InRange(server.Refused, 1, 500);
    }

    [Fact]
    public void A_full_burst_leaves_at_once_and_the_next_when_the_first_place_is_free()
    {
        var window = new RequestWindow(3);

        Assert.Equal([0, 0, 0], Enumerable.Range(0, 3).Select(_ => window.TryEnter(TimeSpan.Zero).TotalSeconds));
        Assert.Equal(RequestWindow.UntilAnAnswer, window.TryEnter(TimeSpan.FromSeconds(1)));

        window.Leave(TimeSpan.FromSeconds(2), mayArrive: false);

        // Counted from the answer and not from the request: the server may have taken it up just before.
        Assert.Equal(TimeSpan.FromSeconds(57), window.TryEnter(TimeSpan.FromSeconds(5)));
        Assert.NotEqual(TimeSpan.Zero, window.TryEnter(TimeSpan.FromSeconds(61.9)));
        Assert.Equal(TimeSpan.Zero, window.TryEnter(TimeSpan.FromSeconds(62)));
    }

    [Fact]
    public void One_that_was_given_up_may_be_on_its_way_still_and_keeps_its_place_for_longer()
    {
        var window = new RequestWindow(2);
        window.TryEnter(TimeSpan.Zero);
        window.TryEnter(TimeSpan.Zero);
        window.Leave(TimeSpan.FromSeconds(1), mayArrive: true);
        window.Leave(TimeSpan.FromSeconds(5), mayArrive: false);

        Assert.Equal(TimeSpan.FromSeconds(55), window.TryEnter(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, CountAt(window, TimeSpan.FromSeconds(65)));
        Assert.Equal(TimeSpan.FromSeconds(5), window.TryEnter(TimeSpan.FromSeconds(66)));
        Assert.Equal(1, CountAt(window, TimeSpan.FromSeconds(71)));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 10)]
    public void Those_of_before_give_their_places_back_in_the_order_of_their_time_and_before_its_own(
        bool mayArrive, int longer)
    {
        var window = new RequestWindow(3);
        window.TryEnter(TimeSpan.Zero);
        window.Leave(TimeSpan.Zero, mayArrive);

        window.Recall([(TimeSpan.FromSeconds(-10), mayArrive), (TimeSpan.FromSeconds(-50), mayArrive)]);

        Assert.Equal(TimeSpan.FromSeconds(10 + longer), window.TryEnter(TimeSpan.Zero));
        Assert.Equal(1, CountAt(window, TimeSpan.FromSeconds(10 + longer)));
        Assert.Equal(1, CountAt(window, TimeSpan.FromSeconds(50 + longer)));
        Assert.Equal(1, CountAt(window, TimeSpan.FromSeconds(60 + longer)));
    }

    [Fact]
    public void With_no_limit_everything_leaves_at_once_but_not_while_the_server_asks_to_wait()
    {
        var window = new RequestWindow(0);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.Equal(TimeSpan.Zero, window.TryEnter(TimeSpan.Zero)));
        window.Hold(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(4), window.TryEnter(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, window.TryEnter(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Several_refusals_at_once_hold_until_the_last_and_lower_the_rate_once()
    {
        var window = new RequestWindow(10);
        var refused = TimeSpan.FromSeconds(100);
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(TimeSpan.Zero, window.TryEnter(refused));
        }

        foreach (var wait in new[] { 5, 20, 10 })
        {
            window.Leave(refused, mayArrive: false);
            window.Hold(refused, refused, TimeSpan.FromSeconds(wait));
        }

        // Three places are still taken by the requests that were refused: four more make 70 % of ten.
        Assert.Equal(TimeSpan.FromSeconds(1), window.TryEnter(TimeSpan.FromSeconds(119)));
        Assert.Equal(4, CountAt(window, TimeSpan.FromSeconds(120)));
    }

    [Fact]
    public void It_comes_back_from_the_end_of_the_longest_wait()
    {
        var window = new RequestWindow(10);
        window.TryEnter(TimeSpan.Zero);
        window.TryEnter(TimeSpan.Zero);

        foreach (var wait in new[] { 1, 100 })
        {
            window.Leave(TimeSpan.Zero, mayArrive: false);
            window.Hold(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(wait));
        }

        Assert.Equal(7, CountAt(window, TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public void The_rate_comes_back_by_a_twentieth_every_ten_seconds()
    {
        var window = new RequestWindow(100);
        window.TryEnter(TimeSpan.Zero);
        window.Leave(TimeSpan.Zero, mayArrive: false);
        window.Hold(TimeSpan.Zero, TimeSpan.Zero, s_minute);

        // A minute later the refused request's own place is free.
        Assert.Equal(70, CountAt(window, s_minute));
        Assert.Equal(0, CountAt(window, s_minute + TimeSpan.FromSeconds(9.9)));
        Assert.Equal(5, CountAt(window, s_minute + TimeSpan.FromSeconds(10)));
        Assert.Equal(10, CountAt(window, s_minute + TimeSpan.FromSeconds(30)));
        Assert.Equal(15, CountAt(window, s_minute + TimeSpan.FromSeconds(600)));
    }

    // How many can enter at a moment.
    private static int CountAt(RequestWindow window, TimeSpan now)
    {
        var count = 0;
        while (window.TryEnter(now) == TimeSpan.Zero)
        {
            count++;
        }

        return count;
    }

    /// <summary>Sends over a window until the server has taken all, in time that nobody waits for.</summary>
    /// <returns>When the last was sent.</returns>
    private static TimeSpan Simulate(
        RequestWindow window, CountingServer server, int requests, int sideBySide, TimeSpan roundTrip)
    {
        var random = new Random(20261122);
        var events = new PriorityQueue<Action<TimeSpan>, (TimeSpan Time, int Order)>();
        var order = 0;
        var toSend = requests;
        var last = TimeSpan.Zero;
        for (var sender = 0; sender < sideBySide; sender++)
        {
            At(TimeSpan.Zero, Send);
        }

        while (events.TryDequeue(out var step, out var at))
        {
            step(at.Time);
        }

        return last;

        void At(TimeSpan time, Action<TimeSpan> step) => events.Enqueue(step, (time, order++));

        void Send(TimeSpan now)
        {
            if (toSend == 0)
            {
                return;
            }

            var wait = window.TryEnter(now);
            if (wait != TimeSpan.Zero)
            {
                At(now + (wait == RequestWindow.UntilAnAnswer ? roundTrip / 10 : wait), Send);
                return;
            }

            toSend--;
            last = now;
            var arrives = now + (roundTrip * random.NextDouble());
            At(arrives, arrival =>
            {
                var taken = server.Take(arrival);
                At(now + roundTrip, answered =>
                {
                    window.Leave(answered, mayArrive: false);
                    if (!taken)
                    {
                        window.Hold(answered, now, s_minute);
                        toSend++;
                    }

                    Send(answered);
                });
            });
        }
    }

    /// <summary>
    /// Takes so many requests in any 60 seconds, by the time of their arrival, and refuses the others.
    /// </summary>
    private sealed class CountingServer(int limit)
    {
        private readonly Queue<TimeSpan> _taken = new();

        public int Taken { get; private set; }

        public int Refused { get; private set; }

        public bool Take(TimeSpan now)
        {
            while (_taken.Count > 0 && now - _taken.Peek() >= s_minute)
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= limit)
            {
                Refused++;
                return false;
            }

            _taken.Enqueue(now);
            Taken++;
            return true;
        }
    }
}
