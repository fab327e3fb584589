using System.Globalization;
using System.Security;
using WixInbox.Pace;
using WixInbox.Sandbox;

namespace WixInbox.Simulation;

/// <summary>
/// A file of rows that is sent with a journal, by as many programs one after the other as it takes, of which some end in the middle. Then the server has
/// each row's message once, those of a conversation in the order of the rows, and has seen no request too many.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int MostStarts = 400;

    private readonly SimulationPlan _plan;
    private readonly SimulatedTime _time = new();
    private readonly SimulatedDisk _disk;
    private readonly SandboxHandler _server;
    private readonly FrontDoor _door = new(limit: 200);
    private readonly (Recipient Recipient, string Text)[] _rows;
    private int _crashesLeft;
    private int _starts;
    private TimeSpan _clockIsAhead;

    public SimulatedRun(int seed, int rows)
    {
        _plan = new SimulationPlan(seed);
        _disk = new SimulatedDisk(new Random(seed));
        _server = new SandboxHandler(new SandboxOptions { RequestsPerMinute = 0, TimeProvider = _time });
        _rows = [.. Enumerable.Range(0, rows).Select(Row)];
        _crashesLeft = _plan.Crashes;
        _clockIsAhead = _plan.NextClock();
    }

    /// <summary>Gets how many messages the server has.</summary>
    public int Sent => _server.Ledger.Count;

    /// <summary>Gets how often a program ended in the middle.</summary>
    public int Crashes => _plan.Crashes - _crashesLeft;

    /// <summary>Gets how long it all took.</summary>
    public TimeSpan Took => _time.Now;

    /// <summary>Gets what the server has of whom, in the order in which it came.</summary>
    public string Story => string.Join('\n', _server.Ledger.Select(entry => $"{entry.ConversationId} {entry.Text}").Append($"{Took.Ticks}"));

    /// <summary>Sends all rows, in virtual time.</summary>
    public async Task RunAsync()
    {
        await OneThread.RunAsync(_time, SendAllAsync);
        Check();
    }

    public void Dispose() => _server.Dispose();

    private async Task SendAllAsync()
    {
        while (!await StartAsync())
        {
            SimulationException.Unless(++_starts < MostStarts, $"It does not come to an end.");

            // Somebody types the command again.
            var pause = TimeSpan.FromSeconds(_plan.Next(1, 120));
            if (_plan.ClockIsSet)
            {
                // What was sent within the last minute is known by our clock.
                pause += RequestWindow.Length + RequestWindow.Afterwards;
                _clockIsAhead = _plan.NextClock();
            }

            await Task.Delay(pause, _time);
            _door.ForgetLookUps();
        }
    }

    /// <returns>Whether each row is known to be sent.</returns>
    private async Task<bool> StartAsync()
    {
        using var server = new HttpMessageInvoker(_server, disposeHandler: false);
        using var network = new SimulatedNetwork(server, _time, _plan, _door);
        using var token = new SecureString();
        token.AppendChar('t');
        var clock = new SkewedTime(_time, _clockIsAhead);
        using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token)) { Handler = network, TimeProvider = clock, Random = _plan.NextDouble });
        using var ended = new CancellationTokenSource();
        using var journal = SendJournal.Open(_disk.Open(), new SendJournalOptions("simulation") { TimeProvider = clock });
        var sending = SendAsync(client, new BulkSender(client, new BulkSenderOptions { Journal = journal }), journal, ended.Token);
        if (_crashesLeft > 0)
        {
            var crash = Task.Delay(TimeSpan.FromMilliseconds(_plan.Next(1, _plan.Next(2, 400_000))), _time);
            if (await Task.WhenAny(sending, crash) == crash)
            {
                _crashesLeft--;
                network.Crash();
                _disk.Crash(powerCut: _plan.Next(0, 2) == 0);
                await ended.CancelAsync();
                try
                {
                    await sending;
                }
                catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
                {
                    // It has ended.
                }

                return false;
            }
        }

        return await sending;
    }

    private async Task<bool> SendAsync(WixInboxClient client, BulkSender sender, SendJournal journal, CancellationToken cancellationToken)
    {
        // What leaves before any answer has come is known by our clock.
        var anyConversation = new ListMessagesRequest { ConversationId = Id(0xC0, 0), Limit = 1 };
        while (_plan.ClockIsSet && !client.Clock.Ahead.HasValue)
        {
            await client.ListMessagesAsync(anyConversation, cancellationToken);
        }

        await sender.SettleAsync(cancellationToken);
        var isDone = true;
        var window = new Queue<Task<Outcome<Message>>>();
        for (var number = 0; number < _rows.Length; number++)
        {
            var (recipient, text) = _rows[number];
            var request = new SendMessageRequest
            {
                Message = new Message
                {
                    Content = new MessageContent { Basic = new BasicContent { Items = [new BasicItem { Text = text }] } },
                    Visibility = MessageVisibility.BusinessAndParticipant,
                    Direction = MessageDirection.BusinessToParticipant,
                },
            };
            var row = journal.Take(null, recipient, request, number + 1);
            if (row.Earlier == JournalState.Sent)
            {
                continue;
            }

            if (window.Count == _plan.ThrottleLimit)
            {
                isDone &= await WasSentAsync(window.Dequeue());
            }

            cancellationToken.ThrowIfCancellationRequested();
            window.Enqueue(sender.SendAsync(new BulkRow(recipient, request) { Number = number + 1, Journaled = row }, cancellationToken));
        }

        while (window.Count > 0)
        {
            isDone &= await WasSentAsync(window.Dequeue());
        }

        return isDone;
    }

    private static async Task<bool> WasSentAsync(Task<Outcome<Message>> sending)
    {
        var outcome = await sending;
        SimulationException.Unless(outcome.Kind != OutcomeKind.Rejected, $"The server refuses a message: {outcome.Failure?.StatusCode} {outcome.Failure?.Message}");
        return outcome.Kind == OutcomeKind.Succeeded;
    }

    private (Recipient Recipient, string Text) Row(int row)
    {
        var who = _plan.Next(0, _plan.Conversations + _plan.Contacts);
        var recipient = who < _plan.Conversations
            ? new Recipient(RecipientKind.Conversation, Id(0xC0, who))
            : new Recipient(RecipientKind.Contact, Id(0xCA, who));

        // Several rows say the same to the same recipient: each of them is one message.
        return (recipient, row % 5 == 0 ? "Same" : string.Create(CultureInfo.InvariantCulture, $"{row}"));
    }

    private void Check()
    {
        SimulationException.Unless(_door.TooMany == 0, $"{_door.TooMany} requests were too many.");
        var expected = _rows.GroupBy(row => row.Recipient).Select(rows => string.Join(", ", rows.Select(row => row.Text))).ToArray();
        var stored = _server.Ledger.GroupBy(entry => entry.ConversationId).Select(entries => string.Join(", ", entries.Select(entry => entry.Text))).ToArray();
        var missing = expected.Except(stored).ToArray();
        var added = stored.Except(expected).ToArray();
        SimulationException.Unless(
            _server.Ledger.Count == _rows.Length && missing.Length == 0 && added.Length == 0,
            $"After {_starts} starts: {_server.Ledger.Count} messages for {_rows.Length} rows. Wanted {string.Join(" | ", missing)} but got {string.Join(" | ", added)}.");
    }

    private static string Id(byte kind, int number) => new Guid(number + 1, kind, 0, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();
}
