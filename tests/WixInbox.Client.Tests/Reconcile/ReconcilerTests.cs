using WixInbox.Clocks;
namespace WixInbox.Tests.Reconcile;

/// <summary>
/// Whether a message whose answer was lost is in its conversation: when that is looked at, how often, and what counts
/// as it.
/// </summary>
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

        var found = (await _conversation.LookAsync(_conversation.Lost("lost"))).Found!;

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
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("lost")));

        // The last look is one into both lists.
        Assert.Equal([0, 1, 4, 10, 10], _conversation.Looks);
        Assert.Equal([1, 3, 6], _conversation.Clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData(0, new double[] { 0, 0 })]
    [InlineData(0.001, new double[] { 0, 0.001, 0.001 })]
    [InlineData(0.002, new double[] { 0, 0.001, 0.002, 0.002 })]
    [InlineData(60, new double[] { 0, 6, 24, 60, 60 })]
    public async Task The_looks_are_spread_over_the_window(double window, double[] looks)
    {
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("lost"), window: window));

        Assert.Equal(looks, _conversation.Looks);
    }

    [Fact]
    public async Task Of_several_that_say_the_same_the_oldest_is_taken_and_the_next_one_then()
    {
        var (first, second) = (_conversation.Lost("same"), _conversation.Lost("same"));
        string[] ids = [await _conversation.PutAsync("same"), await _conversation.PutAsync("same")];

        Assert.Equal(ids[0], await _conversation.FindAsync(first));
        Assert.Equal(ids[1], await _conversation.FindAsync(second));
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("same")));
    }

    [Fact]
    public async Task What_is_known_to_be_another_is_not_taken_for_it()
    {
        var known = await _conversation.PutAsync("same");
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("same"), taken: known));

        var lost = await _conversation.PutAsync("same");

        Assert.Equal(lost, await _conversation.FindAsync(_conversation.Lost("same"), taken: known));
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5, true)]
    [InlineData(5.1, false)]
    [InlineData(3_600, false)]
    public async Task What_is_older_than_the_request_by_more_than_five_seconds_is_another(double seconds, bool isFound)
    {
        await _conversation.SendAsync("first");
        await _conversation.PutAsync("same");
        _conversation.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isFound, (await _conversation.FindAsync(_conversation.Lost("same"), window: 0))!.Length > 0);
    }

    [Theory]
    [InlineData(500, 6)]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    public async Task A_conversation_that_cannot_be_read_says_nothing_and_one_that_may_not_be_is_asked_once(
        int status, int reads)
    {
        await _conversation.PutAsync("lost");
        for (var request = 0; request < 16; request++)
        {
            _conversation.Failing.Enqueue(status);
        }

        var result = await _conversation.LookAsync(_conversation.Lost("lost"));

        Assert.Equal((null, false, status), (result.Found, result.IsAbsent, result.Unreadable!.StatusCode));
        Assert.Equal(reads, _conversation.Looks.Count);
    }

    [Fact]
    public async Task A_conversation_that_can_be_read_later_says_it_then()
    {
        var id = await _conversation.PutAsync("lost");
        _conversation.Failing.Enqueue(500);
        _conversation.Failing.Enqueue(503);

        Assert.Equal(id, await _conversation.FindAsync(_conversation.Lost("lost")));
        Assert.Equal(3, _conversation.Looks.Count);
    }

    [Fact]
    public async Task A_last_look_that_fails_leaves_it_open()
    {
        foreach (var status in new[] { 200, 200, 200, 404 })
        {
            _conversation.Failing.Enqueue(status);
        }

        // Who has not looked at the end of the window does not know that it is not there.
        Assert.Null(await _conversation.FindAsync(_conversation.Lost("lost")));
    }

    [Fact]
    public async Task A_message_of_the_business_since_then_that_is_nobodys_may_be_it_in_other_words()
    {
        await _conversation.PutAsync("l o s t, and changed");

        Assert.Null(await _conversation.FindAsync(_conversation.Lost("lost")));
        Assert.Equal([0, 1, 4, 10], _conversation.Looks);
    }

    [Fact]
    public async Task What_this_connection_has_sent_itself_is_somebodys()
    {
        var lost = _conversation.Lost("lost");
        await _conversation.SendAsync("another");

        Assert.Equal(string.Empty, await _conversation.FindAsync(lost));
    }

    [Fact]
    public async Task As_long_as_nothing_tells_how_the_service_dates_messages_one_that_says_the_same_and_is_older_may_be_it()
    {
        await _conversation.PutAsync("lost");
        _conversation.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(await _conversation.FindAsync(_conversation.Lost("lost")));

        _conversation.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(string.Empty, await _conversation.FindAsync(_conversation.Lost("lost")));
    }

    [Theory]
    [InlineData(60, new double[] { 0, 0 })]
    [InlineData(5, new double[] { 0, 5, 5 })]
    [InlineData(0.5, new double[] { 0, 0.5, 3.5, 9.5, 9.5 })]
    public async Task What_an_earlier_run_has_left_open_is_looked_for_as_long_as_is_left_of_its_time(
        double age, double[] looks)
    {
        await _conversation.SendAsync("first");
        var since = new ClockReading(_conversation.Clock.GetUtcNow() - TimeSpan.FromSeconds(age), TimeSpan.Zero);
        var sought = _conversation.Lost("lost") with { Since = since, LastIntent = since };

        Assert.Equal(string.Empty, await _conversation.FindAsync(sought));

        Assert.Equal(looks, _conversation.Looks);
    }
}
