using Microsoft.Extensions.Time.Testing;
using WixInbox.Reconcile;

namespace WixInbox.Tests.Reconcile;

public sealed class RecentSendsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RecentSends _sends;

    public RecentSendsTests()
    {
        _sends = new RecentSends(_clock);
    }

    [Fact]
    public void What_was_sent_is_remembered_for_ten_seconds_by_its_conversation()
    {
        _sends.Add("a", "1");
        _clock.Advance(TimeSpan.FromSeconds(6));
        _sends.Add("A", "2");
        _sends.Add("b", "3");

        Assert.Equal(["1", "2"], _sends.To("a"));
        Assert.Equal(["3"], _sends.To("B"));
        Assert.Empty(_sends.To("c"));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(["1", "2"], _sends.To("a"));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["2"], _sends.To("a"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_sends.To("a"));
        Assert.Empty(_sends.To("b"));
    }

    [Fact]
    public void Those_of_a_journal_can_be_left_out()
    {
        _sends.Add("a", "1");
        _sends.Add("a", "2");
        _sends.Add("a", "3");
        _sends.Claim("A", "2", "mine");
        _sends.Claim("a", "3", "another");
        _sends.Claim("a", "4", "mine");
        _sends.Claim("b", "1", "mine");

        Assert.Equal(["1", "2", "3"], _sends.To("a"));
        Assert.Equal(["1", "3"], _sends.To("a", "mine"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_sends.To("a"));
    }

    [Fact]
    public void One_that_was_sent_and_then_found_is_forgotten_as_often_as_it_was_remembered()
    {
        _sends.Add("a", "1");
        _clock.Advance(TimeSpan.FromSeconds(6));
        _sends.Add("a", "1");
        _sends.Claim("a", "1", "mine");

        Assert.Equal(["1", "1"], _sends.To("a"));
        Assert.Empty(_sends.To("a", "mine"));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["1"], _sends.To("a"));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(_sends.To("a"));
    }

    [Fact]
    public void A_copy_that_was_taken_does_not_change()
    {
        _sends.Add("a", "1");
        var before = _sends.To("a");
        _sends.Add("a", "2");

        Assert.Equal(["1"], before);
    }
}
