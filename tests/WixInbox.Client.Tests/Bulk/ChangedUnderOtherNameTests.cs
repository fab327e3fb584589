using WixInbox.Sandbox;
using WixInbox.Simulation;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>A text that was changed since it was sent, for a person who has another name in the file now.</summary>
[Collection(VirtualTime.Name)]
public sealed class ChangedUnderOtherNameTests
{
    [Theory]
    [InlineData(RecipientKind.Contact, Sample.ContactId)]
    [InlineData(RecipientKind.Conversation, Sample.ConversationId)]
    public void Its_person_is_none_who_is_new_to_the_journal(RecipientKind kind, string id)
    {
        var time = new SimulatedTime();
        using var sandbox = new SandboxHandler(new SandboxOptions { TimeProvider = time });
        sandbox.AddContact(new SandboxContact { Id = Sample.ContactId, Emails = { "ann@example.com" } });
        sandbox.AddConversation(Sample.ConversationId, ParticipantKind.Contact, Sample.ContactId);
        using var client = TestClient.Over(sandbox, time);
        var storage = new MemoryStorage();
        using (var journal = Journals.Open(storage, keyProperty: null, time: time))
        using (var run = BulkRuns.Open(client, journal: journal))
        {
            VirtualTime.Run(time, () => run.SendAsync(Recipient.Email("ann@example.com"), Sample.Text("It is 9:00.")));
        }

        using var resumed = Journals.Open(new MemoryStorage(storage.Written), keyProperty: null, time: time);
        using var again = BulkRuns.Open(client, journal: resumed);
        var row = again.Take(new BulkMessage(new Recipient(kind, id), Sample.Text("It is 9:05.")));

        Assert.True(again.KnowsConversation(row.Recipient!.Value));
        Assert.Equal(JournalNews.Message, row.News);
    }
}
