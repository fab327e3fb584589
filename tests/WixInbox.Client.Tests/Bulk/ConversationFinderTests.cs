using WixInbox.Simulation;
using static WixInbox.Tests.ContactSite;

namespace WixInbox.Tests.Bulk;

/// <summary>Conversations of whom a caller names, of whom many are looked up with one request.</summary>
[Collection(VirtualTime.Name)]
public sealed class ConversationFinderTests
{
    private readonly SimulatedTime _time = new();

    [Fact]
    public void Those_that_come_together_are_looked_up_together_and_a_member_is_not()
    {
        var lookUps = new List<string[]>();
        var handler = new StubHandler(request => AnswerTo(request, address => [Contact(address)], lookUps));
        using var client = TestClient.Over(handler, _time);
        var finder = new ConversationFinder(client, ended: TestClient.Cancellation);

        Assert.True(finder.BeginAsync(Recipient.Member(Id("m"))).IsCompleted);
        var conversations = VirtualTime.Run(_time, async () =>
        {
            await Task.WhenAll(Addresses.Select(address => finder.BeginAsync(Email(address))));
            var found = new List<string?>();
            foreach (var address in Addresses)
            {
                var outcome = await finder.FindAsync(Email(address), TestClient.Cancellation);
                found.Add(outcome.Value?.Conversation?.Id);
            }

            return found;
        });

        Assert.Equal(Addresses, Assert.Single(lookUps));
        Assert.Equal(Addresses.Select(Id), conversations);
    }

    [Fact]
    public async Task One_who_cannot_be_looked_up_keeps_nobody_else_from_it()
    {
        using var client = TestClient.Over(StubHandler.InTurn());
        var finder = new ConversationFinder(client, ended: TestClient.Cancellation);
        var nobody = Recipient.Contact("{" + Sample.ContactId + "}");

        Assert.True(finder.BeginAsync(nobody).IsCompleted);
        var outcome = await finder.FindAsync(nobody, TestClient.Cancellation);

        Assert.Equal("ContactIdInvalid", Assert.Single(outcome.Failure!.Violations).Rule);
    }

    [Fact]
    public async Task A_look_up_ends_with_what_ends_all()
    {
        using var ended = new CancellationTokenSource();
        using var client = TestClient.Over(new StubHandler(request => AnswerTo(request, _ => [])), _time);
        var begun = new ConversationFinder(client, ended: ended.Token).BeginAsync(Email("a@example.com"));

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun);
    }
}
