using System.Globalization;
using System.Security;
using WixInbox.Journal;
using WixInbox.Pace;
using WixInbox.Sandbox;

namespace WixInbox.Simulation;

/// <summary>
/// A file of rows that is sent with a journal, or two of them side by side over one connection, by as many programs one
/// after the other as it takes, of which some end in the middle. Then the server has each row's message once, those of
/// a conversation in the order of the rows, none to anybody who had unsubscribed before, and has seen no request too
/// many.
/// </summary>
internal sealed class SimulatedRun : IDisposable
{
    private const int MostStarts = 400;
    private const int MostIdleStarts = 10;

    private readonly SimulationPlan _plan;
    private readonly SimulatedTime _time = new();
    private readonly SimulatedDisk[] _disks;
    private readonly SandboxHandler _server;
    private readonly FrontDoor _door = new(limit: 200);
    private readonly (Recipient Recipient, Recipient[] Contacts, string Text)[] _rows;

    // Rows of some conversations say whose they are. The seed itself decides, so that one that is kept draws as it did.
    private readonly bool _namesContacts;

    // Every other program names the contacts by their addresses.
    private readonly bool _renamesContacts;

    // How many messages the server had for those who have unsubscribed since.
    private readonly Dictionary<Recipient, int> _unsubscribed = [];
    private readonly HashSet<int> _moved = [];

    // What the latest program said of the messages of each recipient: how many were sent, and how many may have been.
    private readonly Dictionary<Recipient, (int Sent, int Open)> _said = [];
    private int _crashesLeft;
    private int _starts;
    private bool _wasCutOff;
    private TimeSpan _clockIsAhead;

    public SimulatedRun(int seed, int rows)
    {
        _plan = new SimulationPlan(seed);
        _namesContacts = seed % 2 == 0;
        _renamesContacts = seed % 3 == 0;
        _disks =
        [
            .. Enumerable.Range(0, _plan.Pipelines).Select(pipeline => new SimulatedDisk(new Random(seed + pipeline))),
        ];
        _server = new SandboxHandler(new SandboxOptions { RequestsPerMinute = 0, TimeProvider = _time });
        foreach (var who in Enumerable.Range(_plan.Conversations, _plan.Contacts))
        {
            AddContact(who, "SUBSCRIBED");
            _server.AddConversation(Id(0xCB, who), ParticipantKind.Contact, Id(0xCA, who));
        }

        foreach (var who in Enumerable.Range(0, _plan.Conversations).Where(IsNamedToo))
        {
            AddContact(who, "SUBSCRIBED");
        }

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
    public string Story => string.Join(
        '\n', _server.Ledger.Select(entry => $"{entry.ConversationId} {entry.Text}").Append($"{Took.Ticks}"));

    /// <summary>Sends all rows, in virtual time.</summary>
    public async Task RunAsync()
    {
        await OneThread.RunAsync(_time, SendAllAsync);
        Check();
    }

    public void Dispose() => _server.Dispose();

    private async Task SendAllAsync()
    {
        var (sent, idleStarts) = (0, 0);
        while (!await StartAsync())
        {
            SimulationException.Unless(++_starts < MostStarts, $"It does not come to an end.");
            (sent, idleStarts) = (Sent, Sent == sent ? idleStarts + 1 : 0);
            if (_plan.Pipelines > 1 && !_wasCutOff && (_plan.Crashes == 0 || idleStarts >= MostIdleStarts))
            {
                // A later program does not know what another pipeline of an earlier one has sent: a row that was left
                // open may be any of that, and a person has to decide. One that was cut off has not said it all.
                break;
            }

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
            await ChangeContactsAsync();
        }
    }

    /// <returns>Whether each row is known to be sent.</returns>
    private async Task<bool> StartAsync()
    {
        using var server = new HttpMessageInvoker(_server, disposeHandler: false);
        using var network = new SimulatedNetwork(server, _time, _plan, _door);
        using var token = new SecureString();
        foreach (var character in "simulated-token")
        {
            token.AppendChar(character);
        }

        var clock = new SkewedTime(_time, _clockIsAhead);
        using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token))
        {
            Handler = network,
            TimeProvider = clock,
            Random = _plan.NextDouble,
        });
        using var ended = new CancellationTokenSource();
        var runs = _disks.Select(disk =>
        {
            var journal = SendJournal.Open(disk.Open(), new SendJournalOptions("simulation") { TimeProvider = clock });
            return BulkRun.Open(
                client, new BulkRunOptions { ThrottleLimit = _plan.ThrottleLimit }, journal, ended.Token);
        }).ToArray();
        try
        {
            return await StartAsync(client, runs, network, ended);
        }
        finally
        {
            foreach (var run in runs)
            {
                await run.DisposeAsync();
            }
        }
    }

    private async Task<bool> StartAsync(
        WixInboxClient client, BulkRun[] runs, SimulatedNetwork network, CancellationTokenSource ended)
    {
        _wasCutOff = false;
        var sending = SendAsync(client, runs, ended.Token);
        if (_crashesLeft > 0)
        {
            var crash = Task.Delay(TimeSpan.FromMilliseconds(_plan.Next(1, _plan.Next(2, 400_000))), _time);
            if (await Task.WhenAny(sending, crash) == crash)
            {
                _crashesLeft--;
                _wasCutOff = true;
                network.Crash();
                var powerCut = _plan.Next(0, 2) == 0;
                Array.ForEach(_disks, disk => disk.Crash(powerCut));
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

    private async Task<bool> SendAsync(WixInboxClient client, BulkRun[] runs, CancellationToken cancellationToken)
    {
        // What leaves before any answer has come is known by our clock.
        var anyConversation = new ListMessagesRequest { ConversationId = Id(0xC0, 0), Limit = 1 };
        while (_plan.ClockIsSet && !client.Clock.Ahead.HasValue)
        {
            await client.ListMessagesAsync(anyConversation, cancellationToken);
        }

        _said.Clear();
        var areDone = await Task.WhenAll(runs.Select((run, pipeline) => SendAsync(run, pipeline, cancellationToken)));
        return Array.TrueForAll(areDone, isDone => isDone);
    }

    private async Task<bool> SendAsync(BulkRun run, int pipeline, CancellationToken cancellationToken)
    {
        var isDone = true;
        var messages = _rows.Where((_, row) => row % _plan.Pipelines == pipeline)
            .Select(row => new BulkMessage(NameOf(row.Recipient), Message.OfText(row.Text))
            {
                Contacts = row.Contacts,
            });
        await foreach (var result in run.SendAllAsync(messages, cancellationToken))
        {
            var failure = result.Failure;
            var isRefused = result.Outcome.Kind == OutcomeKind.Rejected || failure is { StatusCode: 401 or 403 };
            var recipient = _rows[(result.Row.Number - 1) * _plan.Pipelines + pipeline].Recipient;
            var isUnsubscribed = isRefused && _unsubscribed.ContainsKey(recipient);
            SimulationException.Unless(!isRefused || isUnsubscribed, $"The server refuses row {result.Row.Number}: {failure?.Operation} {failure?.StatusCode} {failure?.Code} {failure?.Message}");
            isDone &= result.IsSent || isUnsubscribed;
            var (sent, open) = _said.GetValueOrDefault(recipient);
            _said[recipient] =
                (sent + (result.IsSent ? 1 : 0), open + (result.Outcome.Kind == OutcomeKind.Ambiguous ? 1 : 0));
        }

        return isDone;
    }

    // Between two programs some contacts unsubscribe, and others become members: they have another conversation then.
    private async Task ChangeContactsAsync()
    {
        if (_plan.Changes == 0)
        {
            return;
        }

        // What the server is still at is done by then.
        await Task.Delay(TimeSpan.FromSeconds(10), _time);
        for (var count = 0; count < _plan.Changes; count++)
        {
            var who = _plan.Next(_plan.Conversations, _plan.Conversations + _plan.Contacts);
            if (_plan.Next(0, 2) == 0 && _moved.Add(who))
            {
                _server.MergeConversation(Id(0xCB, who), Id(0xCC, who));
            }
            else if (_unsubscribed.TryAdd(
                Contact(who), _server.Ledger.Count(entry => RecipientOf(entry.ConversationId) == Contact(who))))
            {
                AddContact(who, "UNSUBSCRIBED");
            }

            who = _namesContacts ? _plan.Next(0, _plan.Conversations) : 1;
            if (IsNamedToo(who) && _unsubscribed.TryAdd(
                Conversation(who), _server.Ledger.Count(entry => entry.ConversationId == Id(0xC0, who))))
            {
                AddContact(who, "UNSUBSCRIBED");
            }
        }
    }

    // The contact is a further column of rows that name a conversation.
    private bool IsNamedToo(int who) => _namesContacts && who < _plan.Conversations && who % 3 == 0;

    private Recipient NameOf(Recipient recipient) =>
        recipient.Kind == RecipientKind.Contact && _renamesContacts && _starts % 2 == 1
            ? Recipient.Email(AddressOf(BitConverter.ToInt32(new Guid(recipient.Id).ToByteArray()) - 1))
            : recipient;

    private static string AddressOf(int who) => string.Create(CultureInfo.InvariantCulture, $"{who}@example.com");

    private void AddContact(int who, string status) => _server.AddContact(new SandboxContact
    {
        Id = Id(0xCA, who),
        Emails = { AddressOf(who) },
        SubscriptionStatus = status,
    });

    private (Recipient Recipient, Recipient[] Contacts, string Text) Row(int row)
    {
        var who = _plan.Next(0, _plan.Conversations + _plan.Contacts);
        var recipient = who < _plan.Conversations ? Conversation(who) : Contact(who);

        // Several rows say the same to the same recipient: each of them is one message. After a crash, a pipeline
        // cannot know what another one has sent before.
        var same = _plan.Pipelines == 1 || _plan.Crashes == 0
            ? "Same"
            : string.Create(CultureInfo.InvariantCulture, $"Same {row % _plan.Pipelines}");
        return (
            recipient,
            IsNamedToo(who) ? [Contact(who)] : [],
            row / _plan.Pipelines % 5 == 0 ? same : string.Create(CultureInfo.InvariantCulture, $"{row}"));
    }

    private void Check()
    {
        SimulationException.Unless(_door.TooMany == 0, $"{_door.TooMany} requests were too many.");
        var stored = _server.Ledger.ToLookup(entry => RecipientOf(entry.ConversationId), entry => entry.Text!);
        foreach (var rows in _rows.GroupBy(row => row.Recipient, row => row.Text))
        {
            var texts = stored[rows.Key].ToArray();
            if (_unsubscribed.TryGetValue(rows.Key, out var before))
            {
                SimulationException.Unless(
                    texts.Length == before,
                    $"{rows.Key} was written to {texts.Length - before} times after having unsubscribed.");
            }

            // Who has unsubscribed is refused under a new name, whether or not an earlier program has sent the message.
            var (sent, open) = _said.GetValueOrDefault(rows.Key);
            var isRefused = _renamesContacts && _unsubscribed.ContainsKey(rows.Key);
            SimulationException.Unless(
                texts.Length >= sent && (texts.Length <= sent + open || isRefused),
                $"{rows.Key} has {texts.Length} messages, {sent} are said to be sent and {open} may have been.");

            for (var pipeline = -1; pipeline < _plan.Pipelines; pipeline++)
            {
                var wanted = rows.Where(text => PipelineOf(text) == pipeline).ToArray();
                var got = texts.Where(text => PipelineOf(text) == pipeline).ToArray();
                wanted = (_plan.Pipelines > 1 || _unsubscribed.ContainsKey(rows.Key)) && got.Length < wanted.Length
                    ? wanted[..got.Length]
                    : wanted;
                SimulationException.Unless(
                    wanted.SequenceEqual(got),
                    $"After {_starts} starts, {rows.Key} should have {string.Join(", ", wanted)} and has {string.Join(", ", got)}.");
            }
        }
    }

    // What both pipelines say belongs to none.
    private int PipelineOf(string text) =>
        _plan.Pipelines == 1 ? 0
        : text == "Same" ? -1
        : int.Parse(text.Split(' ')[^1], CultureInfo.InvariantCulture) % _plan.Pipelines;

    private static Recipient Conversation(int who) => Recipient.Conversation(Id(0xC0, who));

    private static Recipient Contact(int who) => Recipient.Contact(Id(0xCA, who));

    private static Recipient RecipientOf(string conversationId)
    {
        var bytes = new Guid(conversationId).ToByteArray();
        return bytes[4] == 0xC0 ? Recipient.Conversation(conversationId) : Contact(BitConverter.ToInt32(bytes) - 1);
    }

    private static string Id(byte kind, int number) =>
        new Guid(number + 1, kind, 0, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();
}
