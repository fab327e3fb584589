using WixInbox.Clocks;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// Several rows that say the same to the same conversation, of which some are lost: each of them is one message.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class EqualTextTests
{
    [Theory]
    [InlineData(FaultKind.ResetAfter, FaultKind.ResetBefore)]
    [InlineData(FaultKind.ResetBefore, FaultKind.ResetAfter)]
    [InlineData(FaultKind.ResetAfter, FaultKind.ResetAfter)]
    [InlineData(FaultKind.ResetBefore, FaultKind.ResetBefore)]
    [InlineData(FaultKind.TimeoutAfter, FaultKind.Timeout)]
    [InlineData(FaultKind.TruncatedBody, FaultKind.ServerErrorBefore)]
    public void Each_row_is_sent_once_whichever_of_them_are_lost(FaultKind first, FaultKind second)
    {
        using var run = new SandboxRun();
        foreach (var kind in new[]
        {
            first,
            second,
            FaultKind.Latency,
            first,
            FaultKind.Latency,
            second,
            first,
            FaultKind.Latency,
            first,
            first,
            second,
        })
        {
            run.Fail(SandboxRun.Send, new Fault { Kind = kind, Delay = TimeSpan.FromMilliseconds(1) });
        }

        var outcomes = run.SendAll([.. Enumerable.Repeat((SandboxRun.Conversation, "same"), 10)]);

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(10, run.Server.Ledger.Count);
        Assert.Equal(run.Server.Ledger.Select(entry => entry.MessageId), outcomes.Select(outcome => outcome.Value!.Id));
    }

    [Fact]
    public void However_they_name_the_conversation()
    {
        using var run = new SandboxRun();
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        foreach (var kind in new[] { FaultKind.ResetAfter, FaultKind.ResetBefore, FaultKind.ResetAfter })
        {
            run.Fail(SandboxRun.Send, kind);
        }

        var upper = new Recipient(RecipientKind.Conversation, Sample.ConversationId.ToUpperInvariant());
        var outcomes = run.SendAll(
            (SandboxRun.Contact, "same"),
            (SandboxRun.Conversation, "same"),
            (upper, "same"),
            (SandboxRun.Contact, "same"));

        Assert.Equal(run.Server.Ledger.Select(entry => entry.MessageId), outcomes.Select(outcome => outcome.Value?.Id));
        Assert.Equal(4, run.Server.Ledger.Count);
    }

    [Fact]
    public void The_same_to_another_conversation_is_not_taken_for_it()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore, times: 2);

        var outcomes = run.SendAll((SandboxRun.Conversation, "same"), (SandboxRun.Other, "same"));

        Assert.All(outcomes, outcome => Assert.Equal(MessageDelivery.Sent, outcome.Value!.Delivery));
        Assert.Equal(2, run.Server.Ledger.Select(entry => entry.ConversationId).Distinct().Count());
    }

    [Fact]
    public void A_look_that_comes_too_early_is_followed_by_others()
    {
        // The request lies with the server for three seconds after the client has given it up.
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore);
        var sending = Task.CompletedTask;
        using var late = TestClient.Over(run.Server, run.Time);

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            sending = Task.Delay(TimeSpan.FromSeconds(3), run.Time).ContinueWith(
                _ => late.SendMessageAsync(Sample.Text("same"), TestClient.Cancellation),
                TestClient.Cancellation,
                TaskContinuationOptions.None,
                TaskScheduler.Default).Unwrap();
            return await run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("same"));
        });

        Assert.True(sending.IsCompletedSuccessfully);
        Assert.Equal(MessageDelivery.Reconciled, outcome.Value!.Delivery);
        Assert.Single(run.Server.Ledger);
        Assert.Equal(3, run.Requests(SandboxRun.List));
    }

    [Fact]
    public void The_search_goes_back_to_the_first_time_that_the_row_left()
    {
        // A server that says it did not take the message up, and did.
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.ServerErrorAfter, Status = 503, RetryAfter = "30" });
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore);

        var outcome = run.SendOne();

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value!.Delivery);
        Assert.Equal(2, outcome.Attempts);
        Assert.Single(run.Server.Ledger);
    }

    [Fact]
    public void With_no_time_to_look_there_is_one_look_into_both_lists()
    {
        using var run = new SandboxRun(reconcileWait: TimeSpan.Zero);
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore);

        Assert.Equal(2, run.SendOne().Attempts);
        Assert.Equal(2, run.Requests(SandboxRun.List));
    }

    [Fact]
    public void What_another_run_sends_at_the_same_time_is_not_taken_for_it()
    {
        var way = new FirstLostSecondLate();
        using var run = new SandboxRun(between: way);
        way.Time = run.Time;
        using var other = run.OpenAnother();

        var outcomes = VirtualTime.Run(run.Time, () => Task.WhenAll(
            run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text("same")),
            other.SendAsync(SandboxRun.Conversation, Sample.Text("same"))));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal(2, run.Server.Ledger.Count);
        Assert.Equal(2, outcomes.Select(outcome => outcome.Value!.Id).Distinct().Count());
    }

    /// <summary>
    /// The first message is lost before the server has it; the second is stored, and its answer takes five seconds.
    /// </summary>
    private sealed class FirstLostSecondLate : DelegatingHandler
    {
        private int _sends;

        public TimeProvider Time { get; set; } = TimeProvider.System;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var send = request.Method == HttpMethod.Post ? Interlocked.Increment(ref _sends) : 0;
            if (send == 1)
            {
                await request.Content!.ReadAsByteArrayAsync(cancellationToken);
                throw new HttpRequestException("The connection was reset.");
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (send == 2)
            {
                await Time.WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
            }

            return answer;
        }
    }
}
