using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>Messages that say the same to one person, whose conversation moves meanwhile.</summary>
[Collection(VirtualTime.Name)]
public sealed class MovedDuplicateTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_second_is_left_out_though_the_first_went_to_the_conversation_that_was_merged(bool isSameName)
    {
        using var run = new SandboxRun();
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { SkipDuplicates = true });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            var first = await sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
            run.Server.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
            var other = await sender.SendAsync(SandboxRun.Contact, Sample.Text("2"));
            var to = isSameName ? SandboxRun.Contact : Recipient.Email("ann@example.com");
            return new[] { first, other, await sender.SendAsync(to, Sample.Text("1")) };
        });

        Assert.Equal([null, null, FailureCause.Duplicate], outcomes.Select(outcome => outcome.Failure?.Cause));
        Assert.Equal(["1", "2"], run.Stored);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void A_third_is_left_out_though_it_was_a_look_that_found_the_conversation_merged(string text)
    {
        var merging = new MergingHandler();
        using var run = new SandboxRun(between: merging);
        run.Server.AddContact(new SandboxContact { Id = Sample.ContactId });
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        using var client = TestClient.Over(merging, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { SkipDuplicates = true });

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            var first = await sender.SendAsync(SandboxRun.Contact, Sample.Text("1"));
            merging.Merge = () => run.Server.MergeConversation(Sample.ConversationId, Sample.OtherConversationId);
            run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
            var lost = await sender.SendAsync(SandboxRun.Contact, Sample.Text("2"));
            return new[] { first, lost, await sender.SendAsync(SandboxRun.Contact, Sample.Text(text)) };
        });

        Assert.Equal(MessageDelivery.Reconciled, outcomes[1].Value?.Delivery);
        Assert.Equal([null, null, FailureCause.Duplicate], outcomes.Select(outcome => outcome.Failure?.Cause));
        Assert.Equal(["1", "2"], run.Stored);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Two_conversations_may_be_merged_into_one(string text)
    {
        using var run = new SandboxRun();
        const string Third = "7a1c4f1e-3f60-4f0c-9a86-3f1d2a6c9b11";
        var ann = Recipient.Contact(Sample.ContactId);
        var member = Recipient.Contact("0b6e2d1c-7a54-4a0e-9a43-0c9d7b1f2e35");
        run.Server.AddContacts([new SandboxContact { Id = ann.Id }, new SandboxContact { Id = member.Id }]);
        run.Server.AddConversation(Sample.ConversationId, ParticipantKind.Contact, ann.Id);
        run.Server.AddConversation(Sample.OtherConversationId, ParticipantKind.Contact, member.Id);
        using var client = TestClient.Over(run.Server, run.Time);
        using var sender = BulkRuns.Open(client, new BulkRunOptions { SkipDuplicates = true });

        var last = VirtualTime.Run(run.Time, async () =>
        {
            await sender.SendAsync(ann, Sample.Text("1"));
            await sender.SendAsync(member, Sample.Text("2"));
            run.Server.MergeConversation(Sample.ConversationId, Third);
            run.Server.MergeConversation(Sample.OtherConversationId, Third);
            await sender.SendAsync(ann, Sample.Text("3"));
            await sender.SendAsync(member, Sample.Text("4"));
            return await sender.SendAsync(ann, Sample.Text(text));
        });

        Assert.Equal(FailureCause.Duplicate, last.Failure?.Cause);
        Assert.Equal(["1", "2", "3", "4"], run.Stored);
    }
}
