namespace WixInbox.Sandbox;

/// <summary>
/// A response body whose connection breaks off: the bytes up to a point, then the exception that a SocketsHttpHandler's
/// content stream throws.
/// </summary>
internal sealed class TruncatedStream(byte[] body, int length) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        var read = Math.Min(count, length - _position);
        if (read == 0)
        {
            var message =
                $"The response ended prematurely, with at least {body.Length - length} additional bytes expected.";
#if NET
            throw new HttpIOException(HttpRequestError.ResponseEnded, message);
#else
            throw new IOException(message);
#endif
        }

        Array.Copy(body, _position, buffer, offset, read);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
