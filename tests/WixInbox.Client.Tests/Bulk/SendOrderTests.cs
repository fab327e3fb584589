namespace WixInbox.Tests.Bulk;

/// <summary>Who waits for whom: those before to the same conversation, and those that may turn out to be.</summary>
public sealed class SendOrderTests
{
    private static readonly Recipient s_conversation = Recipient.Conversation("c");
    private static readonly Recipient s_member = Recipient.Member("m");
    private static readonly Recipient s_contact = Recipient.Contact("k");

    private readonly SendOrder _order = new();

    [Fact]
    public async Task Those_of_one_conversation_go_one_after_the_other_and_others_beside_them()
    {
        var turns = Enumerable.Range(1, 10).Select(order => Enter(order, s_conversation)).ToArray();
        var other = Enter(11, Recipient.Conversation("d"));
        Assert.True(other.IsCompletedSuccessfully);

        for (var index = 0; index < turns.Length; index++)
        {
            var turn = await turns[index];
            Assert.All(turns.Skip(index + 1), later => Assert.False(later.IsCompleted));
            turn.Dispose();

            // To leave twice is to leave once.
            turn.Dispose();
        }

        (await other).Dispose();
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Whoever_comes_late_has_the_place_of_its_row()
    {
        var holder = await Enter(1, s_conversation);
        var third = Enter(3, s_conversation);
        var second = Enter(2, s_conversation);

        holder.Dispose();
        (await second).Dispose();
        (await third).Dispose();
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Whoever_comes_late_does_not_go_beside_one_that_has_gone_before_it()
    {
        var holder = await Enter(2, s_conversation);
        var earlier = Enter(1, s_conversation);
        Assert.False(earlier.IsCompleted);

        holder.Dispose();
        (await earlier).Dispose();
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Nor_does_it_when_one_behind_it_is_cancelled()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        using var holder = await Enter(2, s_conversation);
        var earlier = _order.EnterAsync(1, s_conversation, s_conversation.Kind, first.Token);
        var later = _order.EnterAsync(3, s_conversation, s_conversation.Kind, second.Token);

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => later);

        // Whoever has gone can be cancelled no more.
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => earlier);
    }

    [Fact]
    public void Nobody_waits_for_a_later_row_whoever_that_is_for()
    {
        _order.Announce(2);
        var member = Enter(3, s_member);
        Assert.False(member.IsCompleted);

        Assert.True(Enter(1, s_conversation).IsCompletedSuccessfully);
    }

    [Fact]
    public void Those_whose_conversations_are_not_known_look_for_them_side_by_side()
    {
        Assert.True(Enter(1, s_member).IsCompletedSuccessfully);
        Assert.True(Enter(2, s_contact).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_row_waits_for_an_earlier_one_of_whom_nobody_knows_yet_who_it_is_for()
    {
        _order.Announce(1);
        var later = Enter(2, s_conversation);
        Assert.False(later.IsCompleted);

        // It is for somebody else.
        var participant = Enter(1, s_member);
        Assert.True(participant.IsCompletedSuccessfully);
        Assert.False(later.IsCompleted);
        var located = _order.EnterAsync(1, Recipient.Conversation("d"), RecipientKind.Member, TestClient.Cancellation);
        Assert.True(located.IsCompletedSuccessfully);
        (await later).Dispose();
    }

    [Fact]
    public async Task A_row_waits_for_an_earlier_one_of_another_kind_until_its_conversation_is_known()
    {
        var member = await Enter(1, s_member);
        var byId = Enter(2, s_conversation);
        Assert.False(byId.IsCompleted);

        // It turns out to be the same: the earlier one goes first.
        using var there = await _order.EnterAsync(1, s_conversation, RecipientKind.Member, TestClient.Cancellation);
        Assert.False(byId.IsCompleted);
        there.Dispose();
        member.Dispose();
        (await byId).Dispose();
    }

    [Fact]
    public async Task A_row_does_not_wait_for_others_of_its_own_kind()
    {
        using var first = await Enter(1, s_member);
        using var second = await Enter(2, Recipient.Member("n"));

        using var there = await _order.EnterAsync(2, s_conversation, RecipientKind.Member, TestClient.Cancellation);

        Assert.Equal(3, _order.Count);
    }

    [Fact]
    public async Task Nobody_waits_for_one_that_gives_up()
    {
        _order.Announce(1);
        var later = Enter(2, s_contact);
        Assert.False(later.IsCompleted);

        _order.Withdraw(1);

        (await later).Dispose();
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task Whoever_waits_can_be_cancelled_and_holds_up_nobody()
    {
        using var cancellation = new CancellationTokenSource();
        var first = await Enter(1, s_conversation);
        var second = _order.EnterAsync(2, s_conversation, s_conversation.Kind, cancellation.Token);
        var third = Enter(3, s_conversation);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task One_at_a_time_however_many_come_at_once()
    {
        var inside = new int[4];
        var collisions = 0;
        var order = 0;

        await Parallel.ForAsync(
            0,
            5_000,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestClient.Cancellation },
            async (number, _) =>
            {
                var lane = number % inside.Length;
                using var turn = await Enter(Interlocked.Increment(ref order), Recipient.Conversation($"{lane}"));
                if (Interlocked.Increment(ref inside[lane]) != 1)
                {
                    Interlocked.Increment(ref collisions);
                }

                await Task.Yield();
                Interlocked.Decrement(ref inside[lane]);
            });

        Assert.Equal(0, collisions);
        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public async Task A_long_queue_does_not_overflow_the_stack_when_it_empties()
    {
        var first = await Enter(1, s_conversation);
        var rest = Enumerable.Range(2, 100_000).Select(async order =>
        {
            using var turn = await Enter(order, s_conversation);
        }).ToArray();

        first.Dispose();
        await Task.WhenAll(rest);

        Assert.Equal(0, _order.Count);
    }

    [Fact]
    public void Those_behind_a_message_that_may_still_be_sent_are_held_back()
    {
        _order.HoldBack(Recipient.Conversation("A"));

        Assert.True(_order.IsHeldBack(Recipient.Conversation("a")));
        Assert.False(_order.IsHeldBack(Recipient.Member("a")));
    }

    private Task<IDisposable> Enter(long order, Recipient key) =>
        _order.EnterAsync(order, key, key.Kind, TestClient.Cancellation);
}
