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
}
