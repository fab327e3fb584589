using System.Text.Json;
using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Http;
using WixInbox.Json;
using WixInbox.Media;
using WixInbox.Outcomes;
using WixInbox.Pace;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// The site's Media Manager, from which messages take images and files. By its own API (<c>/site-media/v1</c>) it needs
/// the permission Manage Media Manager, and a file that is uploaded or imported is public: whoever has its address can
/// read it. <see cref="MediaStore.Channels"/> is the other way in.
/// </summary>
/// <remarks>
/// An upload takes two requests, the second one to a server of its own, whose address is a secret that the first one
/// brings. It is made again where the first try may or may not have arrived, with another address: at worst, that
/// leaves a file in the Media Manager that nobody uses. Wix advises a resumable upload for more than 10 MB; this is not
/// one, and begins anew after a broken connection.
/// </remarks>
public sealed class MediaManager
{
    /// <summary>
    /// The slowest line that an upload is given time for, on top of the time of any request: 64 KiB a second.
    /// </summary>
    internal const int BytesPerSecond = 64 * 1024;

    private const string Files = "site-media/v1/files/";
    private const string Channels = "communication-channels-media/v1/";
    private const int LongestName = 1_000;
    private const int LongestChannelName = 200;

    private static readonly TimeSpan s_longestUpload = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestLook = TimeSpan.FromSeconds(10);

    private readonly RequestPipeline _pipeline;
    private readonly WixInboxClientOptions _options;
    private Upload? _current;

    internal MediaManager(RequestPipeline pipeline, WixInboxClientOptions options)
    {
        _pipeline = pipeline;
        _options = options;
    }

    /// <summary>Gets how far the upload is that was begun last; null if none is under way.</summary>
    public UploadProgress? Uploading =>
        Volatile.Read(ref _current) is { } upload ? new UploadProgress(upload.Sent, upload.File.Size) : null;

    /// <summary>Uploads a file and waits until it can be used.</summary>
    /// <param name="file">The file.</param>
    /// <param name="readyWait">
    /// How long Wix may work on it after it has arrived; zero to give it back as it is then.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file as the Media Manager has it, or why it has none. It may always be uploaded again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<MediaFile>> UploadAsync(
        LocalFile file, TimeSpan readyWait, CancellationToken cancellationToken = default)
    {
        if (file is null)
        {
            throw new ArgumentNullException(nameof(file));
        }

        var place = _pipeline.Pace.NextPlace();
        var outcome = await SendAsync(file, place, cancellationToken).ConfigureAwait(false);
        return await MakeReadyAsync(outcome, file, readyWait, place, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a file can be used that was uploaded.</summary>
    /// <param name="outcome">What <see cref="SendAsync"/> gave.</param>
    /// <param name="file">The file.</param>
    /// <param name="readyWait">How long Wix may work on it.</param>
    /// <param name="place">The place of its requests among all that wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<Outcome<MediaFile>> MakeReadyAsync(
        Outcome<MediaFile> outcome,
        LocalFile file,
        TimeSpan readyWait,
        QueuePlace place,
        CancellationToken cancellationToken)
    {
        if (outcome.Value is not null && _options.MediaStore == MediaStore.MediaManager)
        {
            outcome = await WaitUntilReadyAsync(
                outcome, file, readyWait, place, cancellationToken).ConfigureAwait(false);
        }

        return outcome.About(file);
    }

    /// <summary>
    /// Has Wix fetch a file (<c>POST /site-media/v1/files/import</c>, or
    /// <c>POST /communication-channels-media/v1/import-file</c>) and, in the first case, waits until it can be used.
    /// </summary>
    /// <param name="url">
    /// Its address, which has to be public. Where neither it nor the name has an ending that tells what the file is,
    /// Wix asks its server (HEAD).
    /// </param>
    /// <param name="displayName">
    /// The name that the Media Manager shows, at most 1,000 characters, of which Wix keeps 255, or in the second case
    /// 200; null for that of the address.
    /// </param>
    /// <param name="readyWait">
    /// How long Wix may take to fetch it; zero to give it back as it is at first, which is pending.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The file as the Media Manager has it, or why it has none. After a lost answer, it is imported again: at worst it
    /// is there twice.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<MediaFile>> ImportAsync(
        string url, string? displayName, TimeSpan readyWait, CancellationToken cancellationToken = default)
    {
        var rules = new FieldRules();
        rules.RequiredText("url", url, RuleNames.UrlMissing, RuleNames.UrlTooLong, int.MaxValue);
        rules.WebUrl("url", url, RuleNames.UrlInvalid);
        var isChannels = _options.MediaStore == MediaStore.Channels;
        rules.NonEmptyText(
            "displayName",
            displayName,
            RuleNames.DisplayNameMissing,
            RuleNames.DisplayNameTooLong,
            isChannels ? LongestChannelName : LongestName);
        if (rules.Violations.Count > 0)
        {
            return Outcome<MediaFile>.Invalid(Operation.ImportFile, rules.Violations);
        }

        if (isChannels)
        {
            return await ImportToChannelsAsync(url, displayName, cancellationToken).ConfigureAwait(false);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ImportFileRequest { Url = url, DisplayName = displayName }, WixJson.Wire.ImportFileRequest);
        var request = new ApiRequest<FileResponse>(
            Operation.ImportFile,
            Files + "import",
            body,
            WixJson.Wire.FileResponse,
            answer => answer.File?.Id is not null);
        var outcome = await _pipeline.RunAsync(request, cancellationToken).ConfigureAwait(false);
        var imported = outcome.As(outcome.Value?.File);
        return imported.Value is null
            ? imported
            : await WaitUntilReadyAsync(
                imported, null, readyWait, _pipeline.Pace.NextPlace(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads what the Media Manager knows of a file (<c>GET /site-media/v1/files/get-file-by-id</c>).
    /// </summary>
    /// <param name="fileId">The file's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file, or why there is none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<Outcome<MediaFile>> GetAsync(string fileId, CancellationToken cancellationToken = default)
    {
        var rules = new FieldRules();
        rules.RequiredText(
            "fileId", fileId, RuleNames.FileIdMissing, RuleNames.FileIdTooLong, MessageValidator.LongestFileId);
        return rules.Violations.Count > 0
            ? Outcome<MediaFile>.Invalid(Operation.GetFile, rules.Violations)
            : await GetAsync(fileId, _pipeline.Pace.NextPlace(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<MediaFile>> GetAsync(
        string fileId, QueuePlace place, CancellationToken cancellationToken)
    {
        var path = Files + "get-file-by-id?fileId=" + Uri.EscapeDataString(fileId);
        var request = new ApiRequest<FileResponse>(
            Operation.GetFile, path, null, WixJson.Wire.FileResponse, answer => answer.File?.Id is not null);
        var outcome = await _pipeline.Begin(request, place).RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value?.File);
    }

    private static Outcome<MediaFile> Failed(
        Operation operation,
        FailureCause cause,
        OutcomeKind kind,
        string? code,
        string message) =>
        new()
        {
            Kind = kind,
            Failure = new Failure
            {
                Operation = operation,
                Cause = cause,
                Code = code,
                Message = message,
            },
        };

    private static Outcome<MediaFile> Failed(LocalFileException exception) =>
        Failed(
            Operation.UploadFile,
            FailureCause.File,
            OutcomeKind.Rejected,
            exception.Code,
            exception.Message);

    // The media type is required here. It is told by the ending, and where there is none, Wix is left to find out.
    private async Task<Outcome<MediaFile>> ImportToChannelsAsync(
        string url, string? displayName, CancellationToken cancellationToken)
    {
        var mimeType = new[] { new Uri(url).AbsolutePath, displayName ?? string.Empty }
            .Select(name => name.Substring(Math.Max(0, name.LastIndexOf('.'))))
            .Select(ending => FileTypes.OfEnding(ending)?.MimeType ?? FileTypes.MimeTypeOf(ending))
            .FirstOrDefault(known => known is not null) ?? FileTypes.Unknown;
        var asked = new ChannelFileRequest { Url = url, DisplayName = displayName, MimeType = mimeType };
        var body = JsonSerializer.SerializeToUtf8Bytes(asked, WixJson.Wire.ChannelFileRequest);
        var request = new ApiRequest<ChannelFileResponse>(
            Operation.ImportFile,
            Channels + "import-file",
            body,
            WixJson.Wire.ChannelFileResponse,
            answer => answer.FileId is not null);
        var outcome = await _pipeline.RunAsync(request, cancellationToken).ConfigureAwait(false);
        return outcome.As(outcome.Value is not { } answer ? null : new MediaFile
        {
            Id = answer.FileId,
            DisplayName = answer.DisplayName,
            Url = answer.Url,
            SizeInBytes = answer.SizeInBytes,
            MimeType = mimeType == FileTypes.Unknown ? null : mimeType,
        });
    }

    /// <summary>Uploads a file, and does not wait until it can be used.</summary>
    internal async Task<Outcome<MediaFile>> SendAsync(
        LocalFile file, QueuePlace place, CancellationToken cancellationToken)
    {
        Stream content;
        try
        {
            content = file.Open();
        }
        catch (LocalFileException exception)
        {
            return Failed(exception);
        }

        using (content)
        {
            for (var attempts = 1; ; attempts++)
            {
                var asked = await AskForAddressAsync(file, place, cancellationToken).ConfigureAwait(false);
                if (asked.Value?.UploadUrl is not { } url)
                {
                    return asked.As<MediaFile>(null);
                }

                if (ToAddress(url) is not { } address)
                {
                    return Failed(
                        Operation.GenerateUploadUrl,
                        FailureCause.UnreadableResponse,
                        OutcomeKind.Rejected,
                        null,
                        "The address that Wix gave to upload to is not one that starts with https://. "
                            + "Nothing was sent there.");
                }

                var outcome = await PutAsync(
                    file, address, content, place, cancellationToken).ConfigureAwait(false);
                if (outcome.Kind != OutcomeKind.Ambiguous
                    || RetryPolicy.Next(attempts, null, _pipeline.Random()) is not { } wait)
                {
                    return outcome;
                }

                // Whether it arrived cannot be found out. It is sent to a new address, since what this one would do a
                // second time is not documented: at worst, there is a file that no message names.
                await _options.TimeProvider.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<Outcome<GenerateUploadUrlResponse>> AskForAddressAsync(
        LocalFile file, QueuePlace place, CancellationToken cancellationToken)
    {
        var isChannels = _options.MediaStore == MediaStore.Channels;
        var body = isChannels
            ? JsonSerializer.SerializeToUtf8Bytes(
                new ChannelFileRequest { MimeType = file.MimeType, FileName = Short(file.Name) },
                WixJson.Wire.ChannelFileRequest)
            : JsonSerializer.SerializeToUtf8Bytes(
                new GenerateUploadUrlRequest
                {
                    MimeType = file.MimeType,
                    FileName = file.Name,
                    SizeInBytes = file.Size,
                },
                WixJson.Wire.GenerateUploadUrlRequest);
        var request = new ApiRequest<GenerateUploadUrlResponse>(
            Operation.GenerateUploadUrl,
            isChannels ? Channels + "upload-url" : Files + "generate-upload-url",
            body,
            WixJson.Wire.GenerateUploadUrlResponse,
            answer => !string.IsNullOrEmpty(answer.UploadUrl));
        return _pipeline.Begin(request, place).RunAsync(cancellationToken);
    }

    // A long name is cut before its ending, which tells what the file is.
    private static string Short(string name)
    {
        if (name.Length <= LongestChannelName)
        {
            return name;
        }

        var ending = System.IO.Path.GetExtension(name);
        return ending.Length is > 0 and < 20
            ? TextCut.AtElement(name, LongestChannelName - ending.Length) + ending
            : TextCut.AtElement(name, LongestChannelName);
    }

    private async Task<Outcome<MediaFile>> PutAsync(
        LocalFile file, Uri address, Stream content, QueuePlace place, CancellationToken cancellationToken)
    {
        var timeout = _options.Timeout + TimeSpan.FromSeconds(file.Size / BytesPerSecond);
        var upload = new Upload(address, file, content, timeout < s_longestUpload ? timeout : s_longestUpload);
        Volatile.Write(ref _current, upload);
        try
        {
            var request = new ApiRequest<FileResponse>(
                Operation.UploadFile,
                string.Empty,
                null,
                WixJson.Wire.FileResponse,
                answer => answer.File?.Id is not null) { Upload = upload };
            var outcome =
                await _pipeline.Begin(request, place).RunAsync(cancellationToken).ConfigureAwait(false);
            outcome.Value?.File?.Describe(file);
            return outcome.As(outcome.Value?.File);
        }
        catch (LocalFileException exception)
        {
            return Failed(exception);
        }
        finally
        {
            Interlocked.CompareExchange(ref _current, null, upload);
        }
    }

    // The address is a secret, and is held to what all secrets are held to: https, or http to this machine where the
    // API itself is there.
    private Uri? ToAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp
                && address.IsLoopback
                && _options.BaseAddress is { IsLoopback: true, Scheme: "http" }))
            ? address
            : null;

    // Wix raises an event when a file is ready. Without a server to receive it, there is nothing but to ask.
    private async Task<Outcome<MediaFile>> WaitUntilReadyAsync(
        Outcome<MediaFile> outcome,
        LocalFile? uploaded,
        TimeSpan limit,
        QueuePlace place,
        CancellationToken cancellationToken)
    {
        var time = _options.TimeProvider;
        var start = time.GetTimestamp();
        var file = outcome.Value!;
        var wait = s_firstLook;
        while (true)
        {
            if (file.OperationStatus == OperationStatus.Failed)
            {
                return Failed(
                    Operation.GetFile,
                    FailureCause.File,
                    OutcomeKind.Rejected,
                    FailureCodes.MediaFailed,
                    $"Wix could not process the file, or could not fetch it. Its id is {file.Id}.");
            }

            if (file.OperationStatus != OperationStatus.Pending || limit == TimeSpan.Zero)
            {
                return outcome.As(file);
            }

            var left = limit - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return Failed(
                    Operation.GetFile,
                    FailureCause.File,
                    OutcomeKind.NotSent,
                    FailureCodes.MediaNotReady,
                    FormattableString.Invariant($"Wix did not have the file ready within {limit.TotalSeconds:0} s. ")
                        + FormattableString.Invariant($"Its id is {file.Id}."));
            }

            await time.WaitAsync(wait < left ? wait : left, cancellationToken).ConfigureAwait(false);
            wait = wait + wait < s_longestLook ? wait + wait : s_longestLook;
            var read = await GetAsync(file.Id!, place, cancellationToken).ConfigureAwait(false);
            if (read.Value is null)
            {
                return read;
            }

            file = read.Value;
            if (uploaded is not null)
            {
                file.Describe(uploaded);
            }
        }
    }
}
