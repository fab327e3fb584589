using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A message that may be sent later holds back those after it to the same conversation, and nobody else.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class HoldBackTests
{
    private const string Later = "30";

    [Fact]
    public void What_was_not_sent_holds_back_the_later_ones_of_its_conversation()
    {
        using var run = new SandboxRun();
        NotSent(run, SandboxRun.Send);
        var first = run.SendOne("1");

        var outcomes = run.SendAll(
            (SandboxRun.Conversation, "2"),
            (SandboxRun.Other, "3"),
            (SandboxRun.Conversation, "4"),
            (SandboxRun.Other, "5"));

        Assert.Equal(OutcomeKind.NotSent, first.Kind);
        Assert.Equal(FailureCause.Status, first.Failure!.Cause);
        HeldBack(outcomes[0]);
        HeldBack(outcomes[2]);
        Assert.Equal(["3", "5"], run.Stored);
        Assert.Equal(8, run.Requests(SandboxRun.Send));
    }

    [Fact]
    public void Those_that_wait_for_it_already_are_held_back_too()
    {
        using var run = new SandboxRun();
        NotSent(run, SandboxRun.Send);

        var outcomes = run.SendAll(
            (SandboxRun.Conversation, "1"), (SandboxRun.Conversation, "2"), (SandboxRun.Conversation, "3"));

        HeldBack(outcomes[1]);
        HeldBack(outcomes[2]);
        Assert.Empty(run.Server.Ledger);
        Assert.Equal(6, run.Requests(SandboxRun.Send));
    }

    [Fact]
    public void However_they_name_the_conversation()
    {
        using var run = new SandboxRun();
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        NotSent(run, SandboxRun.Send);

        var upper = new Recipient(RecipientKind.Conversation, Sample.ConversationId.ToUpperInvariant());
        var outcomes = run.SendAll(
            (SandboxRun.Contact, "1"), (upper, "2"), (SandboxRun.Contact, "3"), (SandboxRun.Conversation, "4"));

        Assert.All(outcomes.Skip(1), HeldBack);
        Assert.Equal(6, run.Requests(SandboxRun.Send));
        Assert.Equal(1, run.Requests(SandboxRun.LookUp));
    }

    [Theory]
    [InlineData(RecipientKind.Contact, Sample.ContactId)]
    [InlineData(RecipientKind.Email, "ann@example.com")]
    public void Those_whose_conversation_turns_out_to_be_the_same_are_held_back_too(RecipientKind kind, string id)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        NotSent(run, SandboxRun.Send);

        var outcomes = run.SendAll((SandboxRun.Conversation, "1"), (new Recipient(kind, id), "2"));

        HeldBack(outcomes[1]);
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void A_conversation_that_was_not_found_holds_back_those_that_name_the_same_person_otherwise()
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        NotSent(run, SandboxRun.LookUp);

        var outcomes = run.SendAll((SandboxRun.Contact, "1"), (Recipient.Email("ann@example.com"), "2"));

        Assert.Equal(Operation.GetOrCreateConversation, outcomes[0].Failure!.Operation);
        HeldBack(outcomes[1]);
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void A_conversation_that_was_not_found_holds_back_those_that_look_for_it_too()
    {
        using var run = new SandboxRun();
        NotSent(run, SandboxRun.LookUp);

        var outcomes = run.SendAll((SandboxRun.Contact, "1"), (SandboxRun.Contact, "2"), (SandboxRun.Other, "3"));

        Assert.Equal(OutcomeKind.NotSent, outcomes[0].Kind);
        Assert.Equal(Operation.GetOrCreateConversation, outcomes[0].Failure!.Operation);
        HeldBack(outcomes[1]);
        HeldBack(run.SendAll((SandboxRun.Contact, "4"))[0]);
        Assert.Equal(["3"], run.Stored);
        Assert.Equal(6, run.Requests(SandboxRun.LookUp));
    }

    [Theory]
    [InlineData(AmbiguousAction.Reconcile, true)]
    [InlineData(AmbiguousAction.Resend, true)]

    // It will never be sent again: nothing overtakes it.
    [InlineData(AmbiguousAction.Skip, false)]
    public void What_stays_open_holds_back_the_later_ones_unless_it_is_left_at_that(
        AmbiguousAction action, bool isHeldBack)
    {
        using var run = new SandboxRun(action);
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore, times: action == AmbiguousAction.Resend ? 4 : 1);
        run.Fail(
            SandboxRun.List,
            new Fault { Kind = FaultKind.ApplicationError, Status = 403, Code = "PERMISSION_DENIED", Times = 4 });

        var first = run.SendOne("1");
        var outcomes = run.SendAll((SandboxRun.Conversation, "2"), (SandboxRun.Other, "3"));

        Assert.Equal(OutcomeKind.Ambiguous, first.Kind);
        Assert.Equal(isHeldBack ? ["3"] : ["2", "3"], run.Stored.Order(StringComparer.Ordinal));
        if (isHeldBack)
        {
            HeldBack(outcomes[0]);
        }
    }

    [Theory]
    [InlineData(AmbiguousAction.Reconcile)]
    [InlineData(AmbiguousAction.Skip)]
    [InlineData(AmbiguousAction.Resend)]
    public void What_was_refused_holds_back_nobody(AmbiguousAction action)
    {
        using var run = new SandboxRun(action);
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.ApplicationError, Code = "CONVERSATION_NOT_FOUND" });
        run.Fail(SandboxRun.LookUp, new Fault { Kind = FaultKind.ApplicationError, Code = "PARTICIPANT_NOT_FOUND" });

        var outcomes = run.SendAll(
            (SandboxRun.Conversation, "1"),
            (SandboxRun.Conversation, "2"),
            (SandboxRun.Contact, "3"),
            (SandboxRun.Contact, "4"));

        Assert.Equal(
            [OutcomeKind.Rejected, OutcomeKind.Succeeded, OutcomeKind.Rejected, OutcomeKind.Succeeded],
            outcomes.Select(outcome => outcome.Kind));
    }

    [Theory]
    [InlineData(FaultKind.Redirect, null)]
    [InlineData(FaultKind.ServerErrorBefore, Later)]
    public void A_message_that_was_sent_again_and_may_have_been_sent_before_stays_open(
        FaultKind kind, string? retryAfter)
    {
        // At least once: that the last of several did not get through does not mean that none did.
        using var run = new SandboxRun(AmbiguousAction.Resend);
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
        run.Fail(
            SandboxRun.Send,
            new Fault { Kind = kind, Status = retryAfter is null ? null : 503, RetryAfter = retryAfter, Times = 6 });

        var outcome = run.SendOne();

        Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
        Assert.Equal(retryAfter is null ? 302 : 503, outcome.Failure!.StatusCode);
        Assert.Null(outcome.Value);
        Assert.Single(run.Server.Ledger);
    }

    private static void NotSent(SandboxRun run, string operation) =>
        run.Fail(
            operation, new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = Later, Times = 6 });

    private static void HeldBack(Outcome<Message> outcome)
    {
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(FailureCause.EarlierMessage, outcome.Failure!.Cause);
        Assert.Equal(Operation.SendMessage, outcome.Failure.Operation);
        Assert.Equal(0, outcome.Attempts);
    }
}
