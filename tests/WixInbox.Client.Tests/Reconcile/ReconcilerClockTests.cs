namespace WixInbox.Tests.Reconcile;

/// <summary>Clocks that are hours apart, and conversations of many pages.</summary>
public sealed class ReconcilerClockTests
{
    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_server_whose_clock_is_hours_off_is_understood_from_its_first_answer(double hours)
    {
        using var conversation = new SearchedConversation(TimeSpan.FromHours(hours));
        await conversation.SendAsync("first");
        await conversation.PutAsync("same");
        conversation.Clock.Advance(TimeSpan.FromSeconds(7));
        var lost = conversation.Lost("same");

        Assert.Equal(string.Empty, await conversation.FindAsync(lost, window: 0));
        var id = await conversation.PutAsync("same");
        Assert.Equal(id, await conversation.FindAsync(lost, window: 0));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task What_an_earlier_answer_told_of_the_clock_holds(double hours)
    {
        using var conversation = new SearchedConversation(TimeSpan.FromHours(hours));
        await conversation.SendAsync("first");
        conversation.Clock.Advance(TimeSpan.FromHours(1));
        await conversation.PutAsync("same");
        conversation.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(string.Empty, await conversation.FindAsync(conversation.Lost("same"), window: 0));
    }

    [Fact]
    public async Task A_server_that_does_not_tell_its_time_is_taken_to_have_ours()
    {
        using var conversation = new SearchedConversation(hasDate: false);
        await conversation.PutAsync("same");
        conversation.Clock.Advance(TimeSpan.FromSeconds(7));

        // Whether its dates can be trusted is not known either.
        Assert.Null(await conversation.FindAsync(conversation.Lost("same"), window: 0));
        var id = await conversation.PutAsync("same");
        Assert.Equal(id, await conversation.FindAsync(conversation.Lost("same"), window: 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task Pages_of_30_are_followed_as_far_as_the_message_can_be(double hours)
    {
        using var conversation = new SearchedConversation(TimeSpan.FromHours(hours), longestPage: 30);
        for (var number = 0; number < 200; number++)
        {
            await conversation.PutAsync("old");
        }

        conversation.Clock.Advance(TimeSpan.FromMinutes(1));
        var lost = conversation.Lost("lost");
        var id = await conversation.PutAsync("lost");
        for (var number = 0; number < 70; number++)
        {
            await conversation.PutAsync("newer");
        }

        Assert.Equal(id, await conversation.FindAsync(lost, window: 0));

        // 71 are three pages of 30, and the third has older ones too: the rest is not read.
        Assert.Equal(3, conversation.Looks.Count);
    }

    [Fact]
    public async Task A_page_that_ends_at_the_earliest_moment_is_not_the_last()
    {
        using var conversation = new SearchedConversation(longestPage: 1);
        var id = await conversation.PutAsync("same");
        await conversation.PutAsync("other");
        conversation.Clock.Advance(WixInbox.Reconcile.Reconciler.Slack);

        Assert.Equal(id, await conversation.FindAsync(conversation.Lost("same"), window: 0));
    }

    [Fact]
    public async Task Pages_of_100_are_asked_for()
    {
        using var conversation = new SearchedConversation();
        for (var number = 0; number < 150; number++)
        {
            await conversation.PutAsync("newer");
        }

        Assert.Null(await conversation.FindAsync(conversation.Lost("lost"), window: 0));
        Assert.Equal(2, conversation.Looks.Count);
    }

    [Fact]
    public async Task A_page_that_fails_leaves_it_open()
    {
        using var conversation = new SearchedConversation(longestPage: 30);
        var lost = conversation.Lost("lost");
        for (var number = 0; number < 40; number++)
        {
            await conversation.PutAsync("newer");
        }

        conversation.Failing.Enqueue(200);
        conversation.Failing.Enqueue(403);

        Assert.Null(await conversation.FindAsync(lost, window: 0));
    }

    [Theory]
    [InlineData(18, false)]
    [InlineData(20, true)]
    public async Task More_than_twenty_pages_are_not_read_and_leave_it_open(int newerPages, bool isOpen)
    {
        using var conversation = new SearchedConversation(longestPage: 5);
        await conversation.PutAsync("old");
        conversation.Clock.Advance(TimeSpan.FromMinutes(1));
        var lost = conversation.Lost("lost");
        var id = await conversation.PutAsync("lost");
        for (var number = 0; number < (newerPages * 5) + 4; number++)
        {
            await conversation.PutAsync("newer");
        }

        // Nineteen pages of newer ones, the message at the end of the last of them, and one page more to see that
        // nothing of it is left.
        Assert.Equal(isOpen ? null : id, await conversation.FindAsync(lost, window: 0));
        Assert.Equal(20, conversation.Looks.Count);
    }
}
