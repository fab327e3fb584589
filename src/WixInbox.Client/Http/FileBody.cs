using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace WixInbox.Http;

/// <summary>
/// A file that is uploaded. Its stream is the caller's, and is read from its start at each attempt. If the file was
/// changed after it had been looked at, its last piece does not leave, so that Wix never has the changed file whole.
/// </summary>
internal sealed class FileBody : RequestBody
{
    private readonly Upload _upload;

    public FileBody(Upload upload)
    {
        _upload = upload;
        Headers.ContentType = new MediaTypeHeaderValue(upload.File.MimeType);
    }

    protected override async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        _upload.Content.Position = 0;
        _upload.Sent = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        while (_upload.File.Size - _upload.Sent is var left and > 0)
        {
            var read = await ReadAsync(
                buffer, (int)Math.Min(buffer.Length, left), cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer, 0, read);
            if (read == 0 || (read == left && Hash128.FromDigest(hash.GetHashAndReset()) != _upload.File.Hash))
            {
                throw _upload.Fault = _upload.File.Changed();
            }

            await stream.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
            _upload.Sent += read;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _upload.File.Size;
        return true;
    }

    private async Task<int> ReadAsync(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await _upload.Content.ReadAsync(buffer, 0, count, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw _upload.Fault = LocalFile.Unreadable(_upload.File.Path, exception);
        }
    }
}
