namespace WixInbox;

/// <summary>
/// Uploads the files of a run's messages: each file once, however many messages have it. Files of the same name and content are the same file.
/// </summary>
/// <param name="client">Uploads.</param>
internal sealed class MediaUploads(WixInboxClient client)
{
    // Wix names no time in which a file is ready. A picture takes seconds.
    private static readonly TimeSpan s_readyWait = TimeSpan.FromMinutes(2);

    // For how long a file that could not be uploaded is not tried again, so that not each of thousands of messages with it has a try of its own.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private readonly Lanes<(string Name, string Hash)> _lanes = new();

    // Where it is full, the oldest makes room, and is uploaded again when another message has it.
    private readonly BoundedCache<(string Name, string Hash), (Outcome<MediaFile> Outcome, long At)> _known = new(10_000);

    private volatile Outcome<MediaFile>? _forbidden;

    /// <summary>Uploads what a message needs, and puts it in.</summary>
    /// <returns>Why it could not be uploaded; null if it was.</returns>
    public async Task<Outcome<Message>?> AttachAsync(Message? message, CancellationToken cancellationToken)
    {
        foreach (var item in message?.Content?.Basic?.Items ?? [])
        {
            if (item?.LocalFile is not { } file)
            {
                continue;
            }

            var outcome = await GetAsync(file, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } media)
            {
                // The message itself has not left. Where a person can set it right, the row is tried again in the next run.
                var isFinal = outcome.Kind == OutcomeKind.Rejected && !MayBeSetRight(outcome.Failure!);
                return outcome.As<Message>(null, isFinal ? OutcomeKind.Rejected : OutcomeKind.NotSent);
            }

            item.Fill(media);
        }

        return null;
    }

    private static bool MayBeSetRight(Failure failure) =>
        failure.Cause == FailureCause.File
        || failure.StatusCode is 403 or 404 or 410
        || failure is { Operation: Operation.UploadFile, StatusCode: 401 }
        || failure.Violations.Any(violation => violation.Rule == "SITE_QUOTA_EXCEEDED");

    private async Task<Outcome<MediaFile>> GetAsync(LocalFile file, CancellationToken cancellationToken)
    {
        var key = (file.Name, file.Hash.ToString());
        using var turn = await _lanes.EnterAsync(key).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var isKnown = _known.TryGet(key, out var known);
        if (isKnown && (known.Outcome.Value is not null || known.Outcome.Kind == OutcomeKind.Rejected || client.TimeProvider.GetElapsedTime(known.At) < s_pause))
        {
            return known.Outcome.About(file);
        }

        if (_forbidden is { } forbidden)
        {
            return forbidden.About(file);
        }

        var outcome = await client.Media.UploadAsync(file, s_readyWait, cancellationToken).ConfigureAwait(false);
        _known.Set(key, (outcome, client.TimeProvider.GetTimestamp()));
        if (outcome.Failure is { Operation: Operation.GenerateUploadUrl, StatusCode: 403 })
        {
            // No other file may be uploaded either.
            _forbidden = outcome;
        }

        return outcome;
    }
}
