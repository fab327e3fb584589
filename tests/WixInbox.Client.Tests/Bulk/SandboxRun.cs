using System.Collections.Concurrent;
using WixInbox.Sandbox;
using WixInbox.Simulation;

namespace WixInbox.Tests.Bulk;

/// <summary>Rows that are sent to the sandbox in virtual time, with faults on the way.</summary>
internal sealed class SandboxRun : IDisposable
{
    public const string Send = "POST /inbox/v2/messages";
    public const string List = "GET /inbox/v2/messages";
    public const string LookUp = "POST /inbox/v2/conversations";

    private readonly WixInboxClient _client;
    private readonly BulkRunOptions _options;

    public SandboxRun(
        AmbiguousAction onAmbiguous = AmbiguousAction.Reconcile,
        TimeSpan? reconcileWait = null,
        DelegatingHandler? between = null,
        int requestsPerMinute = 200,
        int latency = 20,
        int sideBySide = 5)
    {
        Server = new SandboxHandler(new SandboxOptions
        {
            TimeProvider = Time,
            Latency = TimeSpan.FromMilliseconds(latency),
            RequestsPerMinute = requestsPerMinute,
        });
        HttpMessageHandler way = Server;
        if (between is not null)
        {
            between.InnerHandler = Server;
            way = between;
        }

        _client = TestClient.Over(way, Time, requestsPerMinute: requestsPerMinute, random: () => 0.5);
        _options = new BulkRunOptions
        {
            OnAmbiguous = onAmbiguous,
            ReconcileWait = reconcileWait ?? TimeSpan.FromSeconds(10),
            Note = Notes.Enqueue,
            ThrottleLimit = sideBySide,
        };
        Sender = OpenAnother();
    }

    public static Recipient Contact { get; } = new(RecipientKind.Contact, Sample.ContactId);

    public static Recipient Conversation { get; } = new(RecipientKind.Conversation, Sample.ConversationId);

    public static Recipient Other { get; } = new(RecipientKind.Conversation, Sample.OtherConversationId);

    public SimulatedTime Time { get; } = new();

    public SandboxHandler Server { get; }

    public BulkRun Sender { get; }

    public ConcurrentQueue<string> Notes { get; } = new();

    /// <summary>Gets the texts that the server has, in order.</summary>
    public IEnumerable<string?> Stored => Server.Ledger.Select(entry => entry.Text);

    /// <summary>Opens another run over the same connection.</summary>
    public BulkRun OpenAnother() => BulkRuns.Open(_client, _options);

    /// <summary>Makes the next requests of an operation fail.</summary>
    public void Fail(string operation, Fault fault)
    {
        var parts = operation.Split(' ');
        (fault.Method, fault.PathPrefix) = (parts[0], parts[1]);
        Server.AddFault(fault);
    }

    public void Fail(string operation, FaultKind kind, int times = 1) =>
        Fail(operation, new Fault { Kind = kind, Times = times });

    public int Requests(string operation) =>
        Server.RequestCounts.Where(count => $"{count.Method} {count.Path}" == operation).Sum(count => count.Count);

    /// <summary>Starts a row for each text at once.</summary>
    public Outcome<Message>[] SendAll(params (Recipient To, string Text)[] rows) =>
        VirtualTime.Run(Time, () => Task.WhenAll(rows.Select((row, index) =>
            Sender.SendAsync(row.To, Sample.Text(row.Text), index + 1))));

    public Outcome<Message> SendOne(string text = "Hey!") => SendAll((Conversation, text))[0];

    public void Dispose()
    {
        Sender.Dispose();
        _client.Dispose();
        Server.Dispose();
    }
}
