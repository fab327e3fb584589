using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A 403 without a code in answer to the first read of a conversation: Wix has been seen to throttle a burst that way.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ThrottledReadBackTests
{
    [Fact]
    public void One_refusal_is_no_reason_to_look_for_no_other_row_of_the_run()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.List, FaultKind.EmptyForbidden);
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
        var first = run.SendOne("1");

        // An hour later.
        VirtualTime.Run(run.Time, async () =>
        {
            await Task.Delay(TimeSpan.FromHours(1), run.Time);
            return true;
        });
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);
        var second = run.SendAll((SandboxRun.Other, "2"))[0];

        Assert.Equal(OutcomeKind.Ambiguous, first.Kind);
        Assert.Equal(MessageDelivery.Reconciled, second.Value?.Delivery);
    }
}
