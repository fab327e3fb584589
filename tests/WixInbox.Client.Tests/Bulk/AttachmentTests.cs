using WixInbox.Reconcile;
using WixInbox.Sandbox;
using WixInbox.Tests.Journal;

namespace WixInbox.Tests.Bulk;

/// <summary>Messages with files of this machine.</summary>
[Collection(VirtualTime.Name)]
public sealed class AttachmentTests : IDisposable
{
    private const string Ask = "POST /site-media/v1/files/generate-upload-url";
    private const string Put = "PUT /sandbox-upload/{uploadToken}";

    private readonly TemporaryFolder _folder = new();
    private readonly SandboxRun _run = new();

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_is_uploaded_once_however_many_messages_have_it()
    {
        var picture = Png("a.png");
        var copy = LocalFile.Read(_folder.Write("a copy.png", Picture.Read(Picture.Png)), TestClient.Cancellation);

        var outcomes = SendAll(
            [
                .. Enumerable.Range(1, 8).Select(number => (To(number), Image(picture))),
                (To(9), Image(Png("a.png"))),
                (To(10), Image(copy)),
            ]);

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Succeeded, outcome.Kind));
        Assert.Equal((2, 2), (_run.Requests(Ask), _run.Requests(Put)));
        var sent = outcomes.Select(outcome => outcome.Value!.Content!.Basic!.Items![0].Image!).ToArray();
        Assert.Single(sent.Take(9).Select(image => image.Id).Distinct());
        Assert.Equal(
            _run.Server.Uploads.Select(upload => upload.Id).Order(), sent.Skip(8).Select(image => image.Id!).Order());
        Assert.All(sent, image => Assert.Equal((37.0, 21.0), (image.Width, image.Height)));
        Assert.All(sent, image => Assert.NotNull(image.Url));
    }

    [Fact]
    public void An_image_and_a_file_go_with_a_text()
    {
        var document = LocalFile.Read(_folder.Write("a.txt", "some text"), TestClient.Cancellation);

        var outcome = SendAll((
            To(1),
            Sample.Basic(
                new BasicItem { Text = "Hi" },
                BasicItem.Of(Png("a.png"), asImage: true),
                BasicItem.Of(document, asImage: false))))[0];

        var items = outcome.Value!.Content!.Basic!.Items!;
        Assert.Equal(
            ("Hi", "a.png", "a.txt", "text/plain"),
            (items[0].Text, items[1].Image!.Filename, items[2].File!.Filename, items[2].File!.MimeType));
        Assert.Equal(["a.png", "a.txt"], _run.Server.Uploads.Select(upload => upload.FileName));
        Assert.Equal("some text"u8.ToArray(), _run.Server.Uploads[1].Content.ToArray());
    }

    [Fact]
    public void Only_those_that_have_a_file_fail_with_it_and_it_is_not_tried_for_each()
    {
        _run.Fail(Ask, new Fault { Kind = FaultKind.ServerErrorBefore, Times = 100 });

        var outcomes = SendAll(
            [
                .. Enumerable.Range(1, 20).Select(number => (To(number), Image(Png("a.png")))),
                (To(21), Sample.Text("no file")),
            ]);

        Assert.All(outcomes[..20], outcome => Assert.Equal(
            (OutcomeKind.NotSent, Operation.GenerateUploadUrl, _folder["a.png"]),
            (outcome.Kind, outcome.Failure!.Operation, outcome.Failure.Path)));
        Assert.Equal(OutcomeKind.Succeeded, outcomes[20].Kind);
        Assert.Equal(6, _run.Requests(Ask));
    }

    [Fact]
    public void After_a_minute_it_is_tried_again()
    {
        _run.Fail(Ask, new Fault { Kind = FaultKind.ServerErrorBefore, Times = 6 });
        var picture = Png("a.png");

        Assert.Equal(OutcomeKind.NotSent, SendAll((To(1), Image(picture)))[0].Kind);
        Wait(50);
        Assert.Equal(OutcomeKind.NotSent, SendAll((To(2), Image(picture)))[0].Kind);
        Assert.Equal(6, _run.Requests(Ask));
        Wait(11);
        Assert.Equal(OutcomeKind.Succeeded, SendAll((To(3), Image(picture)))[0].Kind);
    }

    [Fact]
    public void One_that_Wix_refuses_is_refused_for_all_and_for_ever()
    {
        var program = LocalFile.Read(_folder.Write("a.exe", "MZ"), TestClient.Cancellation);

        var outcomes = SendAll((To(1), File(program)), (To(1), File(program)), (To(1), Sample.Text("after it")));

        Assert.All(outcomes[..2], outcome => Assert.Equal(
            (OutcomeKind.Rejected, "UNSUPPORTED_FILE_FORMAT"), (outcome.Kind, outcome.Failure!.Violations[0].Rule)));
        Assert.Equal(OutcomeKind.Succeeded, outcomes[2].Kind);
        Assert.Equal(1, _run.Requests(Ask));
        Assert.Equal(0, _run.Requests(Put));
    }

    [Fact]
    public void Where_files_may_not_be_uploaded_no_other_is_tried_and_those_rows_may_be_sent_later()
    {
        _run.Fail(
            Ask,
            new Fault { Kind = FaultKind.ApplicationError, Status = 403, Code = "PERMISSION_DENIED", Times = 100 });

        var outcomes = SendAll((To(1), Image(Png("a.png"))));
        var later = SendAll(
            (To(2), Image(Png("b.png"))), (To(2), Sample.Text("overtakes nothing")), (To(3), Sample.Text("no file")));

        Assert.Equal(OutcomeKind.NotSent, outcomes[0].Kind);
        Assert.Equal(
            (OutcomeKind.NotSent, 403, _folder["b.png"]),
            (later[0].Kind, later[0].Failure!.StatusCode!.Value, later[0].Failure!.Path));
        Assert.Equal(FailureCause.EarlierMessage, later[1].Failure!.Cause);
        Assert.Equal(OutcomeKind.Succeeded, later[2].Kind);
        Assert.Equal(1, _run.Requests(Ask));
    }

    [Fact]
    public void A_file_that_was_changed_after_it_had_been_looked_at_is_not_sent()
    {
        var picture = Png("a.png");
        _folder.Write("a.png", Picture.Read("png-alpha-5x300.png"));

        var outcome = SendAll((To(1), Image(picture)))[0];

        Assert.Equal((OutcomeKind.NotSent, "FileChanged"), (outcome.Kind, outcome.Failure!.Code));
        Assert.Empty(_run.Stored);
        Assert.Equal(0, _run.Requests(Ask));
    }

    [Fact]
    public void An_upload_that_is_under_way_ends_with_the_run()
    {
        _run.Fail(Ask, new Fault { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(20) });

        VirtualTime.Run(_run.Time, async () =>
        {
            var sending = _run.Sender.SendAsync(To(1), Image(Png("a.png")));
            await Task.Delay(TimeSpan.FromSeconds(1), _run.Time);
            Assert.Equal(1, _run.Server.InFlight);
            await _run.Sender.DisposeAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            await Task.Delay(TimeSpan.FromSeconds(1), _run.Time);
            return true;
        });

        Assert.Equal(0, _run.Server.InFlight);
        Assert.Empty(_run.Stored);
    }

    [Fact]
    public void A_message_whose_answer_is_lost_is_found_though_the_id_is_not_part_of_what_it_is_known_by()
    {
        _run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        var outcome = SendAll((To(1), Image(Png("a.png"))))[0];

        Assert.Equal(MessageDelivery.Reconciled, outcome.Value?.Delivery);
        Assert.Single(_run.Server.Ledger);
    }

    [Fact]
    public async Task A_row_that_an_earlier_run_has_sent_uploads_nothing()
    {
        var storage = new MemoryStorage();
        var message = Image(Png("a.png"));
        using (var journal = Journals.Open(storage, keyProperty: null, time: _run.Time))
        {
            var row = journal.Take(null, To(1), message, 1);
            using var client = TestClient.Over(_run.Server, _run.Time);
            var sender = BulkRuns.Open(client, new BulkRunOptions(), journal);
            Assert.Equal(OutcomeKind.Succeeded, VirtualTime.Run(_run.Time, () => sender.SendAsync(row)).Kind);

            // The next one left, and the power went.
            await journal.IntendAsync(journal.Take(null, To(1), Image(Png("a.png")), 2), To(1).Id);
        }

        _run.Server.AddFault(new Fault { Kind = FaultKind.ResetBefore, Method = "GET", Times = 100 });
        using var again = Journals.Open(new MemoryStorage(storage.Written), keyProperty: null, time: _run.Time);
        using var other = TestClient.Over(_run.Server, _run.Time);
        var second = BulkRuns.Open(other, new BulkRunOptions(), again);
        var states =
            new[] { again.Take(null, To(1), Image(Png("a.png")), 1), again.Take(null, To(1), Image(Png("a.png")), 2) };
        var outcome = VirtualTime.Run(_run.Time, () => second.SendAsync(states[1]));

        Assert.Equal([JournalState.Sent, JournalState.Sending], states.Select(state => state.Earlier));
        Assert.Equal(FailureCause.EarlierRun, outcome.Failure!.Cause);
        Assert.Equal(1, _run.Requests(Put));
    }

    [Fact]
    public void A_row_is_known_by_the_content_of_its_file_and_not_by_what_it_becomes()
    {
        var before = Image(Png("a.png"));
        var key = ContentHash(To(1), before);
        var fingerprint = MessageFingerprint.Of(before.Message);
        SendAll((To(1), before));

        // The message is its caller's, who may send it to others: what was uploaded is in a copy.
        Assert.Null(before.Message!.Content!.Basic!.Items![0].Image!.Id);
        Assert.Equal(fingerprint, MessageFingerprint.Of(before.Message));
        Assert.Equal(key, ContentHash(To(1), Image(Png("a.png"))));
        Assert.NotEqual(key, ContentHash(To(1), Image(Png("b.png"))));
        Assert.NotEqual(key, ContentHash(To(2), Image(Png("a.png"))));

        var other = Picture.Read(Picture.Png);
        other[^20] ^= 1;
        var changed = LocalFile.Read(_folder.Write("a.png", other), TestClient.Cancellation);
        Assert.NotEqual(key, ContentHash(To(1), Image(changed)));
    }

    [Fact]
    public async Task A_message_whose_file_nobody_has_uploaded_does_not_leave()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Sent()));

        var outcome = await client.SendMessageAsync(Image(Png("a.png")), TestClient.Cancellation);

        Assert.Equal("FileNotUploaded", Assert.Single(outcome.Failure!.Violations).Rule);
        Assert.Empty(BulkRun.Validate(To(1), Image(Png("a.png"))));
    }

    private static Hash128 ContentHash(Recipient recipient, SendMessageRequest request) =>
        new BulkRow(new BulkMessage(recipient, request), 1, 1).ContentHash();

    private static Recipient To(int number) => new(RecipientKind.Conversation, $"6202c3bb-f263-3c16-8c90-{number:x12}");

    private static SendMessageRequest Image(LocalFile file) => Sample.Basic(BasicItem.Of(file, asImage: true));

    private static SendMessageRequest File(LocalFile file) => Sample.Basic(BasicItem.Of(file, asImage: false));

    private void Wait(int seconds) => VirtualTime.Run(_run.Time, async () =>
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), _run.Time, TestClient.Cancellation);
        return true;
    });

    private LocalFile Png(string name) =>
        LocalFile.Read(_folder.Write(name, Picture.Read(Picture.Png)), TestClient.Cancellation);

    private Outcome<Message>[] SendAll(params (Recipient To, SendMessageRequest Message)[] rows) =>
        VirtualTime.Run(_run.Time, () => Task.WhenAll(rows.Select(row => _run.Sender.SendAsync(row.To, row.Message))));
}
