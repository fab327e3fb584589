using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A row that an earlier run may have sent stays in doubt until that is known, whatever comes in between.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class RowInDoubtTests : IDisposable
{
    private readonly SimulatedTime _time = new();
    private readonly SandboxHandler _sandbox;
    private MemoryStorage _storage = new();
    private BulkRow? _row;

    public RowInDoubtTests()
    {
        _sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = _time });
    }

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_its_conversation_cannot_be_found_unless_a_look_into_that_of_the_earlier_run_tells(bool mayRead)
    {
        LeaveOpen(SandboxRun.Contact, isKnown: false);
        FailAlways("POST", "/inbox/v2/conversations");
        if (!mayRead)
        {
            FailAlways("GET", "/inbox/v2/messages");
        }

        var outcome = Send(SandboxRun.Contact);

        Assert.Equal(mayRead ? MessageDelivery.Reconciled : null, outcome.Value?.Delivery);
        Assert.Equal(!mayRead, _row!.MayHaveBeenSent);
        Assert.Equal(mayRead ? null : FailureCause.EarlierRun, outcome.Failure?.Cause);
        if (!mayRead)
        {
            Assert.Equal(MessageDelivery.Reconciled, Send(SandboxRun.Contact, calm: true).Value?.Delivery);
        }

        Assert.Single(_sandbox.Ledger);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_nobody_has_its_address_any_more_a_look_tells(bool wasStored)
    {
        var gone = Recipient.Email("gone@example.com");
        _sandbox.AddContact(new SandboxContact { Id = Sample.ContactId });
        CutOffRun.LeaveOpen(_storage, _time, gone);
        if (wasStored)
        {
            CutOffRun.Store(_sandbox, _time);
        }

        var outcome = Send(gone);

        Assert.Equal(wasStored ? MessageDelivery.Reconciled : null, outcome.Value?.Delivery);
        Assert.Equal(wasStored ? null : FailureCodes.ContactNotFound, outcome.Failure?.Code);
        Assert.False(_row!.IsOpen);
    }

    [Fact]
    public void Where_its_run_is_stopped_before()
    {
        LeaveOpen(SandboxRun.Contact);

        var outcome = Send(SandboxRun.Contact, before: run => run.Stop());

        Assert.Equal(
            (OutcomeKind.Ambiguous, FailureCause.EarlierRun, FailureCause.RunEnded),
            (outcome.Kind, outcome.Failure?.Cause, outcome.Failure?.ReadBack?.Cause));
        Assert.True(_row!.MayHaveBeenSent);
        Assert.Equal(MessageDelivery.Reconciled, Send(SandboxRun.Contact).Value?.Delivery);
        Assert.False(_row.IsOpen);
    }

    [Fact]
    public void Where_it_is_put_off_in_a_run_that_sends_without_a_look_and_is_stopped()
    {
        LeaveOpen(SandboxRun.Conversation);
        _sandbox.AddFault(new Fault { Kind = FaultKind.RateLimited, Method = "POST", RetryAfter = "600" });

        var outcome = Send(
            SandboxRun.Conversation,
            AmbiguousAction.Resend,
            before: run => _ = Task.Delay(TimeSpan.FromSeconds(5), _time).ContinueWith(
                _ => run.Stop(), TaskScheduler.Default));

        Assert.Equal((OutcomeKind.Ambiguous, 1), (outcome.Kind, outcome.Attempts));
        Assert.Equal(MessageDelivery.Reconciled, Send(SandboxRun.Conversation, calm: true).Value?.Delivery);
        Assert.Single(_sandbox.Ledger);
    }

    [Fact]
    public void Where_the_key_is_refused_as_it_would_be_for_every_row()
    {
        LeaveOpen(SandboxRun.Contact, isKnown: false);
        _sandbox.AddFault(new Fault
        {
            Kind = FaultKind.ApplicationError,
            Status = 403,
            Code = FailureCodes.PermissionDenied,
            Method = "POST",
            PathPrefix = "/inbox/v2/conversations",
        });

        var outcome = Send(SandboxRun.Contact);

        Assert.Equal((OutcomeKind.Ambiguous, true), (outcome.Kind, outcome.Failure?.ConcernsAll));
        Assert.True(_row!.MayHaveBeenSent);
    }

    [Fact]
    public void Where_it_is_sent_again_without_a_look_and_refused()
    {
        LeaveOpen(SandboxRun.Conversation);
        _sandbox.AddFault(new Fault
        {
            Kind = FaultKind.ApplicationError, Status = 404, Code = "CONVERSATION_NOT_FOUND", Method = "POST",
        });

        var outcome = Send(SandboxRun.Conversation, AmbiguousAction.Resend);

        Assert.Equal((OutcomeKind.Ambiguous, "CONVERSATION_NOT_FOUND"), (outcome.Kind, outcome.Failure?.Code));
        Assert.Equal(MessageDelivery.Reconciled, Send(SandboxRun.Conversation).Value?.Delivery);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_it_was_about_to_be_sent_again_when_the_run_ended(bool isHeldByDisk)
    {
        LeaveOpen(SandboxRun.Conversation);
        if (!isHeldByDisk)
        {
            _sandbox.AddFault(new Fault { Kind = FaultKind.RateLimited, Method = "POST", RetryAfter = "50" });
        }

        ResendAndEnd(TimeSpan.FromSeconds(30), isHeldByDisk);

        Assert.Equal(MessageDelivery.Reconciled, Send(SandboxRun.Conversation).Value?.Delivery);
        Assert.Single(_sandbox.Ledger);
    }

    private void FailAlways(string method, string path) => _sandbox.AddFault(new Fault
    {
        Kind = FaultKind.ServerErrorBefore,
        Method = method,
        PathPrefix = path,
        Times = 100,
    });

    private void LeaveOpen(Recipient recipient, bool isKnown = true)
    {
        CutOffRun.LeaveOpen(_storage, _time, recipient, isKnown: isKnown);
        CutOffRun.Store(_sandbox, _time);
    }

    private Outcome<Message> Send(
        Recipient recipient,
        AmbiguousAction onAmbiguous = AmbiguousAction.Reconcile,
        Action<BulkRun>? before = null,
        bool calm = false)
    {
        if (calm)
        {
            _sandbox.ClearFaults();
        }

        _storage = new MemoryStorage(_storage.Written);
        using var client = TestClient.Over(_sandbox, _time);
        using var journal = Journals.Open(_storage, time: _time);
        using var run = BulkRun.Open(
            client, new BulkRunOptions { OnAmbiguous = onAmbiguous }, journal, TestClient.Cancellation);
        return VirtualTime.Run(_time, () =>
        {
            before?.Invoke(run);
            return run.SendAsync(_row = run.Take(Row(recipient)));
        });
    }

    private void ResendAndEnd(TimeSpan until, bool isHeldByDisk)
    {
        _storage = new MemoryStorage(_storage.Written);
        using var client = TestClient.Over(_sandbox, _time);
        using var journal = Journals.Open(_storage, time: _time);
        using var ended = new CancellationTokenSource();
        using var run = BulkRun.Open(
            client, new BulkRunOptions { OnAmbiguous = AmbiguousAction.Resend }, journal, ended.Token);
        if (isHeldByDisk)
        {
            _storage.ForgetSyncs();
            _storage.HoldSyncs();
        }

        VirtualTime.Run(_time, async () =>
        {
            var sending = run.SendAsync(run.Take(Row(SandboxRun.Conversation)));
            await (isHeldByDisk ? _storage.SyncBeganAsync() : Task.WhenAny(sending, Task.Delay(until, _time)));
            await ended.CancelAsync();
            await sending.ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });
        if (isHeldByDisk)
        {
            _storage.ReleaseSyncs();
        }
    }

    private static BulkMessage Row(Recipient recipient) => new(recipient, Sample.Text("1")) { Key = "open" };
}
