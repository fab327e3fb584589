using System.Globalization;

namespace WixInbox.Sandbox;

/// <summary>The files of the site, and the upload URLs that wait for some.</summary>
internal sealed class MediaLibrary(SandboxOptions options)
{
    private readonly TimeSpan _readyAfter = options.MediaReadyAfter;
    private readonly TimeProvider _timeProvider = options.TimeProvider;
    private readonly object _gate = new();
    private readonly Dictionary<string, MediaFile> _files = [];
    private readonly List<string> _uploads = [];
    private readonly Dictionary<string, UploadTicket> _tickets = [];
    private int _lastNumber;

    public long SizeLimit { get; } = options.MediaSizeLimit;

    public DateTimeOffset Now => _timeProvider.GetUtcNow();

    /// <summary>Gets the uploaded files, in the order of their first upload.</summary>
    public IReadOnlyList<SandboxUpload> Uploads
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _uploads.Select(id => _files[id])
                        .Select(file => new SandboxUpload(file.Id, file.Name, file.MimeType!, file.Content)),
                ];
            }
        }
    }

    /// <summary>A new upload URL.</summary>
    public string UploadUrl(string origin, string mimeType, string? fileName, bool isChannels)
    {
        lock (_gate)
        {
            var fileId = NextId();
            var token = NameBasedId.Of("upload:" + fileId);
            _tickets.Add(
                token,
                new UploadTicket(fileId, mimeType, string.IsNullOrEmpty(fileName) ? null : fileName, isChannels));
            return origin + Routes.Upload.Replace("{uploadToken}", token);
        }
    }

    public UploadTicket? FindTicket(string token)
    {
        lock (_gate)
        {
            return _tickets.TryGetValue(token, out var ticket) ? ticket : null;
        }
    }

    /// <summary>
    /// Keeps an upload. It is documented that an answer does not mean that the file is ready, as with an import. How
    /// often an upload URL can be used is not documented. Our choice: again and again, each upload in place of the one
    /// before, so that a client may repeat one whose answer was lost.
    /// </summary>
    public MediaFile Upload(UploadTicket ticket, string name, byte[] content)
    {
        lock (_gate)
        {
            if (!_files.ContainsKey(ticket.FileId))
            {
                _uploads.Add(ticket.FileId);
            }

            var file = new MediaFile
            {
                Id = ticket.FileId,
                Name = name,
                MimeType = ticket.MimeType,
                Content = content,
                Ends = Now + _readyAfter,
            };
            _files[file.Id] = file;
            return file;
        }
    }

    public MediaFile Import(string name, string? mimeType, string? mediaType, bool fails)
    {
        lock (_gate)
        {
            var file = new MediaFile
            {
                Id = NextId(),
                Name = name,
                MimeType = mimeType,
                MediaType = mediaType,
                Ends = Now + _readyAfter,
                Fails = fails,
            };
            _files.Add(file.Id, file);
            return file;
        }
    }

    public MediaFile? Find(string id)
    {
        lock (_gate)
        {
            return _files.TryGetValue(id, out var file) ? file : null;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _files.Clear();
            _uploads.Clear();
            _tickets.Clear();
        }
    }

    // The form of Wix's file ids is not documented; ours are unique within a sandbox and the same in every one.
    private string NextId() => NameBasedId.Of("file:" + (++_lastNumber).ToString(CultureInfo.InvariantCulture));
}
