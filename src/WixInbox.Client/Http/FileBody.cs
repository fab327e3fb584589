using System.Net.Http.Headers;
using System.Security.Cryptography;
using WixInbox.Journal;

namespace WixInbox.Http;

/// <summary>A file that is uploaded. Its stream is the caller's, and is read from its start each time.</summary>
internal sealed class FileBody : RequestBody
{
    private readonly Upload _upload;

    public FileBody(Upload upload)
    {
        _upload = upload;
        Headers.ContentType = new MediaTypeHeaderValue(upload.MimeType);
    }

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        _upload.Content.Position = 0;
        _upload.Sent = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        int read;
        while ((read = await _upload.Content.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await stream.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer, 0, read);
            _upload.Sent += read;
        }

        _upload.Hash = Hash128.FromDigest(hash.GetHashAndReset());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _upload.Content.Length;
        return true;
    }
}
