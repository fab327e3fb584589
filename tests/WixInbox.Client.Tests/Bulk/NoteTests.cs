using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What is told while rows are sent: which row, what happened, what comes next; and nothing that is somebody's own.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class NoteTests
{
    [Fact]
    public void A_row_that_goes_through_is_not_spoken_of()
    {
        using var run = new SandboxRun();

        run.SendAll((SandboxRun.Contact, "1"), (SandboxRun.Other, "2"));

        Assert.Empty(run.Notes);
    }

    [Fact]
    public void What_was_put_off_is_told_with_its_row_and_how_long()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.LookUp, new Fault { Kind = FaultKind.RateLimited, RetryAfter = "7" });
        run.Fail(SandboxRun.Send, new Fault { Kind = FaultKind.ServerErrorBefore, Status = 503, RetryAfter = "2" });

        run.SendAll((SandboxRun.Contact, "1"));

        Assert.Equal(
            [
                "Row 1: Wix answered 429 RESOURCE_EXHAUSTED; it is tried again in 7 s.",
                "Row 1: Wix answered 503; it is tried again in 2 s.",
            ],
            run.Notes);
    }

    [Theory]
    [InlineData(
        FaultKind.ResetAfter,
        "Row 1: the connection failed; looking whether the message was sent.",
        "Row 1: the message was sent.")]
    [InlineData(
        FaultKind.TimeoutAfter,
        "Row 1: no answer came in time; looking whether the message was sent.",
        "Row 1: the message was sent.")]
    [InlineData(
        FaultKind.ServerErrorBefore,
        "Row 1: Wix answered 500; looking whether the message was sent.",
        "Row 1: the message was not sent, and is sent again.")]
    public void A_search_is_told_and_what_came_of_it(FaultKind kind, params string[] notes)
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, kind);

        run.SendOne();

        Assert.Equal(notes, run.Notes);
    }

    [Fact]
    public void A_search_that_does_not_tell_is_told_and_why()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ServerErrorBefore);
        run.Fail(
            SandboxRun.List,
            new Fault { Kind = FaultKind.ApplicationError, Status = 403, Code = "PERMISSION_DENIED", Times = 4 });

        run.SendOne();

        Assert.Equal("Row 1: the conversation cannot be read, so that it is not known.", run.Notes.Last());
    }

    [Fact]
    public void A_message_that_never_turns_up_is_told()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ServerErrorBefore, times: 4);

        run.SendOne();

        Assert.Equal("Row 1: it does not turn up, however often it is sent.", run.Notes.Last());
    }

    [Fact]
    public void A_conversation_that_leaves_it_open_is_told()
    {
        // Something that the business wrote in the meantime may be the message in other words.
        using var run = new SandboxRun();
        using var another = TestClient.Over(run.Server, run.Time);
        run.Fail(SandboxRun.Send, FaultKind.ResetBefore);

        VirtualTime.Run(run.Time, async () =>
        {
            var lost = run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text(), 1);
            await Task.Delay(TimeSpan.FromSeconds(1), run.Time);
            await another.SendMessageAsync(Sample.Text("other words"), TestClient.Cancellation);
            return await lost;
        });

        Assert.Equal("Row 1: the conversation does not tell.", run.Notes.Last());
    }

    [Fact]
    public void A_message_that_is_sent_again_unseen_is_told()
    {
        using var run = new SandboxRun(AmbiguousAction.Resend);
        run.Fail(SandboxRun.Send, FaultKind.ServerErrorAfter);

        run.SendOne();

        Assert.Equal(["Row 1: Wix answered 500; it is sent again."], run.Notes);
    }

    [Fact]
    public void No_note_has_a_text_an_address_or_a_secret_in_it()
    {
        using var run = new SandboxRun();
        foreach (var operation in new[] { SandboxRun.LookUp, SandboxRun.Send, SandboxRun.List, SandboxRun.Send })
        {
            foreach (var kind in new[]
            {
                FaultKind.RateLimited,
                FaultKind.ResetAfter,
                FaultKind.HtmlBody,
                FaultKind.TruncatedBody,
                FaultKind.TimeoutAfter,
                FaultKind.Redirect,
            })
            {
                run.Fail(operation, kind);
            }
        }

        run.SendAll(
            [
                .. Enumerable.Range(0, 10)
                    .Select(row => (row % 2 == 0 ? SandboxRun.Contact : SandboxRun.Other, "text of the message")),
            ]);

        Assert.NotEmpty(run.Notes);
        Assert.All(run.Notes, note =>
        {
            Assert.Matches(@"^Row \d+: [a-zA-Z0-9_ ,;.]+\.$", note);
            foreach (var secret in new[]
            {
                "text of",
                Secret.Canary,
                Sample.ContactId,
                Sample.OtherConversationId,
                "http",
                "wixapis",
            })
            {
                Assert.DoesNotContain(secret, note, StringComparison.OrdinalIgnoreCase);
            }
        });
    }

    [Fact]
    public void A_row_without_a_number_is_spoken_of_without_one()
    {
        using var run = new SandboxRun();
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        VirtualTime.Run(run.Time, () => run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text()));

        Assert.Equal(
            ["the connection failed; looking whether the message was sent.", "the message was sent."], run.Notes);
    }
}
