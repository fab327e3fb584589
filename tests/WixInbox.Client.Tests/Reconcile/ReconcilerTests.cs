namespace WixInbox.Tests.Reconcile;

/// <summary>Whether a message whose answer was lost is in its conversation: when that is looked at, how often, and what counts as it.</summary>
public sealed class ReconcilerTests : IDisposable
{
    private readonly SearchedConversation _conversation = new();

    public void Dispose() => _conversation.Dispose();

    [Fact]
    public async Task A_message_that_is_there_is_found_at_once()
    {
        await _conversation.PutAsync("before");
        var id = await _conversation.PutAsync("lost");
        await _conversation.PutAsync("after");

        var found = Assert.Single((await _conversation.FindAsync([_conversation.Lost("lost")]))!)!;

        Assert.Equal(id, found.Id);
        Assert.Equal(Sample.ConversationId, found.ConversationId);
        Assert.Equal(MessageDelivery.Reconciled, found.Delivery);
        Assert.Equal("lost", found.Content!.Basic!.Items![0].Text);
        Assert.Equal([0], _conversation.Looks);
    }

    [Theory]
    [InlineData(0.5, new double[] { 0, 1 })]
    [InlineData(1, new double[] { 0, 1 })]
    [InlineData(1.1, new double[] { 0, 1, 4 })]
    [InlineData(9.9, new double[] { 0, 1, 4, 10 })]
    public async Task A_message_that_turns_up_late_is_found_at_a_later_look(double seconds, double[] looks)
    {
        var lost = _conversation.Lost("lost");
        _conversation.PutLater(seconds, "lost");

        Assert.NotEmpty((await _conversation.FindAsync(lost))!);

        Assert.Equal(looks, _conversation.Looks);
    }

    [Fact]
    public async Task A_message_that_does_not_turn_up_is_looked_for_four_times_in_ten_seconds()
    {
        await _conversation.PutAsync("another");

        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("lost")));

        Assert.Equal([0, 1, 4, 10], _conversation.Looks);
        Assert.Equal([1, 3, 6], _conversation.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(0, new double[] { 0 })]
    [InlineData(0.001, new double[] { 0, 0.001 })]
    [InlineData(0.002, new double[] { 0, 0.001, 0.002 })]
    [InlineData(60, new double[] { 0, 6, 24, 60 })]
    public async Task The_looks_are_spread_over_the_window(double window, double[] looks)
    {
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("lost"), window: window));

        Assert.Equal(looks, _conversation.Looks);
    }

    [Fact]
    public async Task Several_that_say_the_same_are_matched_one_to_one_in_order()
    {
        var lost = new List<WixInbox.Reconcile.LostMessage>();
        var ids = new List<string>();
        foreach (var text in new[] { "same", "other", "same", "same" })
        {
            lost.Add(_conversation.Lost(text));
            ids.Add(await _conversation.PutAsync(text));
        }

        var found = await _conversation.FindAsync(lost);

        Assert.Equal(ids, found!.Select(message => message?.Id));
    }

    [Fact]
    public async Task Of_several_that_say_the_same_and_of_which_one_is_missing_the_last_one_is()
    {
        var lost = Enumerable.Range(0, 3).Select(_ => _conversation.Lost("same")).ToArray();
        string[] ids = [await _conversation.PutAsync("same"), await _conversation.PutAsync("same")];

        var found = await _conversation.FindAsync(lost);

        Assert.Equal([ids[0], ids[1], null], found!.Select(message => message?.Id));
        Assert.Equal([0, 1, 4, 10], _conversation.Looks);
    }

    [Fact]
    public async Task What_is_known_to_be_another_is_not_taken_for_it()
    {
        var known = await _conversation.PutAsync("same");
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("same"), [known]));

        var lost = await _conversation.PutAsync("same");

        Assert.Equal(lost, await _conversation.FindAsync(_conversation.Lost("same"), [known]));
    }

    [Fact]
    public async Task What_was_found_is_remembered_as_sent()
    {
        var id = await _conversation.PutAsync("same");
        await _conversation.FindAsync(_conversation.Lost("same"));

        Assert.Equal([id], _conversation.Recent());
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("same"), _conversation.Recent()));
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5, true)]
    [InlineData(5.1, false)]
    [InlineData(3_600, false)]
    public async Task What_is_older_than_the_request_by_more_than_five_seconds_is_another(double seconds, bool isFound)
    {
        await _conversation.PutAsync("same");
        _conversation.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isFound, (await _conversation.FindAsync(_conversation.Lost("same"), window: 0))!.Length > 0);
    }

    [Fact]
    public async Task Each_of_several_has_its_own_beginning()
    {
        var early = _conversation.Lost("same");
        var id = await _conversation.PutAsync("same");
        _conversation.Clock.Advance(TimeSpan.FromSeconds(6));

        var found = await _conversation.FindAsync([_conversation.Lost("same"), early], window: 0);

        Assert.Equal([null, id], found!.Select(message => message?.Id));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    public async Task A_conversation_that_cannot_be_read_says_nothing(int status)
    {
        await _conversation.PutAsync("lost");
        for (var request = 0; request < 16; request++)
        {
            _conversation.Failing.Enqueue(status);
        }

        Assert.Null(await _conversation.FindAsync(_conversation.Lost("lost")));
        Assert.Equal(status == 500 ? 16 : 4, _conversation.Looks.Count);
    }

    [Fact]
    public async Task A_conversation_that_can_be_read_later_says_it_then()
    {
        var id = await _conversation.PutAsync("lost");
        _conversation.Failing.Enqueue(403);
        _conversation.Failing.Enqueue(403);

        Assert.Equal(id, await _conversation.FindAsync(_conversation.Lost("lost")));
        Assert.Equal([0, 1, 4], _conversation.Looks);
    }

    [Fact]
    public async Task A_last_look_that_fails_leaves_it_open()
    {
        foreach (var status in new[] { 200, 200, 200, 403 })
        {
            _conversation.Failing.Enqueue(status);
        }

        // Who has not looked at the end of the window does not know that it is not there.
        Assert.Null(await _conversation.FindAsync(_conversation.Lost("lost")));
    }
}
