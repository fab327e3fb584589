using WixInbox.Journal;
using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;
using static WixInbox.Tests.CutOffRun;

namespace WixInbox.Tests.Bulk;

/// <summary>A run that begins right after another one was cut off.</summary>
[Collection(VirtualTime.Name)]
public sealed class EarlierRunTests
{
    [Fact]
    public void What_the_earlier_one_has_sent_is_not_taken_for_a_row_that_it_left_open_and_that_says_the_same()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        Run(async (sender, journal) =>
        {
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, journal, "first")).Kind);
            await journal.IntendAsync(Take(journal, "second"));
        });

        // The power went before the second left, and its answer is lost when it is sent now.
        storage = new MemoryStorage(storage.Written);
        sandbox.AddFault(new Fault { Kind = FaultKind.ResetBefore, Method = "POST" });
        Run(async (sender, journal) =>
        {
            Assert.Equal(MessageDelivery.Sent, (await SendAsync(sender, journal, "second")).Value?.Delivery);
        });

        Assert.Equal(2, sandbox.Ledger.Count);

        // A program of its own each time, which knows of the other by the journal alone.
        void Run(Func<BulkRun, SendJournal, Task> work)
        {
            using var client = TestClient.Over(sandbox, time);
            using var journal = Journals.Open(storage, time: time);
            var sender = BulkRuns.Open(client, new BulkRunOptions { ReconcileWait = TimeSpan.FromSeconds(1) }, journal);
            VirtualTime.Run(time, async () =>
            {
                await work(sender, journal);
                return true;
            });
        }
    }

    [Theory]
    [InlineData("memory.jsonl")]
    [InlineData("where/there/is/room.jsonl")]
    public void What_was_sent_when_the_disk_was_full_is_found_also_by_the_connection_that_sent_it(string path)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        using var full = new Sending(sandbox, () => storage.Room = storage.Written.Length);
        using var client = TestClient.Over(full, time);
        Run(async (sender, journal) => Assert.Equal(
            OutcomeKind.Succeeded, (await SendAsync(sender, journal, "first")).Kind));

        // There is room again, here or elsewhere, and the same command is typed in the same session.
        storage = new MemoryStorage(storage.Durable, path);
        Run(async (sender, journal) =>
        {
            Assert.Equal(MessageDelivery.Reconciled, (await sender.SendAsync(Take(journal, "first"))).Value?.Delivery);
        });

        Assert.Single(sandbox.Ledger);

        void Run(Func<BulkRun, SendJournal, Task> work)
        {
            using var journal = Journals.Open(storage, time: time);
            var sender = BulkRuns.Open(client, new BulkRunOptions { ReconcileWait = TimeSpan.FromSeconds(1) }, journal);
            VirtualTime.Run(time, async () =>
            {
                await work(sender, journal);
                return true;
            });
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void What_was_sent_is_found_though_the_clock_was_set_before_the_next_run(double hours)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        Run(TimeSpan.FromHours(5), AmbiguousAction.Skip, async (sender, journal) =>
        {
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, journal, "first")).Kind);

            // The second one arrives, its answer does not, and nobody looks for it.
            sandbox.AddFault(new Fault { Kind = FaultKind.ResetAfter, Method = "POST" });
            Assert.Equal(OutcomeKind.Ambiguous, (await SendAsync(sender, journal, "second")).Kind);
        });

        storage = new MemoryStorage(storage.Written);
        Run(TimeSpan.FromHours(5 + hours), AmbiguousAction.Reconcile, async (sender, journal) =>
        {
            Assert.Equal(MessageDelivery.Reconciled, (await sender.SendAsync(Take(journal, "second"))).Value?.Delivery);
        });

        Assert.Equal(2, sandbox.Ledger.Count);

        void Run(TimeSpan ahead, AmbiguousAction onAmbiguous, Func<BulkRun, SendJournal, Task> work)
        {
            var clock = new SkewedTime(time, ahead);
            using var dated = new Dating(sandbox, time);
            using var client = TestClient.Over(dated, clock);
            using var journal = Journals.Open(storage, time: clock);
            var sender = BulkRuns.Open(
                client,
                new BulkRunOptions { OnAmbiguous = onAmbiguous, ReconcileWait = TimeSpan.FromSeconds(1) },
                journal);
            VirtualTime.Run(time, async () =>
            {
                await work(sender, journal);
                return true;
            });
        }
    }

    [Theory]
    [InlineData("same")]
    [InlineData("other words")]
    public void What_somebody_has_written_there_since_is_no_reason_to_leave_a_row_open_for_ever(string text)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        using var dated = new Dating(sandbox, time);
        var storage = new MemoryStorage();
        Run(async (sender, journal) =>
        {
            // Answers that show when this service dates its messages.
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, journal, "first")).Kind);
            Assert.Equal(OutcomeKind.Succeeded, (await SendAsync(sender, journal, "second")).Kind);
            await journal.IntendAsync(Take(journal, "third"), ahead: TimeSpan.Zero);
        });

        // The power went before the third left. The day after, a program that knows nothing of the journal writes to
        // the same person.
        using var another = TestClient.Over(dated, time);
        VirtualTime.Run(time, async () =>
        {
            await Task.Delay(TimeSpan.FromDays(1), time);
            return await another.SendMessageAsync(Sample.Text(text), TestClient.Cancellation);
        });
        storage = new MemoryStorage(storage.Written);
        Run(async (sender, journal) => Assert.Equal(
            MessageDelivery.Sent, (await SendAsync(sender, journal, "third")).Value?.Delivery));

        Assert.Equal(4, sandbox.Ledger.Count);

        void Run(Func<BulkRun, SendJournal, Task> work)
        {
            using var client = TestClient.Over(dated, time);
            using var journal = Journals.Open(storage, time: time);
            var sender = BulkRuns.Open(client, journal: journal);
            VirtualTime.Run(time, async () =>
            {
                await work(sender, journal);
                return true;
            });
        }
    }

    [Theory]
    [InlineData(FaultKind.ResetAfter, AmbiguousAction.Reconcile, OutcomeKind.Succeeded)]
    [InlineData(FaultKind.ResetBefore, AmbiguousAction.Reconcile, OutcomeKind.Rejected)]
    [InlineData(FaultKind.ResetAfter, AmbiguousAction.Skip, OutcomeKind.Ambiguous)]
    [InlineData(FaultKind.ResetAfter, AmbiguousAction.Resend, OutcomeKind.Rejected)]
    public void Who_has_unsubscribed_since_the_run_was_cut_off_may_have_been_written_to_before(
        FaultKind fault, AmbiguousAction onAmbiguous, OutcomeKind expected)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com" },
            SubscriptionStatus = "UNSUBSCRIBED",
        });
        var storage = new MemoryStorage();
        Run(
            new() { OnAmbiguous = AmbiguousAction.Skip, IncludeUnsubscribed = true },
            outcome => Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind));
        storage = new MemoryStorage(storage.Written);
        Run(new() { OnAmbiguous = onAmbiguous }, outcome => Assert.Equal(expected, outcome.Kind));

        // What the second run has found out holds for the third.
        storage = new MemoryStorage(storage.Written);
        using var journal = Journals.Open(storage, time: time);
        var row = journal.Take("ann", Recipient.Email("ann@example.com"), Sample.Text("Hi"), 1);
        Assert.Equal(
            onAmbiguous != AmbiguousAction.Reconcile ? JournalState.Unknown
                : expected == OutcomeKind.Succeeded ? JournalState.Sent
                : JournalState.Failed,
            row.Earlier);

        void Run(BulkRunOptions options, Action<Outcome<Message>> check)
        {
            using var client = TestClient.Over(sandbox, time);
            using var written = Journals.Open(storage, time: time);
            var sender = BulkRuns.Open(client, options, written);
            sandbox.AddFault(new Fault { Kind = fault, Method = "POST", PathPrefix = "/inbox/v2/messages" });
            check(VirtualTime.Run(time, () =>
                sender.SendAsync(written.Take("ann", Recipient.Email("ann@example.com"), Sample.Text("Hi"), 1))));
        }
    }

    [Fact]
    public void Who_has_unsubscribed_since_is_looked_for_where_the_line_is_lost_that_has_the_conversation()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact
        {
            Id = Sample.ContactId,
            Emails = { "ann@example.com" },
            SubscriptionStatus = "UNSUBSCRIBED",
        });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        Store(sandbox, time);
        var begun = new MemoryStorage();
        using (Journals.Open(begun, time: time))
        {
        }

        var line = Journals.Line("""{"t":"A","k":"ann","n":1,"ts":"2026-11-22T12:00:00.000Z"}""");
        using var client = TestClient.Over(sandbox, time);
        using var journal = Journals.Open(new MemoryStorage([.. begun.Written, .. line]), time: time);
        var sender = BulkRuns.Open(client, journal: journal);
        var row = journal.Take("ann", Recipient.Email("ann@example.com"), Sample.Text("1"), 1);
        var outcome = VirtualTime.Run(time, () => sender.SendAsync(row));

        Assert.Equal(
            (sandbox.Ledger.Single().MessageId, MessageDelivery.Reconciled),
            (outcome.Value?.Id, outcome.Value?.Delivery));
    }

    [Theory]
    [InlineData(RecipientKind.Conversation, 403)]
    [InlineData(RecipientKind.Conversation, 404)]
    [InlineData(RecipientKind.Contact, 403)]
    [InlineData(RecipientKind.Contact, 404)]
    public void What_stays_open_holds_back_the_later_ones_of_its_conversation(RecipientKind kind, int status)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var storage = new MemoryStorage();
        var to = kind == RecipientKind.Contact ? SandboxRun.Contact : SandboxRun.Conversation;
        LeaveOpen(storage, time, to);

        storage = new MemoryStorage(storage.Written);
        sandbox.AddFault(new Fault
        {
            Kind = FaultKind.ApplicationError,
            Status = status,
            Code = "UNREADABLE",
            Method = "GET",
            Times = 100,
        });
        using var client = TestClient.Over(sandbox, time);
        using var journal = Journals.Open(storage, time: time);
        var sender = BulkRuns.Open(client, journal: journal);
        var outcomes = VirtualTime.Run(time, () => Task.WhenAll(
            sender.SendAsync(journal.Take("open", to, Sample.Text("1"), 1)),
            sender.SendAsync(journal.Take("later", to, Sample.Text("2"), 2)),
            sender.SendAsync(journal.Take("by its id", SandboxRun.Conversation, Sample.Text("3"), 3)),
            sender.SendAsync(journal.Take("to another", SandboxRun.Other, Sample.Text("4"), 4))));

        Assert.Equal(
            (OutcomeKind.Ambiguous, FailureCause.EarlierRun, Operation.SendMessage, status),
            (
                outcomes[0].Kind,
                outcomes[0].Failure!.Cause,
                outcomes[0].Failure!.Operation,
                outcomes[0].Failure!.ReadBack!.StatusCode!.Value));
        Assert.All(outcomes[1..3], outcome => Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.EarlierMessage), (outcome.Kind, outcome.Failure?.Cause)));
        Assert.Equal(["4"], sandbox.Ledger.Select(entry => entry.Text));
    }

    [Theory]
    [InlineData("memory.jsonl")]
    [InlineData("where/there/is/room.jsonl")]
    public void What_was_found_when_the_disk_was_full_is_found_again_also_by_the_connection_that_found_it(string path)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        LeaveOpen(storage, time, SandboxRun.Conversation);
        Store(sandbox, time);

        // The second run in the same session finds what the first has found and could not write down.
        using var client = TestClient.Over(sandbox, time);
        foreach (var isFull in new[] { true, false })
        {
            storage = new MemoryStorage(storage.Written, path);
            using var journal = Journals.Open(storage, time: time);
            path = "memory.jsonl";
            storage.Room = isFull ? storage.Written.Length : storage.Room;
            var sender = BulkRuns.Open(client, journal: journal);
            var row = journal.Take("open", SandboxRun.Conversation, Sample.Text("1"), 1);
            Assert.Equal(JournalState.Sending, row.Earlier);
            Assert.Equal(
                MessageDelivery.Reconciled, VirtualTime.Run(time, () => sender.SendAsync(row)).Value?.Delivery);
        }

        Assert.Single(sandbox.Ledger);
    }

    [Fact]
    public void What_was_left_open_is_not_looked_for_on_where_the_run_is_disposed_of()
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        var storage = new MemoryStorage();
        LeaveOpen(storage, time, SandboxRun.Conversation);
        storage = new MemoryStorage(storage.Written);
        using var client = TestClient.Over(sandbox, time);
        using var journal = Journals.Open(storage, time: time);
        var sender = BulkRuns.Open(client, journal: journal);
        var row = journal.Take("open", SandboxRun.Conversation, Sample.Text("1"), 1);

        VirtualTime.Run(time, async () =>
        {
            var sending = sender.SendAsync(row);
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            await sender.DisposeAsync();
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        });

        Assert.InRange(time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(sandbox.Ledger);
    }

    private static BulkRow Take(SendJournal journal, string key) =>
        journal.Take(key, SandboxRun.Conversation, Sample.Text("same"), 1);

    private static Task<Outcome<Message>> SendAsync(BulkRun sender, SendJournal journal, string key) =>
        sender.SendAsync(Take(journal, key));

    // Does something when a message has come, before it is answered.
    private sealed class Sending(HttpMessageHandler server, Action arrived) : DelegatingHandler(server)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                arrived();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    // A server tells its time with each answer.
    private sealed class Dating(HttpMessageHandler server, TimeProvider time) : DelegatingHandler(server)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Headers.Date = time.GetUtcNow();
            return response;
        }
    }
}
