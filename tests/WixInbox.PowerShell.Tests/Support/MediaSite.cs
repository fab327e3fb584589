namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// Answers as Wix does where files are uploaded and messages are sent, unless a test has something else to say first.
/// </summary>
internal sealed class MediaSite
{
    /// <summary>What an address to upload to has, and nothing that is shown may have.</summary>
    public const string UploadToken = "token-of-an-upload-0123456789";

    private int _files;

    public MediaSite()
    {
        Handler = new StubHandler((request, _) => Task.FromResult(Special(request) ?? Answer(request)));
    }

    public StubHandler Handler { get; }

    /// <summary>Gets or sets what answers first; null from it for what Wix would say.</summary>
    public Func<RecordedRequest, HttpResponseMessage?> Special { get; set; } = _ => null;

    /// <summary>
    /// Gets or sets what the answer to an upload or import, and each look at it after that, says of the file.
    /// </summary>
    public Queue<string> Status { get; } = new();

    public string[] Requests =>
    [
        .. Handler.Requests.Select(request => $"{request.Method} {request.Path.Replace("/site-media/v1/files", string.Empty, StringComparison.Ordinal).Replace(UploadToken, "*", StringComparison.Ordinal)}"),
    ];

    public RecordedRequest[] Sent => [.. Handler.Requests.Where(request => request.Path == "/inbox/v2/messages")];

    private HttpResponseMessage Answer(RecordedRequest request) => request.Path switch
    {
        "/site-media/v1/files/generate-upload-url" => StubHandler.Json(
            200, $$"""{"uploadUrl":"https://upload.example/{{UploadToken}}"}"""),
        "/" + UploadToken or "/site-media/v1/files/import" => File(++_files),
        "/site-media/v1/files/get-file-by-id" => File(_files),
        _ => StubHandler.Stored(request),
    };

    private HttpResponseMessage File(int number)
    {
        var status = Status.TryDequeue(out var next) ? next : "READY";
        return StubHandler.Json(200, $$$"""{"file":{"id":"f{{{number}}}","displayName":"name {{{number}}}","url":"https://static.example/f{{{number}}}","mediaType":"IMAGE","operationStatus":"{{{status}}}"}}""");
    }
}
