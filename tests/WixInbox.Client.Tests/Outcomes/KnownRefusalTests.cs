using Microsoft.Extensions.Time.Testing;
using WixInbox.Outcomes;

namespace WixInbox.Tests.Outcomes;

/// <summary>When a refusal counts for all calls of its kind.</summary>
public sealed class KnownRefusalTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly KnownRefusal _refusal;

    public KnownRefusalTests() => _refusal = new KnownRefusal(_clock);

    [Fact]
    public void A_code_says_so_at_once_and_no_other_failure_that_it_is_over()
    {
        Note(403, "PERMISSION_DENIED");
        Note(500);

        Assert.Equal("PERMISSION_DENIED", _refusal.Failure?.Code);
        _refusal.Note(null);
        Assert.Null(_refusal.Failure);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Without_a_code_three_have_to_come_over_minutes(int seconds, bool isKnown)
    {
        for (var call = 0; call < 3; call++)
        {
            Assert.Null(_refusal.Failure);
            Note(403);
            Note(403);
            Note(500);
            _clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(isKnown, _refusal.Failure is not null);
    }

    [Fact]
    public void Those_before_a_success_do_not_count()
    {
        for (var call = 0; call < 4; call++)
        {
            Note(403);
            _clock.Advance(TimeSpan.FromMinutes(1));
            if (call == 1)
            {
                _refusal.Note(null);
            }
        }

        Assert.Null(_refusal.Failure);
    }

    private void Note(int status, string? code = null) => _refusal.Note(new Failure
    {
        Operation = Operation.ListMessages,
        Cause = FailureCause.Status,
        StatusCode = status,
        Code = code,
    });
}
