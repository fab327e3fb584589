using WixInbox.Clocks;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>A conversation that is merged into another between a lost answer and the look for its message.</summary>
[Collection(VirtualTime.Name)]
public sealed class MergedDuringLookTests
{
    [Theory]
    [InlineData(FaultKind.ResetAfter, MessageDelivery.Reconciled)]
    public void The_message_is_looked_for_where_its_conversation_was_merged_into(
        FaultKind fault, MessageDelivery expected)
    {
        var merging = new MergingHandler();
        using var run = new SandboxRun(between: merging);
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        merging.Merge = () => run.Server.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
        run.Fail(SandboxRun.Send, fault);

        var outcomes = run.SendAll((SandboxRun.Contact, "1"), (SandboxRun.Contact, "2"));

        Assert.Equal(["1", "2"], run.Stored);
        Assert.Equal([expected, MessageDelivery.Sent], outcomes.Select(outcome => outcome.Value?.Delivery));
    }

    [Fact]
    public void The_message_of_an_earlier_row_that_came_along_is_not_taken_for_it()
    {
        var merging = new MergingHandler();
        using var run = new SandboxRun(between: merging);
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);

        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            await run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
            merging.Merge = () => run.Server.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
            run.Fail(SandboxRun.Send, FaultKind.ResetBefore);
            return await run.Sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
        });

        Assert.Equal(MessageDelivery.Sent, outcome.Value?.Delivery);
        Assert.Equal(["1", "1"], run.Stored);
    }

    [Fact]
    public void The_message_of_a_row_that_is_being_sent_there_is_not_taken_for_it()
    {
        var way = new LostOrLate();
        using var run = new SandboxRun(between: way);
        way.Time = run.Time;
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        way.Merge = () => run.Server.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);

        var outcomes = run.SendAll((SandboxRun.Contact, "same"), (SandboxRun.Other, "same"));

        Assert.All(outcomes, outcome => Assert.Equal(MessageDelivery.Sent, outcome.Value?.Delivery));
        Assert.Equal(2, outcomes.Select(outcome => outcome.Value?.Id).Distinct().Count());
        Assert.Equal(["same", "same"], run.Stored);
    }

    /// <summary>
    /// The first message to a conversation is lost before the server has it, after a second; those to another one are
    /// stored, and their answers take five seconds.
    /// </summary>
    private sealed class LostOrLate : MergingHandler
    {
        private int _lost;

        public TimeProvider Time { get; set; } = TimeProvider.System;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isSend = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/inbox/v2/messages";
            var body = isSend ? await request.Content!.ReadAsStringAsync(cancellationToken) : "";
            if (body.Contains(Sample.ConversationId, StringComparison.Ordinal) && Interlocked.Increment(ref _lost) == 1)
            {
                await Time.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
                throw new HttpRequestException("The connection was reset.");
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (body.Contains(Sample.OtherConversationId, StringComparison.Ordinal))
            {
                await Time.WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
            }

            return answer;
        }
    }
}
