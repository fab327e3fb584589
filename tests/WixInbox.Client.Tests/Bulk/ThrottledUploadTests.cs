using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A 403 without a code in answer to the first upload of a run: Wix has been seen to throttle a burst that way.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ThrottledUploadTests
{
    [Fact]
    public void One_refusal_is_no_reason_to_upload_no_other_file_of_the_run()
    {
        using var folder = new TemporaryFolder();
        using var run = new SandboxRun();
        run.Fail("POST /site-media", FaultKind.EmptyForbidden);

        var outcomes = VirtualTime.Run(run.Time, async () =>
        {
            var first = await SendAsync(run, SandboxRun.Conversation, "1");
            await Task.Delay(TimeSpan.FromHours(1), run.Time);
            return new[] { first, await SendAsync(run, SandboxRun.Other, "2") };
        });

        Assert.Equal(
            [OutcomeKind.NotSent, OutcomeKind.Succeeded], outcomes.Select(outcome => outcome.Kind));

        Task<Outcome<Message>> SendAsync(SandboxRun run, Recipient to, string text) => run.Sender.SendAsync(
            to,
            Sample.Basic(BasicItem.Of(
                LocalFile.Read(folder.Write($"{text}.txt", text), TestClient.Cancellation), asImage: false)));
    }
}
