using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What becomes of a message when something goes wrong on its way, in each way in which it can and with each choice of
/// what to do then.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class FaultTests
{
    private static readonly Dictionary<string, (Effect Effect, Func<Fault> Make)> s_faults = new()
    {
        ["slow"] = (Effect.None, () => new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(20) }),
        ["too slow"] =
            (Effect.LostBefore, () => new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(40) }),
        ["429"] = (Effect.NotTaken, () => new Fault { Kind = FaultKind.RateLimited }),
        ["429 with a time"] = (Effect.NotTaken, () => new Fault { Kind = FaultKind.RateLimited, RetryAfter = "3" }),
        ["500 before"] = (Effect.LostBefore, () => new Fault { Kind = FaultKind.ServerErrorBefore }),
        ["503 before"] = (Effect.LostBefore, () => new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503 }),
        ["503 with a time"] =
            (Effect.NotTaken, () => new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = "3" }),
        ["500 after"] = (Effect.LostAfter, () => new Fault { Kind = FaultKind.ServerErrorAfter }),
        ["504 after"] = (Effect.LostAfter, () => new Fault { Kind = FaultKind.ServerErrorAfter, Status = 504 }),
        ["reset before"] = (Effect.LostBefore, () => new Fault { Kind = FaultKind.ResetBefore }),
        ["reset after"] = (Effect.LostAfter, () => new Fault { Kind = FaultKind.ResetAfter }),
        ["no answer before"] = (Effect.LostBefore, () => new Fault { Kind = FaultKind.Timeout }),
        ["no answer after"] = (Effect.LostAfter, () => new Fault { Kind = FaultKind.TimeoutAfter }),
        ["page of a proxy"] = (Effect.LostBefore, () => new Fault { Kind = FaultKind.HtmlBody }),
        ["page of a proxy that says 200"] =
            (Effect.LostBefore, () => new Fault { Kind = FaultKind.HtmlBody, Status = 200 }),
        ["broken off"] = (Effect.LostAfter, () => new Fault { Kind = FaultKind.TruncatedBody }),
        ["redirect"] = (Effect.Refused, () => new Fault { Kind = FaultKind.Redirect }),
        ["401"] = (Effect.RefusedForAll, () => new Fault { Kind = FaultKind.Unauthorized }),
        ["400 with a message alone"] = (Effect.Refused, () => new Fault { Kind = FaultKind.MessageAlone }),
        ["403 of the first request, empty"] =
            (Effect.RefusedForAll, () => new Fault { Kind = FaultKind.EmptyForbidden }),
        ["404"] =
            (Effect.Refused, () => new Fault { Kind = FaultKind.ApplicationError, Code = "CONVERSATION_NOT_FOUND" }),
    };

    /// <summary>What a fault does to the message.</summary>
    private enum Effect
    {
        None,
        NotTaken,
        LostBefore,
        LostAfter,
        Refused,
        RefusedForAll,
    }

    public static TheoryData<string, AmbiguousAction> FaultsAndActions
    {
        get
        {
            var data = new TheoryData<string, AmbiguousAction>();
            foreach (var name in s_faults.Keys)
            {
                data.Add(name, AmbiguousAction.Reconcile);
                data.Add(name, AmbiguousAction.Skip);
                data.Add(name, AmbiguousAction.Resend);
            }

            return data;
        }
    }

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    [Fact]
    public void No_kind_of_fault_is_left_out()
    {
        Assert.Equal(
            Enum.GetValues<FaultKind>().Order(), s_faults.Values.Select(fault => fault.Make().Kind).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(FaultsAndActions))]
    public void A_fault_of_sending(string name, AmbiguousAction action)
    {
        var (effect, make) = s_faults[name];
        var fault = make();
        using var run = new SandboxRun(action);
        run.Fail(SandboxRun.Send, fault);

        var outcome = run.SendOne();

        var (stored, kind, delivery, attempts) = (effect, action) switch
        {
            (Effect.None, _) => (1, OutcomeKind.Succeeded, (MessageDelivery?)MessageDelivery.Sent, 1),
            (Effect.NotTaken, _) => (1, OutcomeKind.Succeeded, MessageDelivery.Sent, 2),
            (Effect.Refused, _) => (0, OutcomeKind.Rejected, null, 1),
            (Effect.RefusedForAll, _) => (0, OutcomeKind.NotSent, null, 1),

            // Exactly once.
            (Effect.LostBefore, AmbiguousAction.Reconcile) => (1, OutcomeKind.Succeeded, MessageDelivery.Sent, 2),
            (Effect.LostAfter, AmbiguousAction.Reconcile) => (1, OutcomeKind.Succeeded, MessageDelivery.Reconciled, 1),

            // At most once.
            (Effect.LostBefore, AmbiguousAction.Skip) => (0, OutcomeKind.Ambiguous, null, 1),
            (Effect.LostAfter, AmbiguousAction.Skip) => (1, OutcomeKind.Ambiguous, null, 1),

            // At least once.
            (Effect.LostBefore, _) => (1, OutcomeKind.Succeeded, MessageDelivery.Sent, 2),
            _ => (2, OutcomeKind.Succeeded, MessageDelivery.Sent, 2),
        };
        Assert.Equal(stored, run.Server.Ledger.Count);
        Assert.Equal(kind, outcome.Kind);
        Assert.Equal(delivery, outcome.Value?.Delivery);
        Assert.Equal(attempts, outcome.Attempts);
        Assert.Equal(kind == OutcomeKind.Succeeded, outcome.Failure is null);
        Assert.Equal(kind == OutcomeKind.Succeeded ? Sample.ConversationId : null, outcome.Value?.ConversationId);
        Assert.Equal(attempts, run.Requests(SandboxRun.Send));
        Assert.Equal(
            effect is Effect.LostBefore or Effect.LostAfter && action == AmbiguousAction.Reconcile,
            run.Requests(SandboxRun.List) > 0);
        Assert.Equal(run.Time.Now, outcome.Elapsed);
    }

    [Theory]
    [MemberData(nameof(FaultsAndActions))]
    public void A_fault_of_sending_that_does_not_end(string name, AmbiguousAction action)
    {
        var (effect, make) = s_faults[name];
        var fault = make();
        using var run = new SandboxRun(action);
        fault.Times = effect == Effect.NotTaken && fault.Kind != FaultKind.RateLimited ? 6 : 4;
        run.Fail(SandboxRun.Send, fault);

        var outcome = run.SendOne();

        var (stored, kind, attempts) = (effect, action) switch
        {
            (Effect.None, _) => (1, OutcomeKind.Succeeded, 1),

            // What the pace puts off is not given up.
            (Effect.NotTaken, _) when fault.Kind == FaultKind.RateLimited => (1, OutcomeKind.Succeeded, 5),
            (Effect.NotTaken, _) => (0, OutcomeKind.NotSent, 6),
            (Effect.Refused, _) => (0, OutcomeKind.Rejected, 1),
            (Effect.RefusedForAll, _) => (0, OutcomeKind.NotSent, 1),
            (Effect.LostBefore, AmbiguousAction.Skip) => (0, OutcomeKind.Ambiguous, 1),
            (Effect.LostBefore, _) => (0, OutcomeKind.Ambiguous, 4),
            (_, AmbiguousAction.Reconcile) => (1, OutcomeKind.Succeeded, 1),
            (_, AmbiguousAction.Skip) => (1, OutcomeKind.Ambiguous, 1),
            _ => (4, OutcomeKind.Ambiguous, 4),
        };
        Assert.Equal(stored, run.Server.Ledger.Count);
        Assert.Equal(kind, outcome.Kind);
        Assert.Equal(attempts, outcome.Attempts);
        Assert.Equal(attempts, run.Requests(SandboxRun.Send));
    }

    [Fact]
    public void What_is_refused_after_it_was_proven_to_be_absent_is_in_no_doubt()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ServerErrorBefore);
        run.Fail(SandboxRun.Send, FaultKind.MessageAlone);

        var outcome = run.SendOne();

        Assert.Equal((OutcomeKind.Rejected, 2), (outcome.Kind, outcome.Attempts));
        Assert.Empty(run.Server.Ledger);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_looking_for_the_conversation(string name)
    {
        var (effect, make) = s_faults[name];
        var fault = make();
        using var run = new SandboxRun();
        run.Fail(SandboxRun.LookUp, fault);

        var outcome = run.SendAll((SandboxRun.Contact, "Hey!"))[0];

        // It may be made again, whatever became of it.
        var isRefused = effect is Effect.Refused or Effect.RefusedForAll;
        Assert.Equal(
            effect == Effect.Refused ? OutcomeKind.Rejected
                : isRefused ? OutcomeKind.NotSent
                : OutcomeKind.Succeeded,
            outcome.Kind);
        Assert.Equal(isRefused ? 0 : 1, run.Server.Ledger.Count);
        Assert.Equal(isRefused ? Operation.GetOrCreateConversation : null, outcome.Failure?.Operation);
        Assert.Equal(1, outcome.Attempts);
        Assert.Equal(isRefused || effect == Effect.None ? 1 : 2, run.Requests(SandboxRun.LookUp));
        Assert.Equal(isRefused ? 0 : 1, run.Requests(SandboxRun.Send));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_reading_the_conversation(string name)
    {
        foreach (var isStored in new[] { true, false })
        {
            using var run = new SandboxRun();
            run.Fail(SandboxRun.Send, isStored ? FaultKind.ResetAfter : FaultKind.ResetBefore);
            run.Fail(SandboxRun.List, s_faults[name].Make());

            var outcome = run.SendOne();

            if (s_faults[name].Effect is Effect.Refused or Effect.RefusedForAll)
            {
                // A refusal would be the same at the next look.
                Assert.Equal(
                    (OutcomeKind.Ambiguous, 1, 1),
                    (outcome.Kind, run.Requests(SandboxRun.Send), run.Requests(SandboxRun.List)));
                Assert.Equal(Operation.ListMessages, outcome.Failure!.ReadBack!.Operation);
                continue;
            }

            Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
            Assert.Equal(isStored ? MessageDelivery.Reconciled : MessageDelivery.Sent, outcome.Value!.Delivery);
            Assert.Single(run.Server.Ledger);
            Assert.Equal(isStored ? 1 : 2, outcome.Attempts);
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_reading_the_conversation_that_does_not_end(string name)
    {
        var (effect, make) = s_faults[name];
        var fault = make();
        if (effect == Effect.None || fault.Kind == FaultKind.RateLimited)
        {
            // It is only later.
            return;
        }

        foreach (var isStored in new[] { true, false })
        {
            using var run = new SandboxRun();
            run.Fail(SandboxRun.Send, isStored ? FaultKind.ResetAfter : FaultKind.ResetBefore);
            fault.Times = 100;
            run.Fail(SandboxRun.List, fault);

            var outcome = run.SendOne();

    
            // Neither said to be sent nor sent again: nobody knows.
            Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
            Assert.Equal(Operation.SendMessage, outcome.Failure!.Operation);
            Assert.Equal(FailureCause.Connection, outcome.Failure.Cause);
            Assert.Equal(1, run.Requests(SandboxRun.Send));
            Assert.Equal(effect is Effect.Refused or Effect.RefusedForAll ? 1 : 6, run.Requests(SandboxRun.List));
        }
    }
}
