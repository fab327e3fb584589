using Microsoft.Extensions.Time.Testing;
using WixInbox.Clocks;
using WixInbox.Reconcile;

namespace WixInbox.Tests.Reconcile;

/// <summary>What a connection remembers of the messages that it has sent, and learns from their answers.</summary>
public sealed class SentMessagesTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly ServerClock _server;
    private readonly SentMessages _sent;

    public SentMessagesTests()
    {
        _server = new ServerClock(_clock);
        _sent = new SentMessages(_clock, _server);
    }

    [Fact]
    public void What_was_sent_is_remembered_by_its_conversation()
    {
        Add("a", "1");

        Assert.True(_sent.Contains("A", "1"));
        Assert.False(_sent.Contains("b", "1"));
        Assert.False(_sent.Contains("a", "2"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(_sent.Contains("a", "1"));
    }

    [Fact]
    public void What_is_both_old_and_behind_ten_thousand_others_is_forgotten()
    {
        Add("a", "1");
        for (var number = 0; number < 10_000; number++)
        {
            Add("b", $"{number}");
        }

        Assert.True(_sent.Contains("a", "1"));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Add("b", "next");
        Add("b", "and the next");
        Assert.False(_sent.Contains("a", "1"));
        Assert.True(_sent.Contains("b", "9999"));
    }

    [Fact]
    public void Those_of_a_journal_can_be_left_out()
    {
        Add("a", "1");
        Add("a", "2");
        Add("a", "3");
        _sent.SetOwner("A", "2", "mine");
        _sent.SetOwner("a", "3", "another");
        _sent.SetOwner("a", "4", "mine");
        _sent.SetOwner(null, "1", "mine");

        Assert.Equal([true, false, true], "123".Select(id => $"{id}").Select(id => _sent.Contains("a", id, "mine")));
        Assert.Equal([true, true, true], "123".Select(id => $"{id}").Select(id => _sent.Contains("a", id)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-4, true)]
    [InlineData(-10, false)]
    [InlineData(-3_600, false)]
    [InlineData(3_600, false)]
    public void The_answers_tell_whether_the_service_dates_messages_by_its_clock(int seconds, bool isTrue)
    {
        Assert.Null(_sent.DatesAreTrue);
        Add("a", "0", left: _clock.GetUtcNow());
        Assert.Null(_sent.DatesAreTrue);
        _server.Observe(_clock.GetUtcNow(), _clock.GetUtcNow(), _clock.GetUtcNow());
        _sent.Add(Message("a", "undated", null), _clock.GetUtcNow());
        Assert.Null(_sent.DatesAreTrue);

        Add("a", "1", left: _clock.GetUtcNow(), date: _clock.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(isTrue, _sent.DatesAreTrue);
        Add("a", "2", left: _clock.GetUtcNow(), date: _clock.GetUtcNow());

        // Once is enough.
        Assert.Equal(isTrue, _sent.DatesAreTrue);
    }

    [Fact]
    public void A_list_may_have_other_dates_than_the_answers_had()
    {
        Add("a", "1", date: _clock.GetUtcNow());

        Assert.False(_sent.HasOtherDates("a", [Message("a", "1", _clock.GetUtcNow()), Message("a", "2", null)]));
        Assert.True(_sent.HasOtherDates("a", [Message("a", "1", _clock.GetUtcNow().AddSeconds(-40))]));
        Assert.True(_sent.HasOtherDates("a", [Message("a", "1", null)]));
    }

    [Fact]
    public void Whoever_else_speaks_for_the_business_is_another_sender_once_a_list_has_named_us_as_the_answers_do()
    {
        var ours = Message("a", "1", null);
        ours.Sender = new IdentificationData { AppId = "app" };
        var theirs = Message("a", "2", null);
        theirs.Sender = new IdentificationData { WixUserId = "somebody" };

        Assert.False(_sent.IsByAnother(theirs, null));
        _sent.Add(ours, _clock.GetUtcNow());
        Assert.Null(_sent.IsByAnother(theirs, null));
        _sent.LearnSenders("a", [theirs, ours]);

        Assert.True(_sent.IsByAnother(theirs, null));
        Assert.True(_sent.IsByAnother(theirs, "CALLER"));
        Assert.False(_sent.IsByAnother(theirs, "PARTICIPANT"));
        Assert.False(_sent.IsByAnother(ours, null));
        Assert.False(_sent.IsByAnother(Message("a", "3", null), null));
    }

    [Fact]
    public void Where_a_list_names_us_as_somebody_else_no_sender_is_another()
    {
        var ours = Message("a", "1", null);
        ours.Sender = new IdentificationData { AppId = "app" };
        var theirs = Message("a", "2", null);
        theirs.Sender = new IdentificationData { WixUserId = "somebody" };
        var listed = Message("a", "1", null);
        listed.Sender = new IdentificationData { WixUserId = "owner" };
        _sent.Add(ours, _clock.GetUtcNow());

        _sent.LearnSenders("a", [listed]);
        _sent.LearnSenders("a", [ours]);

        Assert.False(_sent.IsByAnother(theirs, null));
    }

    [Fact]
    public void A_participant_in_whose_name_we_write_is_no_sender_that_we_are_known_by()
    {
        var ours = Message("a", "1", null);
        ours.Sender = new IdentificationData { MemberId = "ann" };
        var theirs = Message("b", "2", null);
        theirs.Sender = new IdentificationData { MemberId = "bob" };

        _sent.Add(ours, _clock.GetUtcNow(), "PARTICIPANT");
        _sent.LearnSenders("a", [ours]);

        Assert.False(_sent.IsByAnother(theirs, null));
    }

    private void Add(string conversation, string id, DateTimeOffset? left = null, DateTimeOffset? date = null) =>
        _sent.Add(Message(conversation, id, date ?? _clock.GetUtcNow()), left);

    private static Message Message(string conversation, string id, DateTimeOffset? date) =>
        new() { ConversationId = conversation, Id = id, CreatedDate = date };
}
