using System.Diagnostics.CodeAnalysis;
using WixInbox.Clocks;
using WixInbox.Outcomes;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>
/// Uploads the files of a run's messages: each file once, however many messages have it. Files of the same name and
/// content are the same file.
/// </summary>
/// <param name="run">The run. As many files may be open as it has requests at once.</param>
[SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore whose wait handle is not asked for holds nothing to be let go.")]
internal sealed class MediaUploads(RunContext run)
{
    // Wix does not say how long a file takes to be ready. A picture takes seconds.
    private static readonly TimeSpan s_readyWait = TimeSpan.FromMinutes(2);

    // How long a file that failed to upload is left alone, so that thousands of messages with it do not each try again.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    // When the cache is full, the oldest file makes room, and is uploaded again for the next message that has it.
    private readonly BoundedCache<(string Name, Hash128 Hash), Upload> _uploads = new(10_000);
    private readonly object _gate = new();
    private readonly SemaphoreSlim _open = new(run.Options.ThrottleLimit);
    private readonly KnownRefusal _forbidden = new(run.Client.TimeProvider);

    /// <summary>Uploads the files of a message, and puts their ids and addresses into a copy of the message.</summary>
    /// <returns>The request to send, or why a file could not be uploaded.</returns>
    public async Task<(SendMessageRequest? Request, Outcome<Message>? Failed)> AttachAsync(
        SendMessageRequest request, long order, CancellationToken cancellationToken)
    {
        var items = request.Message?.Content?.Basic?.Items ?? [];
        var filled = new BasicItem[items.Length];
        for (var index = 0; index < items.Length; index++)
        {
            filled[index] = items[index];
            if (items[index]?.LocalFile is not { } file)
            {
                continue;
            }

            var outcome =
                (await UploadOf(file, order).WaitForAsync(cancellationToken).ConfigureAwait(false)).About(file);
            if (outcome.Value is not { } media)
            {
                // The message itself has not left. If a person can put the file right, the next run tries the row
                // again.
                var isFinal = outcome.Kind == OutcomeKind.Rejected && !MayBeSetRight(outcome.Failure!);
                return (null, outcome.As<Message>(null, isFinal ? OutcomeKind.Rejected : OutcomeKind.NotSent));
            }

            filled[index] = items[index].Filled(media);
        }

        return (request.With(filled), null);
    }

    private static bool MayBeSetRight(Failure failure) =>
        failure.Cause == FailureCause.File
        || failure.StatusCode is 403 or 404 or 410
        || failure is { Operation: Operation.UploadFile, StatusCode: 401 }
        || failure.Violations.Any(violation => violation.Rule == FailureCodes.SiteQuotaExceeded);

    private Task<Outcome<MediaFile>> UploadOf(LocalFile file, long order)
    {
        if (_forbidden.Failure is { } forbidden)
        {
            return Task.FromResult(new Outcome<MediaFile> { Kind = OutcomeKind.Rejected, Failure = forbidden });
        }

        var key = (file.Name, file.Hash);
        lock (_gate)
        {
            if (!_uploads.TryGet(key, out var upload) || IsToBeTriedAgain(upload))
            {
                upload = new Upload();
                upload.Task = UploadAsync(upload, file, run.PlaceOf(order));
                _uploads.Set(key, upload);
            }

            return upload.Task;
        }
    }

    private bool IsToBeTriedAgain(Upload upload) =>
        upload.Task.IsCompleted
        && (upload.Task.Status != TaskStatus.RanToCompletion
            || (upload.Task.Result is { Value: null } failed
                && (failed.Kind != OutcomeKind.Rejected || failed.Failure!.StatusCode == 403)
                && run.Client.TimeProvider.GetElapsedTime(upload.EndedAt) >= s_pause));

    private async Task<Outcome<MediaFile>> UploadAsync(Upload upload, LocalFile file, QueuePlace place)
    {
        try
        {
            var outcome = await SendAsync(file, place).ConfigureAwait(false);
            outcome = await run.Client.Media.MakeReadyAsync(
                outcome, file, s_readyWait, place, run.Ended).ConfigureAwait(false);
            if (outcome.Failure?.Operation is null or Operation.GenerateUploadUrl)
            {
                _forbidden.Note(outcome.Failure);
            }

            return outcome;
        }
        finally
        {
            upload.EndedAt = run.Client.TimeProvider.GetTimestamp();
        }
    }

    // A file that Wix is working on is not open any more.
    private async Task<Outcome<MediaFile>> SendAsync(LocalFile file, QueuePlace place)
    {
        await _open.WaitAsync(run.Ended).ConfigureAwait(false);
        try
        {
            return await run.Client.Media.SendAsync(file, place, run.Ended).ConfigureAwait(false);
        }
        finally
        {
            _open.Release();
        }
    }

    private sealed class Upload
    {
        public Task<Outcome<MediaFile>> Task { get; set; } = null!;

        public long EndedAt { get; set; }
    }
}
