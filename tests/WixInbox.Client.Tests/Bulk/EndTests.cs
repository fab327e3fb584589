using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// How a run ends before its rows do: by its owner, or by a failure that every further row would meet. What has left
/// is seen through, and nothing else leaves.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class EndTests
{
    [Theory]
    [InlineData(SandboxRun.Send)]
    [InlineData(SandboxRun.LookUp)]
    public void A_failure_that_every_further_row_would_meet_ends_the_run(string operation)
    {
        using var run = new SandboxRun();
        run.Fail(
            operation,
            new Fault { Kind = FaultKind.ApplicationError, Status = 403, Code = "PERMISSION_DENIED", Times = 100 });

        var first = run.SendAll((SandboxRun.Contact, "1"))[0];
        var later = run.SendAll((SandboxRun.Contact, "2"), (SandboxRun.Other, "3"));

        Assert.Equal((OutcomeKind.NotSent, "PERMISSION_DENIED"), (first.Kind, first.Failure!.Code));
        Assert.All(later, outcome => Assert.Equal(
            (OutcomeKind.NotSent, "PERMISSION_DENIED", 0), (outcome.Kind, outcome.Failure!.Code, outcome.Attempts)));
        Assert.Equal(1, run.Requests(operation));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void A_403_without_a_code_that_is_held_and_tried_again_does_not()
    {
        using var run = new SandboxRun();
        run.SendOne("1");
        run.Fail(SandboxRun.Send, FaultKind.EmptyForbidden);

        var outcomes = run.SendAll((SandboxRun.Conversation, "2"), (SandboxRun.Other, "3"));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Single(outcomes, outcome => outcome.Attempts == 2);
        Assert.Equal(OutcomeKind.Succeeded, run.SendOne("4").Kind);
    }

    [Theory]
    [InlineData(RecipientKind.Conversation, SandboxRun.Send)]
    [InlineData(RecipientKind.Member, SandboxRun.LookUp)]
    public void Nothing_leaves_in_the_slot_of_a_request_that_was_refused_for_all(RecipientKind kind, string operation)
    {
        using var run = new SandboxRun(sideBySide: 2);
        run.Fail(operation, FaultKind.Unauthorized, times: 100);

        var outcomes = run.SendAll([.. Enumerable.Range(1, 9).Select(
            row => (new Recipient(kind, $"{row:D8}-0000-4000-8000-000000000000"), $"{row}"))]);

        Assert.Equal(2, run.Requests(operation));
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0], outcomes.Select(outcome => outcome.Attempts));
        Assert.All(outcomes, outcome => Assert.Equal(401, outcome.Failure!.StatusCode));
    }

    [Theory]
    [InlineData(RecipientKind.Conversation)]
    [InlineData(RecipientKind.Member)]
    [InlineData(RecipientKind.Contact)]
    public void Who_waits_for_the_pace_does_not_wait_on(RecipientKind kind)
    {
        using var run = new SandboxRun(requestsPerMinute: 1);
        run.SendOne("1");

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            var waiting = run.Sender.SendAsync(new Recipient(kind, Sample.OtherConversationId), Sample.Text("2"));
            run.Sender.Stop();
            return await waiting;
        });

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.RunEnded, 0),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Attempts));
        Assert.InRange(run.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(["1"], run.Stored);
    }

    [Theory]
    [InlineData(RecipientKind.Conversation)]
    [InlineData(RecipientKind.Member)]
    [InlineData(RecipientKind.Contact)]
    public void Nor_where_the_run_is_disposed_of(RecipientKind kind)
    {
        using var run = new SandboxRun(requestsPerMinute: 1);
        run.SendOne("1");

        VirtualTime.Run(run.Time, async () =>
        {
            var waiting = run.Sender.SendAsync(new Recipient(kind, Sample.OtherConversationId), Sample.Text("2"));
            await run.Sender.DisposeAsync();
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        });

        Assert.InRange(run.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(["1"], run.Stored);
    }

    [Fact]
    public void What_is_on_its_way_when_the_run_is_disposed_of_may_have_been_sent()
    {
        using var run = new SandboxRun();
        var row = run.Sender.Take(new BulkMessage(SandboxRun.Conversation, Sample.Text("1")));

        VirtualTime.Run(run.Time, async () =>
        {
            var sending = run.Sender.SendAsync(row);
            Assert.False(sending.IsCompleted);
            await Task.Delay(TimeSpan.FromMilliseconds(10), run.Time);
            await run.Sender.DisposeAsync();
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        });

        Assert.True(row.MayHaveBeenSent);
    }

    [Fact]
    public void What_may_have_been_sent_stays_so_where_the_run_is_stopped_before_it_is_sent_again()
    {
        using var run = new SandboxRun(AmbiguousAction.Resend);
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            var sending = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromMilliseconds(100), run.Time);
            run.Sender.Stop();
            return await sending;
        });

        Assert.Equal(
            (OutcomeKind.Ambiguous, FailureCause.RunEnded, 1),
            (outcome.Kind, outcome.Failure?.Cause, outcome.Attempts));
        Assert.Equal(["1"], run.Stored);
    }

    [Fact]
    public void A_message_that_was_put_off_leaves_no_more_when_the_run_is_stopped()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.RateLimited, RetryAfter = "600" });

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            var putOff = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            run.Sender.Stop();
            return await putOff;
        });

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.RunEnded, 1),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Attempts));
        Assert.InRange(outcome.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void The_search_for_a_conversation_that_was_put_off_is_not_made_again()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.LookUp, new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = "20" });

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            var putOff = run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            run.Sender.Stop();
            return await putOff;
        });

        Assert.Equal((OutcomeKind.NotSent, FailureCause.RunEnded), (outcome.Kind, outcome.Failure!.Cause));
        Assert.InRange(outcome.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(1, run.Requests(SandboxRun.LookUp));
    }

    [Fact]
    public void One_that_was_put_off_is_left_where_the_run_is_disposed_of()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = "20" });
        run.Fail(SandboxRun.LookUp, new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = "20" });

        VirtualTime.Run(run.Time, async () =>
        {
            var putOff = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
            var lookedUp = run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("2"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            await run.Sender.DisposeAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => putOff);
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookedUp);
        });

        Assert.InRange(run.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Who_looks_for_a_lost_message_does_not_look_on_where_the_run_is_disposed_of()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore);

        VirtualTime.Run(run.Time, async () =>
        {
            var lost = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            await run.Sender.DisposeAsync();
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        });

        Assert.InRange(run.Time.Now, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(run.Stored);
    }

    [Fact]
    public void A_message_that_is_to_be_sent_again_unseen_is_not_where_the_run_is_disposed_of()
    {
        using var run = new SandboxRun(AmbiguousAction.Resend);
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore, times: 3);

        VirtualTime.Run(run.Time, async () =>
        {
            var lost = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromSeconds(2), run.Time);
            await run.Sender.DisposeAsync();
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        });

        Assert.Equal(TimeSpan.FromSeconds(2), run.Time.Now);
        Assert.Empty(run.Stored);
    }

    [Theory]
    [InlineData("the conversation")]
    [InlineData("its contact")]
    [InlineData("the contact's address")]
    [InlineData("another run")]
    public void Who_waits_for_its_turn_behind_one_that_is_under_way_does_not_wait_on(string by)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        var to = by switch
        {
            "its contact" => SandboxRun.Contact,
            "the contact's address" => Recipient.Email("ann@example.com"),
            _ => SandboxRun.Conversation,
        };
        using var another = run.OpenAnother();
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(20) });

        var (underWay, waited) = VirtualTime.Run(run.Time, async () =>
        {
            var first = (by == "another run" ? another : run.Sender).SendAsync(
                by == "the contact's address" ? to : SandboxRun.Conversation, Sample.Text("1"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            var second = run.Sender.SendAsync(to, Sample.Text("2"));
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            run.Sender.Stop();
            return (await first, await second);
        });

        Assert.Equal((OutcomeKind.Succeeded, 1), (underWay.Kind, underWay.Attempts));
        Assert.Equal((OutcomeKind.NotSent, FailureCause.RunEnded), (waited.Kind, waited.Failure!.Cause));
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_look_up_of_people_that_is_under_way_ends_with_the_run()
    {
        using var run = new SandboxRun();
        run.Fail(
            "POST /contacts/v5/contacts/query",
            new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(20) });

        VirtualTime.Run(run.Time, async () =>
        {
            var lookedUp = run.Sender.SendAsync(SandboxRun.Contact, Sample.Text());
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            Assert.Equal(1, run.Server.InFlight);
            await run.Sender.DisposeAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookedUp);
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            return lookedUp.IsCanceled;
        });

        Assert.Equal(0, run.Server.InFlight);
    }
}
