using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>A row in trouble delays itself and those behind it in its own conversation, and nobody else.</summary>
[Collection(VirtualTime.Name)]
public sealed class RowsInTroubleTests
{
    // What the sandbox takes for an answer, and how many requests are in flight at once.
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(50);
    private const int Slots = 5;

    // Four looks into a conversation and the second send, beside the time over which the looks are spread.
    private static readonly TimeSpan s_search = TimeSpan.FromSeconds(10.5);

    [Fact]
    public void Nine_lost_rows_of_1200_cost_the_search_for_the_last_of_them_and_no_more()
    {
        var trouble = new Trouble((row, sends) => row % 130 == 0 && sends == 1 ? Mishap.Lost : Mishap.None);
        using var run = new SandboxRun(between: trouble, requestsPerMinute: 0, latency: 50);
        var messages = Rows(1_200).Select(row => new BulkMessage(row.To, Message.OfText(row.Text)));

        var results = VirtualTime.Run(run.Time, async () =>
        {
            List<BulkResult> all = [];
            await foreach (var result in run.Sender.SendAllAsync(messages))
            {
                all.Add(result);
            }

            return all;
        });

        Assert.All(results, result => Assert.True(result.IsSent));
        Assert.Equal(1_200, run.Server.Ledger.Count);
        Assert.Equal(9, results.Count(result => result.Outcome.Attempts == 2));
        Assert.InRange(run.Time.Now, s_search - TimeSpan.FromSeconds(1), (s_latency * (1_200 / Slots)) + s_search);
    }

    [Fact]
    public void A_row_that_is_answered_500_for_good_is_given_up_within_41_seconds_and_delays_nobody()
    {
        var trouble = new Trouble((row, _) => row == 3 ? Mishap.Error : Mishap.None);
        using var run = new SandboxRun(between: trouble, requestsPerMinute: 0, latency: 50);

        var outcomes = run.SendAll([.. Rows(500)]);

        Assert.Equal(OutcomeKind.Ambiguous, outcomes[2].Kind);
        Assert.InRange(outcomes[2].Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(41));
        Assert.Equal(499, run.Server.Ledger.Count);
        Assert.All(
            outcomes.Where((_, index) => index != 2),
            outcome => Assert.InRange(outcome.Elapsed, TimeSpan.Zero, s_latency * ((500 / Slots) + 5)));
    }

    [Fact]
    public void Rows_that_are_sorted_by_recipient_take_the_time_of_one_recipient()
    {
        using var run = new SandboxRun(requestsPerMinute: 0, latency: 50);

        run.SendAll([.. Enumerable.Range(0, 60).Select(row => (Conversation(row / 20), $"{row}"))]);

        Assert.Equal(s_latency * 20, run.Time.Now);
    }

    [Fact]
    public void No_more_requests_are_in_flight_than_are_asked_for()
    {
        var crowd = new Crowd();
        using var run = new SandboxRun(between: crowd, requestsPerMinute: 0, latency: 50);

        run.SendAll([.. Rows(50), .. Enumerable.Range(51, 50).Select(row => (Member(row), $"{row}"))]);

        Assert.Equal(100, run.Server.Ledger.Count);
        Assert.Equal(Slots, crowd.Most);
    }

    [Fact]
    public void Those_that_name_an_address_go_side_by_side()
    {
        using var run = new SandboxRun(requestsPerMinute: 0, latency: 50);
        run.Server.AddContacts(Enumerable.Range(1, 50).Select(
            row => new SandboxContact { Emails = { $"p{row}@example.com" } }));

        run.SendAll([.. Enumerable.Range(1, 50).Select(row => (Recipient.Email($"p{row}@example.com"), $"{row}"))]);

        // One look-up of all people, and two requests for each of them.
        Assert.Equal(50, run.Server.Ledger.Count);
        Assert.InRange(run.Time.Now, TimeSpan.Zero, s_latency * (1 + (2 * 50 / Slots) + 4));
    }

    [Fact]
    public void With_one_in_a_hundred_lost_the_budget_is_used_and_no_429_comes()
    {
        const int Rows = 6_000;
        var trouble = new Trouble((row, sends) => row % 100 == 50 && sends == 1 ? Mishap.Lost : Mishap.None);
        using var run = new SandboxRun(between: trouble);
        trouble.Time = run.Time;

        var outcomes = run.SendAll([.. RowsInTroubleTests.Rows(Rows)]);

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(0, trouble.Refused);

        // While there were rows to send: the first 200 leave at once, and 200 more at the end of each minute.
        var (requests, at) = trouble.LastNew;
        var shortest = TimeSpan.FromMinutes((requests - 1) / 200);
        Assert.True(shortest / at >= 0.99, $"{shortest / at:P2} of the budget was used.");
    }

    private static IEnumerable<(Recipient To, string Text)> Rows(int count) =>
        Enumerable.Range(1, count).Select(row => (Conversation(row), $"{row}"));

    private static Recipient Conversation(int number) =>
        Recipient.Conversation(new Guid(number, 0xC0, 0, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString());

    private static Recipient Member(int number) =>
        Recipient.Member(new Guid(number, 0xC1, 0, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString());

    private enum Mishap
    {
        None,

        /// <summary>The connection breaks when the request has left, and the server has never seen it.</summary>
        Lost,

        /// <summary>The server fails before it has stored the message.</summary>
        Error,
    }

    /// <summary>What happens to a row's message each time that it is sent.</summary>
    private sealed class Trouble(Func<int, int, Mishap> next) : DelegatingHandler
    {
        private readonly Dictionary<int, int> _sends = [];

        private int _requests;

        public TimeProvider Time { get; set; } = TimeProvider.System;

        /// <summary>
        /// Gets how many requests there had been when a row left for the first time, for the last time, and when that
        /// was.
        /// </summary>
        public (int Requests, TimeSpan At) LastNew { get; private set; }

        public int Refused { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var text = request.Method == HttpMethod.Get ? null
                : (string?)JsonNode.Parse(await request.Content!
                    .ReadAsStringAsync(cancellationToken))!["message"]!["content"]!["basic"]!["items"]![0]!["text"];
            Mishap mishap;
            lock (_sends)
            {
                _requests++;
                mishap = text is null ? Mishap.None : Next(int.Parse(text, CultureInfo.InvariantCulture));
            }

            switch (mishap)
            {
                case Mishap.Lost:
                    throw new HttpRequestException("The connection was reset.");
                case Mishap.Error:
                    return new HttpResponseMessage(HttpStatusCode.InternalServerError);
                default:
                    var answer = await base.SendAsync(request, cancellationToken);
                    Refused += (int)answer.StatusCode == 429 ? 1 : 0;
                    return answer;
            }
        }

        private Mishap Next(int row)
        {
            var sends = _sends[row] = _sends.GetValueOrDefault(row) + 1;
            LastNew = sends == 1 ? (_requests, Time.GetElapsedTime(0)) : LastNew;
            return next(row, sends);
        }
    }

    /// <summary>Counts how many requests are in flight at once.</summary>
    private sealed class Crowd : DelegatingHandler
    {
        private readonly object _gate = new();
        private int _now;

        public int Most { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Most = Math.Max(Most, ++_now);
            }

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                lock (_gate)
                {
                    _now--;
                }
            }
        }
    }
}
